"""Who is quoted, in which words, and through whom the words reached the page."""

from __future__ import annotations

from retold.model import Actor, Place, Quotation, Statement
from retold.show.footnotes import footnotes, telling_ones
from retold.show.html.context import Context
from retold.show.html.entries import entry
from retold.show.html.markup import Html, el, join
from retold.show.marks import visible
from retold.show.names import listed, other_names, percent, steps
from retold.show.view import SpeakerView

__all__ = ["quotation", "quotations"]

_WORDS = 600  # characters of one quotation
_NAMES = 6
_DIFFERS = 4  # differences of a statement named above its variants
_KINDS = {
    "direct": "in quotation marks",
    "indirect": "without quotation marks",
    "mixed": "partly in quotation marks",
}
_STATUS = {
    "negated": "the report says it was not said",
    "conditional": "the report says it under a condition",
    "thought": "given as a thought",
}


def _content(page: Context, one: Quotation) -> Html:
    report = page.look.reports.get(one.report)
    parts = [] if report is None else [report.text[start:end] for start, end in one.content]
    words = page.short(" \u2026 ".join(parts), _WORDS)
    return el(
        "blockquote" if one.kind == "direct" else "p",
        words or "no words",
        class_=f"quoted {one.kind}",
        lang=page.language(one.report) if report else None,
        dir="auto",
    )


def _chain(page: Context, one: Quotation) -> Html:
    shown: list[Html] = []
    for name, link in steps(one.chain, page.look.actors)[:-1]:
        if link is None:
            shown.append(el("li", name, class_="none"))
            continue
        where = page.sentence_link(Place(one.report, link.span)) if link.span else None
        written = None
        if link.span and (report := page.look.reports.get(one.report)):
            raw = " ".join(report.text[slice(*link.span)].split())
            if raw and name.casefold() not in visible(raw).casefold():
                written = el("span", f" written \u201c{page.short(raw, 60)}\u201d", class_="as")
        shown.append(
            el("li", el("bdi", name), written, " " if where else None, where, class_=link.role)
        )
    shown.append(el("li", "this page", class_="page"))
    return el("ol", *shown, class_="chain", aria_label="From the speaker to this page")


def quotation(page: Context, one: Quotation, also: Html | None = None) -> Html:
    """One quotation: its words, the chain to the page, what is known of it, and what is added."""
    shown = page.quotation_number[one.id]
    letter = page.letter(one.report)
    start = one.content[0][0] if one.content else 0
    at = page.look.sentence(one.report, start)
    place = f"sentence {at + 1}" if at is not None else "no place"
    facts = [_KINDS[one.kind]]
    if one.status in _STATUS:
        facts.append(_STATUS[one.status])
    if one.unknown:
        facts.append(f"cannot tell who speaks: {one.unknown}")
    facts.append(f"confidence {percent(one.confidence)}")
    return el(
        "li",
        el(
            "p",
            el("span", f"Q{shown}", class_="no"),
            " ",
            page.name(one.report) if one.report in page.look.names else letter,
            " ",
            el("a", place, href=page.to("w", shown) if one.content else None, class_="ref"),
            class_="from",
        ),
        _content(page, one),
        _chain(page, one),
        el("p", " \u00b7 ".join(facts), class_="facts"),
        also,
        id=page.id("q", shown),
        tabindex=-1,
    )


def _group(page: Context, statement: Statement | None, group: tuple[Quotation, ...]) -> Html:
    title = differs = None
    if statement is not None and len(group) > 1:
        letters = listed(list(dict.fromkeys(page.letter(one.report) for one in group)), 8)
        title = el("p", f"One statement, as {letters} give it", class_="statement")
        found = footnotes(statement.differs, page.look.order, page.look.text)
        items = [
            el("li", el("div", entry(page, note, page.in_sentence)))
            for note in telling_ones(found, _DIFFERS)
        ]
        if items:
            differs = el("ul", *items, class_="changes bare", aria_label="How they differ")
    variants = el("ul", *(quotation(page, one) for one in group), class_="variants")
    return el("li", title, differs, variants)


def _actor(page: Context, actor: Actor) -> Html | None:
    others = other_names(actor)
    parts = []
    if others:
        written = listed([f"\u201c{name}\u201d" for name in others], _NAMES)
        parts.append(el("p", "Also written ", el("bdi", written), ".", class_="facts"))
    if actor.because:
        parts.append(page.details("Why these are one", page.evidence(actor.because)))
    return join(parts)


def _speaker(page: Context, number: int, view: SpeakerView) -> Html:
    actor = view.actor
    heading = page.id("k", number)
    return el(
        "article",
        el(
            "header",
            el(
                "h3",
                el("bdi", actor.name) if actor else "Cannot tell who speaks",
                id=heading,
            ),
            _actor(page, actor) if actor else None,
        ),
        el(
            "ul",
            *(_group(page, statement, group) for statement, group in view.statements),
            class_="statements",
        ),
        class_="speaker",
        aria_labelledby=heading,
    )


def quotations(page: Context) -> Html:
    """Speaker by speaker, statement by statement."""
    if not page.speakers:
        return el("p", "No quotation was found.", class_="empty")
    return join(_speaker(page, number, view) for number, view in enumerate(page.speakers, start=1))
