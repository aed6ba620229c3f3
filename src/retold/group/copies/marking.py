"""Which words of a report are a source's, which are reworded, which are its own.

The three classes of the METER corpus (Gaizauskas et al. 2001, "The METER corpus"): *verbatim*,
*rewrite*, *new*. Nothing is learned. Two questions are asked of every word:

1. Does it stand in a run of words that the source has? Runs of three or more are verbatim.
2. Is its surrounding **explained** by the source? Three shares are added up: how much of its
   sentence (content words, by stem) the two best sentences of the source have between them, how
   much of the whole report stands in shared pairs of words, how much of the words around in shared
   triples. A writer who keeps to the wire keeps to it throughout, so what differs in such a report
   was reworded; in a report that shares little, what differs is somebody else's.

In explained surroundings, words shared with those two sentences are verbatim, others reworded,
but for names and numbers that the source does not have, and for quoted words that it does not
have, where its share is not great: quotations are cut and dropped, seldom reworded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from retold.group.copies.shingles import positions
from retold.language import table
from retold.language.words import Words
from retold.model import Noun, Segmented, Span, Word
from retold.text.stems import stemmer

__all__ = ["Class", "Marked", "Marks", "mark"]

Class = Literal["verbatim", "rewrite", "new"]
Bools = npt.NDArray[np.bool_]

_FUNCTION_WORD = 0.1
"""Of a content word's weight: every sentence shares function words with every other."""

_REPORT, _AROUND = 0.6, 0.3
_EXPLAINED = 0.85
_QUOTED = 1.15
_RADIUS = 12
_COMMON = 200
"""A stem of more sentences than this does not choose the best ones."""

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


class Marked(Noun, frozen=True, gc=False):
    """Neighbouring words of one class.

    Attributes:
        kind: "verbatim", "rewrite" or "new".
        span: from the first word to the last.
    """

    kind: Class
    span: Span


class Marks(Noun, frozen=True):
    """A report's words beside a source.

    Attributes:
        report: its id.
        spans: in order; every word is in one.
        verbatim, rewrite, new: shares of the words, in [0, 1].
    """

    report: str
    spans: tuple[Marked, ...]
    verbatim: float
    rewrite: float
    new: float


def mark(report: Segmented, sources: Sequence[Segmented]) -> Marks:
    """The words of a report, by class.

    Args:
        report: of which the words are marked.
        sources: the texts of one source, or several takes of it.

    Linear in the words, save that stems are looked up in the sentences that have them.
    """
    words = [word for sentence in report.sentences for word in sentence.words]
    kinds = _kinds(report, words, sources)
    spans: list[Marked] = []
    for word, kind in zip(words, kinds, strict=True):
        if spans and spans[-1].kind == kind:
            spans[-1] = Marked(kind, (spans[-1].span[0], word.end))
        else:
            spans.append(Marked(kind, (word.start, word.end)))
    size = max(1, len(words))
    shares = [kinds.count(kind) / size for kind in ("verbatim", "rewrite", "new")]
    return Marks(report.report.id, tuple(spans), *shares)


def _kinds(report: Segmented, words: Sequence[Word], sources: Sequence[Segmented]) -> list[Class]:
    theirs = [[w.form for s in source.sentences for w in s.words] for source in sources]
    forms = [word.form for word in words]
    pairs, triples, fours = (_in_runs(forms, theirs, size) for size in (2, 3, 4))
    every = {form for some in theirs for form in some}
    explained, shared = _sentences(report, sources)
    explained += _REPORT * float(pairs.mean()) if len(words) else 0.0
    around = _around(triples)
    explained += _AROUND * around
    quoted = _quoted(report.report.text, words)
    text = report.report.text
    begins = {sentence.words[0].start for sentence in report.sentences if sentence.words}

    kinds: list[Class] = []
    for at, word in enumerate(words):
        near = explained[at] >= _EXPLAINED
        if triples[at] and (near or fours[at] or around[at] >= 0.4):
            kinds.append("verbatim")
        elif not near:
            kinds.append("new")
        elif shared[at] and word.form in every:  # another form of the word is a rewording
            kinds.append("verbatim")
        elif (quoted[at] and not pairs[at] and explained[at] < _QUOTED) or (
            _names(text, word) and word.form not in every and word.start not in begins
        ):
            kinds.append("new")
        else:
            kinds.append("rewrite")
    return kinds


def _names(text: str, word: Word) -> bool:
    return text[word.start].isupper() or text[word.start].isdigit()


def _in_runs(forms: Sequence[str], theirs: Sequence[Sequence[str]], size: int) -> Bools:
    """Which words stand in a run of `size` words that one of the texts has."""
    found = np.zeros(len(forms), np.bool_)
    if len(forms) < size:
        return found
    held = [positions(some, size) for some in theirs if len(some) >= size]
    if held:
        starts = np.flatnonzero(np.isin(positions(forms, size), np.concatenate(held)))
        for offset in range(size):
            found[starts + offset] = True
    return found


def _around(marks: Bools) -> npt.NDArray[np.float64]:
    """Share of the words within `_RADIUS` of each that are marked."""
    sums = np.concatenate(([0], np.cumsum(marks)))
    at = np.arange(len(marks))
    low = np.maximum(at - _RADIUS, 0)
    high = np.minimum(at + _RADIUS + 1, len(marks))
    found: npt.NDArray[np.float64] = (sums[high] - sums[low]) / (2 * _RADIUS + 1)
    return found


def _sentences(
    report: Segmented, sources: Sequence[Segmented]
) -> tuple[npt.NDArray[np.float64], list[bool]]:
    """For each word how much of its sentence the two best sentences have, and if they have it."""
    language = report.report.language
    stem = stemmer(language)
    function = frozenset(table(Words, language).function_words)
    having: dict[str, list[int]] = defaultdict(list)
    stems: list[frozenset[str]] = []
    for source in sources:
        for sentence in source.sentences:
            held = frozenset(stem(word.form) for word in sentence.words)
            for one in sorted(held):
                having[one].append(len(stems))
            stems.append(held)
    shares: list[float] = []
    shared: list[bool] = []
    for sentence in report.sentences:
        ours = [stem(word.form) for word in sentence.words]
        weights = [_FUNCTION_WORD if w.form in function else 1.0 for w in sentence.words]
        score: dict[int, float] = defaultdict(float)
        for one, weight in zip(ours, weights, strict=True):
            places = having.get(one, ())
            if len(places) <= _COMMON:
                for place in places:
                    score[place] += weight
        best = sorted(score, key=lambda place: (-score[place], place))[:2]
        held = frozenset().union(*(stems[place] for place in best))
        total = sum(weights) or 1.0
        share = sum(w for one, w in zip(ours, weights, strict=True) if one in held) / total
        shares += [share] * len(ours)
        shared += [one in held and w == 1.0 for one, w in zip(ours, weights, strict=True)]
    return np.array(shares), shared


def _quoted(text: str, words: Sequence[Word]) -> list[bool]:
    """Which words stand between quotation marks, counted from the beginning of each paragraph."""
    inside, at = False, 0
    found = []
    for word in words:
        between = text[at : word.start]
        if "\n" in between:
            inside, between = False, between.rpartition("\n")[2]
        inside ^= sum(map(between.count, _QUOTES)) % 2 == 1
        found.append(inside)
        at = word.end
    return found
