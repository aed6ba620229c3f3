"""Readings as characters: what each report has at each place where words can differ.

Every passage is lined up word by word against its base reading. A *character* is one place of
that line; a report's *state* there is the word or words it has. Words that a report does not
have are **missing**, not a state: news is cut all the time, and coding cuts as readings costs
every tree method several points (the project's measurements on three real traditions and on
simulated cutting agree).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein, Opcode

from retold.language import table
from retold.language.words import Words
from retold.model import Collation, Passage, Quotation, Segmented, Word
from retold.text.marks import quoted as in_marks

__all__ = ["Characters", "characters"]

MISSING = -1
_START = itemgetter(0)

# Function words are chosen by grammar more than by the copyist; they count, but less.
FUNCTION_WORD_WEIGHT = 0.25

# A phrase of so many words that gave way to as many is compared word by word ("hat gesagt", "had
# said"); of a longer one that is a guess.
LONGEST_PAIRED = 2

# A reading longer than this is compared by its beginning only: the cost of the line-up grows
# with the square of the differences, and a passage of a thousand words is no passage.
LONGEST_READING = 1_000


@dataclass(frozen=True, slots=True)
class Characters:
    """States of n reports at c characters.

    Attributes:
        states: (n, c) integers; `MISSING` where the report does not have the words.
        starts, ends: (n, c) the span behind each state; `MISSING` where there is none.
        phrase: (n, c) 0 where a word is the base's or stands for one of its words; k where it is
            the k-th word of a phrase put in another's place, which has no fellows word by word,
            or that stands elsewhere in the passage too.
        weights: (c,) how much a difference counts.
        passages: (c,) number of the passage each character belongs to.
        quoted: (c,) True inside quotation marks of the base reading.
        content: (c,) True for content words.
    """

    states: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    phrase: NDArray[np.int32]
    weights: NDArray[np.float64]
    passages: NDArray[np.int32]
    quoted: NDArray[np.bool_]
    content: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Reading:
    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    quoted: tuple[bool, ...]


def characters(
    collation: Collation, reports: Sequence[Segmented], quotations: Sequence[Quotation]
) -> Characters:
    """The characters of a collation, passage by passage."""
    row = {one.report.id: number for number, one in enumerate(reports)}
    marked = _marked_spans(quotations, reports)
    columns: list[NDArray[np.int32]] = []  # (4, n, words of the base): state, start, end, phrase
    function_words: dict[str | None, frozenset[str]] = {}
    lengths: list[int] = []
    quoted: list[bool] = []
    content: list[bool] = []
    for passage in collation.passages:
        readings = {
            report: _reading(reports[row[report]], sentences, marked.get(report, ()))
            for report, sentences in passage.readings.items()
        }
        base = readings[passage.base]
        language = reports[row[passage.base]].report.language
        common = function_words.get(language)
        if common is None:
            common = function_words[language] = frozenset(table(Words, language).function_words)
        columns.append(_line_up(passage, readings, row, len(reports)))
        lengths.append(len(base.forms))
        quoted.extend(base.quoted)
        content.extend([form not in common for form in base.forms])
    empty = np.empty((4, len(reports), 0), dtype=np.int32)
    states, starts, ends, phrase = np.concatenate([empty, *columns], axis=2)
    has_content = np.array(content, dtype=np.bool_)
    return Characters(
        states=states,
        starts=starts,
        ends=ends,
        phrase=phrase,
        weights=np.where(has_content, 1.0, FUNCTION_WORD_WEIGHT),
        passages=np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
        quoted=np.array(quoted, dtype=np.bool_),
        content=has_content,
    )


def _line_up(
    passage: Passage, readings: Mapping[str, _Reading], row: Mapping[str, int], height: int
) -> NDArray[np.int32]:
    base = readings[passage.base].forms
    block = np.full((4, height, len(base)), MISSING, dtype=np.int32)
    numbers: list[dict[tuple[str, ...], int]] = [{(form,): 0} for form in base]
    known: dict[tuple[str, ...], NDArray[np.int32]] = {}
    for report in sorted(readings, key=row.__getitem__):
        reading = readings[report]
        cells = known.get(reading.forms)
        if cells is None:
            found = _cells(base, reading.forms, numbers)
            cells = known[reading.forms] = np.array(found, dtype=np.int32).reshape(-1, 4).T
        place, word, state, phrase = cells
        spans = np.array(reading.spans, dtype=np.int32).reshape(-1, 2)[word].T
        block[:, row[report], place] = (state, *spans, phrase)
    return block


def _cells(
    base: tuple[str, ...], forms: tuple[str, ...], numbers: list[dict[tuple[str, ...], int]]
) -> list[tuple[int, int, int, int]]:
    """(place in the base, number of the word, state, place in its phrase) of every word.

    Words stand for one another where a phrase gave way to one of as few words. Of longer ones,
    and where words came in or fell out beside them, the line-up by place pairs words that have
    nothing to do with each other; such a phrase is one reading, the same only as a whole.
    """
    cells: list[tuple[int, int, int, int]] = []
    for same, codes in groupby(Levenshtein.opcodes(base, forms), key=_is_equal):
        hunk = list(codes)
        start, end = hunk[0].dest_start, hunk[-1].dest_end
        paired = same or (
            len(hunk) == 1 and hunk[0].tag == "replace" and end - start <= LONGEST_PAIRED
        )
        phrase = () if paired else forms[start:end]
        if paired and not same and _moved(base, forms, hunk[0]):
            paired = False
        rank = 0
        for code in hunk:
            if code.tag in ("equal", "replace"):
                for place in range(code.src_start, code.src_end):
                    word = code.dest_start + place - code.src_start
                    reading = (forms[word], *phrase)
                    rank += not paired
                    seen = numbers[place]
                    cells.append((place, word, seen.setdefault(reading, len(seen)), rank))
    return cells


def _moved(base: tuple[str, ...], forms: tuple[str, ...], code: Opcode) -> bool:
    """Whether words put in each other's place only changed their places in the passage."""
    gone, come = base[code.src_start : code.src_end], forms[code.dest_start : code.dest_end]
    return any(word in forms for word in gone) or any(word in base for word in come)


def _is_equal(code: Opcode) -> bool:
    return bool(code.tag == "equal")


def _reading(
    segmented: Segmented, sentences: Sequence[int], marked: Sequence[tuple[int, int]]
) -> _Reading:
    words = [word for number in sentences for word in segmented.sentences[number].words]
    words = words[:LONGEST_READING]
    return _Reading(
        forms=tuple(word.form for word in words),
        spans=tuple((word.start, word.end) for word in words),
        quoted=_inside(words, marked),
    )


def _inside(words: Sequence[Word], marked: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """For each word whether it begins in one of the spans, which are sorted and apart."""
    if not marked:
        return (False,) * len(words)
    found: list[bool] = []
    for word in words:
        at = bisect_right(marked, word.start, key=_START) - 1
        found.append(at >= 0 and word.start < marked[at][1])
    return tuple(found)


def _marked_spans(
    quotations: Sequence[Quotation], reports: Sequence[Segmented]
) -> dict[str, list[tuple[int, int]]]:
    """Spans inside quotation marks, by report; of a mixed quotation only the marked parts.

    They come sorted, those that meet made one.
    """
    texts = {one.report.id: one.report.text for one in reports}
    spans: dict[str, list[tuple[int, int]]] = {}
    for quotation in quotations:
        found = spans.setdefault(quotation.report, [])
        if quotation.kind == "direct":
            found.extend(quotation.content)
        elif quotation.kind == "mixed":
            parts = in_marks(texts[quotation.report], quotation.content)
            found.extend(part.inner for part in parts)
    return {report: _merged(found) for report, found in spans.items() if found}


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
