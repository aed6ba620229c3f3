"""Full-text indexes in PostgreSQL: one `tsvector` a row under a GIN index.

A column is a weight (A to D). The server keeps 255 positions of a term and none above 16,383, and
a vector may have 1 MB: rows over that lose positions and are marked `loose`, so that a phrase in
them counts as its words, and the caller looks into the text.
(PostgreSQL documentation, 12.11 "Limitations".)
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    cast,
    column,
    literal,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from retold.engines.fulltext import BREAK, FullText, Index, Put, Wanted
from retold.text.query import All, AnyOf, Node, Phrase, Without

__all__ = ["Vectors"]

_WEIGHTS = "ABCD"
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255
_MOST_BYTES = 900_000
# The planner takes a vector for as dear as a number, and would rather unpack all of them, for
# seconds, than ask the index. Compiling a statement costs more than any of ours takes.
_PLANNING = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'"


class Vectors(FullText):
    """See `retold.engines.fulltext`."""

    def make(self, connection: Connection, index: Index) -> None:
        """Make the empty index."""
        connection.exec_driver_sql(
            f"CREATE TABLE {index.name} (number bigint PRIMARY KEY, loose boolean NOT NULL, "
            "terms tsvector NOT NULL)"
        )
        connection.exec_driver_sql(
            f"CREATE INDEX {index.name}_terms ON {index.name} USING gin (terms)"
        )

    def put(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Add rows."""
        values = [(number, *_vector(columns)) for number, columns in rows]
        connection.execute(
            text(
                f"INSERT INTO {index.name} (number, loose, terms) "
                "VALUES (:number, :loose, CAST(:terms AS tsvector))"
            ),
            [{"number": one[0], "loose": one[1], "terms": one[2]} for one in values],
        )

    def drop(self, connection: Connection, index: Index, rows: Sequence[Put]) -> None:
        """Take rows out."""
        connection.execute(
            text(f"DELETE FROM {index.name} WHERE number = ANY(:numbers)"),
            {"numbers": [number for number, _ in rows]},
        )

    def matching(
        self, connection: Connection, index: Index, wanted: Sequence[Wanted]
    ) -> Select[tuple[int, bool]]:
        """Columns `number` and `sure`."""
        connection.exec_driver_sql(_PLANNING)
        # Made first and whole: looked up row by row, each would be unpacked.
        found = _matching(index, wanted).cte().prefix_with("MATERIALIZED")
        return select(found.c.number, found.c.sure)

    def among(
        self, index: Index, wanted: Sequence[Wanted], some: ColumnElement[int]
    ) -> Select[tuple[int, bool]] | None:
        """One vector is unpacked in some 20 microseconds."""
        # OFFSET keeps the planner from pulling it up, and looking at all rows first.
        return _matching(index, wanted, some).offset(0)


def _matching(
    index: Index, wanted: Sequence[Wanted], some: ColumnElement[int] | None = None
) -> Select[tuple[int, bool]]:
    found = table(
        index.name, column("number", BigInteger), column("loose", Boolean), column("terms")
    )
    exact = " & ".join(f"({_written(node, index, name)})" for node, name in wanted)
    lax = " & ".join(f"({_written(node, index, name, lax=True)})" for node, name in wanted)
    only = [] if some is None else [found.c.number == some]
    holds = found.c.terms.op("@@")(cast(literal(exact), TSQUERY))
    if lax == exact:
        return select(found.c.number, literal(True).label("sure")).where(*only, holds)
    may = found.c.terms.op("@@")(cast(literal(lax), TSQUERY))
    return select(found.c.number, not_(found.c.loose).label("sure")).where(
        *only, or_(holds, and_(found.c.loose, may))
    )


def _vector(columns: Sequence[Sequence[str]]) -> tuple[bool, str]:
    """Whether it is loose, and the vector as the server reads it."""
    places: dict[str, list[str]] = {}
    position = 0
    loose = False
    for weight, terms in zip(_WEIGHTS, columns, strict=False):
        for term in terms:
            position += 1
            if term == BREAK:
                continue
            where = places.setdefault(term, [])
            if position > _LAST_POSITION or len(where) == _MOST_POSITIONS:
                loose = True
                # A term keeps a place in each column that has it.
                if not where or where[-1][-1] != weight:
                    where.append(f"{min(position, _LAST_POSITION)}{weight}")
            else:
                where.append(f"{position}{weight}")
        position += 1  # no phrase goes on in the next column
    pieces = []
    size = 0
    for term, where in places.items():
        # In memory a term takes its bytes, its places two bytes each, and some for itself.
        size += len(term.encode()) + 2 * len(where) + 8
        if size > _MOST_BYTES:
            loose = True
            break
        pieces.append(f"'{term}':{','.join(where)}")
    return loose, " ".join(pieces)


def _written(node: Node, index: Index, name: str | None, lax: bool = False) -> str:
    if isinstance(node, Phrase):
        within = index.title if node.title else name
        weight = "" if within is None else _WEIGHTS[index.columns.index(within)]
        joiner = " & " if lax else " <-> "
        last = len(node.terms) - 1
        return (
            "("
            + joiner.join(
                _term(term, node.prefix and number == last, weight)
                for number, term in enumerate(node.terms)
            )
            + ")"
        )
    if isinstance(node, All):
        return " & ".join(f"({_written(part, index, name, lax)})" for part in node.parts)
    if isinstance(node, AnyOf):
        return " | ".join(f"({_written(part, index, name, lax)})" for part in node.parts)
    return _without(node, index, name, lax)


def _without(node: Without, index: Index, name: str | None, lax: bool) -> str:
    if node.wanted is None:
        raise ValueError("nothing is wanted")
    # A phrase that is unwanted and only perhaps there excludes nothing before the text is asked.
    unwanted = [
        part
        for part in node.unwanted
        if not lax or (isinstance(part, Phrase) and len(part.terms) == 1)
    ]
    kept = f"({_written(node.wanted, index, name, lax)})"
    return " & ".join([kept, *(f"!({_written(part, index, name, lax)})" for part in unwanted)])


def _term(term: str, prefix: bool, weight: str) -> str:
    flags = ("*" if prefix else "") + weight
    return f"'{term}'" + (f":{flags}" if flags else "")
