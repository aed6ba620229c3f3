"""Who descends from whom: the drawing, the same as a list with evidence, and what is open."""

from __future__ import annotations

from collections import defaultdict

from retold.model import Alternative, Edge, Witness
from retold.show.html.context import Context
from retold.show.html.drawing import drawing
from retold.show.html.markup import Html, el, join
from retold.show.names import closed, listed, percent, sentence
from retold.show.witnesses import differences, nature

__all__ = ["descent", "open_questions"]


def _edge(page: Context, edge: Edge) -> Html:
    basis = (
        "stated by a report"
        if edge.basis == "stated"
        else f"inferred from the wording, support {percent(edge.support)}"
    )
    return el(
        "li",
        "from ",
        el("bdi", page.labels.get(edge.from_, "an unknown witness"), class_="source"),
        f", {basis}",
        page.details("Evidence", page.evidence(edge.evidence)) if edge.evidence else None,
    )


def _witness(page: Context, witness: Witness, edges: list[Edge]) -> Html:
    kind = nature(witness)
    return el(
        "li",
        el("p", el("bdi", page.labels[witness.id], class_="name"), f" ({kind})" if kind else None),
        el("ul", *(_edge(page, edge) for edge in edges))
        if edges
        else el("p", "no source found in the wording", class_="facts")
        if witness.kind == "report"
        else None,
        page.details("Why it is here", page.evidence(witness.because)) if witness.because else None,
    )


def descent(page: Context) -> Html:
    """The whole section below its heading."""
    stemma = page.look.telling.stemma
    if not stemma.edges:
        return el("p", "Cannot tell: no descent was found in the wording.", class_="empty")
    sources: dict[str, list[Edge]] = defaultdict(list)
    for edge in stemma.edges:
        sources[edge.to].append(edge)
    for edges in sources.values():
        edges.sort(key=lambda edge: -edge.support)
    parts = [
        drawing(page),
        el(
            "ul",
            *(_witness(page, one, sources[one.id]) for one in stemma.witnesses),
            class_="witnesses",
        ),
    ]
    if stemma.alternatives:
        items = [_alternative(page, other) for other in stemma.alternatives]
        parts.append(el("h3", "Also possible"))
        parts.append(el("ul", *items, class_="plain"))
    return join(part for part in parts if part is not None)


def _alternative(page: Context, other: Alternative) -> Html:
    """In what it differs, and all of it, what differs marked."""

    def edge(pair: tuple[str, str]) -> str:
        source, witness = (page.labels.get(end, "unknown") for end in pair)
        return f"{witness} from {source}"

    whole = [
        el("li", el("strong", el("bdi", edge(pair))), " (not above)")
        if pair in other.added
        else el("li", el("bdi", edge(pair)))
        for pair in other.edges
    ]
    return el(
        "li",
        el("bdi", listed(differences(other, page.labels), 8)),
        f" (support {percent(other.support)}). " if other.support else ". ",
        closed(other.note),
        page.details("This stemma as a whole", el("ul", *whole)) if other.dropped else None,
    )


def open_questions(page: Context) -> list[Html]:
    """What cannot be told: of descent, of speakers, of the reports themselves; an item each."""
    telling = page.look.telling
    items: list[Html] = []
    for question in telling.stemma.undecided:
        who = listed([page.labels.get(key, "unknown") for key in question.witnesses], 8)
        items.append(
            el("li", el("strong", "Descent of ", el("bdi", who), ". "), sentence(question.note))
        )
    for view in page.speakers:
        if view.actor is None:
            for _, group in view.statements:
                for one in group:
                    shown = page.quotation_number[one.id]
                    items.append(
                        el(
                            "li",
                            el("strong", "Speaker of "),
                            el("a", f"quotation {shown}", href=page.to("q", shown)),
                            ". ",
                            sentence(one.unknown or ""),
                        )
                    )
    for field, asked in (("published", "When"), ("outlet", "Where")):
        without = [one.id for one in telling.reports if not getattr(one, field)]
        if without:
            who = listed([page.letter(key) for key in without], 12)
            verb = "was" if len(without) == 1 else "were"
            items.append(el("li", el("strong", f"{asked} {who} {verb} published. ")))
    return items
