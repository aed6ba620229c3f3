"""Reports at inner nodes: exemplars that survive.

A report may stand at an inner node, as an exemplar does, when it has no readings of its own where
a copy would have some, and does not lack what the others share: what a report lacks it cannot
have given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import Coded

__all__ = ["Standing", "people", "rate", "reached"]

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
# How much of what a witness has and lacks counts where a claim is made of its place: with all of
# it seven in ten exemplars are right in simulated cutting, with half of it nine in ten.
CAUTION = 0.5
# Witnesses whose log odds differ by less are equally likely to stand at a node.
NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands at the inner nodes of a tree.

    Attributes:
        exemplars: witnesses that stand at one -> how likely that is.
        equals: groups of witnesses that could stand at one alike.
        rather: inner node left to a lost telling -> how likely, all the same, the witness is
            that fits best there.
        cautious: witness that stands at one -> how likely that is if what it has and lacks
            says half as much.
    """

    exemplars: dict[int, float]
    equals: tuple[tuple[int, ...], ...]
    rather: dict[int, float]
    cautious: dict[int, float]


def people(
    links: dict[int, set[int]],
    support: dict[tuple[int, int], float],
    code: Coded,
    told: NDArray[np.bool_],
    own: NDArray[np.float64],
    ambiguous: NDArray[np.float64],
) -> Standing:
    """Put witnesses at the inner nodes where they may stand: changes the tree.

    Args:
        links: of the tree; inner nodes are lost tellings.
        support: of its links.
        code: of the witnesses.
        told: (n, n), which two were told again.
        own: (n,) weight of each witness's own readings, ambiguous ones included.
        ambiguous: (n,) weight of those that may have changed on the way to it or from it.
    """
    n = len(own)
    exemplars: dict[int, float] = {}
    equals: list[tuple[int, ...]] = []
    rather: dict[int, float] = {}
    cautious: dict[int, float] = {}
    for inner in sorted(node for node in links if node >= n):
        leaves = [leaf for leaf in sorted(links[inner]) if leaf < n and len(links[leaf]) == 1]
        around = _Around.of(links, inner, code, told)
        lacking = {leaf: around.odds(leaf, code) for leaf in leaves if around.could_be_from(leaf)}
        odds = {
            leaf: by_lack
            + _copy_odds(
                around.deviating(leaf, code) + ambiguous[leaf],
                around.testable(leaf, code) * rate(own, code, leaf),
            )
            for leaf, by_lack in lacking.items()
        }
        fit = [leaf for leaf in odds if odds[leaf] > 0]
        if not fit:
            rather[inner] = max((1 / (1 + exp(-one)) for one in odds.values()), default=0.0)
            continue
        best = max(fit, key=lambda leaf: (round(odds[leaf], 9), -leaf))
        alike = [leaf for leaf in fit if odds[best] - odds[leaf] < NEAR]
        fullest = max(code.words[leaf] for leaf in alike)
        alike = [leaf for leaf in alike if code.words[leaf] == fullest]
        if len(alike) > 1:
            equals.append(tuple(alike))
            rather[inner] = 1.0
            continue
        _stand(links, support, inner, alike[0])
        exemplars[alike[0]] = 1 / (1 + exp(-odds[alike[0]]))
        less = (1 - CAUTION) * lacking[alike[0]]
        cautious[alike[0]] = 1 / (1 + exp(less - odds[alike[0]]))
    return Standing(exemplars, tuple(equals), rather, cautious)


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


def rate(own: NDArray[np.float64], code: Coded, but: int | None = None) -> float:
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
        around = reached(links, inner, len(told))
        held = np.array([code.present[branch].any(axis=0) for branch in around])
        again = np.array([told[branch].all(axis=0) for branch in around])
        usual = np.array([code.usual[branch].any(axis=0) for branch in around])
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


def reached(links: Mapping[int, Collection[int]], inner: int, n: int) -> list[list[int]]:
    """The witnesses that each branch of an inner node leads to, by the branches' first nodes."""
    return [_branch(links, inner, start, n) for start in sorted(links[inner])]


def _branch(links: Mapping[int, Collection[int]], inner: int, start: int, n: int) -> list[int]:
    """The witnesses that a branch of an inner node leads to."""
    seen = {inner}
    stack = [start]
    found = []
    while stack:
        node = stack.pop()
        seen.add(node)
        if node < n:
            found.append(node)
        stack.extend(other for other in links[node] if other not in seen)
    return sorted(found)


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
