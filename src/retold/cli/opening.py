"""The archive that a command works on; a copy that was made of it is never left unsaid."""

from __future__ import annotations

import sys

from retold import archive
from retold.show.marks import visible

__all__ = ["open_archive"]


def open_archive(
    where: str | None,
    *,
    create: bool = False,
    read_only: bool = False,
    upgrade: bool | None = None,
) -> archive.Archive:
    """As `retold.archive.open_archive`; where an older archive was copied and upgraded, says so."""
    opened = archive.open_archive(where, create=create, read_only=read_only, upgrade=upgrade)
    if opened.backup is not None:
        sys.stderr.write(
            f"retold: the archive was upgraded; what it was before is in {visible(opened.backup)}\n"
        )
    return opened
