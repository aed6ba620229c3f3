"""What a report says of its own version: marks of a correction or update, and the wire's clock.

Only headings, slugs and notes are read, so that a report about a correction is not taken for a
corrected report: a mark stands in brackets, or at either end of a line above the body in
capitals or in a slug. Notes on an earlier version may stand anywhere ("An earlier version of …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retold.language import table
from retold.language.versions import Versions, marks
from retold.model import Place, Report, Span

__all__ = ["Mark", "clock", "generic_name", "mark"]

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HEAD_LINES = 5
_LONGEST_LINE = 160
# "1214", "10:20 CET", "0915 NZDT": four digits alone are a clock only at a line's beginning or
# before a zone, or they would be years.
_CLOCK = re.compile(
    r"(?<![\d.:])(?:([01]?\d|2[0-3]):([0-5]\d)(?![\d.:])"
    r"|^([01]\d|2[0-3])([0-5]\d)(?=\s[A-Z])|([01]\d|2[0-3])([0-5]\d)(?=\s[A-Z]{3,4}\b))"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a report says of its version.

    Attributes:
        rank: 0 for a first version, 1 for a later one, n for the n-th where it is numbered.
        place: the words that say so.
        words: as written.
    """

    rank: int
    place: Place
    words: str


def mark(report: Report) -> Mark | None:
    """The version that a report says it is; None where it says nothing."""
    forms = marks()
    found: Mark | None = None
    for start, end in _head(report.text):
        for kind, words in ((1, forms.later), (0, forms.first)):
            span = _marking(report.text, start, end, words)
            if span is None:
                continue
            rank = max(kind, _number(report, start, end)) if kind else kind
            if found is None or rank > found.rank:
                found = _mark(report, rank, span)
        number = _number(report, start, end)
        if found is None and number > 1:
            found = _mark(report, number, (start, end))
    if found is None or found.rank == 0:
        low = report.text.lower()
        # Lower case may be longer than what it stands for; then a span would point elsewhere.
        at = [low.find(note) for note in forms.notes] if len(low) == len(report.text) else []
        ends = [(a, a + len(note)) for a, note in zip(at, forms.notes, strict=False) if a >= 0]
        if ends:
            return _mark(report, 1, min(ends))
    return found


def clock(report: Report) -> tuple[int, Place] | None:
    """Minutes since midnight by a clock in the first two lines, and where it stands."""
    for start, end in _head(report.text)[:2]:
        if end - start > _LONGEST_LINE // 2:
            return None
        match = _CLOCK.search(report.text[start:end])
        if match is not None:
            hour, minute = (int(part) for part in match.groups() if part is not None)
            span = (start + match.start(), start + match.end())
            return 60 * hour + minute, Place(report.id, span)
    return None


def generic_name(byline: str) -> bool:
    """Whether a byline names nobody in particular ("Staff writers")."""
    named = byline.split(",")[0]
    words = [word.lower() for word in _WORD.findall(named)]
    return len(words) < 2 or not set(words).isdisjoint(marks().generic)


def _mark(report: Report, rank: int, span: Span) -> Mark:
    return Mark(rank, Place(report.id, span), report.text[span[0] : span[1]])


def _head(text: str) -> list[Span]:
    """The lines above the body: short ones, and notes in brackets of any length."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        bracketed = line[0] in "([" and line[-1] in ")]"
        if len(lines) == _HEAD_LINES or (len(line) > _LONGEST_LINE and not bracketed):
            break
        lines.append(match.span())
    return lines


def _marking(text: str, start: int, end: int, forms: tuple[str, ...]) -> Span | None:
    """A form that stands as marks do, in one line."""
    line = text[start:end]
    low = line.lower()
    if len(low) != len(line):
        return None
    words = [match.span() for match in _WORD.finditer(line)]
    if not words:
        return None
    slug = len(words) <= 8 and (line[words[0][0]].isdigit() or line[: words[0][1]].isupper())
    for form in forms:
        at = low.find(form)
        if at < 0 or not _whole(low, at, at + len(form)):
            continue
        bracketed = max(line.rfind("(", 0, at), line.rfind("[", 0, at)) >= 0
        at_end = at <= words[0][0] or at + len(form) >= words[-1][1]
        capitals = line[at : at + len(form)].isupper() and not line.isupper()
        if bracketed or (at_end and (capitals or slug)):
            return start + at, start + at + len(form)
    return None


def _whole(low: str, start: int, end: int) -> bool:
    before = low[start - 1] if start else " "
    after = low[end] if end < len(low) else " "
    return not (before.isalnum() or after.isalnum())


def _number(report: Report, start: int, end: int) -> int:
    """The number that counts a version in a line ("UPDATE 2", "SECOND LEAD"); 0 for none."""
    line = report.text[start:end]
    spans = [match.span() for match in _WORD.finditer(line)]
    words = [line[a:b] for a, b in spans]
    slug = len(words) <= 8 and bool(words) and (words[0][0].isdigit() or words[0].isupper())
    ordinals = {
        word: number
        for code in ("en", report.language)
        for number, word in enumerate(table(Versions, code).ordinals, start=1)
    }
    for place, word in enumerate(words):
        if word.lower() not in marks().numbered:
            continue
        bracketed = max(line.rfind("(", 0, spans[place][0]), line.rfind("[", 0, spans[place][0]))
        if bracketed < 0 and not slug and (line.isupper() or not word.isupper()):
            continue
        for other in (one.lower() for one in words[max(0, place - 1) : place + 2]):
            digits = re.match(r"[1-9]\d?(?=\Z|-|st\b|nd\b|rd\b|th\b)", other)
            if digits or other in ordinals:
                return int(digits.group()) if digits else ordinals[other]
    return 0
