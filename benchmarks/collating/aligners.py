"""What lines sentences up: ours, and a plain lexical matcher; and how right it is."""

from __future__ import annotations

from collections import Counter

import numpy as np

from collating.cases import Pair, Table
from retold.collate import align
from retold.collate.features import extract
from retold.collate.overlaps import compared, log_odds
from retold.collate.segments import Segments
from retold.collate.story import join
from retold.language import table
from retold.language.words import Words
from retold.model import Segmented
from retold.text.words import words


def retold_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """Pairs of sentences that are in one passage."""
    return {
        (i, j)
        for passage in align([a, b]).passages
        for i in passage.readings.get(a.report.id, ())
        for j in passage.readings.get(b.report.id, ())
    }


def linked_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """Pairs of sentences that are in one passage, or overlap."""
    found = retold_pairs(a, b)
    for overlap in align([a, b]).overlaps:
        i, j = overlap.numbers
        found.add((i, j) if overlap.a.report == a.report.id else (j, i))
    return found


def lexical_scores(a: Segmented, b: Segmented) -> Table:
    """Word and character TF-IDF cosine of all pairs."""
    texts = [
        segmented.report.text[slice(*sentence.span)].lower()
        for segmented in (a, b)
        for sentence in segmented.sentences
    ]
    size = len(a.sentences)
    total = np.zeros((len(texts), len(texts)))
    for bags in (
        [Counter(word.form for word in words(text)) for text in texts],
        [Counter(text[k : k + 4] for k in range(len(text) - 3)) for text in texts],
    ):
        df = Counter(term for bag in bags for term in bag)
        number = {term: k for k, term in enumerate(df)}
        matrix = np.zeros((len(texts), len(number)))
        for row, bag in enumerate(bags):
            for term, count in bag.items():
                matrix[row, number[term]] = count * np.log((1 + len(texts)) / df[term])
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        total += 0.5 * matrix @ matrix.T
    return total[:size, size:]


def lexical_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """The trivial baseline: word and character TF-IDF cosine, mutual best."""
    cross = lexical_scores(a, b)
    if not cross.size:
        return set()
    best_b, best_a = cross.argmax(axis=1), cross.argmax(axis=0)
    return {(i, int(j)) for i, j in enumerate(best_b) if best_a[j] == i and cross[i, j] >= 0.15}


class Score:
    """Precision, recall and F1 over all pairs of all cases."""

    def __init__(self) -> None:
        self.hit = self.said = self.true = 0

    def add(self, predicted: set[Pair], truth: set[Pair]) -> None:
        """Counts one case."""
        self.hit += len(predicted & truth)
        self.said += len(predicted)
        self.true += len(truth)

    def __str__(self) -> str:
        precision = self.hit / max(self.said, 1)
        recall = self.hit / max(self.true, 1)
        f1 = 2 * self.hit / max(self.said + self.true, 1)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"


def ranked_pairs(a: Segmented, b: Segmented) -> tuple[Table, ...]:
    """Scores of all pairs: ours (those not worth a look last), word overlap, TF-IDF."""
    function_words = {"en": frozenset(table(Words, "en").function_words)}
    features = extract([a, b], ["en", "en"], (), function_words)
    kinds_a, kinds_b = features.kinds
    fuller = -features.against[kinds_a].sum() >= -features.against[kinds_b].sum()
    joined = join(features, (0, 1) if fuller else (1, 0))
    ours = np.full((len(kinds_a), len(kinds_b)), -99.0)
    values = log_odds(compared(joined, joined.looked, Segments(features)), joined, joined.looked)
    for one, two, value in zip(*joined.looked[:2], values, strict=True):
        (_, i), (_, j) = sorted((joined.at(int(one)), joined.at(int(two))))
        ours[i, j] = value
    left, right = (
        [{word.form for word in sentence.words} for sentence in each.sentences] for each in (a, b)
    )
    overlap = np.array(
        [[len(x & y) / max(1, min(len(x), len(y))) for y in right] for x in left], dtype=float
    )
    return ours, overlap, lexical_scores(a, b)


def overlap_pairs(a: Segmented, b: Segmented, least: float) -> set[Pair]:
    """Baseline: shared words over the shorter sentence's words."""
    left, right = (
        [{word.form for word in sentence.words} for sentence in each.sentences] for each in (a, b)
    )
    return {
        (i, j)
        for i, one in enumerate(left)
        for j, two in enumerate(right)
        if len(one & two) >= least * max(1, min(len(one), len(two)))
    }


def text_of(segmented: Segmented, number: int) -> str:
    """A sentence's text."""
    return segmented.report.text[slice(*segmented.sentences[number].span)]
