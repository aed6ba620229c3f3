"""The chain of versions: which came next, which way, and what shows it.

The order is that of the wording (`order`); the direction is said only where something with a
direction speaks: a mark in the text ("Corrects …", "2nd lead"), times, or, weakly, growth.
Times never decide alone: a dated order must also be a short path through the wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from retold.model import Evidence, Place, Report, Segmented
from retold.text.counting import count
from retold.trace.marks import clock, mark
from retold.trace.order import Order, in_order, length_of

__all__ = ["Chain", "Step", "chain"]

# Growth from the first version to the last, and in how many of 100 the longer one was the later
# (487 pairs of neighbours in public revision chains); less growth than this says nothing.
GROWTH = ((1.35, 0.85), (1.1, 0.75))
# A dated order is taken although another path through the wording is shorter, up to this much.
DATED_SLACK = 1.25
_TOKEN = re.compile(r"\w+|[^\w\s]")
# How many differing sentences a step shows.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next.

    Attributes:
        rows: earlier, later.
        support: share of resamplings with the two side by side, times how sure the direction is.
        evidence: what shows that they are versions, and which way.
    """

    rows: tuple[int, int]
    support: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Versions in order.

    Attributes:
        rows: the first version first, as far as it is known.
        steps: from version to version; empty where nothing says which way.
        note: why there are none.
    """

    rows: tuple[int, ...]
    steps: tuple[Step, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """Evidence for a direction: positive when the rows stand in order, negative when reversed."""

    sign: int
    sure: float
    evidence: Evidence


def chain(reports: Sequence[Segmented], rows: Sequence[int], kinship: Evidence, seed: int) -> Chain:
    """The chain of some reports that are versions of one text.

    Args:
        reports: of the story.
        rows: which of them, sorted.
        kinship: why they are versions.
        seed: of the resampling.
    """
    texts = [_sentences(reports[row]) for row in rows]
    order = in_order(texts, seed)
    times = _times([reports[row].report for row in rows])
    if times is not None:
        order = _dated(texts, order, times, seed)
    ways = _ways(reports, rows, order, texts, times)
    total = sum(way.sign * way.sure for way in ways)
    if not ways or abs(total) < 0.5:
        return Chain(
            tuple(rows[place] for place in order.rows),
            (),
            "nothing says which of them came first" + (", or what does is at odds" if ways else ""),
        )
    places = order.rows if total > 0 else order.rows[::-1]
    supports = order.support if total > 0 else order.support[::-1]
    agreeing = [way for way in ways if (way.sign > 0) == (total > 0)]
    sure = max(way.sure for way in agreeing) - max(
        (way.sure / 2 for way in ways if way not in agreeing), default=0.0
    )
    steps = tuple(
        Step(
            (rows[a], rows[b]),
            round(support * sure, 3),
            (
                kinship,
                _step(reports[rows[a]], reports[rows[b]]),
                *(way.evidence for way in agreeing),
            ),
        )
        for (a, b), support in zip(pairwise(places), supports, strict=True)
    )
    return Chain(tuple(rows[place] for place in places), steps)


def _sentences(one: Segmented) -> list[list[str]]:
    return [_TOKEN.findall(one.report.text[a:b].lower()) for a, b in _spans(one)]


def _spans(one: Segmented) -> list[tuple[int, int]]:
    return [sentence.span for sentence in one.sentences]


def _times(reports: Sequence[Report]) -> list[str] | None:
    """Comparable times of all versions, or None: published, fetched from one address, by clock."""
    precise = [
        report.published
        if report.published is not None
        and (report.dating is None or report.dating.precision in ("minute", "second"))
        and "T" in report.published
        else None
        for report in reports
    ]
    zones = {"" if time is None else re.sub(r".*T[\d:.]*", "", time) for time in precise}
    clocks = [clock(report) for report in reports]
    fetched = [report.fetched if report.url else None for report in reports]
    if len({report.url for report in reports}) > 1:
        fetched = []
    dates = {report.published[:10] for report in reports if report.published is not None}
    by_clock = [None if one is None else f"{one[0]:04}" for one in clocks]
    for times in (
        precise if len(zones) == 1 else [],
        fetched,
        by_clock if len(dates) <= 1 else [],
    ):
        known = [time for time in times if time is not None]
        if len(known) == len(reports) and len(set(known)) == len(known):
            return known
    return None


def _dated(
    texts: Sequence[Sequence[Sequence[str]]], order: Order, times: Sequence[str], seed: int
) -> Order:
    """The order of the times where the wording allows it; else the wording's own."""
    places = tuple(sorted(range(len(times)), key=lambda place: times[place]))
    if places in (order.rows, order.rows[::-1]):
        return order
    length, shortest = (length_of(texts, rows) for rows in (places, order.rows))
    if length > DATED_SLACK * shortest:
        return order
    # Side by side by their times, and nearly so by their wording.
    return Order(places, (shortest / length if length else 1.0,) * (len(places) - 1))


def _ways(
    reports: Sequence[Segmented],
    rows: Sequence[int],
    order: Order,
    texts: Sequence[Sequence[Sequence[str]]],
    times: Sequence[str] | None,
) -> list[_Way]:
    """All that speaks for a direction of the order."""
    found = []
    marks = [mark(reports[row].report) for row in rows]
    forth = back = 0
    places: list[Place] = []
    said: list[str] = []
    for a, b in combinations(order.rows, 2):
        earlier, later = marks[a], marks[b]
        rank_a = 0 if earlier is None else earlier.rank
        rank_b = 0 if later is None else later.rank
        forth += rank_b > rank_a
        back += rank_a > rank_b
    for one in marks:
        if one is not None:
            places.append(one.place)
            said.append(f"“{one.words.strip()}”")
    if forth != back:
        note = "Marked in the text: " + ", ".join(said)
        sure = max(forth, back) / (forth + back)
        evidence = Evidence("stated", 1.0, note, tuple(places))
        found.append(_Way(1 if forth > back else -1, sure, evidence))
    if times is not None:
        forth = sum(times[a] < times[b] for a, b in combinations(order.rows, 2))
        total = len(rows) * (len(rows) - 1) // 2
        if 2 * forth != total:
            sign = 1 if 2 * forth > total else -1
            shown = _shown_times(reports, [rows[place] for place in order.rows[::sign]])
            found.append(_Way(sign, max(forth, total - forth) / total, shown))
    if not found:
        sizes = [sum(map(len, text)) for text in texts]
        first, last = sizes[order.rows[0]], sizes[order.rows[-1]]
        growth = max(first, last) / max(1, min(first, last))
        sure = next((sure for least, sure in GROWTH if growth >= least), 0.0)
        if sure:
            note = (
                f"The later one is longer by {growth - 1:.0%}, as later versions are in "
                f"{100 * sure:.0f} of 100 cases; nothing else says which came first"
            )
            evidence = Evidence("textual", round(sure - 0.5, 2), note)
            found.append(_Way(1 if last > first else -1, sure, evidence))
    return found


def _shown_times(reports: Sequence[Segmented], rows: Sequence[int]) -> Evidence:
    """The times of versions in order, as evidence."""
    shown, places = [], []
    for row in rows:
        report = reports[row].report
        found = clock(report)
        if found is not None and report.published is None:
            minutes, place = found
            places.append(place)
            shown.append(f"{minutes // 60:02}:{minutes % 60:02}")
        else:
            shown.append(report.published or report.fetched or "?")
    return Evidence("date", 0.9, "Times: " + ", then ".join(shown), tuple(places))


def _step(earlier: Segmented, later: Segmented) -> Evidence:
    """What stands in both word for word, and the first sentences of the later that are new."""
    old = {earlier.report.text[a:b] for a, b in _spans(earlier)}
    new = [(a, b) for a, b in _spans(later) if later.report.text[a:b] not in old]
    kept = len(later.sentences) - len(new)
    spans = tuple(Place(later.report.id, span) for span in new[:_SHOWN])
    total = len(later.sentences)
    return Evidence(
        kind="textual",
        weight=kept / total if total else 0.0,
        note=f"{kept} of {count(total, 'sentence')} {'stands' if kept == 1 else 'stand'} word for "
        f"word in both; {len(new)} {'is' if len(new) == 1 else 'are'} new or edited",
        spans=spans,
    )
