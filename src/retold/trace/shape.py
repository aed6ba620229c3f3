"""The shape of the descent before anybody says where it begins: an unrooted tree.

Inner nodes are lost tellings until a report is found to stand there. A report may stand at an
inner node, as an exemplar does, when it has no readings of its own where a copy would have some,
and does not lack what the others share: what a report lacks it cannot have given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import Coded
from retold.trace.mixture import borrowings
from retold.trace.parsimony import lengths, search
from retold.trace.support import found
from retold.trace.tree import Tree

__all__ = ["Second", "Shape", "Split", "shape"]

# A split of the witnesses in two: the side without witness 0.
Split = frozenset[int]

# A branch needs readings that every history with the fewest changes puts there: one where copies
# change one word in twenty or fewer, more as they change more, for then two of them hit on one
# word by chance, or seem to by the line-up (two where they change one in ten, as rewriters do).
FEWEST_READINGS, FREE_COPYING = 1.0, 0.03

# Two who tell one text again independently agree by chance in some words: a branch among such is
# drawn where its readings are this many for each that its witnesses have alone, and nearly all
# drawings find it: chance agreements speak against one another.
ABOVE_CHANCE, NEARLY_ALL = 0.5, 0.995

# A branch is drawn if so many drawings of the passages find it. The fewest changes need it all the
# same, and of the simulated branches that a third to a half of the drawings find most are right.
ENOUGH_DRAWINGS = 0.3

# Own readings, by chance of the line-up and by slips of the exemplar that its copies mended, of a
# report that stands at an inner node: this share of those that a copy has.
STRAY_READINGS = 0.03
# Changes per word of a copy, where a story has no copies to learn it from, and how many words of
# such copies this guess counts as.
COPYING_RATE, COPYING_WORDS = 0.015, 500.0
# One published stemma in three has an exemplar among its witnesses (87 of 271 do); of all their
# witnesses one in five is one.
EXEMPLAR_ODDS = 0.25
# Of what two or more others share, a source lacked 28 % on average and a sibling 71 % (5,010
# triples of newspaper reports and their wire): how much a sibling lacks is learnt from the story,
# a source lacks so much less. Passages go missing together, so that their number says less than
# that many independent ones would.
LACKING_SOURCE, DEPENDENCE = 0.28 / 0.71, 0.5
# Witnesses whose log odds differ by less are equally likely to stand at a node.
NEAR = 0.7


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
class Shape:
    """An unrooted tree over the witnesses 0 … n-1 and inner nodes n, n+1 …

    Attributes:
        neighbours: node -> nodes, sorted.
        support: (smaller node, larger node) -> share of resamplings.
        exemplars: witnesses that stand at an inner node -> how likely that is.
        equals: groups of witnesses that could stand at one inner node alike.
        seconds: sources beside the tree.
    """

    neighbours: dict[int, tuple[int, ...]]
    support: dict[tuple[int, int], float]
    exemplars: dict[int, float]
    equals: tuple[tuple[int, ...], ...]
    seconds: tuple[Second, ...] = ()


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
    sides = _sides(tree, n)
    ambiguous = np.array([long[leaf].most for leaf in range(n)])
    own = code.own + ambiguous
    fewest = FEWEST_READINGS * max(1.0, _rate(own, code) / FREE_COPYING)
    drawn = [
        fork
        for fork, side in sides.items()
        if long[fork].least >= fewest
        and (_copied(side, told) or long[fork].least >= ABOVE_CHANCE * _least_own(side, own))
    ]
    weighed = found(tree, code, drawn, seed)
    branches = {sides[fork]: weighed.branches[fork] for fork in drawn}
    splits = [
        side
        for side, share in branches.items()
        if share > (ENOUGH_DRAWINGS if _copied(side, told) else NEARLY_ALL)
    ]
    links, hung = _tree(sorted(splits, key=lambda side: (-len(side), sorted(side))), n)
    support = {
        pair: branches[side] if side in branches else float(weighed.places[min(pair)])
        for pair, side in hung.items()
    }
    peopled = _peopled(links, support, code, told, own, ambiguous)
    if told.any():
        return peopled  # Translators agree by chance; what they share is no borrowing.
    inner = {side: max(pair) for pair, side in hung.items() if len(side) > 1}
    inner |= {frozenset(range(n)) - side: min(pair) for pair, side in hung.items() if len(side) > 1}
    return replace(peopled, seconds=tuple(_seconds(tree, code, inner, peopled)))


def _seconds(tree: Tree, code: Coded, inner: dict[Split, int], peopled: Shape) -> list[Second]:
    """The borrowings, each from a node of the shape where the place is one."""
    found = []
    for one in borrowings(tree, code):
        near = frozenset(node for node in tree.under(one.place) if node < tree.n)
        near -= {one.witness}
        source: int | None = one.place
        if one.place >= tree.n:
            nodes = [inner.get(side) for side in (near, near | {one.witness})]
            source = next((node for node in nodes if node in peopled.neighbours), None)
        found.append(
            Second(one.witness, source, tuple(sorted(near)), one.passages, one.saving, one.either)
        )
    return found


def _sides(tree: Tree, n: int) -> dict[int, Split]:
    """Fork -> the split that the branch above it makes; one fork for each branch."""
    whole = frozenset(range(n))
    below: dict[int, Split] = {}
    sides: dict[int, Split] = {}
    seen: set[Split] = set()
    for node in tree.under(tree.root):
        if node < n:
            below[node] = frozenset({node})
            continue
        first, second = tree.children[node]
        side = below[node] = below[first] | below[second]
        side = side if 0 not in side else whole - side
        if 1 < len(side) < n - 1 and side not in seen:
            seen.add(side)
            sides[node] = side
    return sides


def _peopled(
    links: dict[int, set[int]],
    support: dict[tuple[int, int], float],
    code: Coded,
    told: NDArray[np.bool_],
    own: NDArray[np.float64],
    ambiguous: NDArray[np.float64],
) -> Shape:
    """Put witnesses at the inner nodes where they may stand."""
    n = len(own)
    exemplars: dict[int, float] = {}
    equals: list[tuple[int, ...]] = []
    for inner in sorted(node for node in links if node >= n):
        leaves = [leaf for leaf in sorted(links[inner]) if leaf < n and len(links[leaf]) == 1]
        around = _Around.of(links, inner, code, told)
        odds = {
            leaf: around.odds(leaf, code)
            + _copy_odds(
                around.deviating(leaf, code) + ambiguous[leaf],
                around.testable(leaf, code) * _rate(own, code, leaf),
            )
            for leaf in leaves
            if around.could_be_from(leaf)
        }
        fit = [leaf for leaf in odds if odds[leaf] > 0]
        if not fit:
            continue
        best = max(fit, key=lambda leaf: (round(odds[leaf], 9), -leaf))
        alike = [leaf for leaf in fit if odds[best] - odds[leaf] < NEAR]
        fullest = max(code.words[leaf] for leaf in alike)
        alike = [leaf for leaf in alike if code.words[leaf] == fullest]
        if len(alike) > 1:
            equals.append(tuple(alike))
            continue
        _stand(links, support, inner, alike[0])
        exemplars[alike[0]] = 1 / (1 + exp(-odds[alike[0]]))
    return Shape(
        neighbours={node: tuple(sorted(others)) for node, others in sorted(links.items())},
        support=support,
        exemplars=exemplars,
        equals=tuple(equals),
    )


def _copy_odds(count: float, expected: float) -> float:
    """Log odds that a witness with so many own readings stands at an inner node.

    Args:
        count: its readings against those of two other branches.
        expected: how many a copy has by the rate of the story's other copies. Rates differ from
            copy to copy about as much as their mean: the numbers are geometric.
    """
    stray = STRAY_READINGS * expected
    copy, exemplar = (
        -log(1 + mean) + count * log(mean / (1 + mean)) if mean > 0 else 0.0
        for mean in (expected, stray)
    )
    return exemplar - copy + log(EXEMPLAR_ODDS)


def _rate(own: NDArray[np.float64], code: Coded, but: int | None = None) -> float:
    """Own readings per word, one witness left out, drawn to the rate of copies in general."""
    rows = np.arange(len(own)) != but
    read, words = float(own[rows].sum()), float(code.words[rows].sum())
    return (read + COPYING_RATE * COPYING_WORDS) / (words + COPYING_WORDS)


@dataclass(frozen=True, slots=True)
class _Around:
    """The branches around an inner node.

    Attributes:
        starts: the nodes next to it, sorted; branch k begins with node k of them.
        held: (branches, P) whether somebody in the branch has the passage.
        holders: (P,) how many branches have it.
        usual: (branches, s) whether somebody in the branch has the usual reading.
        again: (branches, n) whether all in the branch have a witness's quoted words told again.
    """

    starts: list[int]
    held: NDArray[np.bool_]
    holders: NDArray[np.int64]
    usual: NDArray[np.bool_]
    again: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        links: dict[int, set[int]],
        inner: int,
        code: Coded,
        told: NDArray[np.bool_],
    ) -> _Around:
        """Of one inner node of the tree."""
        starts = sorted(links[inner])
        branches = [_branch(links, inner, start, len(told)) for start in starts]
        held = np.array([code.present[branch].any(axis=0) for branch in branches])
        again = np.array([told[branch].all(axis=0) for branch in branches])
        usual = np.array([code.usual[branch].any(axis=0) for branch in branches])
        return cls(starts, held, held.sum(axis=0), usual, again)

    def odds(self, leaf: int, code: Coded) -> float:
        """Log odds, by what it lacks of what others share, that a witness stands at the node."""
        own = self.starts.index(leaf)
        shared = self.holders - self.held[own] >= 2
        lacks = int((shared & ~code.present[leaf]).sum())
        has = int(shared.sum()) - lacks
        sibling = _lacking(code)
        for_lack = log(LACKING_SOURCE)
        for_having = log((1 - LACKING_SOURCE * sibling) / (1 - sibling))
        return DEPENDENCE * (lacks * for_lack + has * for_having)

    def testable(self, leaf: int, code: Coded) -> float:
        """Weight of a witness's words at which two other branches could agree against it."""
        own = self.starts.index(leaf)
        has = code.present[leaf]
        told = has & (self.holders - self.held[own] >= 2)
        return float(code.words[leaf]) * float(told.sum()) / max(1, int(has.sum()))

    def deviating(self, leaf: int, code: Coded) -> float:
        """Weight of the readings that a witness alone has where two other branches agree.

        Where one branch alone speaks against it, the change may as well be that branch's.
        """
        own = self.starts.index(leaf)
        agree = self.usual.sum(axis=0) - self.usual[own] >= 2
        return float(code.alone_weights[code.alone[leaf] & agree].sum())

    def could_be_from(self, leaf: int) -> bool:
        """Whether the other branches may have their quoted words from a witness next to the node.

        In half of the branches at least somebody's must be its own: the rest may have theirs
        through a telling further up.
        """
        own = self.starts.index(leaf)
        others = len(self.starts) - 1
        near = others - int(self.again[:, leaf].sum()) + int(self.again[own, leaf])
        return 2 * near >= others


def _lacking(code: Coded) -> float:
    """Share of the passages of three or more that a witness of the story lacks on average."""
    common = code.present[:, code.present.sum(axis=0) > 2]
    return min(1 - float(common.mean()), 0.9) if common.size else 0.0


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


def _tree(splits: list[Split], n: int) -> tuple[dict[int, set[int]], dict[tuple[int, int], Split]]:
    """Links of the tree that the nested splits make, and the split behind every link."""
    links: dict[int, set[int]] = {n: set()}
    sides: dict[tuple[int, int], Split] = {}
    inner = [(frozenset(range(n)), n)]

    def hang(child: int, side: Split) -> None:
        # The smallest node that holds it; splits come largest first.
        node = min((one for one in inner if side < one[0]), key=lambda one: len(one[0]))[1]
        links.setdefault(child, set()).add(node)
        links[node].add(child)
        sides[min(child, node), max(child, node)] = side

    for number, split in enumerate(splits, start=n + 1):
        links[number] = set()
        hang(number, split)
        inner.append((split, number))
    for leaf in range(n):
        hang(leaf, frozenset({leaf}))
    return links, sides


def _branch(links: dict[int, set[int]], inner: int, start: int, n: int) -> list[int]:
    """The witnesses that a branch of an inner node leads to."""
    seen = {inner}
    stack = [start]
    reached = []
    while stack:
        node = stack.pop()
        seen.add(node)
        if node < n:
            reached.append(node)
        stack.extend(links[node] - seen)
    return sorted(reached)


def _stand(
    links: dict[int, set[int]], support: dict[tuple[int, int], float], inner: int, leaf: int
) -> None:
    """Put the witness in the place of the inner node."""
    links[leaf].discard(inner)
    support.pop((min(leaf, inner), max(leaf, inner)))
    for other in sorted(links.pop(inner) - {leaf}):
        links[other].discard(inner)
        links[other].add(leaf)
        links[leaf].add(other)
        kept = support.pop((min(other, inner), max(other, inner)))
        support[min(other, leaf), max(other, leaf)] = kept
