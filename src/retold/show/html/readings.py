"""Text with its marks: readings of a passage, and the full texts at the end.

Differences are `<mark>`, not `<ins>` and `<del>`: those would say which text came first, and a
comparison does not know that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from retold.model import Span, TellingReport
from retold.show.html.context import Context
from retold.show.html.markup import Html, el, join, text
from retold.show.names import LABELS, STRONG
from retold.show.view import PassageView, Piece, Reading, Spot, pieces

__all__ = ["full_text", "reading", "sentence"]

_QUOTED = "quoted"
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


def _classes(piece: Piece) -> str:
    names = []
    if kinds := set(piece.kinds) - {_QUOTED}:
        # Moved words can be whole sentences: a line under them is enough.
        light = "order" if kinds == {"order"} else "words"
        names.append(light if STRONG.isdisjoint(kinds) else "claim")
    if _QUOTED in piece.kinds:
        names.append("said")
    return " ".join(names)


def _marked(source: str, span: Span, spots: Sequence[Spot], note: Callable[[Spot], Html]) -> Html:
    """Text with marks; the keys of a spot are the ids of its place, `note` follows its end."""
    parts: list[Html] = []
    for piece in pieces(span, spots):
        ids = [key for spot in piece.opening for key in spot.keys]
        first = ids.pop(0) if ids else None
        parts.extend(el("span", id=key, tabindex=-1, class_="at") for key in ids)
        if piece.start == piece.end:
            inner = el(
                "span",
                "\u2038",
                el("span", " words are not here ", class_="vh", dir="ltr"),
                class_="gap opens" if source[piece.end : piece.end + 1].isalnum() else "gap",
                id=first,
                tabindex=-1 if first else None,
            )
        elif piece.kinds:
            inner = el(
                "mark" if set(piece.kinds) - {_QUOTED} else "span",
                source[piece.start : piece.end],
                class_=_classes(piece),
                id=first,
                tabindex=-1 if first else None,
            )
        else:
            inner = text(source[piece.start : piece.end])
        parts.append(inner)
        parts.extend(note(spot) for spot in piece.closing)
    return join(parts)


def reading(page: Context, number: int, view: PassageView, one: Reading) -> Html:
    """One reading: its sentences with their numbers, differences marked and numbered."""
    report = page.look.reports[one.reports[0]]
    kinds = {footnote.number: LABELS[footnote.kind] for footnote in view.footnotes}

    def note(spot: Spot) -> Html:
        return join(
            el(
                "a",
                el("span", " difference ", class_="vh"),
                str(key),
                el("span", f", {kinds[key]} ", class_="vh"),
                href=page.to("p", number, key),
                class_="n",
            )
            for key in spot.numbers
        )

    return join(
        (
            join(
                (
                    sentence(page, report, at),
                    "\u00a0",
                    _marked(report.text, report.sentences[at], one.spots, note),
                )
            )
            for at in one.sentences
        ),
        " ",
    )


def sentence(page: Context, report: TellingReport, at: int) -> Html:
    """The number of a sentence, leading to its place in the full text."""
    letter = page.letter(report.id)
    return el(
        "a",
        el("span", f"{letter}, sentence ", class_="vh"),
        str(at + 1),
        href=page.to("s", letter, at + 1),
        class_="sn",
        dir="ltr",  # words of ours do not decide the direction of the report's
    )


Noted = dict[str, list[Spot]]


def _spots(page: Context) -> tuple[Noted, list[Html]]:
    """What is marked in the full texts, and the notes by number."""
    notes: list[Html] = []
    spots: Noted = defaultdict(list)
    for number, view in enumerate(page.passages, start=1):
        for footnote in view.footnotes:
            key = len(notes)
            notes.append(
                el(
                    "a",
                    el("span", " difference ", class_="vh"),
                    f"{number}.{footnote.number}",
                    el("span", f", {LABELS[footnote.kind]} ", class_="vh"),
                    href=page.to("p", number, footnote.number),
                    class_="n",
                )
            )
            named: set[str] = set()  # a report can have two places in one difference
            for where in footnote.places:
                spot = page.look.spot(where, key, footnote.kind)
                target = page.id("t", number, footnote.number, page.letter(where.report))
                keys = () if target in named else (target,)
                named.add(target)
                spots[where.report].append(
                    Spot(spot.start, spot.end, spot.numbers, spot.kinds, keys)
                )
    for quotation in page.look.telling.quotations:
        shown = page.quotation_number.get(quotation.id)
        if shown is None or not quotation.content:
            continue
        key = len(notes)
        notes.append(
            el(
                "a",
                el("span", " quotation ", class_="vh"),
                f"Q{shown}",
                href=page.to("q", shown),
                class_="n",
            )
        )
        for place, (start, end) in enumerate(quotation.content):
            first, last = place == 0, place == len(quotation.content) - 1
            spots[quotation.report].append(
                Spot(
                    start,
                    end,
                    (key,) if last else (),
                    (_QUOTED,),
                    (page.id("w", shown),) if first else (),
                )
            )
    return spots, notes


def _apart(report: TellingReport) -> list[bool]:
    """For each sentence whether a paragraph begins with it."""
    gaps = [
        report.text[before[1] : after[0]]
        for before, after in zip(report.sentences, report.sentences[1:], strict=False)
    ]
    blank = any(_PARAGRAPH.search(gap) for gap in gaps)
    return [True, *(bool(_PARAGRAPH.search(gap)) if blank else "\n" in gap for gap in gaps)]


def full_text(page: Context) -> Html:
    """All reports in full, with every difference and quotation in its place."""
    spots, notes = _spots(page)

    def note(spot: Spot) -> Html:
        return join(notes[key] for key in spot.numbers)

    return join(
        _report(page, report, spots[report.id], note) for report in page.look.telling.reports
    )


def _by_sentence(page: Context, report: TellingReport, spots: Sequence[Spot]) -> list[list[Spot]]:
    """Spots for each sentence they touch: the id in the first of them, the note in the last."""
    found: list[list[Spot]] = [[] for _ in report.sentences]
    for spot in spots:
        first = page.look.sentence(report.id, spot.start)
        last = page.look.sentence(report.id, max(spot.start, spot.end - 1))
        if first is None or last is None:
            continue
        for at in range(first, last + 1):
            numbers = spot.numbers if at == last else ()
            keys = spot.keys if at == first else ()
            found[at].append(Spot(spot.start, spot.end, numbers, spot.kinds, keys))
    return found


def _report(
    page: Context, report: TellingReport, spots: Sequence[Spot], note: Callable[[Spot], Html]
) -> Html:
    name = page.look.names[report.id]
    by_sentence = _by_sentence(page, report, spots)
    paragraphs: list[list[Html]] = []
    for at, begins in enumerate(_apart(report)[: len(report.sentences)]):
        if begins:
            paragraphs.append([])
        shared = (report.id, at) in page.look.passage_of
        number = page.passage_number.get(page.look.passage_of.get((report.id, at), ""), 0)
        label = el("span", "sentence ", class_="vh")
        lead = (
            el("a", label, str(at + 1), href=page.to("p", number), class_="sn", dir="ltr")
            if shared
            else el(
                "span",
                label,
                str(at + 1),
                el("span", ", only here", class_="vh"),
                class_="sn lone",
                dir="ltr",
            )
        )
        inner = _marked(report.text, report.sentences[at], by_sentence[at], note)
        paragraphs[-1].append(
            el(
                "span",
                lead,
                "\u00a0",
                inner,
                id=page.id("s", name.letter, at + 1),
                class_="s",
                tabindex=-1,
            )
        )
    return el(
        "article",
        el("h3", page.name(report.id), id=page.id("f", name.letter)),
        el(
            "div",
            *(el("p", join(parts, " ")) for parts in paragraphs),
            class_="text",
            lang=page.language(report.id),
            dir="auto",
        ),
        class_="full",
        aria_labelledby=page.id("f", name.letter),
    )
