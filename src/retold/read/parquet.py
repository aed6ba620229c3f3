"""Parquet tables, through DuckDB (the extra "tables")."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from retold.errors import BadRecord, Damaged, NotText, TooLarge
from retold.model import Refusal
from retold.read.columns import Naming, guessed, shown
from retold.read.found import PASSED, Found, Origin
from retold.read.jsonlines import from_record
from retold.read.listings import Listed

__all__ = ["from_parquet"]

_AT_ONCE = 200
_CHUNK = 1 << 20


def from_parquet(
    head: bytes, stream: BinaryIO, name: str, origin: Origin
) -> Iterator[Found | Listed | Refusal]:
    """The reports of a Parquet table's rows.

    Args:
        head: the first bytes, already read.
        stream: the rest.
        name: of the file; what is not an open file of this name (an upload may be called
            anything) is written to a temporary one.
        origin: the source.

    Raises:
        NotText: DuckDB is not installed.
        Damaged: no Parquet.
        TooLarge: over `limits.decompressed_bytes`, for what is not a file.
    """
    try:
        import duckdb
    except ImportError:
        raise NotText(
            "the input is a Parquet table, and the package that reads it is not installed",
            advice="Install it (pip install 'retold[tables]'), or export JSON Lines or CSV",
        ) from None
    if isinstance(stream, BufferedReader) and stream.name == name and Path(name).is_file():
        yield from _rows(Path(name), duckdb, origin)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        limit = origin.settings.limits.decompressed_bytes
        size = 0
        with path.open("wb") as file:
            part = head
            while part:
                size += len(part)
                if size > limit:
                    raise TooLarge(f"more than {limit:,} bytes", advice="Give it as a file")
                file.write(part)
                part = stream.read(_CHUNK)
        yield from _rows(path, duckdb, origin)


def _rows(path: Path, duckdb: Any, origin: Origin) -> Iterator[Found | Listed | Refusal]:
    naming = Naming(origin.settings.columns, origin.source, origin.notify, of_table=True)
    number = 0
    # Nothing but this file: no network, no extension, no other path.
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("SET enable_progress_bar = false")
        # The name is a value, and brackets in it are no pattern.
        relation = connection.execute("SELECT * FROM read_parquet($path)", {"path": _literal(path)})
        columns = [one[0] for one in relation.description]
        _check(columns, origin)
        while rows := relation.fetchmany(_AT_ONCE):
            for row in rows:
                number += 1
                record = {
                    column: _plain(value)
                    for column, value in zip(columns, row, strict=True)
                    if value is not None
                }
                where = f"row {number}"
                yield from_record(record, where, naming, origin) if origin.turns.ahead else PASSED
    except duckdb.Error as error:
        raise Damaged(
            f"no Parquet table that can be read: {str(error).splitlines()[0][:150]}",
            where=f"row {number + 1}" if number else "",
            advice="Export it again",
        ) from None
    finally:
        connection.close()


def _check(columns: list[str], origin: Origin) -> None:
    """Refuse a table that cannot hold a report, once and not row by row.

    Raises:
        BadRecord: no column is known to hold texts or addresses.
    """
    given = origin.settings.columns
    found = guessed(columns)
    if given.text or given.url or "text" in found or "url" in found:
        return
    raise BadRecord(
        "no column is known to hold the reports' texts or addresses",
        advice="Name it with --map text=COLUMN. The columns are "
        + ", ".join(shown(name) for name in columns[:12]),
    )


def _literal(path: Path) -> str:
    """A path in which no character is a pattern."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _plain(value: Any) -> Any:
    """Dates, decimals and UUIDs as strings, bytes that are UTF-8 as text; all else as it is.

    Older writers store strings as bytes without saying that they are text.
    """
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value
    return value
