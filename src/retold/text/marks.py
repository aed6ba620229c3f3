"""Quotation marks, paired by the class of their glyph and by what stands beside them.

Parity ("every second mark closes") fails on the first stray mark, so each mark is first read
for its orientation: white space or an opening bracket on its left makes it an opening mark,
white space or punctuation on its right a closing one. The glyph decides only where that is
silent, because news pages often carry the wrong glyph (``“ … ,“``). Marks of one class close
each other; guillemets and German marks open in either direction.

A quotation that runs over paragraphs repeats its opening mark and is closed once: such parts
come back as several `Quoted`, each but the last with `continues`. An apostrophe is told from a
single quotation mark by its neighbours.

Linear: a pass over the marks of each paragraph, each mark looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from retold.model import Span

__all__ = ["Quoted", "quoted"]


class Quoted(Struct, frozen=True):
    """A stretch inside quotation marks, within one paragraph.

    Attributes:
        outer: with its marks.
        inner: without them and without white space at either end.
        single: made by single marks.
        level: 0 for the outermost, 1 for a quotation inside one, and so on.
        opened, closed: whether the mark is there; a stretch without a closing mark ends with
            its paragraph.
        continues: the next stretch, in the next paragraph, carries on the same quotation.
    """

    outer: Span
    inner: Span
    single: bool
    level: int
    opened: bool = True
    closed: bool = True
    continues: bool = False


# Two straight or typographic single marks, or two grave accents, stand for one double mark.
_MARK = re.compile("''|‘‘|’’|``|[\"“”„‟＂«»「」『』'‘’‚‛‹›`]")
_DOUBLE = frozenset(("''", "‘‘", "’’", "``", '"', "“", "”", "„", "‟", "＂", "«", "»", "「", "」"))
_DOUBLE_OPENS = frozenset(("“", "„", "‟", "「", "『", "``", "‘‘"))
_DOUBLE_CLOSES = frozenset(("」", "』", "’’"))
_SINGLE_OPENS = frozenset(("‘", "‚", "‛", "`"))
_GUILLEMETS = frozenset(("«", "»", "‹", "›"))
_CLASSES = {
    **dict.fromkeys(("''", "``", "‘‘", "’’", '"', "“", "”", "„", "‟", "＂"), "double"),
    **dict.fromkeys(("«", "»"), "guillemet"),
    **dict.fromkeys(("‹", "›"), "single guillemet"),
    **dict.fromkeys(("「", "」"), "corner"),
    **dict.fromkeys(("『", "』"), "white corner"),
    **dict.fromkeys(("'", "‘", "’", "‚", "‛", "`"), "single"),
}
_OPENERS_BEFORE = frozenset("([{<—–―-/\u00a0…")
_CLOSERS_AFTER = frozenset(".,;:!?)]}—–―-/…")
_SENTENCE_END = frozenset(".!?…,")


class _Mark(Struct):
    start: int
    end: int
    glyph: str
    kind: str
    opens: bool
    closes: bool


def quoted(text: str, paragraphs: Iterable[Span]) -> tuple[Quoted, ...]:
    """All stretches inside quotation marks, in order of their beginning, outer before inner.

    Args:
        text: the report's text.
        paragraphs: spans in order; no stretch crosses one.
    """
    found: list[Quoted] = []
    marks_by_paragraph: list[tuple[Span, list[_Mark]]] = [
        (paragraph, _marks(text, paragraph)) for paragraph in paragraphs
    ]
    for number, (paragraph, marks) in enumerate(marks_by_paragraph):
        if not marks:
            continue
        following = marks_by_paragraph[number + 1] if number + 1 < len(marks_by_paragraph) else None
        found.extend(_pair(text, paragraph, marks, following))
    found.sort(key=lambda part: (part.outer[0], -part.outer[1]))
    return tuple(_with_levels(found))


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """The marks of a paragraph with their orientation; apostrophes left out."""
    start, end = paragraph
    marks = []
    for match in _MARK.finditer(text, start, end):
        glyph = match.group()
        kind = _CLASSES[glyph]
        at, stop = match.span()
        before = text[at - 1] if at > start else " "
        after = text[stop] if stop < end else " "
        left_open = before.isspace() or before in _OPENERS_BEFORE or before in _CLASSES
        right_open = after.isspace() or after in _CLOSERS_AFTER or after in _CLASSES
        if kind == "single":
            if before.isalnum() and after.isalnum():
                continue  # an apostrophe inside a word
            opens = left_open and not after.isspace() and after not in ".,;:!?)]}"
            closes = not before.isspace() and right_open
            if opens and after.isdigit() and text[stop : stop + 3].endswith("s"):
                continue  # '90s
            if before.isdigit() and not closes:
                continue
        elif glyph in _GUILLEMETS or kind == "double":
            opens, closes = _orientation(glyph, before, after, left_open, right_open)
        else:
            opens, closes = glyph in _DOUBLE_OPENS, glyph in _DOUBLE_CLOSES
        if opens or closes:
            marks.append(_Mark(at, stop, glyph, kind, opens, closes))
    return marks


def _orientation(
    glyph: str, before: str, after: str, left_open: bool, right_open: bool
) -> tuple[bool, bool]:
    """Whether a double mark can open and whether it can close, from neighbours, then glyph."""
    if glyph == "„":
        return True, False
    if glyph in _GUILLEMETS and before.isspace() and (after.isspace() or after in _CLOSERS_AFTER):
        return glyph in "«‹", glyph in "»›"  # set off by spaces, as in French
    tight_left = before.isspace() and not after.isspace()
    tight_right = after.isspace() and not before.isspace()
    if tight_left:
        return True, False
    if tight_right:
        return False, True
    if left_open != right_open:
        return left_open, right_open
    if glyph in _DOUBLE_OPENS:
        return True, False
    if glyph == "”":
        return False, True
    return True, True


def _pair(
    text: str,
    paragraph: Span,
    marks: list[_Mark],
    following: tuple[Span, list[_Mark]] | None,
) -> list[Quoted]:
    """Pairs the marks of one paragraph."""
    found: list[Quoted] = []
    stack: list[_Mark] = []
    closers = _closers_ahead(text, marks)
    for index, mark in enumerate(marks):
        open_index = _open_of_class(stack, mark.kind)
        if mark.closes and open_index is not None and (not mark.opens or mark.kind != "single"):
            if mark.kind == "single" and _is_plural_possessive(text, mark, closers[index]):
                continue
            opener = stack[open_index]
            del stack[open_index:]
            found.append(_part(text, opener.start, opener.end, mark.start, mark.end, mark.kind))
        elif mark.opens and open_index is None:
            if mark.kind == "single" and not closers[index]:
                continue  # 'em, 'tis: nothing closes it
            stack.append(mark)
        elif mark.opens and mark.kind != "single" and open_index is not None:
            # A second opening mark: the closing one is missing, or mistyped.
            opener = stack[open_index]
            del stack[open_index:]
            end = _last_sentence_end(text, opener.end, mark.start)
            if end > opener.end:
                found.append(
                    _part(text, opener.start, opener.end, end, end, mark.kind, closed=False)
                )
            stack.append(mark)
        elif _opens_after_all(marks, index) and open_index is None:
            stack.append(mark)
        elif mark.closes and mark.kind == "double" and open_index is None and not found:
            head = text[paragraph[0] : mark.start].strip()
            if head and text[mark.start - 1] in _SENTENCE_END and not stack:
                # A closing mark alone: the paragraph began inside the quotation.
                start = paragraph[0]
                found.append(
                    _part(text, start, start, mark.start, mark.end, mark.kind, opened=False)
                )
    for opener in stack[:1]:
        if opener.kind == "single":
            continue
        end = _trimmed(text, opener.end, paragraph[1])[1]
        if end <= opener.end:
            continue
        carries_on = following is not None and bool(following[1]) and _begins_open(text, *following)
        found.append(
            _part(
                text,
                opener.start,
                opener.end,
                end,
                end,
                opener.kind,
                closed=False,
                continues=carries_on,
            )
        )
    return found


def _opens_after_all(marks: Sequence[_Mark], index: int) -> bool:
    """True for a double mark set like a closing one, when the next one can only close."""
    mark = marks[index]
    if mark.kind != "double" or not mark.closes or mark.opens:
        return False
    following = marks[index + 1] if index + 1 < len(marks) else None
    return following is not None and following.kind == "double" and not following.opens


def _closers_ahead(text: str, marks: Sequence[_Mark]) -> list[bool]:
    """For each mark: whether a later single mark of the paragraph can close it."""
    ahead = [False] * len(marks)
    seen = False
    for index in range(len(marks) - 1, -1, -1):
        ahead[index] = seen
        mark = marks[index]
        if mark.kind == "single" and mark.closes:
            seen = True
        elif mark.kind == "single" and mark.opens:
            seen = False
    return ahead


def _is_plural_possessive(text: str, mark: _Mark, another_closes: bool) -> bool:
    """True for the apostrophe of "the workers' rights" inside single marks."""
    return (
        another_closes
        and text[mark.start - 1] == "s"
        and mark.end + 1 < len(text)
        and text[mark.end] == " "
        and text[mark.end + 1].islower()
    )


def _open_of_class(stack: Sequence[_Mark], kind: str) -> int | None:
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].kind == kind:
            return index
    return None


def _last_sentence_end(text: str, start: int, end: int) -> int:
    """Where an unclosed quotation before `end` most likely stopped."""
    for at in range(end - 1, start, -1):
        if text[at] in ".!?…" or (text[at] == "," and at + 1 < end):
            return at + 1
    return _trimmed(text, start, end)[1]


def _begins_open(text: str, paragraph: Span, marks: Sequence[_Mark]) -> bool:
    start = _trimmed(text, *paragraph)[0]
    return marks[0].start == start and marks[0].opens


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _part(
    text: str,
    outer_start: int,
    inner_start: int,
    inner_end: int,
    outer_end: int,
    kind: str,
    *,
    opened: bool = True,
    closed: bool = True,
    continues: bool = False,
) -> Quoted:
    return Quoted(
        outer=(outer_start, outer_end),
        inner=_trimmed(text, inner_start, inner_end),
        single=kind.startswith("single"),
        level=0,
        opened=opened,
        closed=closed,
        continues=continues,
    )


def _with_levels(parts: Iterable[Quoted]) -> Iterable[Quoted]:
    ends: list[int] = []
    for part in parts:
        if part.inner[0] >= part.inner[1]:
            continue
        while ends and ends[-1] <= part.outer[0]:
            ends.pop()
        if ends and part.outer[1] > ends[-1]:
            continue  # crosses the stretch it began in: the marks of one of them are wrong
        yield Quoted(
            part.outer,
            part.inner,
            part.single,
            len(ends),
            part.opened,
            part.closed,
            part.continues,
        )
        ends.append(part.outer[1])
