"""What several commands say in the same words."""

from __future__ import annotations

__all__ = ["ARCHIVE"]

ARCHIVE = (
    "The archive: a file, or postgresql://…; by default what RETOLD_ARCHIVE names, else "
    "retold.archive."
)
