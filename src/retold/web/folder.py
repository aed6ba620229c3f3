"""The folder of a static site: nobody else's, and each file in it whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retold.errors import UsageError

__all__ = ["MARKER", "SiteFolder"]

MARKER = ".retold-site"
"""Stands in a folder that holds a site, so that it may be written again."""
_SAID = "A site written by `retold export --site`. Its pages may be overwritten and removed.\n"
_PART = ".part"


class SiteFolder:
    """Takes the files of a site.

    Args:
        where: the folder; made where there is none.
        folders: the names of those in it whose pages are the site's alone.

    Raises:
        UsageError: it holds something else, or cannot be written.
    """

    def __init__(self, where: Path, folders: Sequence[str]) -> None:
        self._where = where
        self._folders = tuple(folders)
        self._written: set[str] = set()
        try:
            self._claim()
        except OSError as error:
            raise self._failed(error) from error

    def write(self, file: str, content: bytes) -> None:
        """Write a file; one that is the same already is left as it is.

        Args:
            file: its path in the folder, with "/".
            content: of it.

        Raises:
            UsageError: it cannot be written.
        """
        self._written.add(file)
        target = self._where / file
        part = target.with_name(target.name + _PART)
        try:
            if target.is_file() and target.read_bytes() == content:
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(content)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise self._failed(error) from error

    def finish(self) -> None:
        """Remove the pages of an earlier site that are in this one no more."""
        try:
            for name in self._folders:
                folder = self._where / name
                for entry in sorted(folder.rglob("*"), reverse=True):
                    if entry.is_dir():
                        if not any(entry.iterdir()):
                            entry.rmdir()
                    elif entry.relative_to(self._where).as_posix() not in self._written:
                        entry.unlink()
        except OSError as error:
            raise self._failed(error) from error

    def _claim(self) -> None:
        self._where.mkdir(parents=True, exist_ok=True)
        marker = self._where / MARKER
        if not marker.is_file() and any(self._where.iterdir()):
            raise UsageError(
                "the folder holds something that is no site of Retold's",
                where=str(self._where),
                advice="Name an empty folder, or one that is not there yet",
            )
        for name in self._folders:
            if (self._where / name).is_symlink():
                raise UsageError(
                    "a folder of the site leads elsewhere",
                    where=str(self._where / name),
                    advice="Remove the link",
                )
        marker.write_text(_SAID, "utf-8")

    def _failed(self, error: OSError) -> UsageError:
        return UsageError(
            f"the site cannot be written ({error.strerror or error})",
            where=str(self._where),
            advice="Free some space, or name another folder",
        )
