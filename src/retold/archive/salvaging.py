"""Bringing out of a damaged archive what is whole.

What can be read in the usual way is; the rest is looked for in the pages of the file, where the
engine has pages. Either way only what has the hash it was kept with comes out: a report that is
almost right is no report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from retold.archive import blobs
from retold.archive.exporting import line_of, raw_in
from retold.archive.identity import content_of
from retold.archive.opening import Archive, open_archive
from retold.archive.rows import Kept, kept_of
from retold.archive.tables import blob
from retold.archive.tables import report as reports
from retold.archive.tables_search import listing
from retold.archive.verifying import read_whole
from retold.engines import engine_for
from retold.errors import ArchiveDamaged, ArchiveError, ArchiveForeign, ArchiveOlder

__all__ = ["salvage"]


def _nobody(_: int) -> None:
    """Who is told where nobody asked to be."""


def salvage(
    where: str,
    *,
    lost: Callable[[int], object],
    pageless: Callable[[int], object] = _nobody,
) -> Iterator[bytes]:
    """Every report that is still what was kept, as a line of `exporting.canonical`, with its page.

    Args:
        where: path or URL of the archive; it is not changed.
        lost: called with the number of each report that is known to have been there and is not
            brought out.
        pageless: called with the number of each report that is brought out without the bytes that
            it was read from, though they were kept.

    Raises:
        ArchiveMissing, ArchiveUnreachable, …: there is nothing to read.
    """
    out: set[int] = set()
    missing: set[int] = set()
    try:
        archive = open_archive(where, read_only=True, upgrade=False)
    except (ArchiveDamaged, ArchiveForeign, ArchiveOlder) as error:
        refused: ArchiveError | None = error
    else:
        refused = None
        with archive:
            for number in range(1, _last(archive) + 1):
                kept = read_whole(archive, number)
                if kept is None:
                    missing.add(number)
                else:
                    out.add(number)
                    yield _line(archive, kept, pageless)
    if refused is None and not missing:
        return
    for kept, raw in _scraped(where, missing, out):
        out.add(kept.number)
        if kept.has_raw and raw is None:
            pageless(kept.number)
        yield line_of(kept, raw)
    if refused is not None and not out:
        raise refused
    for number in sorted(missing - out):
        lost(number)


def _line(archive: Archive, kept: Kept, pageless: Callable[[int], object]) -> bytes:
    raw = None
    if kept.has_raw:
        try:
            with archive.reading() as connection:
                raw = raw_in(connection, kept.number)
        except (ArchiveError, ValueError, TypeError):
            raw = None
        if raw is None:
            pageless(kept.number)
    return line_of(kept, raw)


def _scraped(
    where: str, missing: set[int], out: Collection[int]
) -> Iterator[tuple[Kept, bytes | None]]:
    """Reports and their pages out of the engine's pages, but for those that are out.

    Numbers of rows without their text join `missing`.
    """
    engine = engine_for(where, patience=1.0, read_only=True)
    texts: dict[int, tuple[str, bytes, int]] = {}
    rows: dict[int, Mapping[str, Any]] = {}
    try:
        for number, values in engine.scraped():
            if _is_blob(values):
                texts[number] = (values[3], values[4], values[2])
            elif len(values) == len(reports.c) and isinstance(values[1], bytes):
                rows[number] = dict(zip(reports.c.keys(), [number, *values[1:]], strict=True))
    finally:
        engine.close()
    for number, row in sorted(rows.items()):
        if number in out:
            continue
        kept = _whole(row, texts)
        if kept is None:
            missing.add(number)
        else:
            page = texts.get(row["raw"])
            yield kept, None if page is None else blobs.unpack(*page)


def _is_blob(values: list[Any]) -> bool:
    """Its own hash says so."""
    if len(values) != len(blob.c) or not isinstance(values[1], bytes):
        return False
    _, digest, size, packing, packed = values
    try:
        return bool(sha256(blobs.unpack(packing, packed, size)).digest() == digest)
    except (ArchiveError, TypeError, ValueError):
        return False


def _whole(row: Mapping[str, Any], texts: Mapping[int, tuple[str, bytes, int]]) -> Kept | None:
    found = texts.get(row["text"])
    if found is None:
        return None
    try:
        values = {column.name: _processed(column, row[column.name]) for column in reports.columns}
        kept = kept_of(values, blobs.decoded(blobs.unpack(*found[:2], found[2])))
        same = content_of(kept.as_given, kept.story) == row["content"]
    except (ArchiveError, TypeError, ValueError, KeyError, AttributeError):
        return None
    return kept if same else None


def _processed(column: Any, value: Any) -> Any:
    """As the column's type would give it."""
    process = getattr(column.type, "process_result_value", None)
    return value if process is None else process(value, None)


def _last(archive: Archive) -> int:
    """The highest number that anything knows."""
    numbers = [0]
    for table in (reports, listing):
        try:
            with archive.reading() as connection:
                numbers.append(int(connection.scalar(select(func.max(table.c.number))) or 0))
        except (ArchiveError, ValueError, TypeError):
            continue
    return max(numbers)
