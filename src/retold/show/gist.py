"""A telling in a line: what it goes back to, and the changes that matter most."""

from __future__ import annotations

from collections import defaultdict

from retold.holdings import Gist, Notable
from retold.model import Stemma, Telling
from retold.show.footnotes import Footnote, footnotes, telling_ones
from retold.show.marks import clip, visible
from retold.show.names import names
from retold.show.witnesses import labels

__all__ = ["gist_of"]

_NOTABLE = 3
_LEAST = 0.5  # weight of a notable change
_SIDES = 3
_WORDS = 48
_SHARE = 0.5  # of the tellings that one root has to stand behind


def gist_of(telling: Telling) -> Gist:
    """What a list says of a story."""
    root = _root(telling.stemma)
    changes = sum(len(passage.changes) for passage in telling.passages)
    if root is None or root == "several":
        return Gist("several" if root else None, "", _notable(telling), changes)
    witness = next(one for one in telling.stemma.witnesses if one.id == root)
    called = names(telling.reports)
    name = called[root].name if root in called else labels(telling.stemma, called)[root]
    return Gist(witness.kind, clip(name, _WORDS), _notable(telling), changes)


def _root(stemma: Stemma) -> str | None:
    """The witness without a source from which most descend; "several" where it is under half."""
    below: dict[str, list[str]] = defaultdict(list)
    children: set[str] = set()
    for edge in stemma.edges:
        below[edge.from_].append(edge.to)
        children.add(edge.to)
    roots = [one.id for one in stemma.witnesses if one.id not in children and below[one.id]]
    if not roots:
        return None
    reach = {root: _reach(root, below) for root in roots}
    best = max(roots, key=lambda root: reach[root])
    return best if reach[best] >= _SHARE * len(children) else "several"


def _reach(root: str, below: dict[str, list[str]]) -> int:
    seen = {root}
    waiting = [root]
    while waiting:
        for child in below[waiting.pop()]:
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return len(seen) - 1


def _notable(telling: Telling) -> tuple[Notable, ...]:
    """The weightiest change of each passage, the weightiest of those first."""
    order = {report.id: number for number, report in enumerate(telling.reports)}
    texts = {report.id: report.text for report in telling.reports}
    best: list[tuple[Footnote, str]] = []
    for passage in telling.passages:
        found = footnotes(
            passage.changes, order, lambda place: texts[place.report][slice(*place.span)]
        )
        best += [(note, passage.id) for note in telling_ones(found, 1) if note.weight >= _LEAST]
    best.sort(key=lambda item: -item[0].weight)
    return tuple(
        Notable(
            note.kind,
            tuple(clip(visible(side.words).strip(), _WORDS) for side in note.sides[:_SIDES]),
            passage,
        )
        for note, passage in best[:_NOTABLE]
    )
