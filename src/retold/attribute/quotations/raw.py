"""What the finder yields: quotations before their sources are resolved to actors."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from retold.model import QuotationKind, Span

__all__ = ["Carrier", "RawQuotation", "Status"]

Status = Literal["asserted", "negated", "conditional", "thought"]


class Carrier(Struct, frozen=True):
    """An agent that passed the words on.

    Attributes:
        span: the words that name it.
        why: which pattern says so.
    """

    span: Span
    why: str


class RawQuotation(Struct, frozen=True):
    """Words given as somebody's, with the spans that say so.

    Attributes:
        kind: direct (all inside quotation marks), indirect (none), mixed.
        content: in order, quotation marks outside.
        cue: the words that give the content as somebody's; empty for a floating quotation.
        source: the words that name the source; empty where nothing does.
        speaker: the span to resolve to an actor: the source, or the earlier source that a
            floating quotation or a participle takes over; None when there is none.
        carriers: nearest to the utterer first.
        status: how the saying itself is qualified.
        confidence: in [0, 1].
        speech: False for what is held, wanted or done by words ("praised"), not said.
        nested: it stands inside the content of another quotation.
        why: the patterns that found it, in words.
    """

    kind: QuotationKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: Span | None
    carriers: tuple[Carrier, ...] = ()
    status: Status = "asserted"
    confidence: float = 0.5
    speech: bool = True
    nested: bool = False
    why: tuple[str, ...] = ()
