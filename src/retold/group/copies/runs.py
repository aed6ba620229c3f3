"""Runs of words that two texts share: the evidence of copying, to the word.

Tiling in the manner of Wise (1993, "String similarity via greedy string tiling"), from left to
right and linear: a run begins at a shared shingle and goes as far as the words are equal. Moved
paragraphs are found like unmoved ones. Runs that only a few changed words part are one *stretch*,
so that an edited copy is seen as a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from retold.group.copies.shingles import WIDTH, positions

__all__ = ["Run", "covered", "runs", "stretches"]

_TRIED = 8
"""Places of one shingle that are tried; a phrase repeated more often says nothing of its place."""

GAP = 3
"""Changed words that do not part a stretch: a name with its title, a date, "on Monday night"."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Words `a` to `a + size_a` of one text are words `b` to `b + size_b` of another."""

    a: int
    b: int
    size_a: int
    size_b: int


def runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Shared runs of at least a shingle, in the order of `a`; none overlap in `a`.

    Args:
        a, b: forms of words.

    Short texts share a run only when all words of the shorter one stand in the longer.
    """
    least = min(WIDTH, len(a), len(b))
    if not least:
        return []
    if least < WIDTH:
        return _whole(a, b, least)
    places: dict[int, list[int]] = {}
    for place, key in enumerate(_keys(b)):
        held = places.setdefault(key, [])
        if len(held) < _TRIED:
            held.append(place)
    found: list[Run] = []
    keys = _keys(a)
    at = 0
    follows = -1
    while at < len(keys):
        best, where = 0, -1
        for place in places.get(keys[at], ()):
            size = _equal(a, b, at, place)
            # Of equal ones that which goes on where the last run ended is the right one.
            if size > best or (size == best and abs(place - follows) < abs(where - follows)):
                best, where = size, place
        if best < least:
            at += 1
            continue
        found.append(Run(at, where, best, best))
        at += best
        follows = where + best
    return found


def _keys(forms: Sequence[str]) -> list[int]:
    keys: list[int] = positions(forms, WIDTH).tolist()
    return keys


def _equal(a: Sequence[str], b: Sequence[str], at: int, place: int) -> int:
    size = 0
    room = min(len(a) - at, len(b) - place)
    while size < room and a[at + size] == b[place + size]:
        size += 1
    return size


def _whole(a: Sequence[str], b: Sequence[str], least: int) -> list[Run]:
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    for place in range(len(long) - least + 1):
        if _equal(short, long, 0, place) == least:
            return [Run(0, place, least, least) if short is a else Run(place, 0, least, least)]
    return []


def stretches(found: Sequence[Run]) -> list[Run]:
    """Runs joined where at most `GAP` words on either side part them."""
    joined: list[Run] = []
    for run in found:
        if joined:
            last = joined[-1]
            gap_a = run.a - last.a - last.size_a
            gap_b = run.b - last.b - last.size_b
            if gap_a <= GAP and 0 <= gap_b <= GAP:
                joined[-1] = Run(
                    last.a, last.b, run.a + run.size_a - last.a, run.b + run.size_b - last.b
                )
                continue
        joined.append(run)
    return joined


def covered(found: Sequence[Run], size_a: int, size_b: int) -> tuple[float, float]:
    """Shares of the words of both texts that stand in some runs."""
    in_b = bytearray(size_b)
    for run in found:
        in_b[run.b : run.b + run.size_b] = b"\1" * run.size_b
    of_a = sum(run.size_a for run in found) / size_a if size_a else 0.0
    return of_a, sum(in_b) / size_b if size_b else 0.0
