"""Alignment of two runs of words: what is shared in order, and what is shared out of order.

The longest common subsequence comes from rapidfuzz (Hyyrö 2004, "Bit-parallel LCS-length
computation revisited"), which costs n·m/64 steps. Runs longer than `WINDOW` are first split
at words that occur once on both sides (Heckel 1978, "A technique for isolating differences
between files"), or else into equal parts, so that the cost stays linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["WINDOW", "shared", "shared_anywhere"]

WINDOW = 1_500
"""Longest run that is aligned in one piece: 1,500 × 1,500 takes about half a millisecond."""


def shared(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices of equal items, increasing on both sides."""
    if not a or not b:
        return []
    head = 0
    stop = min(len(a), len(b))
    while head < stop and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < stop - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    pairs = [(index, index) for index in range(head)]
    for a_from, a_to, b_from, b_to in _windows(a, b, head, len(a) - tail, len(b) - tail):
        pairs.extend(_subsequence(a, b, a_from, a_to, b_from, b_to))
    pairs.extend((len(a) - back, len(b) - back) for back in range(tail, 0, -1))
    return pairs


def _subsequence(
    a: Sequence[str], b: Sequence[str], a_from: int, a_to: int, b_from: int, b_to: int
) -> list[tuple[int, int]]:
    if a_from >= a_to or b_from >= b_to:
        return []
    from rapidfuzz.distance import Indel

    pairs: list[tuple[int, int]] = []
    for code in Indel.opcodes(a[a_from:a_to], b[b_from:b_to]):
        if code.tag == "equal":
            first, other = a_from + code.src_start, b_from + code.dest_start
            pairs.extend(
                (first + step, other + step) for step in range(code.src_end - code.src_start)
            )
    return pairs


def _windows(
    a: Sequence[str], b: Sequence[str], start: int, a_end: int, b_end: int
) -> list[tuple[int, int, int, int]]:
    """Stretches to align one by one, none longer than `WINDOW` on either side."""
    if max(a_end, b_end) - start <= WINDOW:
        return [(start, a_end, start, b_end)]
    cuts = [(start, start), *_anchors(a, b, start, a_end, b_end), (a_end, b_end)]
    windows: list[tuple[int, int, int, int]] = []
    for (a_from, b_from), (a_to, b_to) in pairwise(cuts):
        parts = max(1, -(-max(a_to - a_from, b_to - b_from) // WINDOW))
        for part in range(parts):
            windows.append(
                (
                    a_from + (a_to - a_from) * part // parts,
                    a_from + (a_to - a_from) * (part + 1) // parts,
                    b_from + (b_to - b_from) * part // parts,
                    b_from + (b_to - b_from) * (part + 1) // parts,
                )
            )
    return windows


def _anchors(
    a: Sequence[str], b: Sequence[str], start: int, a_end: int, b_end: int
) -> list[tuple[int, int]]:
    """Items that occur once on each side and keep their order: cuts about a window apart."""
    once_a = _once(a, start, a_end)
    once_b = _once(b, start, b_end)
    cuts: list[tuple[int, int]] = []
    a_last, b_last = start, start
    for item, at in once_a.items():
        other = once_b.get(item, -1)
        # A jump far ahead on one side only is a moved word, not an anchor.
        if other > b_last and at - a_last >= WINDOW // 2 and other - b_last <= 2 * WINDOW:
            cuts.append((at, other))
            a_last, b_last = at, other
    return cuts


def _once(items: Sequence[str], start: int, end: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for index in range(start, end):
        seen[items[index]] = -1 if items[index] in seen else index
    return {item: index for item, index in seen.items() if index >= 0}


def shared_anywhere(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """For each item of `a` the index of its equal in `b`, or -1; each used once.

    First what is shared in order, then what was moved: a moved item goes to the free equal
    that continues the block of the item before it, else to the first free one.
    """
    partner = [-1] * len(a)
    taken = [False] * len(b)
    for first, other in shared(a, b):
        partner[first] = other
        taken[other] = True
    free: dict[str, list[int]] = {}
    for index in range(len(b) - 1, -1, -1):
        if not taken[index]:
            free.setdefault(b[index], []).append(index)
    if not free:
        return partner
    for index, item in enumerate(a):
        if partner[index] >= 0 or item not in free:
            continue
        beside = partner[index - 1] + 1 if index and partner[index - 1] >= 0 else -1
        if 0 <= beside < len(b) and not taken[beside] and b[beside] == item:
            place = beside
        else:
            places = free[item]
            while places and taken[places[-1]]:
                places.pop()
            if not places:
                del free[item]
                continue
            place = places.pop()
        partner[index] = place
        taken[place] = True
    return partner
