"""CSV and TSV: dialect and encoding found, columns guessed by name, broken rows listed.

The delimiter is the one that cuts the first rows into one number of cells. Quotes are read
strictly: a row whose quotes do not fit is refused with its line, and reading goes on at the next
line, so that one lost quote does not swallow the rows after it. Cells are text: a formula is
never computed, an apostrophe before it never removed.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from retold.errors import BadRecord, EmptyInput, InputRefused, NotText, TooLarge
from retold.language.exports import Export, headless
from retold.model import Refusal
from retold.read.columns import Naming, export_of, fold, guessed, is_row_of_export, shown
from retold.read.decoding import decode
from retold.read.found import PASSED, Found, Origin
from retold.read.jsonlines import from_record
from retold.read.kinds import HEAD
from retold.read.listings import Listed
from retold.read.unpacking import joined

__all__ = ["from_table"]

_DELIMITERS = "\t,;|"
_LOOKED_AT = 50
_ADVICE = "Quote cells that hold delimiters or line ends, and double the quotes inside them"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


def from_table(
    head: bytes, stream: BinaryIO, name: str, origin: Origin
) -> Iterator[Found | Listed | Refusal]:
    """The reports of a table's rows; rows with an address and no text as addresses.

    Args:
        head: the first bytes, already read.
        stream: the rest.
        name: the file's name, for its ending.
        origin: the source.

    Raises:
        BadRecord: no column holds texts or addresses.
        EmptyInput, NotText: see `decode`.
    """
    # A character may be cut in two at the end of the head; a line is not.
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head
    encoding = _encoding(whole)
    # Archives that give out tables without a header do not quote: their quotes are text.
    quoted = not is_row_of_export(whole.partition(b"\n")[0])
    sample = whole.decode(encoding, "replace").removeprefix("\ufeff")
    delimiter = _delimiter(sample, name) if quoted else "\t"
    opened = _opened(head, stream, encoding)
    rows = _Rows(opened, delimiter, origin.settings.limits.page_bytes, quoted=quoted)
    yield from _from_rows(iter(rows), origin)


def _from_rows(
    rows: Iterator[_Row | tuple[int, InputRefused]], origin: Origin
) -> Iterator[Found | Listed | Refusal]:
    """Reports from rows, the first of which names the columns (or is taken for an address)."""
    first = next(rows, None)
    while isinstance(first, tuple):
        yield origin.refuse(f"line {first[0]}", first[1])
        first = next(rows, None)
    if first is None:
        raise EmptyInput("the table has no rows", advice="Check that the file was saved")
    header, again, export = _header(first, rows, origin)
    naming = Naming(
        origin.settings.columns, origin.source, origin.notify, of_table=True, export=export
    )
    for row in again:
        where = f"line {row[0] if isinstance(row, tuple) else row.line}"
        if isinstance(row, tuple):
            yield origin.refuse(where, row[1])
        elif len(row.cells) != len(header):
            error = BadRecord(
                f"{len(row.cells)} cells, where the header has {len(header)}", advice=_ADVICE
            )
            yield origin.refuse(where, error)
        else:
            record = {
                column: cell
                for column, cell in zip(header, row.cells, strict=True)
                if cell.strip() and column
            }
            for one in _apart(record, export):
                yield from_record(one, where, naming, origin) if origin.turns.ahead else PASSED


def _apart(record: dict[str, str], export: Export | None) -> Iterator[dict[str, str]]:
    """A record for each address of its row."""
    column = next((name for name in record if export and fold(name) == export.url), None)
    if export is None or not export.between or column is None:
        yield record
        return
    for url in dict.fromkeys(record[column].split(export.between)):
        yield {**record, column: url}


def _header(
    first: _Row, rows: Iterator[_Row | tuple[int, InputRefused]], origin: Origin
) -> tuple[list[str], Iterator[_Row | tuple[int, InputRefused]], Export | None]:
    """Names of the columns, the rows that follow, and the archive that gives such tables out.

    A table without a header can still be a list of addresses: the column that holds them is
    known by the table's shape, or found by its content.

    Raises:
        BadRecord: no column holds texts or addresses, or two are called the same.
    """
    names = [cell.strip() for cell in first.cells]
    columns = origin.settings.columns
    given = [name for name in (columns.text, columns.url) if name is not None]
    found = guessed(names)
    if any(name in names for name in given) or (not given and ("text" in found or "url" in found)):
        doubled = [name for name, count in Counter(names).items() if count > 1 and name]
        used = set(found.values()) | set(given)
        if any(name in used for name in doubled):
            raise BadRecord(
                f"two columns are called {shown(doubled[0])}", advice="Rename one of them"
            )
        return names, rows, export_of(names)
    if given:
        raise BadRecord(
            f"no column is called {shown(given[0])}", where="line 1", advice=_columns(names)
        )
    export = headless(tuple(names))
    if export is not None:
        return _named(export, len(names), origin), _with(first, rows), export
    addresses = [number for number, cell in enumerate(names) if _is_address(cell)]
    if not addresses:
        raise BadRecord(
            "no column is known to hold the reports' texts or addresses",
            where="line 1",
            advice=f"Name it with --map text=COLUMN. {_columns(names)}",
        )
    # Where several columns hold addresses, the article's is the one without a picture's ending.
    chosen = next((n for n in addresses if not _is_picture(names[n])), addresses[0])
    origin.notify(
        f"{origin.source}: the table has no header; column {chosen + 1} is taken for the addresses"
    )
    header = ["" for _ in names]
    header[chosen] = "url"
    return header, _with(first, rows), None


def _named(export: Export, cells: int, origin: Origin) -> list[str]:
    """A header for a table that has none; columns that are not read have no name."""
    header = ["" for _ in range(cells)]
    told = []
    for field in ("url", "outlet"):
        number = getattr(export, field)
        if number is not None:
            header[number] = field
            told.append(f"{field} is column {number + 1}")
    origin.notify(f"{origin.source}: a list of {export.name}, by its shape: {', '.join(told)}")
    return header


def _with(
    first: _Row, rest: Iterator[_Row | tuple[int, InputRefused]]
) -> Iterator[_Row | tuple[int, InputRefused]]:
    yield first
    yield from rest


def _columns(names: Sequence[str]) -> str:
    return "The columns are " + ", ".join(shown(name) for name in names[:12] if name)


def _is_address(cell: str) -> bool:
    return cell.strip().lower().startswith(("http://", "https://")) and " " not in cell.strip()


def _is_picture(cell: str) -> bool:
    return cell.lower().partition("?")[0].endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))


def _encoding(raw: bytes) -> str:
    """UTF-8 where most lines are, so that damage in some does not decide for all; else guessed.

    Raises:
        EmptyInput, NotText: see `decode`.
    """
    lines = raw.removeprefix(codecs.BOM_UTF8).split(b"\n")
    wide = [line for line in lines if not line.isascii()]
    named = b"\0" not in lines[0] and bool(lines[0].strip()) and _is_utf8(lines[0])
    if named and 2 * sum(1 for line in wide if _is_utf8(line)) >= len(wide):
        return "utf-8"
    try:
        return decode(raw).encoding
    except NotText:
        if named:  # the header is sound, what is damaged stands in the rows
            return "utf-8"
        raise


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str, name: str) -> str:
    """The delimiter that cuts most of the first rows into one number of cells, the most of them.

    Excel's "sep=;" line says it outright.
    """
    if text[:4].lower() == "sep=" and len(text) > 4 and text[5:6] in ("\r", "\n"):
        return text[4]
    best, chosen = (0.0, 0), "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    for delimiter in _DELIMITERS:
        counts: Counter[int] = Counter()
        reader = csv.reader(io.StringIO(text[:HEAD], newline=""), delimiter=delimiter)
        try:
            for number, row in enumerate(reader):
                counts[len(row)] += 1
                if number >= _LOOKED_AT:
                    break
        except csv.Error:
            pass
        counts.pop(0, None)
        wide = {cells: count for cells, count in counts.items() if cells > 1}
        if not wide:
            continue
        cells, count = max(wide.items(), key=lambda one: (one[1], one[0]))
        score = (count / counts.total(), cells)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _opened(head: bytes, stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    raw: Any = joined(head, stream)
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if head.startswith(mark):
            raw.read(len(mark))
            break
    # A damaged byte becomes a lone surrogate, which no text holds: its line is refused.
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(raw, encoding, errors=errors, newline="")


def _lines(file: io.TextIOWrapper, limit: int) -> Iterator[tuple[int, str | InputRefused]]:
    number = 0
    while True:
        line = file.readline(limit + 1)
        if not line:
            return
        number += 1
        if len(line) > limit:
            while line and not line.endswith(("\n", "\r")):
                line = file.readline(limit)
            yield number, TooLarge(f"a line of more than {limit:,} characters", advice="Split it")
            continue
        if number == 1 and line[:4].lower() == "sep=" and len(line.strip()) == 5:
            continue
        yield number, line


class _Rows:
    """Rows with the line they begin on, and errors with theirs."""

    def __init__(self, file: io.TextIOWrapper, delimiter: str, limit: int, *, quoted: bool) -> None:
        self._quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        self._lines = _lines(file, limit)
        self._encoding = file.encoding
        self._delimiter = delimiter
        self._limit = limit
        self._waiting: deque[tuple[int, str | InputRefused]] = deque()
        # A row with a lost quote is looked at up to where its quotes fit again, or to the limit,
        # and then once more line by line. So much may be read again for every character read.
        self._taken = 0
        self._again = 0
        self._held: list[tuple[int, str]] = []
        self._size = 0
        self._broken: tuple[int, InputRefused] | None = None
        csv.field_size_limit(max(csv.field_size_limit(), limit))

    def __iter__(self) -> Iterator[_Row | tuple[int, InputRefused]]:
        while True:
            self._held, self._size, self._broken = [], 0, None
            reader = csv.reader(
                self._fed(), delimiter=self._delimiter, quoting=self._quoting, strict=True
            )
            try:
                cells = next(reader)
            except StopIteration:
                if self._broken is None:
                    return
                yield self._broken
            except csv.Error as error:
                yield self._refused(error)
            else:
                number = self._held[0][0]
                if any(_is_undecodable(line) for _, line in self._held):
                    yield (
                        number,
                        BadRecord(
                            f"not {self._encoding.upper()}", advice="Save the table in one encoding"
                        ),
                    )
                elif any(cell.strip() for cell in cells):
                    yield _Row(number, cells)

    def _fed(self) -> Iterator[str]:
        """Lines for one row; as many as its quotes ask for."""
        while True:
            one = self._waiting.popleft() if self._waiting else next(self._lines, None)
            if one is None:
                return
            number, line = one
            if isinstance(line, InputRefused):
                if self._held:
                    self._waiting.appendleft(one)
                else:
                    self._broken = (number, line)
                return
            self._held.append((number, line))
            self._size += len(line)
            self._taken += len(line)
            yield line
            if self._size > self._limit or self._again > 4 * self._taken:
                return

    def _refused(self, error: csv.Error) -> tuple[int, InputRefused]:
        """The row's first line as refused; the others are read once more."""
        number, line = self._held[0]
        self._waiting.extendleft(reversed(self._held[1:]))
        rest = self._size - len(line)
        self._again += rest
        self._taken -= rest
        return number, BadRecord(f"a broken row: {str(error)[:120]}", advice=_ADVICE)


def _is_undecodable(line: str) -> bool:
    if line.isascii():
        return False
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
