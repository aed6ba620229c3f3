"""Lines to paragraphs: a line break ends a paragraph, unless the text is hard-wrapped.

Plain-text e-mail and old wire copy break lines at a fixed width, and a paragraph runs over
many lines; elsewhere a line break ends a heading, a paragraph or an item of a list. Which of
the two a text is shows in its line lengths: a line was broken by wrapping only if the first
word of the next line would not have fitted on it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retold.model import Span

__all__ = ["INVISIBLE", "paragraphs"]

# Marks of byte order and direction, zero-width spaces, control characters of old wire copy;
# written for the inside of a character class.
INVISIBLE = "\x00-\x08\x0e-\x1b\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_LINE = re.compile(r"[^\n\r\u000b\u000c\u0085\u2028\u2029]+")
_BREAK = re.compile(r"[\n\r\u000b\u000c\u0085\u2028\u2029]")
_ITEM = re.compile(
    rf"[{INVISIBLE}]?"
    r"(?:[•▪■●◦‣·∙*+#=–—-]\s|[•▪■●◦‣]|\(?\d{1,3}[.)]\s|\(?[A-Za-z]\)\s)"
)
_ENDED = re.compile(r"[.!?…:;。！？।۔؟][\"'”’»›)\]]*$")

# RFC 3676 and its forerunners: e-mail lines of 66 to 78, wire copy of 60 to 72. Below 40 a
# width cannot be told from a list, above 100 nobody wraps by hand.
_NARROWEST = 40
_WIDEST = 100
# Of the lines that could have been wrapped, so many must have been. Paragraph ends and the
# odd broken line are the rest.
_SHARE_FULL = 0.7
# … and so many must be narrow at all.
_SHARE_NARROW = 0.8
_FEWEST_LINES = 4


def _trimmed_lines(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, a blank line stands before) of each line that is not blank."""
    lines = []
    last = 0
    for match in _LINE.finditer(text):
        shown = match.group()
        stripped = shown.strip()
        if not stripped:
            continue
        start = match.start() + len(shown) - len(shown.lstrip())
        breaks = text[last:start]
        blank = breaks.count("\n") > 1 or len(_BREAK.findall(breaks.replace("\r\n", "\n"))) > 1
        end = start + len(stripped)
        lines.append((start, end, blank))
        last = end
    return lines


def _first_word(text: str, start: int, end: int) -> int:
    """Length of the first word of a line, without the marks of quoted mail."""
    words = text[start : min(end, start + _WIDEST)].lstrip("> ").split(None, 1)
    return len(words[0]) if words else 0


def _width(text: str, lines: list[tuple[int, int, bool]]) -> int | None:
    """The width a text is wrapped at, None where it is not."""
    if len(lines) < _FEWEST_LINES:
        return None
    # Overlong lines (an address that cannot be broken) must not hide the width.
    lengths = [end - start for start, end, _ in lines if end - start <= _WIDEST]
    width = max(lengths, default=0)
    if width < _NARROWEST or len(lengths) < _SHARE_NARROW * len(lines):
        return None
    full = candidates = 0
    for (start, end, _), (following, its_end, blank) in pairwise(lines):
        if blank:
            continue
        candidates += 1
        full += end - start + 1 + _first_word(text, following, its_end) > width
    if candidates < _FEWEST_LINES - 1 or full < _SHARE_FULL * candidates:
        return None
    return width


def _runs_on(text: str, line: tuple[int, int, bool], after: tuple[int, int, bool]) -> bool:
    """Whether a sentence plainly goes on over a line break, whatever the rest of the text."""
    start, end, _ = line
    following, its_end, blank = after
    return (
        not blank
        and end - start >= _NARROWEST
        and text[following].islower()
        and text[following + 1 : min(its_end, following + 2)] not in ")."
        and not _ENDED.search(text, max(start, end - 8), end)
    )


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs of `text`, trimmed, in order.

    Two lines are one paragraph if the text is hard-wrapped and the first word of the second
    would not have fitted on the first, or if the first stops short of a sentence's end and
    the second goes on in lower case. Items of lists always begin a paragraph.
    """
    lines = _trimmed_lines(text)
    if not lines:
        return []
    width = _width(text, lines)
    spans: list[Span] = []
    begin, previous = lines[0][0], lines[0]
    for line in lines[1:]:
        start, end, blank = line
        joined = False
        if not blank and not _ITEM.match(text, start, end):
            if width is None:
                joined = _runs_on(text, previous, line)
            else:
                room = width - (previous[1] - previous[0]) - 1
                joined = _first_word(text, start, end) > room
        if not joined:
            spans.append((begin, previous[1]))
            begin = start
        previous = line
    spans.append((begin, previous[1]))
    return spans
