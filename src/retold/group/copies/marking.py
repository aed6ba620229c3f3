"""Which words of a report are a source's, which are reworded, which are its own.

The three classes of the METER corpus (Gaizauskas et al. 2001, "The METER corpus"): *verbatim*,
*rewrite*, *new*. Nothing is learned. Two questions are asked of every word:

1. Does it stand in a run of words that the source has, and does the run say anything? Runs count
   by the content words in them: "of the" is shared by any two texts, "harbour board" is not.
2. Is its surrounding **explained** by the source? The mean of four shares, from near to far:
   how much of its sentence the best sentence of the source has, how much of the words around and
   of the passage around the source has (content words, by stem), how much of the whole report
   stands in runs. A writer who keeps to the wire keeps to it throughout, so what differs in such
   a report was reworded; in a report that shares little, what differs is somebody else's.

In explained surroundings, words shared with the best two sentences are verbatim, others reworded,
but for names and numbers that the source does not have. Quotations are cut and dropped, seldom
reworded: in them surroundings must be explained better. Elsewhere only runs are verbatim, and the
names and terms of several words that are the source's too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
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
Floats = npt.NDArray[np.float64]

_FUNCTION_WORD = 0.1
"""Of a content word's weight: every sentence shares function words with every other."""

_SAYS = 1.5
"""Weight from which a run says something: two content words."""

_NEAR, _WIDE = 12, 40
"""Words to either side: a sentence or two, a passage."""

_EXPLAINED = 0.57
_QUOTED = 0.15
"""Mean share from which surroundings are explained, and how much more it takes in a quotation.
Chosen on one half of METER's stories; `benchmarks/quality/reuse.py` gives the other half apart."""

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
    if not words:
        return []
    language = report.report.language
    function = frozenset(table(Words, language).function_words)
    stem = stemmer(language)
    theirs = [[w.form for s in source.sentences for w in s.words] for source in sources]
    forms = [word.form for word in words]
    held = {form for some in theirs for form in some}
    stems = {stem(form) for form in held}
    weights = np.array([_FUNCTION_WORD if form in function else 1.0 for form in forms])
    content = weights == 1.0
    here = np.array([form in held for form in forms])
    weighed = weights * np.array([stem(form) in stems for form in forms])

    found = _Runs(forms, weights, theirs)
    pairs, triples, fours = (found.of(size, _SAYS) for size in (2, 3, 4))
    says = pairs | triples
    share, beside = _sentences(report, sources, stem, weights)
    explained = share + float(np.mean(says | fours))
    for radius in (_NEAR, _WIDE):
        explained += _around(weighed, radius) / _around(weights, radius)
    quoted = np.array(_quoted(report.report.text, words)) & ~found.of(3)
    near = explained / 4 - _QUOTED * quoted >= _EXPLAINED

    named = np.array([_names(report.report.text, word) for word in words])
    capital = named & ~np.array([form[0].isdigit() for form in forms])
    begins = {sentence.words[0].start for sentence in report.sentences if sentence.words}
    begin = np.array([word.start in begins for word in words])
    one = content & here & (beside | capital)  # another form of the word is a rewording
    verbatim = (near & (found.of(4) | triples | one)) | (content & says) | found.of(6)
    rewrite = near & (here | ~named | begin)
    kinds: list[Class] = []
    for kept, reworded in zip(verbatim.tolist(), rewrite.tolist(), strict=True):
        kinds.append("verbatim" if kept else "rewrite" if reworded else "new")
    return kinds


def _names(text: str, word: Word) -> bool:
    return text[word.start].isupper() or text[word.start].isdigit()


class _Runs:
    """Runs of words that a report shares with some texts."""

    def __init__(
        self, forms: Sequence[str], weights: Floats, theirs: Sequence[Sequence[str]]
    ) -> None:
        self._forms = forms
        self._theirs = theirs
        self._sums = np.concatenate(([0.0], np.cumsum(weights)))

    def of(self, size: int, least: float = 0.0) -> Bools:
        """Which words stand in a shared run of `size` words that weighs at least so much."""
        count = len(self._forms)
        found = np.zeros(count, np.bool_)
        held = [positions(some, size) for some in self._theirs if len(some) >= size]
        if count < size or not held:
            return found
        shared = np.isin(positions(self._forms, size), np.concatenate(held))
        # Sums of tenths: a hair under the weight is the weight.
        heavy = self._sums[size:] - self._sums[:-size] >= least - 1e-9
        starts = np.flatnonzero(shared & heavy)
        for offset in range(size):
            found[starts + offset] = True
        return found


def _around(values: Floats, radius: int) -> Floats:
    """Sum of the values within `radius` words of each."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    low = np.maximum(at - radius, 0)
    high = np.minimum(at + radius + 1, len(values))
    found: Floats = sums[high] - sums[low]
    return found


def _sentences(
    report: Segmented,
    sources: Sequence[Segmented],
    stem: Callable[[str], str],
    weights: Floats,
) -> tuple[Floats, Bools]:
    """For each word how much of its sentence the best one has, and whether the best two have it."""
    having: dict[str, list[int]] = defaultdict(list)
    stems: list[frozenset[str]] = []
    for source in sources:
        for sentence in source.sentences:
            held = frozenset(stem(word.form) for word in sentence.words)
            for one in sorted(held):
                having[one].append(len(stems))
            stems.append(held)
    shares: list[float] = []
    beside: list[bool] = []
    for sentence in report.sentences:
        ours = [stem(word.form) for word in sentence.words]
        heavy = weights[len(shares) : len(shares) + len(ours)].tolist()
        score: dict[int, float] = defaultdict(float)
        for one, weight in zip(ours, heavy, strict=True):
            places = having.get(one, ())
            if len(places) <= _COMMON:
                for place in places:
                    score[place] += weight
        best = sorted(score, key=lambda place: (-score[place], place))[:2]
        share = score[best[0]] / sum(heavy) if best else 0.0
        held = frozenset().union(*(stems[place] for place in best))
        shares += [share] * len(ours)
        beside += [one in held for one in ours]
    return np.array(shares), np.array(beside, np.bool_)


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
