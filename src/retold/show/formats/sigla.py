"""Short names of witnesses that are safe in every format."""

from __future__ import annotations

import re

from msgspec import Struct

from retold.model import Edge, Evidence, Stemma, Telling, TellingReport, Witness
from retold.show.marks import visible
from retold.show.names import names
from retold.show.witnesses import labels

__all__ = ["Sign", "edges", "plain", "reasons", "signs", "whole"]

_OTHER = re.compile(r"[\W_]+")


class Sign(Struct, frozen=True):
    """A witness and how it is called.

    Attributes:
        siglum: "A", "B" … for reports, "named1", "lost1" … for the others: ASCII letters and
            digits, unique, also where case does not count.
        label: for people, without control characters: "Harbour Observer", "lost telling 2".
        report: None for witnesses that are no report of the telling.
    """

    siglum: str
    label: str
    witness: Witness
    report: TellingReport | None

    @property
    def full(self) -> str:
        """ "A Harbour Observer"; "lost1 lost telling"."""
        return f"{self.siglum} {self.label}"


def whole(telling: Telling) -> Stemma:
    """The stemma with every report as a witness, also those that no edge reaches."""
    stemma = telling.stemma
    have = {witness.id for witness in stemma.witnesses}
    missing = [
        Witness(report.id, "report", report.outlet or "")
        for report in telling.reports
        if report.id not in have
    ]
    return Stemma(
        (*stemma.witnesses, *missing), stemma.edges, stemma.undecided, stemma.alternatives
    )


def signs(telling: Telling) -> dict[str, Sign]:
    """Witness id → how it is called: reports in their order, then named, then lost witnesses."""
    stemma = whole(telling)
    called = names(telling.reports)
    shown = labels(stemma, called)
    witnesses = {witness.id: witness for witness in stemma.witnesses}
    found = {
        report.id: Sign(
            called[report.id].letter, called[report.id].name, witnesses[report.id], report
        )
        for report in telling.reports
    }
    for kind in ("named", "lost"):
        number = 0
        for witness in stemma.witnesses:
            if witness.id not in called and (witness.kind == "lost") == (kind == "lost"):
                number += 1
                found[witness.id] = Sign(f"{kind}{number}", shown[witness.id], witness, None)
    return found


def edges(telling: Telling) -> list[Edge]:
    """The edges whose ends are witnesses."""
    known = {witness.id for witness in whole(telling).witnesses}
    return [edge for edge in telling.stemma.edges if edge.from_ in known and edge.to in known]


def reasons(evidence: tuple[Evidence, ...]) -> str:
    """Evidence on one line: kind, weight and note of each."""
    return " | ".join(
        f"{visible(one.kind)} {one.weight:.2f}: {visible(one.note)}" for one in evidence
    )


def plain(words: str) -> str:
    """Words reduced to letters, digits and single spaces, for formats without escapes."""
    return _OTHER.sub(" ", visible(words)).strip()
