"""Passages side by side, the list of their differences, and what only one report has."""

from __future__ import annotations

from retold.model import Place
from retold.show.footnotes import Footnote
from retold.show.html.context import Context
from retold.show.html.entries import entry
from retold.show.html.markup import Html, el, join, text
from retold.show.html.readings import reading, sentence
from retold.show.names import STRONG, count, listed, percent
from retold.show.overlaps import told_elsewhere
from retold.show.sources import froms
from retold.show.view import PassageView

__all__ = ["only", "overview", "passages", "weightiest"]

_TABLE = 12  # reports up to which a table shows who has which passage
_TOP = 8  # differences listed first
_TOP_WEIGHT = 0.5
_LISTED = 6  # differences of a passage that are listed at once


def _footnote(page: Context, number: int, footnote: Footnote) -> Html:
    return el(
        "li",
        el("span", str(footnote.number), class_="no"),
        " ",
        el("div", entry(page, footnote, page.in_text(number, footnote.number), notes=True)),
        id=page.id("p", number, footnote.number),
        tabindex=-1,
    )


def _footnotes(page: Context, number: int, view: PassageView) -> Html | None:
    if not view.footnotes:
        return None
    items = [_footnote(page, number, footnote) for footnote in view.footnotes]
    heavy = [
        place
        for place, footnote in enumerate(view.footnotes, start=1)
        if footnote.kind in STRONG or footnote.weight >= _TOP_WEIGHT
    ]
    first = max([_LISTED, *heavy[-1:]])
    if len(items) <= first + 2:  # not worth opening
        first = len(items)
    label = f"Differences in passage {number}"
    parts = [el("ol", *items[:first], class_="changes", aria_label=label)]
    if lighter := items[first:]:
        parts.append(
            page.details(
                f"{len(lighter)} lighter differences",
                el("ol", *lighter, class_="changes", aria_label=f"{label}, lighter ones"),
            )
        )
    return el("div", *parts, class_="apparatus")


def _who(page: Context, reports: tuple[str, ...]) -> Html:
    return join((page.name(report) for report in reports), " ")


def _absence(page: Context, view: PassageView) -> str:
    have, total = len(view.passage.readings), len(page.look.telling.reports)
    if have == total:
        return "in every report" if total > 2 else ""
    if view.absent:
        return f"not in {listed([page.letter(key) for key in view.absent])}"
    return f"in {have} of {total} reports"


def _passage(page: Context, number: int, view: PassageView) -> Html:
    passage = view.passage
    if view.footnotes:
        differing = count(len(view.footnotes), "difference")
    else:
        differing = "same words" if len(view.readings) == 1 else "no difference found"
    facts = [differing, _absence(page, view)]
    if passage.moved:
        moved = listed([page.letter(key) for key in passage.moved], 6)
        facts.append(f"stands elsewhere in the order of {moved}")
    readings = el(
        "dl",
        *(
            el(
                "div",
                el("dt", _who(page, one.reports)),
                el(
                    "dd",
                    reading(page, number, view, one),
                    lang=page.language(one.reports[0]),
                    dir="auto",
                ),
            )
            for one in view.readings
        ),
        class_="readings",
    )
    base = page.look.names.get(passage.base)
    weights = listed([f"{note.number}: {percent(note.weight)}" for note in view.footnotes[:20]])
    grounds = [
        el("p", f"Confidence that these sentences belong together: {percent(passage.confidence)}.")
    ]
    if passage.because:
        grounds.append(page.evidence(passage.because))
    if base and view.footnotes:
        grounds.append(
            el(
                "p",
                f"Differences are counted from the reading of {base.letter}, which says nothing "
                f"about who came first. Weights: {weights}.",
            )
        )
    return el(
        "article",
        el(
            "header",
            el("h3", f"Passage {number}", id=page.id("h", number)),
            el("p", " \u00b7 ".join(fact for fact in facts if fact), class_="facts"),
        ),
        readings,
        _footnotes(page, number, view),
        page.details("Why these stand together", *grounds),
        _sources(page, passage.id),
        id=page.id("p", number),
        class_="passage",
        aria_labelledby=page.id("h", number),
        tabindex=-1,
    )


def _sources(page: Context, passage: str) -> Html | None:
    """Who has the passage from whom; None where no report descends from another."""
    found = froms(page.look.derivations.get(passage, ()))
    if not found:
        return None
    items = []
    for one in found:
        who = join((page.badge(report) for report in one.reports), " ")
        if one.source is None:
            says: tuple[Html | str, ...] = (who, ": cannot tell. ")
        else:
            source = el("bdi", page.labels.get(one.source, "an unknown witness"), class_="source")
            sure = "" if len(one.reports) == 1 else " at least"
            says = (who, " from ", source, f"{one.how}; support {percent(one.support)}{sure}. ")
        items.append(el("li", *says, page.evidence(one.reasons)))
    return page.details("Who has it from whom", el("ul", *items, class_="plain"))


def passages(page: Context) -> Html:
    """Every passage with its readings."""
    if not page.passages:
        return el("p", "The reports have no passage in common.", class_="empty")
    return join(_passage(page, number, view) for number, view in enumerate(page.passages, start=1))


def weightiest(page: Context) -> Html | None:
    """The differences that matter most, from all passages."""
    top = sorted(
        (
            (number, footnote)
            for number, view in enumerate(page.passages, start=1)
            for footnote in view.footnotes
            if footnote.weight >= _TOP_WEIGHT
        ),
        key=lambda item: -item[1].weight,
    )[:_TOP]
    if not top:
        return None
    return el(
        "ol",
        *(
            el(
                "li",
                el(
                    "a",
                    el("span", "passage ", class_="vh"),
                    f"{number}.{footnote.number}",
                    href=page.to("p", number, footnote.number),
                    class_="no",
                ),
                " ",
                el("div", entry(page, footnote, page.in_text(number, footnote.number))),
            )
            for number, footnote in top
        ),
        class_="changes top",
    )


def overview(page: Context) -> Html | None:
    """A table: which report has which passage. For a dozen reports at most."""
    reports = page.look.telling.reports
    if not page.passages or not 2 < len(reports) <= _TABLE:
        return None
    head = el(
        "tr",
        el("th", "Passage", scope="col"),
        *(
            el(
                "th",
                page.badge(report.id),
                el("span", f" {page.look.names[report.id].name}", class_="vh"),
                scope="col",
            )
            for report in reports
        ),
    )
    rows = []
    for number, view in enumerate(page.passages, start=1):
        first = page.look.reports[view.readings[0].reports[0]] if view.readings else None
        words = first.text[slice(*first.sentences[view.readings[0].sentences[0]])] if first else ""
        cells = []
        for report in reports:
            held = report.id in view.passage.readings
            cells.append(
                el(
                    "td",
                    el("span", "\u25cf" if held else "\u2013", aria_hidden="true"),
                    el("span", "has it" if held else "not in this report", class_="vh"),
                    class_="has" if held else "not",
                )
            )
        rows.append(
            el(
                "tr",
                el(
                    "th",
                    el("a", f"{number}", href=page.to("p", number), class_="no"),
                    " ",
                    el("span", page.short(words, 64), class_="clip"),
                    scope="row",
                ),
                *cells,
            )
        )
    return el(
        "div",
        el(
            "table",
            el("caption", "Which report has which passage"),
            el("thead", head),
            el("tbody", *rows),
            class_="has",
        ),
        class_="scroll",
        tabindex=0,
        role="region",
        aria_label="Table: which report has which passage",
    )


def only(page: Context) -> Html:
    """Sentences that are in one report only."""
    blocks = []
    elsewhere = told_elsewhere(page.look.telling)
    for report in page.look.telling.reports:
        numbers = page.look.telling.only.get(report.id, ())
        if not numbers:
            continue
        letter = page.letter(report.id)
        items = [
            el(
                "li",
                sentence(page, report, at),
                "\u00a0",
                text(report.text[slice(*report.sentences[at])]),
                _told_elsewhere(page, elsewhere.get((report.id, at), [])),
            )
            for at in numbers
        ]
        blocks.append(
            el(
                "article",
                el("h3", page.name(report.id), id=page.id("o", letter)),
                el("ul", *items, class_="lone", lang=page.language(report.id), dir="auto"),
                class_="only",
                aria_labelledby=page.id("o", letter),
            )
        )
    if not blocks:
        return el("p", "No sentence is in one report only.", class_="empty")
    return el("div", *blocks, class_="columns")


def _told_elsewhere(page: Context, places: list[Place]) -> Html:
    """Which sentences of other reports tell part of one."""
    if not places:
        return text("")
    links = dict.fromkeys(page.sentence_link(place) for place in places)
    return el(
        "span", " (part of it: ", join(list(links), ", "), ")", class_="empty", dir="ltr", lang="en"
    )
