"""Full-text indexes in SQLite: FTS5 without contents.

The tokenizer "ascii" separates at ASCII marks only and folds ASCII letters only; terms hold
letters, digits and marks, and are folded already. So the index has exactly the terms that it was
given, in their order, whatever version of Unicode the library was built with.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Integer, Select, column, literal, select, table, text

from retold.engines.fulltext import FullText, Index, Put, Wanted
from retold.text.query import All, AnyOf, Node, Phrase, Without

__all__ = ["Fts5"]


class Fts5(FullText):
    """See `retold.engines.fulltext`."""

    def make(self, connection: Connection, index: Index) -> None:
        """Make the empty index."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index.name} USING fts5("
            f"{', '.join(index.columns)}, content='', tokenize='ascii')"
        )

    def put(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Add rows."""
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}(rowid, {', '.join(index.columns)}) "
            f"VALUES (?{', ?' * len(index.columns)})",
            [(number, *map(" ".join, columns)) for number, columns in rows],
        )

    def drop(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Take rows out: an index without contents has to be told what they were."""
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}({index.name}, rowid, {', '.join(index.columns)}) "
            f"VALUES ('delete', ?{', ?' * len(index.columns)})",
            [(number, *map(" ".join, columns)) for number, columns in rows],
        )

    def matching(self, index: Index, wanted: Sequence[Wanted]) -> Select[tuple[int, bool]]:
        """Columns `number` and `sure`; sure always."""
        query = " AND ".join(
            f"({_written(node, index) if name is None else f'{name} : ({_written(node, index)})'})"
            for node, name in wanted
        )
        found = table(index.name, column("rowid", Integer))
        return select(found.c.rowid.label("number"), literal(True).label("sure")).where(
            text(f"{index.name} MATCH :fts").bindparams(fts=query)
        )


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
