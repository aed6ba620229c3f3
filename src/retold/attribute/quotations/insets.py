"""Frames between the marks of their quotation: «Q1, — сказал X. — Q2»."""

from __future__ import annotations

import re

from msgspec.structs import replace

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.lexicon import Lexicon
from retold.model import Span
from retold.text.marks import Quoted

__all__ = ["join_units", "split_insets"]

_OPENS = re.compile(r"[,!?…][ \u00a0][—–-][ \u00a0](?=(\w{1,40}))")
_CLOSES = re.compile(r"[.,!?…][ \u00a0]?[—–-][ \u00a0]")
_FRAME = 200
"""Characters that a frame may be long; where no dash closes it within, it ends the quotation."""
_CUES = lx.SAY | lx.TELL | lx.ASK | lx.THINK


def split_insets(text: str, parts: list[Quoted], lexicon: Lexicon) -> list[Quoted]:
    """The quotations of a text, parted where a frame stands inside their marks.

    Args:
        text: of the report.
        parts: outermost quotations, in order.
        lexicon: whose cue verbs open a frame.
    """
    made: list[Quoted] = []
    for part in parts:
        lo, hi = part.inner
        outer = part.outer[0]
        at = lo
        while True:
            opening = _OPENS.search(text, at, hi)
            if opening is None:
                break
            at = opening.end()
            classes, forms, _ = lexicon.cues.get(opening.group(1).lower(), (0, 0, ""))
            if not classes & _CUES or not forms & lx.FINITE:
                continue
            closing = _CLOSES.search(text, at, min(hi, at + _FRAME))
            end = opening.start() + (text[opening.start()] in "!?…")
            made.append(replace(part, outer=(outer, end), inner=(lo, end)))
            lo = outer = closing.end() if closing is not None else hi
            at = lo
            if closing is None:
                break
        if lo < hi:
            made.append(replace(part, outer=(outer, part.outer[1]), inner=(lo, hi)))
    return made


def join_units(units: list[tuple[Span, int]], parts: list[Quoted]) -> list[tuple[Span, int]]:
    """Sentences joined where a quotation runs over their border.

    Args:
        units: sentences with the number of their paragraph, in order.
        parts: outermost quotations, in order.
    """
    made: list[tuple[Span, int]] = []
    at = 0
    for span, paragraph in units:
        while at < len(parts) and parts[at].outer[1] <= span[0]:
            at += 1
        if made and at < len(parts) and parts[at].outer[0] < span[0]:
            before = made[-1]
            made[-1] = ((before[0][0], max(before[0][1], span[1])), before[1])
        else:
            made.append((span, paragraph))
    return made
