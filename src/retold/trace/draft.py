"""A stemma while it is being made: witnesses, edges and doubts, still open to additions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from retold.model import (
    Alternative,
    Edge,
    Place,
    Segmented,
    Undecided,
    Witness,
)
from retold.trace.characters import Characters
from retold.trace.sources import Source

__all__ = ["Draft", "label", "lost_id", "lost_name"]


@dataclass(slots=True)
class Draft:
    """Mutable only inside this stage, which makes the noun of it at the end.

    Attributes:
        reports: sorted by id, so that the order of input changes nothing.
        signs: rows in the order of `reports`, versions of one text gathered in one row.
        whole: the same, every report with its own readings.
        joined: row that stands for versions -> their rows.
        extra: lost and named witnesses by id.
        edges: (from, to) -> edge.
        hardly: rows of reports that stand between others without it being sure.
    """

    reports: list[Segmented]
    signs: Characters
    whole: Characters
    joined: dict[int, tuple[int, ...]]
    sources: tuple[Source, ...]
    seed: int
    extra: dict[str, Witness] = field(default_factory=dict)
    edges: dict[tuple[str, str], Edge] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    hardly: list[int] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        reports: list[Segmented],
        signs: Characters,
        whole: Characters,
        joined: dict[int, tuple[int, ...]],
        sources: tuple[Source, ...],
        seed: int,
    ) -> Draft:
        """An empty draft over these reports."""
        return cls(
            reports=reports, signs=signs, whole=whole, joined=joined, sources=sources, seed=seed
        )

    def id_of(self, row: int) -> str:
        """The id of a report by its row."""
        return self.reports[row].report.id

    def place(self, row: int, column: int) -> Place:
        """Where a row's reading stands: in its report, or in a version that it is joined with."""
        wanted = self.signs.states[row, column]
        rows = [row, *self.joined.get(row, ())]
        row = next(one for one in rows if self.whole.states[one, column] == wanted)
        span = (int(self.whole.starts[row, column]), int(self.whole.ends[row, column]))
        return Place(self.id_of(row), span)

    def texts(self, group: Sequence[int]) -> list[list[Segmented]]:
        """The reports behind some rows; several where versions are joined in one."""
        return [[self.reports[one] for one in self.joined.get(row, (row,))] for row in group]

    def rows_under(self, node: str) -> list[int]:
        """Rows of the reports at a node and below it, by their wording."""
        row = {one.report.id: number for number, one in enumerate(self.reports)}
        under: set[str] = set()
        stack = [node]
        while stack:
            here = stack.pop()
            if here not in under:
                under.add(here)
                stack.extend(
                    edge.to
                    for edge in self.edges.values()
                    if edge.from_ == here and edge.basis == "textual"
                )
        return sorted(row[one] for one in under & row.keys())

    def descends(self, node: str, from_: str) -> bool:
        """Whether a node is another, or descends from it."""
        waiting, seen = [node], set[str]()
        while waiting:
            here = waiting.pop()
            if here == from_:
                return True
            if here not in seen:
                seen.add(here)
                waiting.extend(edge.from_ for edge in self.edges.values() if edge.to == here)
        return False

    def words(self, place: Place) -> str:
        """The words at a place."""
        text = next(one.report.text for one in self.reports if one.report.id == place.report)
        return text[place.span[0] : place.span[1]]

    def stated_pairs(self, group: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs (a, b) of places in `group`: b names a's outlet or agency as its source."""
        place = {self.id_of(row): number for number, row in enumerate(group)}
        pairs = set()
        for source in self.sources:
            for own in source.own & place.keys():
                for report in source.named.keys() - source.own:
                    if report in place:
                        pairs.add((place[own], place[report]))
        return sorted(pairs)

    def connect(self, edge: Edge) -> None:
        """Add an edge; evidence of a second one between the same two joins the first."""
        known = self.edges.get((edge.from_, edge.to))
        if known is not None:
            edge = Edge(
                from_=known.from_,
                to=known.to,
                support=max(known.support, edge.support),
                evidence=(*known.evidence, *edge.evidence),
                basis=known.basis,
            )
        self.edges[edge.from_, edge.to] = edge


def label(one: Segmented) -> str:
    """What a person calls a report: its outlet, else its agency's dateline, else its file."""
    report = one.report
    if report.outlet:
        return report.outlet
    name = (report.source or report.id).rsplit("/", 1)[-1]
    if report.dateline is not None and report.dateline.agency:
        return f"{name} ({report.dateline.agency})"
    return name


def lost_name(draft: Draft, rows: Sequence[int]) -> str:
    """What a person calls the lost telling behind these reports."""
    names = [label(draft.reports[row]) for row in rows]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"a telling behind {', '.join(names[:3])}{more}"


def lost_id(reports: Sequence[str]) -> str:
    """A stable id for the lost telling behind these reports."""
    digest = blake2b(digest_size=8, person=b"lost")
    for report in sorted(reports):
        digest.update(report.encode("utf-8", "surrogatepass") + b"\0")
    return f"lost-{digest.hexdigest()}"
