"""Where the tree says less than it draws: lost tellings and exemplars that may be others.

A tree needs a node wherever branches meet. That a lost telling stood just there, one and no more,
is a claim of its own: it takes branches that the passages agree on, no second way to part the
same reports that nearly as many passages follow, and no report that could stand there itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from retold.model import Undecided
from retold.trace.draft import Draft, label
from retold.trace.shape import Shape

__all__ = ["add_doubts", "add_exemplar_doubts"]

# On the developed half of the simulated traditions nine in ten lost tellings were right of those
# all of whose branches more than four in five drawings find, and at which no other branch and no
# report has one chance in ten.
SURE_BRANCH, SLIGHT = 0.8, 0.1
# Readings' worth of conflict that chance does not make: without second sources no simulated
# tradition of the developed half showed two. Where there is so much a lost telling must be told
# from a report made of two, by odds of seven to one (e to the second); elsewhere it is in doubt
# where a single report more likely than not is such a one between larger branches, or, anywhere,
# by twenty to one. Of those left nearly nine in ten were right over mixed traditions.
CONFLICT, CLEAR, LIKELY, STRIKING = 2.0, -2.0, 0.0, 3.0
# A node of four branches or more where one branch in five would have left no reading.
UNSEEN = 0.2
# Witnesses that stand between others with less than this are right less than nine times in ten.
SURE_EXEMPLAR = 0.7


def add_doubts(draft: Draft, group: Sequence[int], tree: Shape, ids: Mapping[int, str]) -> None:
    """Say of which lost tellings it is not sure that they stood there; keep unsure exemplars.

    Args:
        draft: with the tree's edges and lost tellings.
        group: rows of the draft, by the tree's witnesses.
        tree: before it had a direction.
        ids: node -> id of its witness.
    """
    for node, key in sorted(ids.items()):
        if node >= len(group) and key in draft.extra:
            why = _lost_in_doubt(tree, node)
            if why:
                lost = draft.extra[key]
                draft.extra[key] = replace(lost, name=f"perhaps {lost.name}")
                note = f"Whether one lost telling stood here, several or none: {why}"
                draft.undecided.append(Undecided((key,), note))
        elif tree.cautious.get(node, 1.0) < SURE_EXEMPLAR:
            draft.hardly.append(group[node])


def add_exemplar_doubts(draft: Draft) -> None:
    """Say of which exemplars, of those that still have descendants, it is not sure."""
    sources = {edge.from_ for edge in draft.edges.values() if edge.basis == "textual"}
    for row in draft.hardly:
        key, named = draft.id_of(row), label(draft.reports[row])
        if key in sources:
            note = (
                f"Whether others have it from {named} or from a lost telling that {named} left "
                "nearly unchanged: its own readings and what it lacks do not tell"
            )
            draft.undecided.append(Undecided((key,), note))


def _lost_in_doubt(tree: Shape, node: int) -> str:
    """Why it is not sure that one lost telling stood at a node; empty where it is."""
    reasons = []
    weakest = min(
        (
            tree.support[min(node, other), max(node, other)]
            for other in tree.neighbours[node]
            if other not in tree.exemplars
        ),
        default=1.0,
    )
    if weakest <= SURE_BRANCH:
        reasons.append(f"one of its branches is found in {weakest:.0%} of the drawings only")
    rival = tree.rivals.get(node, 0.0)
    if rival >= SLIGHT:
        reasons.append(f"{rival:.0%} of the drawings part the tellings around it once more")
    rather = tree.rather.get(node, 0.0)
    if rather >= SLIGHT:
        reasons.append(f"with {rather:.0%} one of the reports around it stood there itself")
    branches = len(tree.neighbours[node])
    if tree.unseen.get(node, 0.0) >= UNSEEN:
        reasons.append(
            f"if two of its {branches} branches had one more telling in common, no reading would "
            f"show it in {tree.unseen[node]:.0%} of such cases"
        )
    if tree.torn and branches > 3:
        reasons.append(
            "the readings agree better than those of tellings made one by one, worse than those "
            "of copies"
        )
    sides = tree.blocks.get(node)
    if sides is not None and (
        sides.middle >= LIKELY
        or sides.most >= STRIKING
        or (tree.conflict >= CONFLICT and sides.most >= CLEAR)
    ):
        reasons.append(
            "readings around it change sides by whole passages, as those of a report made of two "
            "others would"
            if max(sides.middle, sides.most) >= LIKELY
            else "some passages of this story hang elsewhere than the rest, and a report made of "
            "two others could show the same readings here"
        )
    return "; ".join(reasons)
