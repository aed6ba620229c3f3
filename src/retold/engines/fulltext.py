"""Full-text indexes, the same on every engine.

An index has a name and up to four columns; a row is a number and, for each column, its terms
(`retold.text.terms`). The text itself is not in it: it is in the archive, once. What is found is
the same on every engine, because terms are made here and not by the engine.

    make(connection, index)                   in a migration
    put(connection, index, rows)              in the transaction that writes what they index
    drop(connection, index, rows)             with the very terms that were put
    matching(connection, index, wanted)       SELECT number, sure FROM … for a query
    among(connection, index, wanted, some)    the same of a few rows, looked at one by one

`sure` is false for a row that may lack a phrase, see `retold.engines.postgres_fulltext`: its text
has to be asked.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from sqlalchemy import ColumnElement, Connection, Select

from retold.text.query import Node

__all__ = ["BREAK", "FullText", "Index", "Put", "among", "drop", "make", "matching", "put"]

BREAK = "\u00b6"
"""Stands between parts that no phrase goes across; no term is written so."""

Put = tuple[int, Sequence[Sequence[str]]]
"""A row's number, and the terms of each of its columns."""

Wanted = tuple[Node, str | None]
"""A query, and the column that it is about; None for any."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index.

    Attributes:
        name: of its table.
        columns: at most four.
        title: the column that `title:` in a query means.
    """

    name: str
    columns: tuple[str, ...]
    title: str | None = None


class FullText(ABC):
    """What an engine does for an index; see the module."""

    @abstractmethod
    def make(self, connection: Connection, index: Index) -> None:
        """Make the empty index."""

    @abstractmethod
    def put(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Add rows; their numbers are new."""

    @abstractmethod
    def drop(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Take rows out; given with the terms that were put."""

    @abstractmethod
    def matching(
        self, connection: Connection, index: Index, wanted: Sequence[Wanted]
    ) -> Select[tuple[int, bool]]:
        """Columns `number` and `sure` of the rows for which all that is wanted holds."""

    @abstractmethod
    def among(
        self, index: Index, wanted: Sequence[Wanted], some: ColumnElement[int]
    ) -> Select[tuple[int, bool]] | None:
        """As `matching`, of the row with this number; None where that costs no less than all."""


# Dialect of SQLAlchemy -> "module:class".
_KINDS = {
    "sqlite": "retold.engines.sqlite_fulltext:Fts5",
    "postgresql": "retold.engines.postgres_fulltext:Vectors",
}


def make(connection: Connection, index: Index) -> None:
    """Make the empty index."""
    _of(connection).make(connection, index)


def put(connection: Connection, index: Index, rows: Sequence[Put]) -> None:
    """Add rows; their numbers are new."""
    if rows:
        _of(connection).put(connection, index, rows)


def drop(connection: Connection, index: Index, rows: Sequence[Put]) -> None:
    """Take rows out; given with the terms that were put."""
    if rows:
        _of(connection).drop(connection, index, rows)


def matching(
    connection: Connection, index: Index, wanted: Sequence[Wanted]
) -> Select[tuple[int, bool]]:
    """Columns `number` and `sure` of the rows for which all that is wanted holds.

    Args:
        connection: tells the engine, and is set up for it until its transaction ends.
        index: where.
        wanted: at least one.
    """
    return _of(connection).matching(connection, index, wanted)


def among(
    connection: Connection, index: Index, wanted: Sequence[Wanted], some: ColumnElement[int]
) -> Select[tuple[int, bool]] | None:
    """As `matching`, but of one row at a time, so that who reads in an order may stop early.

    Args:
        connection: tells the engine; nothing is run.
        index: where.
        wanted: at least one.
        some: the number of the row, a column of what it is joined with laterally.

    Returns:
        None where an engine cannot look at one row for less than at all of them.
    """
    return _of(connection).among(index, wanted, some)


def _of(connection: Connection) -> FullText:
    module, _, kind = _KINDS[connection.dialect.name].partition(":")
    return cast(FullText, getattr(import_module(module), kind)())
