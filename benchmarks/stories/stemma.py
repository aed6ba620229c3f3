"""The stemma: edges right, wrong, missed and left undecided."""

from __future__ import annotations

from dataclasses import dataclass

from stories.quotations import same_name
from stories.truth import Located

__all__ = ["Descent", "descent"]


@dataclass
class Descent:
    """Counts over edges.

    Attributes:
        wrong: inferred edges that the truth has not; pairs it calls undecidable do not count.
        undecided: edges of the truth that the telling says it cannot tell.
        stated_beside: edges the telling takes from what a report states and the truth draws
            elsewhere; shown beside the inferred ones, so not wrong.
    """

    truth: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    undecided: int = 0
    stated_beside: int = 0


def _reports_below(edges: set[tuple[str, str]], top: str, reports: set[str]) -> frozenset[str]:
    found, todo = {top}, [top]
    while todo:
        here = todo.pop()
        below = {b for a, b in edges if a == here} - found
        found |= below
        todo += sorted(below)
    return frozenset(found & reports)


def _names(located: Located) -> dict[str, str]:
    """Witness id of the telling → id of the truth, or itself marked as unknown."""
    truth = located.story.truth
    stemma = located.telling.stemma
    reports = set(located.report)
    name = dict(located.file)
    named = [w for w in truth["stemma"]["witnesses"] if w["kind"] == "named"]
    for witness in stemma.witnesses:
        if witness.kind != "named":
            continue
        for wanted in named:
            group = [wanted["name"], wanted["id"]]
            for names in truth["one_actor"]:
                if set(names) & set(group):
                    group += names
            if any(same_name(witness.name, other) for other in group):
                name[witness.id] = wanted["id"]
    mine = {(name.get(e.from_, e.from_), name.get(e.to, e.to)) for e in stemma.edges}
    theirs = {(e["from"], e["to"]) for e in truth["stemma"]["edges"]}
    lost = [w["id"] for w in truth["stemma"]["witnesses"] if w["kind"] == "lost"]
    scored = []
    for witness in stemma.witnesses:
        if witness.kind == "lost":
            below = _reports_below(mine, witness.id, reports)
            for wanted_id in lost:
                other = _reports_below(theirs, wanted_id, reports)
                share = len(below & other) / max(1, len(below | other))
                scored.append((-share, witness.id, wanted_id))
    for share, own, wanted_id in sorted(scored):
        if -share >= 0.5 and own not in name and wanted_id not in name.values():
            name[own] = wanted_id
    return name


def descent(located: Located, errors: list[str]) -> Descent:
    """Edges compared after the witnesses are; lost ones by the reports below them."""
    truth = located.story.truth["stemma"]
    stemma = located.telling.stemma
    name = _names(located)
    gold = {(edge["from"], edge["to"]) for edge in truth["edges"]}
    undecidable = {frozenset(pair["witnesses"]) for pair in truth["undecidable"]}
    cannot_tell = [
        {name.get(witness, witness) for witness in entry.witnesses} for entry in stemma.undecided
    ]
    label = {w.id: w.name for w in stemma.witnesses}
    result = Descent(truth=len(gold))
    found = set()
    for edge in stemma.edges:
        pair = (name.get(edge.from_, edge.from_), name.get(edge.to, edge.to))
        shown = " -> ".join(
            name.get(end, f"({label.get(end, end)})") for end in (edge.from_, edge.to)
        )
        if pair in gold:
            found.add(pair)
        elif frozenset(pair) in undecidable:
            continue
        elif edge.basis == "stated":
            result.stated_beside += 1
        else:
            result.wrong += 1
            errors.append(f"edge wrong: {shown} (support {edge.support:.2f})")
    result.right = len(found)
    for pair in sorted(gold - found):
        if any(set(pair) <= both for both in cannot_tell):
            result.undecided += 1
            errors.append(f"edge undecided: {pair[0]} -> {pair[1]}")
        else:
            result.missed += 1
            errors.append(f"edge missed: {pair[0]} -> {pair[1]}")
    return result
