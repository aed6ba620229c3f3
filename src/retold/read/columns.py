"""Which column or key holds what: as the user says, else by the name, and that is said first."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from retold.language.columns import aliases
from retold.language.exports import Export, headed, headless
from retold.settings import Columns

__all__ = [
    "Naming",
    "export_of",
    "fold",
    "guessed",
    "has_columns",
    "is_row_of_export",
    "looks_like_a_table",
    "looks_like_rows",
    "shown",
]

FIELDS = Columns.__struct_fields__
_UNNAMED = re.compile(r"[\W_]+")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DELIMITERS = (b"\t", b";", b",", b"|")
_LONGEST_HEADER = 4_000
# Of so many bytes and rows the shape of a table is seen.
_SNIFFED = 65_536
_SHAPED = 20
# Records of a thousand shapes are told of a few times only, and remembered so many times.
_MOST_TOLD = 5
_MOST_SHAPES = 1_000


def fold(name: str) -> str:
    """A column's name as it is looked up: lower case, letters and digits only."""
    return _UNNAMED.sub("", name).lower()


def export_of(names: Sequence[str]) -> Export | None:
    """The archive that gives out tables with this header; None for any other table."""
    return headed(frozenset(fold(one) for one in names))


def guessed(names: Sequence[str], export: Export | None = None) -> dict[str, str]:
    """Field → the column whose name says so; a field that no column names is absent.

    Args:
        names: of the columns.
        export: the archive whose table this is, where that is known from elsewhere.
    """
    folded: dict[str, str] = {}
    for one in names:
        folded.setdefault(fold(one), one)
    known = aliases()
    export = export or export_of(names)
    if export is not None and not any(alias in folded for alias in known.text):
        return {
            field: folded[name]
            for field in ("url", "outlet", "title")
            if isinstance(name := getattr(export, field), str) and name in folded
        }
    found: dict[str, str] = {}
    for field in FIELDS:
        for alias in getattr(known, field):
            name = folded.get(alias)
            if name is not None and name not in found.values():
                found[field] = name
                break
    return found


def looks_like_a_table(head: bytes) -> bool:
    """Whether the first line is a header: at least two columns are known, one of text or URL.

    Every cell must be a name of a column; a line of a report with commas in it is none.
    """
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if is_row_of_export(first):
        return True
    for delimiter, cells in _headers(head):
        found = guessed(cells)
        known = len(found) >= 2 or export_of(cells) is not None
        if known and ("text" in found or "url" in found):
            return rest.partition(b"\n")[0].count(delimiter) > 0
    return False


def has_columns(head: bytes, named: Sequence[str]) -> bool:
    """Whether the first line is a header with all of these columns, which somebody named."""
    wanted = {fold(one) for one in named}
    return bool(wanted) and any(
        wanted <= {fold(cell) for cell in cells} for _, cells in _headers(head)
    )


def looks_like_rows(head: bytes) -> bool:
    """Whether what has no name is a table by its shape: a header, then rows of as many cells.

    Two columns may be two halves of lines of verse: there cells in quotation marks, or a tab,
    have to say that they are cells.
    """
    for delimiter, cells in _headers(head):
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        rows = _rows(text, delimiter.decode(), whole=len(head) < _SNIFFED)
        if not rows or any(len(row) != len(cells) for row in rows):
            continue
        is_quoted = f'{delimiter.decode()}"' in text or '\n"' in text
        if delimiter == b"\t" or is_quoted or (len(cells) > 2 and len(rows) > 1):
            return True
    return False


def _headers(head: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """Each way to take the first line for a header: delimiter and names."""
    first, ended, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if not ended or not rest.strip() or len(first) > _LONGEST_HEADER:
        return
    try:
        line = first.decode("utf-8").strip()
    except UnicodeDecodeError:
        line = first.decode("cp1252", "replace").strip()
    for delimiter in _DELIMITERS:
        cells = [cell.strip().strip('"') for cell in line.split(delimiter.decode())]
        if len(cells) < 2 or any(not cell or len(cell) > 40 for cell in cells):
            continue
        if not any(len(cell.split()) > 3 or cell.endswith((".", "!", "?")) for cell in cells):
            yield delimiter, cells


def _rows(text: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    """The first rows behind the header; without the last where it may be cut off."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), 1, 2 + _SHAPED))
    except csv.Error:
        return []
    rows = [row for row in rows if row]
    return rows if whole or len(rows) > _SHAPED else rows[:-1]


def is_row_of_export(line: bytes) -> bool:
    """Whether this is a row of an archive's table without a header."""
    cells = tuple(line.decode("utf-8", "replace").rstrip("\r").split("\t"))
    export = headless(cells)
    return export is not None and cells[int(export.url)].startswith(("http://", "https://"))


def shown(name: str) -> str:
    """A column's name for a message."""
    return f"«{_UNSHOWN.sub('?', str(name)[:40])}»"


class Naming:
    """Gives records the field names of a report.

    What the user says of a field is taken. Otherwise a record that has its words under "text"
    keeps its names as they are, except that passim's "series" and "date" are read; in a record
    that has not, and in tables, keys are guessed by their names. Every guess is told once.
    """

    def __init__(
        self,
        columns: Columns,
        source: str,
        notify: Callable[[str], object],
        *,
        of_table: bool = False,
        export: Export | None = None,
    ) -> None:
        self._export = export
        self._of_table = of_table
        self._given = {
            field: name for field in FIELDS if (name := getattr(columns, field)) is not None
        }
        self._source = source
        self._notify = notify
        self._told: set[tuple[tuple[str, str], ...]] = set()
        self._told_of_dates = False
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def renamed(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record with the names that `retold.read.records` knows; other keys stay."""
        names = self._names(record)
        if not names:
            return dict(record)
        used = set(names.values())
        renamed = {
            key: value for key, value in record.items() if key not in used and key not in names
        }
        for field, name in names.items():
            if (value := reached(record, name)) is not None:
                renamed[field] = value
        return renamed

    def key(self, record: Mapping[str, Any], field: str) -> str:
        """What a field of a report is called in this record."""
        return self._names(record).get(field, field)

    def tell_of_date(self, record: Mapping[str, Any]) -> None:
        """Say, once, that dates of this source cannot be read: without them stories suffer."""
        if self._told_of_dates:
            return
        self._told_of_dates = True
        name = shown(self.key(record, "published"))
        self._notify(
            f"{self._source}: {name} holds what is no date, or may be two (04/03/2031: --dates dmy "
            "or --dates mdy says which); such reports are taken as without a date"
        )

    def _names(self, record: Mapping[str, Any]) -> dict[str, str]:
        """Field → key, for a record with these keys."""
        keys = tuple(key for key in record if isinstance(key, str))
        names = self._known.get(keys)
        if names is None:
            guess = {
                field: name
                for field, name in self._guess(keys).items()
                if field not in self._given and name not in self._given.values()
            }
            self._tell(guess, self._export or export_of(keys))
            names = {**guess, **self._given}
            if len(self._known) < _MOST_SHAPES:
                self._known[keys] = names
        return names

    def _guess(self, keys: tuple[str, ...]) -> dict[str, str]:
        if "text" in keys and "text" not in self._given and not self._of_table:
            guess = {}
            if "series" in keys and "outlet" not in keys:
                guess["outlet"] = "series"
                if "published" not in keys and "date" in keys:
                    guess["published"] = "date"
            return guess
        guess = {
            field: name for field, name in guessed(keys, self._export).items() if field not in keys
        }
        found = {*guess, *keys, *self._given}
        return guess if "text" in found or "url" in found else {}

    def _tell(self, guess: Mapping[str, str], export: Export | None) -> None:
        key = tuple(guess.items())
        if not guess or key in self._told or len(self._told) >= _MOST_TOLD:
            return
        self._told.add(key)
        pairs = ", ".join(f"{field}={shown(name)}" for field, name in guess.items())
        kind = f" (a list of {export.name})" if export else ""
        self._notify(f"{self._source}: guessed {pairs}{kind}; --map FIELD=COLUMN says otherwise")


def reached(record: Mapping[str, Any], name: str) -> Any:
    """The value under a key, or under a path of keys with dots; None if there is none."""
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value
