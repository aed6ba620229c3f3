"""Excerpts: the piece of a text that shows why it was found, as spans."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retold.model import Span
from retold.text.query import Phrase
from retold.text.terms import Term, spotted

__all__ = ["Excerpt", "apart", "excerpt", "occurrences"]

_WIDTH = 240
_MOST_MARKS = 1_000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text.

    Attributes:
        span: of the piece; it begins and ends with a whole term and the marks that touch it.
        marks: where what was looked for stands in it, in order, apart from one another.
        found: occurrences in the whole text, up to 1,000 for each phrase.
    """

    span: Span
    marks: tuple[Span, ...]
    found: int


def occurrences(spots: Sequence[Term], phrase: Phrase) -> list[tuple[int, int]]:
    """Where a phrase stands: numbers of its first term and of the one behind its last."""
    wanted = phrase.terms
    last = len(wanted) - 1
    first = wanted[0]
    begins = phrase.prefix and not last
    found = []
    for at in range(len(spots) - last):
        term = spots[at][0]
        # Nearly all terms are ruled out here, which is most of the time that a hit takes.
        if term != first and not (begins and term.startswith(first)):
            continue
        if all(
            spots[at + number][0].startswith(term)
            if phrase.prefix and number == last
            else spots[at + number][0] == term
            for number, term in enumerate(wanted)
        ):
            found.append((at, at + last + 1))
            if len(found) == _MOST_MARKS:
                break
    return found


def excerpt(text: str, looked_for: Sequence[Phrase], width: int = _WIDTH) -> Excerpt:
    """The piece of a text that holds most of what was looked for.

    Args:
        text: unaltered.
        looked_for: phrases; those of the title only are left out, unless there are no others.
        width: in characters, about; a phrase is never cut.

    Returns:
        the piece with the most different phrases in it, then the most occurrences, then the
        first; the beginning of the text when nothing of it stands there.
    """
    spots = list(spotted(text))
    looked_for = [phrase for phrase in looked_for if not phrase.title] or looked_for
    hits = [
        (spots[first][1], spots[behind - 1][2], number)
        for number, phrase in enumerate(looked_for)
        for first, behind in occurrences(spots, phrase)
    ]
    hits.sort()
    if not hits:
        return Excerpt(_with_marks(text, *_beginning(spots, width)), (), 0)
    first, behind = _densest(hits, width)
    start, end = _widened(spots, hits[first][0], max(hit[1] for hit in hits[first:behind]), width)
    start, end = _with_marks(text, start, end)
    shown = [(a, b) for a, b, _ in hits if a >= start and b <= end]
    return Excerpt((start, end), apart(shown), len(hits))


def _beginning(spots: Sequence[Term], width: int) -> Span:
    if not spots:
        return (0, 0)
    start = spots[0][1]
    end = spots[0][2]
    for _, _, behind in spots:
        if behind - start > width:
            break
        end = behind
    return (start, end)


def _densest(hits: Sequence[tuple[int, int, int]], width: int) -> tuple[int, int]:
    """The run of hits within `width` that holds the most kinds, then the most hits."""
    kinds: Counter[int] = Counter()
    best = (0, 0)
    chosen = (0, 1)
    left = 0
    for right, (_, end, kind) in enumerate(hits):
        kinds[kind] += 1
        while left < right and end - hits[left][0] > width:
            kinds[hits[left][2]] -= 1
            if not kinds[hits[left][2]]:
                del kinds[hits[left][2]]
            left += 1
        value = (len(kinds), right - left + 1)
        if value > best:
            best, chosen = value, (left, right + 1)
    return chosen


def _widened(spots: Sequence[Term], start: int, end: int, width: int) -> Span:
    """The hits with terms around them, a third of the room in front."""
    room = max(0, width - (end - start))
    starts = [spot[1] for spot in spots]
    ends = [spot[2] for spot in spots]
    first = min(bisect_left(starts, start - room // 3), len(spots) - 1)
    last = bisect_left(ends, end + room - room // 3)
    last = min(last, len(spots) - 1)
    return (min(start, starts[first]), max(end, ends[last]))


def _with_marks(text: str, start: int, end: int) -> Span:
    """With the quotation mark in front of the piece, and the full stop behind it."""
    while start and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return (start, end)


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
