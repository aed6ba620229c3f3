"""One difference in a list: its kind, and what each report has there."""

from __future__ import annotations

from collections.abc import Callable

from retold.model import Place
from retold.show.footnotes import Footnote, Side
from retold.show.html.context import Context
from retold.show.html.markup import Html, el, join
from retold.show.names import LABELS, STRONG, bare, closed

__all__ = ["entry"]

_WORDS = 150  # characters of one side
_NOTES = 3


def _side(
    page: Context, side: Side, leads: Callable[[Place], str | None], most: int | None
) -> Html:
    letters = []
    for place in side.places[:most]:
        name = page.look.names[place.report]
        spoken = el("span", f", {name.name}: see in the text", class_="vh")
        letters.append(el("a", name.letter, spoken, href=leads(place), class_="badge"))
    more = len(side.places) - len(letters)
    if more:
        letters.append(el("span", f"and {more} more", class_="facts"))
    words = page.short(side.words, _WORDS)
    said = (
        el(
            "q",
            words,
            class_="bare" if bare(words) else None,
            lang=page.language(side.places[0].report),
            dir="auto",
        )
        if words
        else el("span", "without these words", class_="none")
    )
    return el("span", join(letters, " "), " ", said, class_="side")


def entry(
    page: Context,
    footnote: Footnote,
    leads: Callable[[Place], str | None],
    *,
    notes: bool = False,
    most: int | None = None,
) -> Html:
    """The difference.

    Args:
        page: what it is made with.
        footnote: the difference.
        leads: gives the address of each of its places.
        notes: whether to say what the notes say.
        most: sides, and reports of one side, that are named; None for all.
    """
    family = "claim" if footnote.kind in STRONG else "words"
    shown = [_side(page, side, leads, most) for side in footnote.sides[:most]]
    if more := len(footnote.sides) - len(shown):
        shown.append(el("span", f"and {more} other readings", class_="facts"))
    sides = join(shown, " ")
    parts = [
        el("span", LABELS[footnote.kind], class_=f"kind {family}"),
        el("span", sides, class_="sides"),
    ]
    if notes and footnote.notes:
        said = " ".join(closed(note) for note in footnote.notes[:_NOTES])
        parts.append(el("span", said, class_="why"))
    return join(parts, " ")
