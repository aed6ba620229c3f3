"""Descent among rewritings: who has the other's runs of words.

Where reports quote alike but tell everything else in words of their own, single words say little
of descent: every rewriter changes most of them, and two hit on one word by chance. What stays is
runs of words. Two reports next to each other in the descent share more of them than either does
with anybody else, so that the tree is the spanning tree of most shared runs (a maximum spanning
tree over witnesses, as in the story chains of Xu & Smith 2018; runs as in METER's ferrets).
It has no lost tellings; where a report between two others lacks what these share, it is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retold.model import Segmented
from retold.trace.characters import Characters
from retold.trace.origin import LEAST_COVERED, coverage
from retold.trace.relation import RUN
from retold.trace.retelling import RETOLD, rates
from retold.trace.shape import Shape

__all__ = ["rewritten", "spanning_shape"]

# More witnesses than this are not looked at in pairs.
MOST_WITNESSES = 40
RESAMPLINGS = 50
# Quoted words differ less than this part as often as all words among rewriters (a twentieth to
# two fifths in invented stories), and as often among translators (three fifths and more).
MOST_QUOTED = 0.5
# A report that shares less than this of its words in runs with anybody hangs from nobody.
LEAST_SHARED = 0.1

Floats = NDArray[np.float64]


def rewritten(signs: Characters) -> bool:
    """Whether most tellings differ everywhere but in what they quote.

    Without enough quoted words, rewriting cannot be told from translating.
    """
    if len(signs.states) > MOST_WITNESSES:
        return False
    quoted, every = rates(signs), rates(signs, unquoted=True)
    known = ~np.isnan(quoted) & (every > 0)
    if not known.any() or np.nanmedian(every) < RETOLD:
        return False
    return bool(np.median(quoted[known] / every[known]) < MOST_QUOTED)


def spanning_shape(
    texts: Sequence[Sequence[Segmented]], signs: Characters, seed: int
) -> Shape | None:
    """The spanning tree of most shared runs; None where it explains less than it should.

    Args:
        texts: of each witness; several where it is one telling in versions.
        signs: of the witnesses.
        seed: of the resampling of sentences.
    """
    n = len(texts)
    inside, words = _inside(texts)
    shared = _shared(inside, words, [np.ones(len(one)) for one in words])
    tree = _spanning(shared)
    if min(shared[a, b] for a, b in tree) < LEAST_SHARED:
        return None
    neighbours: dict[int, tuple[int, ...]] = {
        row: tuple(sorted(b if a == row else a for a, b in tree if row in (a, b)))
        for row in range(n)
    }
    covered = {row: _between(signs, row, neighbours[row]) for row in range(n)}
    if min(covered.values()) < LEAST_COVERED:
        return None
    rng = np.random.default_rng(seed)
    found = dict.fromkeys(tree, 0)
    for _ in range(RESAMPLINGS):
        drawn = [
            rng.multinomial(len(one), np.full(len(one), 1 / len(one))).astype(np.float64)
            for one in words
        ]
        for pair in _spanning(_shared(inside, words, drawn)):
            if pair in found:
                found[pair] += 1
    support = {pair: times / RESAMPLINGS for pair, times in found.items()}
    return Shape(neighbours, support, {row: coverage(signs, row) for row in range(n)}, ())


def _inside(
    texts: Sequence[Sequence[Segmented]],
) -> tuple[list[Floats], list[Floats]]:
    """Per witness: words in runs that another has, by (other, sentence); words by sentence."""
    forms = [
        [[word.form for word in sentence.words] for one in text for sentence in one.sentences]
        for text in texts
    ]
    having: dict[tuple[str, ...], set[int]] = {}
    lines = [[form for sentence in text for form in sentence] for text in forms]
    for row, line in enumerate(lines):
        for at in range(len(line) - RUN + 1):
            having.setdefault(tuple(line[at : at + RUN]), set()).add(row)
    inside, words = [], []
    for row, line in enumerate(lines):
        covered = np.zeros((len(texts), len(line)), dtype=np.bool_)
        for at in range(len(line) - RUN + 1):
            for other in having[tuple(line[at : at + RUN])]:
                covered[other, at : at + RUN] = True
        lengths = np.array([len(sentence) for sentence in forms[row]] or [0])
        home = np.repeat(np.arange(len(lengths)), lengths)
        inside.append(np.array([np.bincount(home[one], minlength=len(lengths)) for one in covered]))
        words.append(lengths.astype(np.float64))
    return inside, words


def _shared(inside: Sequence[Floats], words: Sequence[Floats], weights: Sequence[Floats]) -> Floats:
    """Share of the words in common runs, of the one of two that has the larger share: (n, n)."""
    shares = np.array(
        [
            one @ drawn / max(1.0, float(own @ drawn))
            for one, own, drawn in zip(inside, words, weights, strict=True)
        ]
    )
    larger: Floats = np.maximum(shares, shares.T)
    return larger


def _spanning(shared: Floats) -> list[tuple[int, int]]:
    """The edges of the maximum spanning tree, sorted (Prim 1957)."""
    n = len(shared)
    best = shared[0].copy()
    link = np.zeros(n, dtype=np.int64)
    left = np.ones(n, dtype=np.bool_)
    left[0] = False
    edges = []
    for _ in range(n - 1):
        row = int(np.where(left, np.round(best, 9), -1.0).argmax())
        a, b = sorted((row, int(link[row])))
        edges.append((a, b))
        left[row] = False
        closer = left & (shared[row] > best)
        best[closer], link[closer] = shared[row][closer], row
    return sorted(edges)


def _between(signs: Characters, row: int, around: Sequence[int]) -> float:
    """Of what two neighbours of a witness share in its passages, how much it has."""
    if len(around) < 2:
        return 1.0
    rows = sorted((row, *around))
    part = replace(
        signs, states=signs.states[rows], starts=signs.starts[rows], ends=signs.ends[rows]
    )
    return coverage(part, rows.index(row))
