"""What the first bytes of an archive in a file say.

See "The Database Header" of https://sqlite.org/fileformat2.html.
"""

from __future__ import annotations

__all__ = ["APPLICATION", "HEADER", "MAGIC", "is_archive"]

# "Rtld", in the file's header: whose file it is.
APPLICATION = int.from_bytes(b"Rtld")
MAGIC = b"SQLite format 3\0"
HEADER = 100
"""Bytes of it."""


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive of Retold, of whatever version."""
    return head.startswith(MAGIC) and head[68:72] == APPLICATION.to_bytes(4)
