"""Nouns of tracing: witnesses, who descends from whom, and which passage came from where."""

from __future__ import annotations

from typing import Literal

from retold.model.noun import Evidence, Noun

__all__ = [
    "Alternative",
    "Derivation",
    "DerivationKind",
    "Edge",
    "Stemma",
    "Undecided",
    "Witness",
]

DerivationKind = Literal["copied", "cut", "reworded", "translated", "cannot tell"]


class Witness(Noun, frozen=True):
    """A node of the stemma.

    Attributes:
        id: the report's id; else a content hash.
        kind: "report", "named" (a source that a report names and that is not in the story),
            "lost" (inferred).
        name: for people.
        because: why a named or lost witness is there.
    """

    id: str
    kind: Literal["report", "named", "lost"]
    name: str
    because: tuple[Evidence, ...] = ()


class Edge(Noun, frozen=True, rename={"from_": "from"}):
    """Descent: `to` carries text that it has from `from`.

    Attributes:
        support: share of resamplings in which the edge is found, in [0, 1]; where a stated
            source is believed, the share of the report's readings that the source has; 1 where
            only the statement speaks for it.
        basis: "textual" (inferred from the wording) or "stated" (a report says so).
    """

    from_: str
    to: str
    support: float
    evidence: tuple[Evidence, ...]
    basis: Literal["stated", "textual"] = "textual"


class Undecided(Noun, frozen=True):
    """A question that the reports do not answer."""

    witnesses: tuple[str, ...]
    note: str


class Alternative(Noun, frozen=True):
    """Another stemma that the same evidence allows, and why it is weaker.

    Attributes:
        edges: (from, to), all of them, of the reports that it speaks of. Those of stated sources
            and second parents, which stay as they are, are not among them.
        support: share of the drawings of the passages that it explains best, or what is left to
            it beside the stemma, in [0, 1].
        note: why it is possible, and why it is weaker.
        added: those of its edges that the stemma does not have.
        dropped: edges of the stemma that it does not have.
        witnesses: lost tellings that it has and the stemma does not.
    """

    edges: tuple[tuple[str, str], ...]
    support: float
    note: str
    added: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    witnesses: tuple[Witness, ...] = ()


class Derivation(Noun, frozen=True):
    """Where one passage of a report came from.

    Attributes:
        report, passage: ids.
        source: the witness that the report has it from, one that the stemma draws an edge from;
            None where that is not known.
        support: how sure it is that the passage is from there; 0 without a source.
        kind: how it is from there. "copied": in the source's words; "cut": in its words, a part
            of them left out; "reworded": in other words of the same language; "translated".
        evidence: what speaks for this source, or why none is named.
    """

    report: str
    passage: str
    source: str | None
    support: float
    kind: DerivationKind
    evidence: tuple[Evidence, ...]


class Stemma(Noun, frozen=True):
    """Who descends from whom.

    Attributes:
        witnesses: reports, sources that reports name, lost tellings.
        edges: between them.
        undecided: what the reports do not answer.
        alternatives: the best supported first.
        derivations: of the passages of reports that have a source.
    """

    witnesses: tuple[Witness, ...]
    edges: tuple[Edge, ...]
    undecided: tuple[Undecided, ...]
    alternatives: tuple[Alternative, ...]
    derivations: tuple[Derivation, ...] = ()
