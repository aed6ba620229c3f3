"""Sources, record by record, ready to be kept; in this process.

Work is cut by records: with `share=(k, n)` only every n-th stretch of `STRETCH` records is made
into reports, the others are passed over. So n processes can read one large file between them, and
what they give, put in order again, is what one would have given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from retold.archive.adding import Item, Prepared, prepare
from retold.model import Refusal
from retold.read import Found, Turns, findings
from retold.read.spared import NONE, Spared
from retold.read.visiting import Visitor
from retold.settings import Settings

__all__ = ["STRETCH", "End", "Piece", "pieces", "prepared"]

STRETCH = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A record.

    Attributes:
        source: number of the source, from 0.
        index: of the record in it, from 0.
        found: what is to be kept, or why it cannot be.
        bytes_read: how far the source's files have been read.
    """

    source: int
    index: int
    found: Prepared | Refusal
    bytes_read: int


@dataclass(frozen=True, slots=True)
class End:
    """A source is read to its end."""

    source: int


def pieces(
    sources: Sequence[str],
    settings: Settings,
    *,
    starts: Mapping[int, int],
    notify: Callable[[str], object],
    stdin: BinaryIO | None = None,
    share: tuple[int, int] = (0, 1),
    first: int = 0,
    begin: Callable[[int, int], object] | None = None,
    spared: Spared = NONE,
) -> Iterator[Piece | End]:
    """What the sources hold, in order.

    Args:
        sources: as in `retold.read.read`.
        settings: of the run.
        starts: number of a source → index of the record to begin with.
        notify: told what is guessed.
        stdin: what "-" reads.
        share: which of how many shares.
        first: number of the source to begin with.
        begin: called with a source's number and a record's index before its report is made.
        spared: files that are not opened.
    """
    visitor = Visitor(settings)
    mine, of = share
    for number in range(first, len(sources)):
        turns = Turns(_wanted(number, starts.get(number, 0), mine, of, begin))
        for one in findings(
            sources[number],
            settings,
            stdin=stdin,
            notify=notify,
            visitor=visitor,
            turns=turns,
            spared=spared,
        ):
            yield Piece(number, turns.index, prepared(one), turns.bytes_read)
        yield End(number)


def prepared(one: Found | Refusal) -> Prepared | Refusal:
    """What reading found, as the archive takes it."""
    if isinstance(one, Refusal):
        return one
    return prepare(Item(one.report, one.raw, one.story))


def _wanted(
    number: int, start: int, mine: int, of: int, begin: Callable[[int, int], object] | None
) -> Callable[[int], bool]:
    def wanted(index: int) -> bool:
        if index < start or index // STRETCH % of != mine:
            return False
        if begin is not None:
            begin(number, index)
        return True

    return wanted
