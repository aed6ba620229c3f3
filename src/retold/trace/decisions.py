"""What people decided about descent, after everything that the reports themselves tell."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from msgspec.structs import replace

from retold.holdings import Correction, EdgeConfirmed, EdgeRejected, by_person
from retold.model import Derivation, Edge, Evidence, Stemma, Undecided, Witness

__all__ = ["decided"]


def decided(stemma: Stemma, decisions: Sequence[Correction]) -> Stemma:
    """A stemma with the edges that people confirm, and without those that they reject.

    A confirmed edge takes out what would make a report descend from itself. Decisions about
    witnesses that are not of this story do nothing; a confirmed source that nobody has seen is
    added, as a named one.

    Args:
        stemma: of a story.
        decisions: in force, the oldest first.
    """
    for one in decisions:
        if isinstance(one.what, EdgeConfirmed):
            stemma = _confirmed(stemma, one, one.what)
        elif isinstance(one.what, EdgeRejected):
            stemma = _rejected(stemma, one, one.what)
    return _along_edges(stemma) if decisions else stemma


def _along_edges(stemma: Stemma) -> Stemma:
    """Passages have no source any more where its edge has been taken out."""
    pairs = {(edge.from_, edge.to) for edge in stemma.edges}
    note = "the source that the wording shows was taken out by a person"
    return replace(
        stemma,
        derivations=tuple(
            one
            if one.source is None or (one.source, one.report) in pairs
            else Derivation(
                one.report,
                one.passage,
                None,
                0.0,
                "cannot tell",
                (Evidence("person", 1.0, note), *one.evidence),
            )
            for one in stemma.derivations
        ),
    )


def _confirmed(stemma: Stemma, one: Correction, what: EdgeConfirmed) -> Stemma:
    reason = by_person(one, "that the one descends from the other")
    to = _found(stemma, what.to)
    source = _found(stemma, what.source)
    if to is None:
        return stemma
    if source is None:
        name = blake2b(f"named by a person\0{what.source}".encode("utf-8", "surrogatepass"))
        source = Witness(name.hexdigest()[:16], "named", what.source, (reason,))
        stemma = replace(stemma, witnesses=(*stemma.witnesses, source))
    edges = list(stemma.edges)
    while (back := _back(edges, to.id, source.id)) is not None:
        edges.remove(back)
    there = next((e for e in edges if (e.from_, e.to) == (source.id, to.id)), None)
    if there is None:
        edges.append(Edge(source.id, to.id, 1.0, (reason,), "stated"))
    else:
        edges[edges.index(there)] = replace(there, support=1.0, evidence=(reason, *there.evidence))
    settled = {source.id, to.id}
    return replace(
        stemma,
        edges=tuple(edges),
        undecided=tuple(u for u in stemma.undecided if set(u.witnesses) != settled),
    )


def _rejected(stemma: Stemma, one: Correction, what: EdgeRejected) -> Stemma:
    to, source = _found(stemma, what.to), _found(stemma, what.source)
    if to is None or source is None:
        return stemma
    pair = (source.id, to.id)
    if all((edge.from_, edge.to) != pair for edge in stemma.edges):
        return stemma
    said = by_person(one, f"that {to.name} does not descend from {source.name}")
    return replace(
        stemma,
        edges=tuple(edge for edge in stemma.edges if (edge.from_, edge.to) != pair),
        undecided=(*stemma.undecided, Undecided((to.id,), said.note)),
        alternatives=tuple(a for a in stemma.alternatives if pair not in a.edges),
    )


def _found(stemma: Stemma, name: str) -> Witness | None:
    """A witness by its id; one that nobody has seen by its name too."""
    for one in stemma.witnesses:
        if one.id == name:
            return one
    folded = " ".join(name.split()).casefold()
    unseen = (one for one in stemma.witnesses if one.kind != "report")
    return next((one for one in unseen if one.name.casefold() == folded), None)


def _back(edges: Sequence[Edge], start: str, end: str) -> Edge | None:
    """The last edge of a way from `start` to `end`."""
    seen = {start}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        for edge in edges:
            if edge.from_ == at:
                if edge.to == end:
                    return edge
                if edge.to not in seen:
                    seen.add(edge.to)
                    waiting.append(edge.to)
    return None
