"""What a sentence is compared by: weighted features, one sparse vector per distinct sentence.

Two families, each of length one before they are put together:

* **words**: stems, numbers without their grouping, pairs of neighbouring words, and actors,
  where a name is known to stand for one ("DPRK" and "North Korea" give the same feature);
* **letters**: runs of four characters inside words, which survive inflection and respelling
  ("Chon Il", "Chong Il").

A feature weighs the more the fewer sentences *of a telling* have it. Document frequency is
counted inside reports and averaged over the reports that have the feature, never over the
whole story: what two hundred reports retell is not common for that. (Inverse document
frequency: Spärck Jones 1972.) Function words weigh a tenth, and short words less than long
ones, because frequent words are short (Zipf's law of abbreviation), which keeps the weights
sane when a story is two sentences long and nothing can be counted.

Sentences with the same words are one **kind**, so that copies cost nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from retold.language import available
from retold.model import Actor, Segmented, Sentence, Span, Word
from retold.text.stems import stemmer

__all__ = ["Features", "Floats", "Ints", "extract"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_GROUPING = re.compile(r"(?<=\d)[,\u00a0\u202f' ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GRAM = 4
_FUNCTION_WORD = 0.1
_PAIR = 0.5
_PRIOR_SENTENCES = 6.0  # how many sentences of "nothing known" a count is mixed with
_LETTERS = 0.4  # share of the letter family in a similarity
_NAME_PARTS = 0.5  # a name's own words, beside the actor they stand for


class Features(msgspec.Struct, frozen=True):
    """The sentences of a story as rows of a sparse matrix of unit vectors.

    Attributes:
        kinds: for each report, the kind of each of its sentences; -1 for one without words.
        indptr, indices, data: compressed sparse rows, one per kind; indices sorted. A product
            of two rows is a similarity in [0, 1].
        count: number of distinct features.
        names: for each feature what a reader would call it; "" for a run of letters.
        information: for each kind the summed weight of its words, in nats.
        rarity: for each feature its weight before scaling, in nats.
    """

    kinds: list[Ints]
    indptr: Ints
    indices: Ints
    data: Floats
    count: int
    names: list[str]
    information: Floats
    rarity: Floats

    def row(self, kind: int) -> tuple[Ints, Floats]:
        """Feature numbers and weights of one kind."""
        start, end = self.indptr[kind], self.indptr[kind + 1]
        return self.indices[start:end], self.data[start:end]


class _Vocabulary:
    """Numbers features as they come, and remembers what a word is made of."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.factor: list[float] = []
        self.letters: list[bool] = []
        self._words: dict[tuple[str, str | None], tuple[str, bool, tuple[int, ...]]] = {}

    def feature(self, name: str, factor: float, letters: bool = False) -> int:
        number = self.number.get(name)
        if number is None:
            number = self.number[name] = len(self.number)
            self.factor.append(factor)
            self.letters.append(letters)
        return number

    def word(
        self, form: str, language: str | None, function_words: frozenset[str]
    ) -> tuple[str, bool, tuple[int, ...]]:
        """Stem or number, whether it is a function word, and its runs of letters."""
        known = self._words.get((form, language))
        if known is not None:
            return known
        common = form in function_words
        if form[0].isdigit():
            match = _NUMBER.match(_GROUPING.sub("", form))
            stem = "#" + match.group() if match else form
            grams: tuple[int, ...] = ()
        else:
            stem = stemmer(language)(form)
            padded = f" {form} "
            factor = _FUNCTION_WORD if common else 1.0
            runs = dict.fromkeys(
                padded[k : k + _GRAM] for k in range(max(1, len(padded) - _GRAM + 1))
            )
            grams = tuple(self.feature("~" + run, factor, letters=True) for run in runs)
        known = self._words[(form, language)] = (stem, common, grams)
        return known


def _brevity(stem: str) -> float:
    """Weight of a word by its length: 0.4 for one letter, 1 from six letters on."""
    if stem[0] == "#" or not stem.isascii():
        return 1.0
    return min(1.0, 0.28 + 0.12 * len(stem))


def extract(
    reports: Sequence[Segmented],
    actors: Sequence[Actor],
    function_words: dict[str | None, frozenset[str]],
) -> Features:
    """The features of all sentences of a story.

    Args:
        reports: in an order that does not depend on the input's.
        actors: their mentions are spans of the reports.
        function_words: by language.
    """
    vocabulary = _Vocabulary()
    mentions = _mentions(reports, actors)
    rows: dict[tuple[int, ...], int] = {}
    kinds: list[Ints] = []
    for segmented in reports:
        language = segmented.report.language
        common = function_words.get(language, frozenset())
        named = mentions.get(segmented.report.id, ([], []))
        own = [
            rows.setdefault(bag, len(rows)) if bag else -1
            for bag in (
                _bag(sentence, vocabulary, language, common, named)
                for sentence in segmented.sentences
            )
        ]
        kinds.append(np.array(own, dtype=np.int64))
    return _weighted(list(rows), kinds, vocabulary)


def _mentions(
    reports: Sequence[Segmented], actors: Sequence[Actor]
) -> dict[str, tuple[list[Span], list[str]]]:
    known = {segmented.report.id for segmented in reports}
    found: dict[str, list[tuple[Span, str]]] = {}
    for actor in actors:
        for mention in actor.mentions:
            if mention.report in known:
                found.setdefault(mention.report, []).append((mention.span, actor.id))
    return {
        report: ([span for span, _ in pairs], [actor for _, actor in pairs])
        for report, pairs in ((report, sorted(pairs)) for report, pairs in found.items())
    }


def _bag(
    sentence: Sentence,
    vocabulary: _Vocabulary,
    language: str | None,
    function_words: frozenset[str],
    named: tuple[list[Span], list[str]],
) -> tuple[int, ...]:
    """Feature numbers of a sentence, in the order of its words; a kind is what has the same."""
    bag: list[int] = []
    stems: list[str] = []
    for word in sentence.words:
        stem, common, grams = vocabulary.word(word.form, language, function_words)
        factor = _FUNCTION_WORD if common else _brevity(stem)
        bag.append(vocabulary.feature(stem, factor))
        bag.extend(grams)
        if not common:
            stems.append(stem)
    for left, right in pairwise(stems):
        bag.append(vocabulary.feature(f"{left} {right}", _PAIR))
    spans, ids = named
    if spans:
        start, end = sentence.span
        first = bisect_left(spans, (start, start))
        while first < len(spans) and spans[first][0] < end:
            bag.append(vocabulary.feature("@" + ids[first], 1.0))
            first += 1
    return tuple(bag)


def _weighted(bags: list[tuple[int, ...]], kinds: list[Ints], vocabulary: _Vocabulary) -> Features:
    width = len(vocabulary.factor)
    lengths = np.fromiter((len(bag) for bag in bags), dtype=np.int64, count=len(bags))
    flat = np.fromiter(
        (number for bag in bags for number in bag), dtype=np.int64, count=int(lengths.sum())
    )
    row_of = np.repeat(np.arange(len(bags), dtype=np.int64), lengths)
    cells, frequency = np.unique(row_of * max(width, 1) + flat, return_counts=True)
    rows, columns = cells // max(width, 1), cells % max(width, 1)
    indptr = np.searchsorted(rows, np.arange(len(bags) + 1)).astype(np.int64)
    rarity = _rarity(indptr, columns, kinds, width) * np.array(vocabulary.factor)
    letters = np.array(vocabulary.letters, dtype=bool)
    # Repeating a word inside a sentence adds little: logarithm of its count.
    weights = rarity[columns] * (1.0 + np.log(frequency))
    in_letters = letters[columns]
    squares = weights * weights
    of_words = np.bincount(rows, np.where(in_letters, 0.0, squares), minlength=len(bags))
    of_letters = np.bincount(rows, np.where(in_letters, squares, 0.0), minlength=len(bags))
    share = np.where(of_letters > 0, np.where(of_words > 0, _LETTERS, 1.0), 0.0)
    scale_words = np.sqrt((1.0 - share) / np.maximum(of_words, 1e-12))
    scale_letters = np.sqrt(share / np.maximum(of_letters, 1e-12))
    data = weights * np.where(in_letters, scale_letters[rows], scale_words[rows])
    pairs = np.array([" " in name.strip() for name in vocabulary.number], dtype=bool)
    single = ~(in_letters | pairs[columns])
    information = np.bincount(rows, np.where(single, weights, 0.0), minlength=len(bags))
    names = [
        "" if letter else name
        for name, letter in zip(vocabulary.number, vocabulary.letters, strict=True)
    ]
    return Features(kinds, indptr, columns, data, width, names, information, rarity)


def _rarity(indptr: Ints, columns: Ints, kinds: list[Ints], width: int) -> Floats:
    """Smoothed inverse document frequency, averaged over the reports that have the feature."""
    share = np.zeros(width)
    having = np.zeros(width)
    seen: dict[bytes, tuple[Ints, Floats]] = {}
    for own in kinds:
        used = own[own >= 0]
        if not len(used):
            continue
        key = np.sort(used).tobytes()
        if key not in seen:
            starts, ends = indptr[used], indptr[used + 1]
            sizes = ends - starts
            offsets = np.repeat(ends - np.cumsum(sizes), sizes)
            features, counts = np.unique(
                columns[np.arange(int(sizes.sum())) + offsets], return_counts=True
            )
            rate = np.log((len(used) + _PRIOR_SENTENCES) / (counts + 0.5))
            seen[key] = (features, rate)
        features, rate = seen[key]
        share[features] += rate
        having[features] += 1
    return np.maximum(share / np.maximum(having, 1.0), 0.05)
