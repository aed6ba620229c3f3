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


def _side(page: Context, side: Side, leads: Callable[[Place], str | None]) -> Html:
    letters = []
    for place in side.places:
        name = page.look.names[place.report]
        spoken = el("span", f", {name.name}: see in the text", class_="vh")
        letters.append(el("a", name.letter, spoken, href=leads(place), class_="badge"))
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
    page: Context, footnote: Footnote, leads: Callable[[Place], str | None], *, notes: bool = False
) -> Html:
    """The difference; `leads` gives the address of each of its places."""
    family = "claim" if footnote.kind in STRONG else "words"
    sides = join((_side(page, side, leads) for side in footnote.sides), " ")
    parts = [
        el("span", LABELS[footnote.kind], class_=f"kind {family}"),
        el("span", sides, class_="sides"),
    ]
    if notes and footnote.notes:
        said = " ".join(closed(note) for note in footnote.notes[:_NOTES])
        parts.append(el("span", said, class_="why"))
    return join(parts, " ")
