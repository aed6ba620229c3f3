"""A report as grouping sees it: small bags of keys.

Words of the whole, words of the beginning, words of the title, names, numbers, and what stands in
quotation marks. Several sparse vectors instead of one are what Miranda et al. 2018 (*Multilingual
clustering of streaming news*, EMNLP) found to carry most: words say the subject, names and
numbers say which event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retold.group.ordered import begins, distinct, sizes
from retold.group.reading import SPACE, Tokens, tokens

__all__ = ["Bag", "Features", "features", "in_sample"]

Keys = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int32]

# Tokens behind the title that tell what happened; what led to it, which all reports of an affair
# repeat, follows. On the tuned halves 45 and 60 do about as well, and better than 90.
_LEAD = 60
_RUN = 5
_ALL_RUNS = 256
_SAMPLED = 4
_MULTIPLIER = 2_654_435_761  # Knuth's multiplicative hashing
_ROLL = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Bag:
    """Distinct keys, sorted, and how often each is there."""

    keys: Keys
    counts: Counts


@dataclass(frozen=True, slots=True)
class Features:
    """What grouping compares of one report.

    Attributes:
        words: stems of the whole, without function words.
        lead: how often each of `words` is in the title and the first sentences.
        title: how often each of them is in the title.
        names: capitalised words, and pairs of neighbouring ones, in Latin letters.
        numbers: of the title and the text.
        quoted: runs of five words inside quotation marks.
        runs: runs of five words; of a long report a sample of one in four, chosen by the run.
        runs_sampled: whether `runs` is a sample.
    """

    words: Bag
    lead: Counts
    title: Counts
    names: Bag
    numbers: Keys
    quoted: Keys
    runs: Keys
    runs_sampled: bool


def features(title: str | None, body: Tokens, text: str, language: str | None) -> Features:
    """The features of a report.

    Args:
        title: None or empty where there is none; the text's first line then stands for it.
        body: tokens of the text.
        text: of the report.
        language: ISO 639-1 code, None if unknown.
    """
    if title and title.strip():
        head = tokens(title, language)
    else:
        head = tokens(text.lstrip()[:200].partition("\n")[0], language)
    words, lead, title_counts = _words(head, body)
    runs, sampled = _runs(body)
    return Features(
        words=words,
        lead=lead,
        title=title_counts,
        names=_names(body, head),
        numbers=distinct(np.concatenate((body.terms[body.numbers], head.terms[head.numbers]))),
        quoted=_quoted(body),
        runs=runs,
        runs_sampled=sampled,
    )


def _words(head: Tokens, body: Tokens) -> tuple[Bag, Counts, Counts]:
    """Words of the whole; how often each is in title and lead; how often in the title."""
    of_head, _ = _terms(head)
    of_body, places = _terms(body)
    # Where a word stands goes into the last two bits, so that one sorting does for all three.
    marked = np.concatenate((of_head << 2, (of_body << 2) | np.where(places < _LEAD, 1, 2)))
    marked = np.sort(marked.astype(np.int32))
    if not len(marked):
        return Bag(marked, marked), marked, marked
    keys, where = marked >> 2, marked & 3
    starts = begins(keys)
    counts = sizes(starts, len(keys))
    in_lead = np.add.reduceat((where < 2).astype(np.int32), starts)
    in_title = np.add.reduceat((where == 0).astype(np.int32), starts)
    return Bag(keys[starts], counts), in_lead, in_title


def _terms(of: Tokens) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Keys of words, of two neighbours where there are no spaces; and at which token each is."""
    unspaced = of.unspaced
    spaced = (of.content & ~unspaced).nonzero()[0]
    terms = of.terms[spaced]
    pairs = (unspaced[1:] & unspaced[:-1]).nonzero()[0]
    if not len(pairs):
        return terms, spaced
    both = _joined(of.terms[pairs], of.terms[pairs + 1])
    return np.concatenate((terms, both)), np.concatenate((spaced, pairs))


def _joined(first: Keys, second: Keys) -> Keys:
    """A key for each pair of keys."""
    mixed = first.astype(np.int64) * _MULTIPLIER + second.astype(np.int64) * 40_503
    return (((mixed >> 7) ^ mixed) & (SPACE - 1)).astype(np.int32)


def _bag(keys: Keys) -> Bag:
    if not len(keys):
        return Bag(keys, keys)
    ordered = np.sort(keys)
    starts = begins(ordered)
    return Bag(ordered[starts], sizes(starts, len(ordered)))


def _names(body: Tokens, head: Tokens) -> Bag:
    """Names by their capital letter, where it does not come from a sentence's beginning.

    In a title every word may have one: there, a name counts that the text has too.
    """
    capital = body.capitals
    if not capital.any():
        return _bag(head.names[head.capitals])
    behind_break = np.empty(len(capital), dtype=np.bool_)
    behind_break[0] = True
    behind_break[1:] = body.breaks[:-1]
    sure = capital & ~behind_break
    known = distinct(body.names[sure])
    doubtful = body.names[capital & behind_break]
    heads = head.names[head.capitals]
    pair = capital[1:] & sure[1:] & capital[:-1]
    return _bag(
        np.concatenate(
            (
                body.names[sure],
                doubtful[_in(doubtful, known)],
                heads[_in(heads, known)],
                _joined(body.names[:-1][pair], body.names[1:][pair]),
            )
        )
    )


def _in(keys: Keys, known: Keys) -> npt.NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: npt.NDArray[np.bool_] = known[places] == keys
    return found


def _quoted(body: Tokens) -> Keys:
    inside = body.quoted()
    places = (inside & ~body.breaks).nonzero()[0]
    if len(places) < _RUN:
        return np.empty(0, dtype=np.int32)
    rolled = _rolled(body.terms[places])
    # Only runs inside one pair of marks, give or take a comma.
    together = places[_RUN - 1 :] - places[: len(rolled)] <= _RUN + 1
    return distinct(rolled[together])


def _runs(body: Tokens) -> tuple[Keys, bool]:
    terms = body.terms[~body.breaks]
    if len(terms) < _RUN:
        return np.empty(0, dtype=np.int32), False
    rolled = distinct(_rolled(terms))
    if len(rolled) <= _ALL_RUNS:
        return rolled, False
    return rolled[in_sample(rolled)], True


def in_sample(runs: Keys) -> npt.NDArray[np.bool_]:
    """Which runs a long report would keep."""
    chosen: npt.NDArray[np.bool_] = (runs & (_SAMPLED - 1)) == 0
    return chosen


def _rolled(terms: Keys) -> Keys:
    """A key for each run of five terms."""
    wide = terms.astype(np.uint64)
    count = len(terms) - _RUN + 1
    run = np.zeros(count, dtype=np.uint64)
    for offset in range(_RUN):
        run = run * _ROLL + wide[offset : offset + count]
    mixed = (run ^ (run >> np.uint64(29))) * _MIX
    return (mixed >> np.uint64(64 - 22)).astype(np.int32)
