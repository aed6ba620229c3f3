"""What every part of the HTML needs: look-ups, prepared passages, and the names of places."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from retold.model import Evidence, Place, Telling
from retold.show.html.markup import Address, Html, el, join, text
from retold.show.marks import clip, visible
from retold.show.names import closed, count, percent
from retold.show.view import Index, PassageView, SpeakerView, index, passage_views, speakers
from retold.show.witnesses import labels

__all__ = ["Context", "context"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_EVIDENCE_SPANS = 6  # sentences linked for one reason


class Context(Struct, frozen=True):
    """A telling on its way to HTML.

    Attributes:
        labels: witness id -> how it is called.
        prefix: of all ids, so that two fragments can stand in one document.
        passages: in their order; `passage_number`: id -> number from 1.
        quotation_number: id -> number from 1, in the order in which they are listed.
        leads: gives the address of what stands on another page; None for what stands on this one.
    """

    look: Index
    labels: dict[str, str]
    prefix: str
    passages: tuple[PassageView, ...]
    passage_number: dict[str, int]
    speakers: tuple[SpeakerView, ...]
    quotation_number: dict[str, int]
    leads: Callable[[tuple[str | int, ...]], Address | None] | None = None

    # --- ids ---

    def id(self, *parts: str | int) -> str:
        """An id of the document."""
        return f"{self.prefix}{'-'.join(map(str, parts))}"

    def to(self, *parts: str | int) -> str:
        """The address of an id."""
        elsewhere = self.leads(parts) if self.leads is not None else None
        return elsewhere or f"#{self.id(*parts)}"

    def letter(self, report: str) -> str:
        """The letter of a report."""
        name = self.look.names.get(report)
        return name.letter if name else "?"

    # --- small pieces ---

    def badge(self, report: str) -> Html:
        """A report's letter."""
        return el("b", self.letter(report), class_="badge")

    def name(self, report: str) -> Html:
        """A report's letter and name."""
        name = self.look.names.get(report)
        called = name.name if name else "unknown report"
        return join((self.badge(report), " ", el("bdi", called)))

    def language(self, report: str) -> str | None:
        """The language tag of a report, if it is one."""
        code = self.look.reports[report].language
        return code if code and _LANGUAGE.fullmatch(code) else None

    def sentence_link(self, place: Place) -> Html:
        """A link to the sentence in which a place lies: "A 3"."""
        at = self.look.sentence(place.report, place.span[0])
        letter = self.letter(place.report)
        if at is None:
            return text(letter)
        return el("a", f"{letter}\u00a0{at + 1}", href=self.in_sentence(place), class_="ref")

    def in_text(self, passage: int, footnote: int) -> Callable[[Place], str]:
        """Gives the address at which a difference of a passage is marked in a full text."""
        return lambda place: self.to("t", passage, footnote, self.letter(place.report))

    def in_sentence(self, place: Place) -> str | None:
        """The address of the sentence in which a place lies."""
        at = self.look.sentence(place.report, place.span[0])
        return None if at is None else self.to("s", self.letter(place.report), at + 1)

    def evidence(self, reasons: tuple[Evidence, ...]) -> Html:
        """Reasons as a list: kind, note, weight, places."""
        items = []
        for reason in reasons:
            links = dict.fromkeys(self.sentence_link(place) for place in reason.spans)
            places = join(list(links)[:_EVIDENCE_SPANS], " ")
            more = len(links) - _EVIDENCE_SPANS
            items.append(
                el(
                    "li",
                    el("span", visible(reason.kind), class_="kind"),
                    " ",
                    closed(reason.note),
                    " ",
                    places,
                    f" and {count(more, 'more place')}" if more > 0 else None,
                    el("span", f" weight {percent(reason.weight)}", class_="weight"),
                )
            )
        return el("ul", *items, class_="reasons")

    def details(self, title: str, *inner: Html) -> Html:
        """Something to be opened."""
        return el("details", el("summary", title), *inner)

    def short(self, words: str, length: int) -> str:
        """Words on one line, clipped."""
        return clip(" ".join(words.split()), length)


def context(telling: Telling, prefix: str = "") -> Context:
    """Everything prepared once."""
    look = index(telling)
    said = speakers(look)
    listed = [one.id for view in said for _, group in view.statements for one in group]
    return Context(
        look,
        labels(telling.stemma, look.names),
        prefix,
        passage_views(look),
        {passage.id: number for number, passage in enumerate(telling.passages, start=1)},
        said,
        {key: number for number, key in enumerate(dict.fromkeys(listed), start=1)},
    )
