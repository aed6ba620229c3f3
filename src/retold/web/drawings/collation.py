"""Passages with their readings and changes, in HTML."""

from __future__ import annotations

from collections.abc import Callable, Container

from msgspec.structs import replace

from retold.show.html.context import Context
from retold.show.html.entries import entry
from retold.show.html.markup import Address, Html, el, join
from retold.show.html.readings import reading
from retold.show.names import STRONG, count, percent
from retold.show.view import PassageView, Reading, passage_view
from retold.web.links import Links
from retold.web.prepared import Prepared
from retold.web.views.collation import Moved, PassageShown
from retold.web.views.statements import Form

__all__ = ["led", "moved_drawing", "passage_parts", "same_words"]

_READINGS = 6  # of a passage in a list of passages
_DIFFERENCES = 8
_EVERY = 60  # differences on a passage's own page
_SIDES = 8
_SAME = 20
_WIDE, _HIGH = 300, 46


def led(found: Prepared, links: Links, story: str, drawn: Container[int] = ()) -> Context:
    """What parts of HTML are made with on a story's pages: they lead to one another.

    Args:
        found: the telling.
        links: where pages lead.
        story: id of it.
        drawn: numbers of the passages that are on the page itself.
    """
    letters = {name.letter: key for key, name in found.look.names.items()}
    passages = {number: key for key, number in found.number.items()}
    quotations = {number: key for key, number in found.context.quotation_number.items()}

    def sentence(letter: str, at: int) -> Address | None:
        report = letters.get(letter)
        return None if report is None else Address(links.report(report, at))

    def leads(parts: tuple[str | int, ...]) -> Address | None:
        kind, rest = parts[0], parts[1:]
        if kind == "s":
            return sentence(str(rest[0]), int(rest[1]))
        if kind == "p" and rest[0] not in drawn:
            part = "-".join(map(str, parts))
            return Address(links.of_story(story, f"passage/{passages[int(rest[0])]}", part=part))
        if kind == "w":
            one = found.look.quotations[quotations[int(rest[0])]]
            at = found.look.sentence(one.report, one.content[0][0])
            return Address(links.report(one.report, None if at is None else at + 1))
        return None

    return replace(found.context, leads=leads)


def passage_parts(
    page: Context, shown: PassageShown, links: Links, *, whole: bool
) -> dict[str, Html | int | None]:
    """A passage's readings and differences.

    Args:
        page: see `led`.
        shown: the passage.
        links: where pages lead.
        whole: whether all readings and differences are shown, or the first of them.
    """
    view = passage_view(page.look, shown.passage)
    readings = sorted(
        _folded(page, view),
        key=lambda one: (shown.passage.base not in one.reports, -len(one.reports)),
    )
    most = None if whole else _READINGS
    states = {one.report: one.state for one in shown.readings}
    drawn = [
        _reading(page, shown, view, one, states[one.reports[0]], links, whole)
        for one in readings[:most]
    ]
    return {
        "readings": el("dl", *drawn, class_="readings"),
        "more": len(readings) - len(drawn),
        "differences": _differences(page, shown.number, view, whole=whole),
        "grounds": _grounds(page, shown) if whole else None,
    }


def _folded(page: Context, view: PassageView) -> list[Reading]:
    """Readings of the same words in one, whether or not differences are counted from them."""
    same: dict[str, Reading] = {}
    for one in view.readings:
        report = page.look.reports[one.reports[0]]
        words = " ".join(report.text[slice(*report.sentences[at])] for at in one.sentences)
        words = " ".join(words.split())
        other = same.get(words)
        if other is None:
            same[words] = one
            continue
        first, second = (one, other) if len(one.spots) > len(other.spots) else (other, one)
        same[words] = replace(first, reports=(*first.reports, *second.reports))
    return list(same.values())


def _reading(
    page: Context,
    shown: PassageShown,
    view: PassageView,
    one: Reading,
    state: str,
    links: Links,
    whole: bool,
) -> Html:
    alone = whole and links.live  # on its page; elsewhere several passages have a reading each
    names = [
        el(
            "a",
            page.name(report),
            href=Address(links.report(report, one.sentences[0] + 1)),
            id=page.id("r", page.letter(report)) if alone else None,
        )
        for report in one.reports[:_SIDES]
    ]
    more = len(one.reports) - len(names)
    if alone:
        names += [
            el("span", id=page.id("r", page.letter(report))) for report in one.reports[_SIDES:]
        ]
    base = shown.passage.base in one.reports
    return el(
        "div",
        el(
            "dt",
            join(names, " "),
            f" and {more} more with the same words" if more else None,
            el("span", " counted from here", class_="facts") if base and view.footnotes else None,
        ),
        el(
            "dd",
            reading(page, shown.number, view, one),
            lang=page.language(one.reports[0]),
            dir="auto",
        ),
        class_={"!": "has-claim", "~": "has-words"}.get(state, "has-same"),
    )


def _differences(page: Context, number: int, view: PassageView, *, whole: bool) -> Html | None:
    if not view.footnotes:
        return None
    leads: Callable[..., str | None] = page.in_sentence
    listed_ = view.footnotes[: _EVERY if whole else _DIFFERENCES]
    items = [
        el(
            "li",
            el("span", str(one.number), class_="no"),
            " ",
            el("div", entry(page, one, leads, notes=True, most=_SIDES)),
            id=page.id("p", number, one.number),
            tabindex=-1,
            class_="of-claim" if one.kind in STRONG else None,
        )
        for one in listed_
    ]
    more = len(view.footnotes) - len(items)
    return el(
        "div",
        el("ol", *items, class_="changes", aria_label=f"Differences in passage {number}"),
        el("p", f"and {count(more, 'lighter difference')}", class_="facts") if more else None,
        class_="apparatus",
    )


def _grounds(page: Context, shown: PassageShown) -> Html:
    passage = shown.passage
    return join(
        (
            el(
                "p",
                f"Confidence that these sentences belong together: {percent(passage.confidence)}. "
                "What the differences are counted from says nothing about who came first.",
            ),
            page.evidence(passage.because) if passage.because else "",
        )
    )


def moved_drawing(page: Context, shown: PassageShown, one: Moved) -> Html:
    """Two orders side by side, the passage's line drawn strongly: where it crosses, it is moved."""
    steps = max(len(one.base) - 1, 1)

    def x(at: int) -> str:
        return f"{8 + at * (_WIDE - 16) / steps:.1f}"

    lines = []
    for place, (first, then) in enumerate(zip(one.base, one.here, strict=True)):
        if place != one.this:
            lines.append(f"M{x(first)} 8L{x(then)} {_HIGH - 8}")
    this = f"M{x(one.base[one.this])} 8L{x(one.here[one.this])} {_HIGH - 8}"
    base = page.letter(shown.passage.base)
    said = (
        f"Passage {shown.number} is number {one.base[one.this] + 1} of the passages that {base} "
        f"and {one.letter} share in the order of {base}, number {one.here[one.this] + 1} in that "
        f"of {one.letter}"
    )
    return el(
        "figure",
        el(
            "svg",
            el("title", said),
            el("path", d="".join(lines), class_="others"),
            el("path", d=this, class_="this"),
            viewBox=f"0 0 {_WIDE} {_HIGH}",
            role="img",
            aria_label=said,
        ),
        el(
            "figcaption",
            "moved: above in the order of ",
            page.badge(shown.passage.base),
            f" (number {one.base[one.this] + 1}), below in that of ",
            page.badge(one.report),
            f" (number {one.here[one.this] + 1} of {len(one.here)})",
        ),
        class_="moved",
    )


def same_words(form: Form, links: Links) -> Html | None:
    """The further reports that have a quotation in the same words."""
    if len(form.letters) < 2:
        return None
    badges = [
        el("a", letter, href=Address(links.report(report)), class_="badge")
        for letter, report in list(zip(form.letters, form.reports, strict=True))[1:_SAME]
    ]
    more = len(form.letters) - 1 - len(badges)
    return el(
        "p",
        "the same words in ",
        join(badges, " "),
        f" and {more} more" if more else None,
        class_="facts",
    )
