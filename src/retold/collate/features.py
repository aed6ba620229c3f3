"""What a sentence is compared by: weighted features, one sparse row per distinct sentence.

Two families:

* **words**: stems, numbers without their grouping, and actors, where a name is known to stand
  for one ("DPRK" and "North Korea" give the same feature). They are weighed as in record
  linkage (Fellegi & Sunter 1969): a word that both sentences have counts log(m / u), one that
  only one has counts log((1 - m) / (1 - u)), where m is how often a word survives in another
  telling of its sentence and u how often it stands in any sentence of a telling. A rare word
  shared says much, a frequent one little, and every word not shared says something against.
  Words that say who speaks (`frames`) count less than half.
* **letters**: runs of four characters inside words and pairs of neighbouring words, compared by
  their cosine. They survive inflection and respelling ("Chon Il", "Chong Il").

u is counted inside reports and averaged over the reports that have the word, never over the
whole story: what two hundred reports retell is not common for that. It is mixed with a prior,
by which short words are more frequent than long ones (Zipf's law of abbreviation) and function
words most of all, so that weights stay sane when a story is two sentences.

Sentences with the same words are one **kind**, so that copies cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import msgspec
import numpy as np
import numpy.typing as npt

from retold.collate.frames import Frames, Mentions, Named
from retold.model import Actor, Quotation, Segmented
from retold.text.stems import stemmer

__all__ = ["Features", "Floats", "Ints", "Rows", "extract"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_GROUPING = re.compile(r"(?<=\d)[,\u00a0\u202f' ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GRAM = 4
_FUNCTION_WORD = 0.1  # weight of a function word's letters
_PAIR = 0.5
_ACTOR = 0.7  # beside the words of the name, which count too
_FRAME = 0.4  # of a word that says who speaks
_ALL_FRAME = 8  # power of the frame's share in the sentence, by which its words count in full
_SURVIVES = 0.6  # m: about what two translations of one sentence share
_PRIOR_SENTENCES = 6.0  # how many sentences of prior a count is mixed with
_PRIOR_FUNCTION_WORD = 0.15
_PRIOR_BY_LENGTH = (0.15, 0.15, 0.15, 0.08, 0.04, 0.02, 0.01)


class Rows(msgspec.Struct, frozen=True):
    """Compressed sparse rows.

    Attributes:
        indptr, indices, data: row r holds columns `indices[indptr[r]:indptr[r + 1]]`, sorted.
        count: number of columns.
    """

    indptr: Ints
    indices: Ints
    data: Floats
    count: int

    def entries(self, rows: Ints) -> tuple[Ints, Ints]:
        """Positions in `data` of some rows, and for each the number of its row in `rows`."""
        starts, ends = self.indptr[rows], self.indptr[rows + 1]
        sizes = ends - starts
        where = np.arange(int(sizes.sum())) + np.repeat(ends - np.cumsum(sizes), sizes)
        return where, np.repeat(np.arange(len(rows)), sizes)

    def columns(self, row: int) -> Ints:
        """Columns of one row."""
        return self.indices[self.indptr[row] : self.indptr[row + 1]]


class Features(msgspec.Struct, frozen=True):
    """The sentences of a story as rows of two sparse matrices, one row for each kind.

    Attributes:
        kinds: for each report, the kind of each of its sentences; -1 for one without words.
        words: products of two rows add log(m / u) - log((1 - m) / (1 - u)) of what is shared.
        parts: for each entry of `words`, for how much it counts, 0 to 1.
        counts: for each entry of `words`, how often the sentence has it.
        letters: rows of length one; products are cosines.
        against: for each kind what its words count when none is shared, in nats, below zero.
        size: for each kind its number of different words.
        names: for each word feature what it is called: a stem, "#12" for a number, "@" and an
            id for an actor.
        worth: for each word feature log(m / u), what it counts when shared, in nats.
        alone: for each word feature log((1 - m) / (1 - u)), when one sentence has it.
        common: for each word feature, whether it is a function word.
        number: the word feature of a folded word in a language.
        text: word features of all kinds, one kind after the other, in the order of their words.
        starts: kind k has `text[starts[k]:starts[k + 1]]`.
    """

    kinds: list[Ints]
    words: Rows
    parts: Floats
    counts: Ints
    letters: Rows
    against: Floats
    size: Floats
    names: list[str]
    worth: Floats
    alone: Floats
    common: npt.NDArray[np.bool_]
    number: dict[tuple[str, str | None], int]
    text: Ints
    starts: Ints


class _Family:
    """Numbers the features of one family as they come."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.factor: list[float] = []

    def feature(self, name: str, factor: float) -> int:
        number = self.number.get(name)
        if number is None:
            number = self.number[name] = len(self.number)
            self.factor.append(factor)
        return number


class _Vocabulary:
    """Both families, and what each word is made of."""

    def __init__(self) -> None:
        self.words = _Family()  # factor: the prior of u; above it, a function word's
        self.letters = _Family()
        self.known: dict[str | None, dict[str, tuple[int, str, tuple[int, ...]]]] = {}

    def word(
        self, form: str, language: str | None, function_words: frozenset[str]
    ) -> tuple[int, str, tuple[int, ...]]:
        """Feature, stem ("" for a function word) and runs of letters of a folded word, once."""
        common = form in function_words
        grams: tuple[int, ...] = ()
        if form[0].isdigit():
            match = _NUMBER.match(_GROUPING.sub("", form))
            stem = "#" + match.group() if match else form
            prior = _PRIOR_BY_LENGTH[-2]
        else:
            stem = stemmer(language)(form)
            prior = _PRIOR_BY_LENGTH[min(len(stem), len(_PRIOR_BY_LENGTH) - 1)]
            if common:
                prior = _PRIOR_FUNCTION_WORD
            padded = f" {form} "
            grams = tuple(
                self.letters.feature(run, _FUNCTION_WORD if common else 1.0)
                for run in dict.fromkeys(
                    padded[k : k + _GRAM] for k in range(max(1, len(padded) - _GRAM + 1))
                )
            )
        number = self.words.feature(("=" if common else "") + stem, prior)
        made = number, "" if common else stem, grams
        self.known.setdefault(language, {})[form] = made
        return made


def extract(
    reports: Sequence[Segmented],
    languages: Sequence[str | None],
    actors: Sequence[Actor],
    function_words: dict[str | None, frozenset[str]],
    quotations: Sequence[Quotation] = (),
) -> Features:
    """The features of all sentences of a story.

    Args:
        reports: in an order that does not depend on the input's.
        languages: of the reports.
        actors: their mentions are spans of the reports.
        function_words: by language.
        quotations: of the reports; their cues and sources say who speaks.
    """
    vocabulary = _Vocabulary()
    mentions = Mentions.of(reports, actors)
    frames = Frames(reports, quotations)
    known: dict[tuple[str | None, tuple[str, ...], Named, tuple[int, ...]], int] = {}
    bags: list[list[int]] = []
    framed: list[tuple[frozenset[int], frozenset[int]]] = []
    letters: list[list[int]] = []
    sizes: list[int] = []
    kinds: list[Ints] = []
    for segmented, language in zip(reports, languages, strict=True):
        own = []
        name = segmented.report.id
        for number, sentence in enumerate(segmented.sentences):
            forms = tuple([word.form for word in sentence.words])
            frame = frames.words(name, number)
            named = mentions.inside(name, sentence, frame)
            key = (language, forms, named, frame)
            kind = known.setdefault(key, len(known)) if forms else -1
            if kind == len(bags):
                bag, runs, only_frame = _bags(
                    forms, named, frame, vocabulary, language, function_words[language]
                )
                bags.append(bag)
                letters.append(runs)
                sizes.append(len(forms))
                framed.append(only_frame)
            own.append(kind)
        kinds.append(np.array(own, dtype=np.int64))
    return _weighted(bags, sizes, framed, letters, kinds, vocabulary)


def _bags(
    forms: Sequence[str],
    named: Named,
    frame: Sequence[int],
    vocabulary: _Vocabulary,
    language: str | None,
    function_words: frozenset[str],
) -> tuple[list[int], list[int], tuple[frozenset[int], frozenset[int]]]:
    """Features of a sentence in either family, in the order of its words.

    The third result are the features of either family that stand in the frame only.
    """
    bag: list[int] = []
    runs: list[int] = []
    before = ""
    mark = 0
    inside = set(frame)
    said: set[int] = set()
    told_runs: set[int] = set()
    known = vocabulary.known.setdefault(language, {})
    for at, form in enumerate(forms):
        number, stem, grams = known.get(form) or vocabulary.word(form, language, function_words)
        bag.append(number)
        runs.extend(grams)
        if stem:
            if before:
                runs.append(vocabulary.letters.feature(f"{before} {stem}", _PAIR))
            before = stem
        if inside:
            (said if at in inside else told_runs).update(runs[mark:])
            mark = len(runs)
    told, said_by = (
        [vocabulary.words.feature("@" + actor, _PRIOR_BY_LENGTH[-1]) for actor in actors]
        for actors in named
    )
    only_frame = frozenset[int](), frozenset[int]()
    if frame:
        outside = {number for at, number in enumerate(bag) if at not in inside}
        only_words = frozenset({bag[at] for at in frame}.union(said_by) - outside.union(told))
        only_frame = only_words, frozenset(said - told_runs)
    bag += told
    bag += said_by
    return bag, runs, only_frame


def _weighted(
    bags: list[list[int]],
    sizes: list[int],
    framed: list[tuple[frozenset[int], frozenset[int]]],
    letters: list[list[int]],
    kinds: list[Ints],
    vocabulary: _Vocabulary,
) -> Features:
    names = list(vocabulary.words.number)
    prior = np.array(vocabulary.words.factor)
    words, counts = _rows(bags, len(names))
    usual = np.clip(_rate(words, kinds, prior), 1e-4, 0.9)
    actor = np.array([_ACTOR if name[0] == "@" else 1.0 for name in names])
    shared = np.maximum(np.log(_SURVIVES / usual), 0.0) * actor
    alone = np.minimum(np.log((1.0 - _SURVIVES) / (1.0 - usual)), 0.0) * actor
    row = np.repeat(np.arange(len(bags)), np.diff(words.indptr))
    parts = _parts(words, [frame[0] for frame in framed])
    against = np.bincount(row, alone[words.indices] * parts, minlength=len(bags)).astype(np.float64)
    size = np.bincount(row, parts, minlength=len(bags)).astype(np.float64)
    data = np.sqrt((shared - alone)[words.indices] * parts)
    common = np.array([name[0] == "=" for name in names], dtype=bool)
    return Features(
        kinds,
        Rows(words.indptr, words.indices, data, words.count),
        parts,
        counts,
        _cosines(letters, [frame[1] for frame in framed], kinds, vocabulary.letters.factor),
        against,
        size,
        names,
        shared,
        alone,
        common,
        {
            (form, language): made[0]
            for language, known in vocabulary.known.items()
            for form, made in known.items()
        },
        np.fromiter(
            chain.from_iterable(bag[:size] for bag, size in zip(bags, sizes, strict=True)),
            dtype=np.int64,
            count=sum(sizes),
        ),
        np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))),
    )


def _parts(words: Rows, framed: list[frozenset[int]]) -> Floats:
    """For how much each entry counts; where a sentence is all frame, the frame is what it tells."""
    parts = np.ones(len(words.indices))
    for kind, frame in enumerate(framed):
        if frame:
            start, end = int(words.indptr[kind]), int(words.indptr[kind + 1])
            columns = words.indices[start:end].tolist()
            inside = [at for at, column in enumerate(columns, start) if column in frame]
            share = len(inside) / (end - start)
            parts[inside] = _FRAME + (1.0 - _FRAME) * share**_ALL_FRAME
    return parts


def _cosines(
    letters: list[list[int]],
    framed: list[frozenset[int]],
    kinds: list[Ints],
    factors: list[float],
) -> Rows:
    """Rows of unit length, by logarithm of count times smoothed inverse frequency."""
    rows, counts = _rows(letters, len(factors))
    factor = np.array(factors)
    usual = _rate(rows, kinds, np.full(len(factors), 0.5 / _PRIOR_SENTENCES))
    weight = (np.maximum(-np.log(usual), 0.05) * factor)[rows.indices] * (1.0 + np.log(counts))
    weight *= _parts(rows, framed)
    row = np.repeat(np.arange(len(letters)), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(row, weight * weight, minlength=len(letters)))
    return Rows(rows.indptr, rows.indices, weight / np.maximum(length[row], 1e-9), rows.count)


def _rows(bags: Sequence[Sequence[int]], width: int) -> tuple[Rows, Ints]:
    """Sparse rows of ones, and how often each feature stands in its row."""
    lengths = np.fromiter((len(bag) for bag in bags), dtype=np.int64, count=len(bags))
    flat = np.fromiter(chain.from_iterable(bags), dtype=np.int64, count=int(lengths.sum()))
    row_of = np.repeat(np.arange(len(bags), dtype=np.int64), lengths)
    cells, counts = np.unique(row_of * max(width, 1) + flat, return_counts=True)
    rows, columns = cells // max(width, 1), cells % max(width, 1)
    indptr = np.searchsorted(rows, np.arange(len(bags) + 1)).astype(np.int64)
    return Rows(indptr, columns, np.ones(len(columns)), width), counts


def _rate(rows: Rows, kinds: list[Ints], prior: Floats) -> Floats:
    """Share of sentences with a feature, averaged over the reports that have it."""
    total = np.zeros(rows.count)
    having = np.zeros(rows.count)
    seen: dict[bytes, tuple[Ints, Floats]] = {}
    for own in kinds:
        used = own[own >= 0]
        if not len(used):
            continue
        key = np.sort(used).tobytes()
        if key not in seen:
            features, counts = np.unique(rows.indices[rows.entries(used)[0]], return_counts=True)
            rate = (counts + _PRIOR_SENTENCES * prior[features]) / (len(used) + _PRIOR_SENTENCES)
            seen[key] = (features, rate)
        features, rate = seen[key]
        total[features] += rate
        having[features] += 1
    return np.asarray(np.maximum(total / np.maximum(having, 1.0), 1e-9))
