"""The lines of a stream, each with its number: of JSON Lines and lists of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from retold.errors import BadRecord, InputRefused, TooLarge

__all__ = ["lines_of", "taken"]


def taken(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; a pipe gives less than that at a time."""
    parts = []
    left = size
    while left > 0:
        part = stream.read(left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[tuple[str, str | InputRefused]]:
    """Each line with where it stands; one that is too long or no UTF-8 as an error."""
    number = 0
    while True:
        raw = stream.readline(limit + 1)
        if not raw:
            return
        number += 1
        where = f"line {number}"
        if len(raw) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(limit)
            yield where, TooLarge(f"a line of more than {limit:,} bytes", advice="Split it")
            continue
        try:
            yield where, raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            yield (
                where,
                BadRecord(
                    f"not UTF-8 at byte {error.start} of the line",
                    advice="Lines of records and addresses are UTF-8: convert the file",
                ),
            )
