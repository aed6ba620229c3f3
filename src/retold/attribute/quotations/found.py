"""A quotation as the finder builds it, in token ranges."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.groups import Group
from retold.attribute.quotations.raw import Status

__all__ = ["STRONG", "Found", "Range", "status_of"]

Range = tuple[int, int]
STRONG = lx.SAY | lx.TELL | lx.ASK


class Found(Struct):
    """A quotation as token ranges.

    Attributes:
        period: number of its period.
        at: the token that the cue hangs on.
        content, cue, source: token ranges in order.
        speaker: the range to resolve; the source where there is one.
        carriers: (range, why), nearest to the utterer first.
        after: where the cue's own words end; what follows may carry on.
    """

    period: int
    at: int
    content: list[Range]
    cue: list[Range]
    source: list[Range]
    speaker: Range | None
    status: Status
    classes: int
    why: str
    confidence: float
    carriers: list[tuple[Range, str]]
    floats: bool = True
    nested: bool = False


def status_of(group: Group, classes: int) -> Status:
    """How the verb group qualifies the saying."""
    if group.negated:
        return "negated"
    if group.conditional:
        return "conditional"
    if classes & (STRONG | lx.SHOW | lx.AS | lx.CALL | lx.ACT):
        return "asserted"
    return "thought"
