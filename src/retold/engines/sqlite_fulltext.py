"""Full-text indexes in SQLite: FTS5 without contents.

The tokenizer "ascii" separates at ASCII marks only and folds ASCII letters only; terms hold
letters, digits and marks, and are folded already. So the index has exactly the terms that it was
given, in their order, whatever version of Unicode the library was built with.

For a beginning of a word FTS5 puts the rows of all its words together anew each time, which takes a
second for one letter in 100,000 reports. Beginnings of one and two letters therefore have an index
of their own, which has only the rows of each (`<name>_openings`, a twentieth of the size).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    column,
    except_,
    intersect,
    literal,
    select,
    table,
    union,
)

from retold.engines.fulltext import BREAK, FullText, Index, Put, Wanted
from retold.text.query import All, AnyOf, Node, Phrase, Without

__all__ = ["Fts5"]

# Letters of the longest beginning that has an index of its own.
_OPENING = 2

_Rows = Select[Any] | CompoundSelect[Any]


class Fts5(FullText):
    """See `retold.engines.fulltext`."""

    def make(self, connection: Connection, index: Index) -> None:
        """Make the empty index."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index.name} USING fts5("
            f"{', '.join(index.columns)}, content='', tokenize='ascii')"
        )
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index.name}_openings USING fts5("
            "openings, content='', tokenize='ascii', detail=none)"
        )

    def put(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Add rows."""
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}(rowid, {', '.join(index.columns)}) "
            f"VALUES (?{', ?' * len(index.columns)})",
            [(number, *map(" ".join, columns)) for number, columns in rows],
        )
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}_openings(rowid, openings) VALUES (?, ?)",
            [(number, " ".join(_openings(columns))) for number, columns in rows],
        )

    def drop(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Take rows out: an index without contents has to be told what they were."""
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}({index.name}, rowid, {', '.join(index.columns)}) "
            f"VALUES ('delete', ?{', ?' * len(index.columns)})",
            [(number, *map(" ".join, columns)) for number, columns in rows],
        )
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}_openings({index.name}_openings, rowid, openings) "
            "VALUES ('delete', ?, ?)",
            [(number, " ".join(_openings(columns))) for number, columns in rows],
        )

    def matching(
        self, connection: Connection, index: Index, wanted: Sequence[Wanted]
    ) -> Select[tuple[int, bool]]:
        """Columns `number` and `sure`; sure always."""
        usual = [one for one in wanted if not _has_opening(one[0])]
        others = [one for one in wanted if _has_opening(one[0])]
        found: list[_Rows] = []
        if usual:
            query = " AND ".join(f"({_within(node, index, name)})" for node, name in usual)
            found.append(_rows(index.name, query))
        found += [_found(node, index, name) for node, name in others]
        rows = _all(found).subquery()
        return select(rows.c.number, literal(True).label("sure"))

    def among(
        self, index: Index, wanted: Sequence[Wanted], some: ColumnElement[int]
    ) -> Select[tuple[int, bool]] | None:
        """None: the list of a word's rows is read from its beginning for each of them."""
        return None


def _openings(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """The beginnings of a row's words, each once for each column, marked with its number."""
    for number, terms in enumerate(columns):
        for length in range(1, _OPENING + 1):
            for opening in sorted({term[:length] for term in terms if term != BREAK}):
                yield f"{number}{opening}"


def _is_opening(node: Phrase) -> bool:
    return node.prefix and len(node.terms) == 1 and len(node.terms[0]) <= _OPENING


def _has_opening(node: Node) -> bool:
    if isinstance(node, Phrase):
        return _is_opening(node)
    parts = list(node.parts) if isinstance(node, All | AnyOf) else [node.wanted, *node.unwanted]
    return any(_has_opening(part) for part in parts if part is not None)


def _found(node: Node, index: Index, name: str | None) -> _Rows:
    """The rows for a query with beginnings that have an index of their own."""
    if not _has_opening(node):
        return _rows(index.name, _within(node, index, name))
    if isinstance(node, Phrase):
        within = index.title if node.title else name
        columns = range(len(index.columns)) if within is None else [index.columns.index(within)]
        query = " OR ".join(f'"{number}{node.terms[0]}"' for number in columns)
        return _rows(f"{index.name}_openings", query)
    if isinstance(node, All):
        return _all([_found(part, index, name) for part in node.parts])
    if isinstance(node, AnyOf):
        parts = [_found(part, index, name) for part in node.parts]
        return union(*map(_selectable, parts))
    if node.wanted is None:
        raise ValueError("nothing is wanted")
    kept = [_found(part, index, name) for part in (node.wanted, *node.unwanted)]
    return except_(*map(_selectable, kept))


def _all(found: Sequence[_Rows]) -> _Rows:
    return found[0] if len(found) == 1 else intersect(*map(_selectable, found))


def _selectable(rows: _Rows) -> Select[Any]:
    """As a part of a compound, which SQLite takes no other compounds in."""
    return rows if isinstance(rows, Select) else select(rows.subquery().c.number)


def _rows(name: str, query: str) -> Select[Any]:
    found = table(name, column("rowid", Integer), column(name))
    return select(found.c.rowid.label("number")).where(found.c[name].op("MATCH")(literal(query)))


def _within(node: Node, index: Index, name: str | None) -> str:
    written = _written(node, index)
    return written if name is None else f"{name} : ({written})"


def _written(node: Node, index: Index) -> str:
    if isinstance(node, Phrase):
        phrase = f'"{" ".join(node.terms)}"' + (" *" if node.prefix else "")
        return f"{index.title} : {phrase}" if node.title and index.title else phrase
    if isinstance(node, All):
        return " AND ".join(f"({_written(part, index)})" for part in node.parts)
    if isinstance(node, AnyOf):
        return " OR ".join(f"({_written(part, index)})" for part in node.parts)
    return _without(node, index)


def _without(node: Without, index: Index) -> str:
    if node.wanted is None:
        raise ValueError("nothing is wanted")
    unwanted = " OR ".join(f"({_written(part, index)})" for part in node.unwanted)
    return f"({_written(node.wanted, index)}) NOT ({unwanted})"
