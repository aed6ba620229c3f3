"""The shape of the descent before anybody says where it begins: an unrooted tree.

Inner nodes are lost tellings until a report is found to stand there (`exemplars`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retold.trace.blocks import Blocks, blocks, unseen
from retold.trace.coding import Coded, between
from retold.trace.exemplars import people, rate, reached
from retold.trace.mixture import Saving, borrowings, savings
from retold.trace.others import others
from retold.trace.parsimony import lengths, retained, search
from retold.trace.support import found
from retold.trace.tree import Split, Tree

__all__ = ["Second", "Shape", "Variant", "shape"]

# A branch needs readings that every history with the fewest changes puts there: one where copies
# change one word in twenty or fewer, more as they change more, for then two of them hit on one
# word by chance, or seem to by the line-up (two where they change one in ten, as rewriters do).
FEWEST_READINGS, FREE_COPYING = 1.0, 0.03

# Two who tell one text again independently agree by chance in some words: a branch among such is
# drawn where its readings are this many for each that its witnesses have alone, and nearly all
# drawings find it: chance agreements speak against one another.
ABOVE_CHANCE, NEARLY_ALL = 0.5, 0.995
# Where readings agree with one another on a tree so well, the tellings are copies of copies however
# much the farthest of them differ: of 70 sets of translations with so many readings one does (their
# median is 0.62), of 33 simulated stories with long chains of copies two thirds do. Readings that
# only part the copies of one telling from one another, or from all others, agree on every tree.
AGREEING, FEWEST_AGREEING = 0.88, 10.0
# From here on they agree more than translations usually do.
HALF_AGREEING = 0.8

# A branch is drawn if so many drawings of the passages find it. The fewest changes need it all the
# same, and of the simulated branches that a third to a half of the drawings find most are right.
ENOUGH_DRAWINGS = 0.3


@dataclass(frozen=True, slots=True)
class Second:
    """A second source that some passages of a witness show.

    Attributes:
        witness: whose.
        source: the node that the passages follow; None where it is not drawn.
        near: the witnesses under the edge where the borrowed passages hang.
        passages: their numbers.
        saving: weight of the changes that they save there.
        either: the witness that might as well have borrowed from this one; None where it is
            clear.
    """

    witness: int
    source: int | None
    near: tuple[int, ...]
    passages: tuple[int, ...]
    saving: float
    either: int | None


@dataclass(frozen=True, slots=True)
class Variant:
    """Another tree that some drawings ask for.

    Attributes:
        neighbours, exemplars: as a shape's.
        share: of the drawings.
    """

    neighbours: dict[int, tuple[int, ...]]
    exemplars: dict[int, float]
    share: float


@dataclass(frozen=True, slots=True)
class Shape:
    """An unrooted tree over the witnesses 0 … n-1 and inner nodes n, n+1 …

    Attributes:
        neighbours: node -> nodes, sorted.
        support: (smaller node, larger node) -> share of resamplings.
        exemplars: witnesses that stand at an inner node -> how likely that is.
        equals: groups of witnesses that could stand at one inner node alike.
        seconds: sources beside the tree.
        rivals: inner node -> share of the drawings that find a branch there which is not drawn.
        cautious: as `exemplars`, what they have and lack counted half.
        rather: inner node -> how likely a report stands there all the same.
        conflict: weight of the changes that one witness's passages save at another place, at most.
        blocks: inner node -> whether readings around it change sides by whole passages.
        unseen: inner node of four branches or more -> how likely a branch among them would have
            left no reading.
        torn: whether the readings agree too well for tellings made one by one, and too little
            for copies of copies.
        variants: other trees, those that most drawings ask for first.
    """

    neighbours: dict[int, tuple[int, ...]]
    support: dict[tuple[int, int], float]
    exemplars: dict[int, float]
    equals: tuple[tuple[int, ...], ...]
    seconds: tuple[Second, ...] = ()
    rivals: dict[int, float] = field(default_factory=dict)
    rather: dict[int, float] = field(default_factory=dict)
    cautious: dict[int, float] = field(default_factory=dict)
    conflict: float = 0.0
    blocks: dict[int, Blocks] = field(default_factory=dict)
    unseen: dict[int, float] = field(default_factory=dict)
    torn: bool = False
    variants: tuple[Variant, ...] = ()


def shape(code: Coded, told: NDArray[np.bool_], seed: int) -> Shape:
    """The best tree, its unsure branches collapsed, with reports at inner nodes.

    Args:
        code: of the witnesses.
        told: (n, n), which two were told again, by their quoted words, and by all their words
            where they quote too little: neither is the other's exemplar. A branch with such
            tellings on both sides is not drawn: translators agree by chance in common
            words, and what they have in common is the text that they translated.
        seed: of the search and the drawings.
    """
    n = len(code.bits)
    tree = search(code, seed)
    long = lengths(tree, code)
    # Long chains of copies differ as much as translations do; but they agree on their tree.
    agreeing = 0.0
    if told.any():
        among = between(code, told)
        if among.weights.sum() >= FEWEST_AGREEING:
            agreeing = retained(tree, among)
    if agreeing >= AGREEING:
        told = np.zeros_like(told)
    sides = tree.splits()
    ambiguous = np.array([long[leaf].most for leaf in range(n)])
    own = code.own + ambiguous
    fewest = FEWEST_READINGS * max(1.0, rate(own, code) / FREE_COPYING)
    drawn = [
        fork
        for fork, side in sides.items()
        if long[fork].least >= fewest
        and (_copied(side, told) or long[fork].least >= ABOVE_CHANCE * _least_own(side, own))
    ]
    weighed = found(tree, code, drawn, seed)
    branches = {sides[fork]: weighed.branches[fork] for fork in drawn}
    all_branches = {side: weighed.branches[fork] for fork, side in sides.items()}
    splits = [
        side
        for side, share in branches.items()
        if share > (ENOUGH_DRAWINGS if _copied(side, told) else NEARLY_ALL)
    ]
    links, hung = _tree(splits, n)
    support = {
        pair: branches[side] if side in branches else float(weighed.places[min(pair)])
        for pair, side in hung.items()
    }
    standing = people(links, support, code, told, own, ambiguous)
    neighbours = {node: tuple(sorted(others)) for node, others in sorted(links.items())}
    inner = {side: max(pair) for pair, side in hung.items() if len(side) > 1}
    # Among tellings told again chance finds such branches everywhere.
    rivals = {} if told.any() else _rivals(inner, all_branches, n)
    inner |= {frozenset(range(n)) - side: min(pair) for pair, side in hung.items() if len(side) > 1}
    # Translators agree by chance; what they share is no borrowing, and no sign of one.
    copied = 2 * told.sum() < n * (n - 1)
    elsewhere = savings(tree, code) if copied else []
    seconds = () if told.any() else tuple(_seconds(tree, code, elsewhere, inner, neighbours))
    lost = [node for node in neighbours if node >= n]
    variants = []
    for other in others(tree, code, frozenset(splits), fewest, seed) if copied else ():
        theirs, pairs = _tree(other.splits, n)
        stand = people(theirs, dict.fromkeys(pairs, 1.0), code, told, own, ambiguous)
        around = {node: tuple(sorted(links)) for node, links in sorted(theirs.items())}
        variants.append(Variant(around, stand.exemplars, other.share))
    return Shape(
        neighbours,
        support,
        standing.exemplars,
        standing.equals,
        seconds,
        {node: share for node, share in rivals.items() if node in neighbours},
        {} if told.any() else standing.rather,
        standing.cautious,
        conflict=max((one.total for one in elsewhere), default=0.0),
        blocks=blocks(neighbours, code, lost) if copied else {},
        unseen={
            node: unseen(reached(neighbours, node, n), code, rate(own, code))
            for node in lost
            if len(neighbours[node]) > 3
        },
        torn=HALF_AGREEING <= agreeing < AGREEING,
        variants=tuple(variants),
    )


def _rivals(inner: dict[Split, int], branches: dict[Split, float], n: int) -> dict[int, float]:
    """Inner node -> share of the drawings with the likeliest branch there that is not drawn."""
    rivals: dict[int, float] = {}
    for side, share in branches.items():
        if side in inner:
            continue
        around = min((one for one in inner if side < one), key=len, default=None)
        node = n if around is None else inner[around]
        rivals[node] = max(rivals.get(node, 0.0), share)
    return rivals


def _seconds(
    tree: Tree,
    code: Coded,
    elsewhere: list[Saving],
    inner: dict[Split, int],
    neighbours: dict[int, tuple[int, ...]],
) -> list[Second]:
    """The borrowings, each from a node of the shape where the place is one."""
    found = []
    for one in borrowings(tree, code, elsewhere):
        near = frozenset(node for node in tree.under(one.place) if node < tree.n)
        near -= {one.witness}
        source: int | None = one.place
        if one.place >= tree.n:
            nodes = [inner.get(side) for side in (near, near | {one.witness})]
            source = next((node for node in nodes if node in neighbours), None)
        found.append(
            Second(one.witness, source, tuple(sorted(near)), one.passages, one.saving, one.either)
        )
    return found


def _least_own(split: Split, own: NDArray[np.float64]) -> float:
    """Own readings of the witnesses on the side of a split that has fewer on average."""
    inside = np.zeros(len(own), dtype=np.bool_)
    inside[list(split)] = True
    return min(float(own[inside].mean()), float(own[~inside].mean()))


def _copied(split: Split, told: NDArray[np.bool_]) -> bool:
    """Whether on one side of the split, at least, most pairs could be copies of one text."""
    inside = np.zeros(told.shape[0], dtype=np.bool_)
    inside[list(split)] = True
    for side in (inside, ~inside):
        pairs = told[np.ix_(side, side)]
        count = len(pairs)
        if pairs.sum() < 0.5 * count * (count - 1):
            return True
    return False


def _tree(
    splits: Iterable[Split], n: int
) -> tuple[dict[int, set[int]], dict[tuple[int, int], Split]]:
    """Links of the tree that the nested splits make, and the split behind every link."""
    largest_first = sorted(splits, key=lambda side: (-len(side), sorted(side)))
    links: dict[int, set[int]] = {n: set()}
    sides: dict[tuple[int, int], Split] = {}
    inner = [(frozenset(range(n)), n)]

    def hang(child: int, side: Split) -> None:
        # The smallest node that holds it; splits come largest first.
        node = min((one for one in inner if side < one[0]), key=lambda one: len(one[0]))[1]
        links.setdefault(child, set()).add(node)
        links[node].add(child)
        sides[min(child, node), max(child, node)] = side

    for number, split in enumerate(largest_first, start=n + 1):
        links[number] = set()
        hang(number, split)
        inner.append((split, number))
    for leaf in range(n):
        hang(leaf, frozenset({leaf}))
    return links, sides
