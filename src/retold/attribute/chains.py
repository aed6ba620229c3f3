"""From a found quotation to one with its speaker and its chain, utterer first.

The order of a chain is that of the words' way: who uttered them, the carriers that the sentence
names, the agency of the dateline, the agencies that the report credits, and the page's own
outlet. An agent that would follow itself is named once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b

from retold.attribute.quotations import RawQuotation
from retold.model import Link, Quotation, Report, Role, Span
from retold.text.words import fold

__all__ = ["Resolve", "quotation"]

Resolve = Callable[[Span], tuple[str | None, str | None]]
"""A span that names an agent -> (actor id, None), or (None, why there is none)."""

_NO_SOURCE = "no words near it name a source"


# "KCNA - Korean Central News Agency" under a report spells an acronym out; it does not say that
# all quotations came that way.
_GLOSS = re.compile(r"[A-Z]{2,8}\s[-–—=]\s")


def quotation(report: Report, raw: RawQuotation, resolve: Resolve) -> Quotation:
    """The quotation with its speaker resolved and its chain complete."""
    speaker, reason = (None, _NO_SOURCE) if raw.speaker is None else resolve(raw.speaker)
    return Quotation(
        id=_identity(report, raw),
        report=report.id,
        kind=raw.kind,
        content=raw.content,
        cue=raw.cue,
        source=raw.source,
        speaker=speaker,
        chain=_chain(report, raw, speaker, resolve),
        confidence=raw.confidence,
        status=raw.status,
        unknown=None if speaker is not None else reason or _NO_SOURCE,
    )


def _identity(report: Report, raw: RawQuotation) -> str:
    key = f"{report.id}\x1f{raw.content}\x1f{raw.source}\x1f{raw.cue}"
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _chain(
    report: Report, raw: RawQuotation, speaker: str | None, resolve: Resolve
) -> tuple[Link, ...]:
    links: list[Link] = []
    if raw.speaker is not None:
        links.append(_named(report, raw.speaker, speaker, "utterer"))
    for carrier in raw.carriers:
        actor = resolve(carrier.span)[0]
        link = _named(report, carrier.span, actor, "carrier")
        if actor == speaker and link.name == link.name.lower():
            # The sentence sets them apart, so an office noun without a name ("the official
            # news agency") was taken for the wrong person.
            link = _named(report, carrier.span, None, "carrier")
        _add(links, link)
    dateline = report.dateline
    if dateline is not None and dateline.agency:
        # Under an agency's dateline, with no other outlet known, the page is the agency's own.
        role: Role = "carrier" if report.outlet else "outlet"
        _add(links, _credited(report, dateline.agency, dateline.span, role, resolve))
    for credit in report.credits:
        if not _GLOSS.match(credit.name):
            _add(links, _credited(report, credit.name, credit.span, "carrier", resolve))
    if report.outlet:
        outlet = Link(actor=None, name=report.outlet, role="outlet", span=None)
        if links and links[-1].role == "carrier" and _same(links[-1], outlet):
            links.pop()
        links.append(outlet)
    return tuple(sorted(links, key=lambda link: link.role == "outlet"))


def _named(report: Report, span: Span, actor: str | None, role: Role) -> Link:
    return Link(actor=actor, name=report.text[span[0] : span[1]], role=role, span=span)


def _credited(report: Report, name: str, span: Span | None, role: Role, resolve: Resolve) -> Link:
    """A link that a dateline or credit names; its span is narrowed to the name."""
    if span is not None:
        at = report.text.find(name, span[0], span[1])
        if at >= 0:
            span = (at, at + len(name))
    actor = None if span is None else resolve(span)[0]
    return Link(actor=actor, name=name, role=role, span=span)


def _add(links: list[Link], link: Link) -> None:
    if not any(_same(link, other) for other in links):
        links.append(link)


def _same(one: Link, other: Link) -> bool:
    if one.actor is not None and one.actor == other.actor:
        return True
    return fold(one.name) == fold(other.name)
