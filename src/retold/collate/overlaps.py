"""Sentences that tell part of the same without being readings of one passage.

A sentence of a summary tells parts of several sentences, and so does one that sums up what went
before; none of them is a reading of it. Such links are looked for between all sentences that were
compared, whether they are in passages or not. A link has a score in log-odds: how alike the two
sentences are (`products.likeness`), what the best part of either counts of which the other tells
the words (`segments`), how much more alike either is to its best other mate, how many sentences
there were to choose from, and how much the two reports have in common elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np

from retold.collate.drafts import Joined
from retold.collate.features import Floats, Ints
from retold.collate.matching import Rivals
from retold.collate.segments import Segments

__all__ = ["Compared", "Overlapping", "compared", "log_odds", "overlapping", "told"]

# A logistic regression on summaries made of the clauses of one translation beside the whole of
# another (`benchmarks/quality/overlaps.py --fit`).
_CONSTANT = 2.27
_ALIKE = 0.18
_PART = 0.57
_RIVAL = 0.22
_RIVAL_OF_MATE = 0.89
_BELIEF = 0.6  # of likeness, and of the parts: by it mates are rivals
_NO_RIVAL = -6.0
_USUAL = 0.5  # of the sentences of the shorter report are told by the other, before it is read
_SURE = 2.0  # sentences that this is worth
_IN_ONE_PASSAGE = 0.9  # least probability of readings of one passage
_FIRST = 2  # sentences of a passage that others are compared with, those of fuller reports first
_WORDS = 2  # both have, function words left out: one word is nothing told


class Compared(msgspec.Struct, frozen=True):
    """What is known of pairs of sentences, one entry for each pair.

    Attributes:
        alike: likeness.
        part: what the best part of either counts, in nats; the lesser of the two.
        rival: by how much the best other mate of the first is more like it; 0 or below.
        rival_of_mate: the same of the second.
        chances: logarithm of one over the sentences there were to choose from, the mean of both.
    """

    alike: Floats
    part: Floats
    rival: Floats
    rival_of_mate: Floats
    chances: Floats


class Overlapping(NamedTuple):
    """Two sentences by position, and the log-odds that they tell part of the same."""

    a: int
    b: int
    score: float


def compared(joined: Joined, looked: tuple[Ints, Ints, Floats], segments: Segments) -> Compared:
    """What speaks for and against links.

    Args:
        joined: after all reports.
        looked: positions of pairs of sentences that were compared, and their likeness.
        segments: of the same features.
    """
    a, b, alike = looked
    kinds_a, kinds_b = joined.kinds_at[a], joined.kinds_at[b]
    width = len(joined.features.against)
    pairs, which = np.unique(kinds_a * width + kinds_b, return_inverse=True)
    one, two = pairs // width, pairs % width
    part = np.minimum(segments.scores(one, two), segments.scores(two, one))[which]
    belief = _BELIEF * (alike + part)
    reports = len(joined.sizes)
    report_a, report_b = joined.report_of[a], joined.report_of[b]
    rivals = [
        np.minimum(
            0.0,
            belief
            - np.maximum(
                Rivals(sentence * reports + there, mate, kind).best(belief),
                _NO_RIVAL,
            ),
        )
        for sentence, there, mate, kind in (
            (a, report_b, b, kinds_b),
            (b, report_a, a, kinds_a),
        )
    ]
    chances = -0.5 * np.log(joined.sizes[report_a] * joined.sizes[report_b])
    return Compared(alike, part, rivals[0], rivals[1], chances)


def log_odds(known: Compared, joined: Joined, looked: tuple[Ints, Ints, Floats]) -> Floats:
    """That two sentences tell part of the same, for each pair."""
    return np.asarray(np.round(_apart(known) + told(known, joined, looked), 6))


def _apart(known: Compared) -> Floats:
    """The log-odds of each pair before its reports are known to have anything in common."""
    return np.asarray(
        _CONSTANT
        + _ALIKE * known.alike
        + _PART * known.part
        + _RIVAL * known.rival
        + _RIVAL_OF_MATE * known.rival_of_mate
        + known.chances
    )


def told(known: Compared, joined: Joined, looked: tuple[Ints, Ints, Floats]) -> Floats:
    """For each pair the logarithm of the share of other sentences that the two reports both tell.

    The prior of a pair is taken from the other pairs of its reports (empirical Bayes: Robbins
    1956), the sentence in question left out.
    """
    a, b, _ = looked
    numbers = joined.draft_numbers()
    likely = 1.0 / (1.0 + np.exp(-_apart(known) - np.log(_USUAL)))
    likely = np.where(numbers[a] == numbers[b], np.maximum(likely, _IN_ONE_PASSAGE), likely)
    reports = len(joined.sizes)
    report_a, report_b = joined.report_of[a], joined.report_of[b]
    _, first, sentence = np.unique(a * reports + report_b, return_index=True, return_inverse=True)
    best = np.zeros(len(first))
    np.maximum.at(best, sentence, likely)
    both, of = np.unique(report_a[first] * reports + report_b[first], return_inverse=True)
    others = np.bincount(of, best, minlength=len(both))[of] - best
    size = np.minimum(joined.sizes[report_a[first]], joined.sizes[report_b[first]])
    share = (np.maximum(others, 0.0) + _USUAL * _SURE) / (size - 1 + _SURE)
    return np.asarray(np.log(share)[sentence])


def overlapping(
    joined: Joined, looked: tuple[Ints, Ints, Floats], segments: Segments
) -> list[Overlapping]:
    """Links between sentences of different passages: of two passages the best one.

    Args:
        joined: after all reports, passages merged.
        looked: positions of pairs of sentences that were compared, and their likeness.
        segments: of the same features.
    """
    looked = _of_the_first(joined, looked)
    a, b, _ = looked
    if not len(a):
        return []
    score = log_odds(compared(joined, looked, segments), joined, looked)
    numbers = joined.draft_numbers()
    one, two = numbers[a], numbers[b]
    likely = np.flatnonzero((one != two) & (score > 0.0))
    kinds = joined.kinds_at
    likely = likely[segments.words(kinds[a[likely]], kinds[b[likely]]) >= _WORDS]
    lower, upper = np.minimum(one, two)[likely], np.maximum(one, two)[likely]
    order = np.lexsort((b[likely], a[likely], -score[likely], upper, lower))
    first = np.r_[True, (np.diff(lower[order]) != 0) | (np.diff(upper[order]) != 0)]
    return [
        Overlapping(int(a[pair]), int(b[pair]), float(score[pair]))
        for pair in likely[order[first[: len(order)]]]
    ]


def _of_the_first(joined: Joined, looked: tuple[Ints, Ints, Floats]) -> tuple[Ints, Ints, Floats]:
    """The pairs with the first readings of a passage, as many as are worth asking."""
    places = np.unique(looked[1])
    rank_of = np.zeros(len(joined.sizes), dtype=np.int64)
    rank_of[joined.joined_reports] = np.arange(len(joined.joined_reports))
    numbers = joined.draft_numbers()[places]
    order = np.lexsort((rank_of[joined.report_of[places]], numbers))
    starts = np.searchsorted(numbers[order], numbers[order])
    first = np.zeros(len(joined.kinds_at), dtype=bool)
    first[places[order[np.arange(len(order)) - starts < _FIRST]]] = True
    kept = first[looked[1]]
    return looked[0][kept], looked[1][kept], looked[2][kept]
