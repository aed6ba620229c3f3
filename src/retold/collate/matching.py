"""Which passages a report's sentences belong to: words first, neighbours second.

For every pair of a new sentence and a sentence already placed there is a score, a sum that can
be argued with:

* how much more alike the two are than either is to its other best mates (the margin that
  Artetxe & Schwenk 2019 use for mining translations), so that boilerplate and a story's
  common vocabulary do not count;
* how much they say together at all: short sentences share words by chance;
* whether the sentences before and after them match too (relaxation labelling, Rosenfeld,
  Hummel & Zucker 1976). Neighbours help and never hinder, so that moved passages cost only
  what they do not gain.

Scores are log-odds: above zero a pair is more likely right than wrong.
"""

from __future__ import annotations

import numpy as np

from retold.collate.features import Floats, Ints

__all__ = ["neighbours", "scored"]

# (new sentence, placed sentence) offsets and how much a match there supports this one.
_BEFORE = (
    (-1, -1, 1.0), (-2, -2, 0.7), (-1, -2, 0.7), (-2, -1, 0.7),
    (-3, -3, 0.5), (-2, -3, 0.5), (-3, -2, 0.5), (-1, -3, 0.5), (-3, -1, 0.5),
)  # fmt: skip
_SWAPPED = ((-1, 1, 0.4), (1, -1, 0.4))
_SLOPE = 16.0
_MIDDLE = 0.24  # similarity at which a pair without neighbours is as likely right as wrong
_BACKGROUND = 0.5
_SUPPORT = 2.4
_ROUNDS = 2
_NEAR = 3
_PRIOR = 0.10  # background similarity of sentences about nothing in common
_SHORT = 8.0  # nats


def scored(new: Ints, placed: Ints, similarity: Floats, information: Floats, stride: int) -> Floats:
    """Log-odds that two sentences tell the same.

    Args:
        new: number of the sentence in its report, for each pair; pairs sorted by (new, placed).
        placed: position of the other sentence; reports lie at least four apart.
        similarity: of the pair.
        information: nats of the shorter of the two.
        stride: more than any position.
    """
    if not len(new):
        return np.empty(0)
    background = 0.5 * (_others(new, similarity) + _others(placed, similarity))
    weak = 1.5 * np.maximum(0.0, 1.0 - information / _SHORT)
    own = _SLOPE * (similarity - _MIDDLE - _BACKGROUND * (background - _PRIOR)) - weak
    score = own
    for _ in range(_ROUNDS):
        belief = 1.0 / (1.0 + np.exp(-score))
        belief = belief * _dominance(new, belief) * _dominance(placed, belief)
        score = own + _SUPPORT * neighbours(new, placed, belief, stride)
    return np.asarray(np.round(score, 6))


def neighbours(new: Ints, placed: Ints, belief: Floats, stride: int) -> Floats:
    """For each pair how well the pairs around it match: 0 to 2, one for either side."""
    keys = new * stride + placed
    total = np.zeros(len(keys))
    for sign in (1, -1):
        side = np.zeros(len(keys))
        for step, other, weight in _BEFORE:
            np.maximum(side, weight * _at(keys, belief, sign * step * stride + sign * other), side)
        total += side
    for step, other, weight in _SWAPPED:
        np.maximum(total, weight * _at(keys, belief, step * stride + other), total)
    return total


def _at(keys: Ints, belief: Floats, offset: int) -> Floats:
    wanted = keys + offset
    where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[where] == wanted, belief[where], 0.0)


def _others(group: Ints, similarity: Floats) -> Floats:
    """Mean similarity of the best three other mates, mixed with what is usual."""
    order = np.lexsort((-similarity, group))
    sorted_group = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
    rank = np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))
    number = np.cumsum(np.r_[True, sorted_group[1:] != sorted_group[:-1]]) - 1
    top = np.zeros((len(starts), _NEAR + 1))
    near = rank <= _NEAR
    top[number[near], rank[near]] = similarity[order][near]
    whole = top.sum(axis=1)[number]
    own = np.where(near, similarity[order], top[number, _NEAR])
    result = np.empty(len(group))
    result[order] = np.maximum((whole - own) / _NEAR, 0.0) * 0.75 + _PRIOR * 0.25
    return result


def _dominance(group: Ints, belief: Floats) -> Floats:
    """A pair's share of the best belief of its sentence."""
    best = np.zeros(int(group.max()) + 1)
    np.maximum.at(best, group, belief)
    return np.asarray(belief / np.maximum(best[group], 1e-9))
