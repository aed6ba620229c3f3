"""Nouns of attributing: who is quoted, and through whom the words came."""

from __future__ import annotations

from typing import Literal

from retold.model.noun import Evidence, Noun, Place, Span

__all__ = [
    "Actor",
    "ActorKind",
    "Attribution",
    "Link",
    "Quotation",
    "QuotationKind",
    "Role",
]


QuotationKind = Literal["direct", "indirect", "mixed"]
ActorKind = Literal["person", "organisation", "place", "office", "unknown"]
Role = Literal["utterer", "carrier", "outlet"]


class Link(Noun, frozen=True):
    """One agent on the way from the utterer to this page.

    Attributes:
        actor: actor id, None when the agent is not known as an actor.
        name: as written, or the actor's name where nothing is written.
        role: "utterer" first, then carriers, the page's own outlet last.
        span: where this report names it; None when it does not.
    """

    actor: str | None
    name: str
    role: Role
    span: Span | None


class Quotation(Noun, frozen=True):
    """Words given as somebody's.

    Attributes:
        id: content hash, unique in a telling.
        report: id of the report.
        kind: direct (all inside quotation marks), indirect (none), mixed.
        content, cue, source: spans, in order; quotation marks lie outside the content.
        speaker: actor id, None for "cannot tell", see `unknown`.
        chain: utterer first.
        confidence: in [0, 1].
        status: "asserted", or how the saying itself is qualified.
        unknown: why there is no speaker; None when there is one.
    """

    id: str
    report: str
    kind: QuotationKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None
    chain: tuple[Link, ...]
    confidence: float
    status: Literal["asserted", "negated", "conditional", "thought"] = "asserted"
    unknown: str | None = None


class Actor(Noun, frozen=True):
    """A person, organisation, place or office behind one or more names.

    Attributes:
        id: content hash, stable over input order.
        name: the fullest form seen.
        kind: see `ActorKind`.
        mentions: every span that names it (pronouns and office nouns included).
        names: the distinct forms, most frequent first.
        because: why these names are one actor; empty when there is one name.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Place, ...]
    names: tuple[str, ...] = ()
    because: tuple[Evidence, ...] = ()


class Attribution(Noun, frozen=True):
    """What one report says of who said what."""

    report: str
    quotations: tuple[Quotation, ...]
    actors: tuple[Actor, ...]
