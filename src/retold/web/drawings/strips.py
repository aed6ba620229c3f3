"""Strips: many small things in a row, each kind of them one path, so that thousands stay small."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from retold.show.html.markup import Html, el
from retold.web.prepared import ABSENT, CLAIM, LANGUAGE, SAME, WORDING

__all__ = ["cells_strip", "sentences_strip", "time_strip"]

_CLASSES = {SAME: "same", WORDING: "words", CLAIM: "claim", LANGUAGE: "tongue", ABSENT: "absent"}
_CELL = 4
_HEIGHT = 18
_LOW = 7  # of what is not there
_TIME = (240, 26)
_TICK = 3
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


def time_strip(ticks: Sequence[tuple[float, int, str]], title: str) -> Html:
    """When each report came.

    Args:
        ticks: place in time in [0, 1], row, class of each ("t0" … "t5").
        title: the same in words.
    """
    wide, high = _TIME
    rows = max((row for _, row, _ in ticks), default=0) + 1
    each = high / rows
    paths: dict[str, list[str]] = {}
    for place, row, class_ in ticks:
        x = _TICK + place * (wide - 2 * _TICK)
        paths.setdefault(class_, []).append(f"M{x:.1f} {row * each + 1:.1f}v{each - 2:.1f}")
    return el(
        "svg",
        el("title", title),
        el("path", d=f"M0 {high - 0.5}H{wide}", class_="axis"),
        *(el("path", d="".join(found), class_=name) for name, found in sorted(paths.items())),
        viewBox=f"0 0 {wide} {high}",
        class_="time",
        role="img",
        aria_label=title,
    )
