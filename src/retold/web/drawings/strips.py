"""Strips: many small things in a row, each kind of them one path, so that thousands stay small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from retold.show.html.markup import Html, el
from retold.show.names import count
from retold.web.prepared import ABSENT, CLAIM, LANGUAGE, SAME, WORDING
from retold.web.views.stories import Strip

__all__ = ["cells_strip", "sentences_strip", "time_strip"]

_CLASSES = {SAME: "same", WORDING: "words", CLAIM: "claim", LANGUAGE: "tongue", ABSENT: "absent"}
_CELL = 4
_HEIGHT = 18
_LOW = 7  # of what is not there
_TIME = (240, 26)
_TICK = 3
_COLOURS = 3
_SENTENCES = (600, 14)


def cells_strip(cells: str, title: str) -> Html:
    """A row of the matrix: a bar for each column, runs of the same drawn as one."""
    paths: dict[str, list[str]] = {}
    at = 0
    for key, run in groupby(cells):
        length = len(list(run))
        high = _HEIGHT if key != ABSENT else _LOW
        top = 0 if key != ABSENT else _HEIGHT - _LOW
        paths.setdefault(key, []).append(
            f"M{at * _CELL} {top}h{length * _CELL}v{high}h-{length * _CELL}z"
        )
        at += length
    width = max(len(cells), 1) * _CELL
    return el(
        "svg",
        el("title", title),
        *(el("path", d="".join(found), class_=_CLASSES[key]) for key, found in paths.items()),
        viewBox=f"0 0 {width} {_HEIGHT}",
        preserveAspectRatio="none",
        class_="strip",
        role="img",
        aria_label=title,
    )


def sentences_strip(cells: str, title: str) -> Html:
    """A report: where in it its passages and their changes lie; a bar for each sentence."""
    wide, high = _SENTENCES
    each = wide / max(len(cells), 1)
    paths: dict[str, list[str]] = {}
    at = 0
    for key, run in groupby(cells):
        length = len(list(run))
        top = 0 if key != ABSENT else 5
        paths.setdefault(key, []).append(
            f"M{at * each:.1f} {top}h{length * each:.1f}v{high - 2 * top}h-{length * each:.1f}z"
        )
        at += length
    return el(
        "svg",
        el("title", title),
        *(el("path", d="".join(found), class_=_CLASSES[key]) for key, found in paths.items()),
        viewBox=f"0 0 {wide} {high}",
        preserveAspectRatio="none",
        class_="strip density",
        role="img",
        aria_label=title,
    )


def time_strip(strip: Strip, languages: Sequence[str]) -> Html:
    """When each report of a story came: a row for each outlet, a colour for each language.

    Args:
        strip: of the story.
        languages: of the page, the most frequent first: they get the colours in that order.
    """
    wide, high = _TIME
    each = high / max(strip.outlets, 1)
    paths: dict[str, list[str]] = {}
    for place, row, language in strip.ticks:
        x = _TICK + place * (wide - 2 * _TICK)
        class_ = f"t{min(languages.index(language), _COLOURS)}" if language in languages else "t9"
        paths.setdefault(class_, []).append(f"M{x:.1f} {row * each + 1:.1f}v{each - 2:.1f}")
    first, last = (datetime.fromtimestamp(one, UTC) for one in (strip.first, strip.last))
    length = last - first
    span = count(length.days, "day") if length.days else count(length.seconds // 3600, "hour")
    said = f"{count(len(strip.ticks), 'report')} in {span}, a row for each outlet"
    return el(
        "svg",
        el("title", said),
        el("path", d=f"M0 {high - 0.5}H{wide}", class_="axis"),
        *(el("path", d="".join(found), class_=name) for name, found in sorted(paths.items())),
        viewBox=f"0 0 {wide} {high}",
        preserveAspectRatio="none",
        class_="time",
        role="img",
        aria_label=said,
    )
