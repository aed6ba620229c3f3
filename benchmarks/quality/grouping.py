"""Grouping against labelled stories, beside what others do, in one run.

python benchmarks/quality/grouping.py [--errors] [--no-peers] [--learn] [--encoder NAME] [part ...]

Parts: allsides, noise, ecbplus, roundups, order (all by default). `--learn` writes
`src/retold/group/weights.toml` from the early half of allsides and the even topics of ecbplus,
whole and cut down to their beginnings; with `--encoder`, a model of sentence vectors, it writes
`weights-encoder.toml` instead, and every row of retold is followed by one with that model;
every figure without the mark "seen" is of reports that nothing was learned from.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import grouping_encoding as encoding
import grouping_peers as peers
import shared
from grouping_sets import (
    ALLSIDES,
    ECB,
    ROUNDUPS,
    Set,
    allsides,
    ecbplus,
    halves,
    noise,
    roundups,
    scores,
    shortened,
)
from retold.group import group
from retold.group.comparing import Pairs
from retold.group.decision import MEASURES, Decision, Weights, shipped
from retold.group.grouper import Grouper
from retold.group.kept import Kept
from retold.group.meaning import MeaningPairs, Meanings, WithEncoder, with_encoder
from retold.model import Placed, Report

PARTS = ("allsides", "noise", "ecbplus", "roundups", "order")
WEIGHTS = Path(__file__).resolve().parents[2] / "src" / "retold" / "group" / "weights.toml"
_THRESHOLDS = tuple(round(-2.0 + 0.2 * step, 1) for step in range(8))
_AS_WELL = 0.995


class Recorded(Pairs):
    """Remembers the measures of every pair that was compared."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision)
        self.rows: dict[tuple[str, str], np.ndarray[Any, Any]] = {}

    def seen(
        self, some: Sequence[Kept], others: Sequence[Kept], one: Any, other: Any, found: Any
    ) -> None:
        """Record."""
        for a, b, row in zip(one.tolist(), other.tolist(), found, strict=True):
            self.rows[some[a].id, others[b].id] = row.copy()


def grouped(
    reports: Sequence[Report],
    decision: Decision | None = None,
    past: Sequence[Report] = (),
    encoder: encoding.Once | None = None,
    weights: WithEncoder | None = None,
) -> dict[str, str]:
    """Report -> story. `past` is streamed before, on earlier days, and forgotten."""
    placings = placed(reports, decision, past, encoder, weights)
    return {one.report: one.story for one in placings}


def placed(
    reports: Sequence[Report],
    decision: Decision | None = None,
    past: Sequence[Report] = (),
    encoder: encoding.Once | None = None,
    weights: WithEncoder | None = None,
) -> list[Placed]:
    """The placings of some reports, after a past."""
    pairs = None
    if encoder is not None and weights is not None:
        pairs = MeaningPairs(Meanings(encoder), decision or shipped(), weights)
    grouper = Grouper(decision=decision, pairs=pairs, encoder=encoder)
    if past:
        # Before the first day of the set; undated sets count as of the day after.
        for _ in group(past, grouper=grouper):
            pass
        reports = [
            one if one.published else msgspec.structs.replace(one, published="2050-01-01")
            for one in reports
        ]
    return list(group(reports, grouper=grouper))


def learned(sets: Sequence[Set], balance: bool = True) -> Decision:
    """A decision from labelled sets: logistic regression on pairs, then the threshold."""
    from sklearn.linear_model import LogisticRegression

    rows: list[Any] = []
    labels: list[bool] = []
    sizes: list[int] = []
    for one in sets:
        pairs = Recorded(shipped())
        for _ in group(one.reports, grouper=Grouper(pairs=pairs)):
            pass
        known = [(pair, row) for pair, row in pairs.rows.items() if set(pair) <= one.gold.keys()]
        rows.extend(row for _, row in known)
        labels.extend(one.gold[a] == one.gold[b] for (a, b), _ in known)
        sizes.append(len(known))
    weight = np.concatenate([np.full(size, max(sizes) / size) for size in sizes])
    values = np.array(rows)
    fit = LogisticRegression(C=10.0, max_iter=5000).fit
    model = fit(values, labels, sample_weight=weight if balance else None)
    # What two reports share never speaks against them: a measure that came out so says nothing.
    empty = (model.coef_[0] < 0.0) & (np.array(MEASURES) != "days")
    values[:, empty] = 0.0
    model = fit(values, labels, sample_weight=weight if balance else None)
    found = {name: round(float(c), 2) for name, c in zip(MEASURES, model.coef_[0], strict=True)}
    first = msgspec.structs.replace(
        shipped(),
        bias=round(float(model.intercept_[0]), 2),
        one_language=Weights(**found),
        threshold=0.0,
        learned_from=tuple(one.name for one in sets),
    )

    def worth(threshold: float) -> float:
        decision = msgspec.structs.replace(first, threshold=threshold)
        parts = [scores(grouped(one.reports, decision), one.gold) for one in sets]
        return sum(part.bcubed + part.pairs for part in parts)

    # The strictest of those that do about as well: what else a stream holds is not labelled, and
    # wrong joins show only there.
    worths = {threshold: worth(threshold) for threshold in _THRESHOLDS}
    enough = _AS_WELL * max(worths.values())
    chosen = max(threshold for threshold, value in worths.items() if value >= enough)
    return msgspec.structs.replace(first, threshold=chosen)


def taught(past: Set, even: Set) -> list[Set]:
    """What the shipped weights learn from: whole articles, and what a feed gives of them."""
    return [
        past,
        shortened(past, 1.0, 1)._replace(name=f"{past.name}, beginnings"),
        shortened(past, 0.5, 2)._replace(name=f"{past.name}, half of them beginnings"),
        even,
        shortened(even, 1.0, 3)._replace(name=f"{even.name}, beginnings"),
    ]


def write(decision: Decision) -> None:
    """Write the weights file."""
    sources = ", ".join(f'"{one}"' for one in decision.learned_from)
    lines = [
        'made_by = "python benchmarks/quality/grouping.py --learn"',
        f"learned_from = [{sources}]",
        f"bias = {decision.bias}",
        f"threshold = {decision.threshold}",
        f"across_bias = {decision.across_bias}",
        f"across_strong = {decision.across_strong}",
    ]
    for name in ("one_language", "across"):
        lines += ["", f"[{name}]"]
        lines += [f"{m} = {getattr(getattr(decision, name), m)}" for m in MEASURES]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


def by_topic(whole: Set, topics: dict[str, str]) -> tuple[Set, Set]:
    """Even and odd topics of ecbplus."""
    even = [one for one, topic in topics.items() if int(topic) % 2 == 0]
    odd = [one for one, topic in topics.items() if int(topic) % 2 == 1]
    return whole.part("ecbplus, even topics", even), whole.part("ecbplus, odd topics", odd)


def look_alikes(predicted: dict[str, str], gold: dict[str, str], topics: dict[str, str]) -> str:
    """Pairs of reports of look-alike stories that share a story, and stories they are in."""
    members: dict[str, list[str]] = defaultdict(list)
    for report in gold:
        members[predicted[report]].append(report)
    wrong = mixed = other = 0
    for some in members.values():
        labels = Counter((topics[one], gold[one]) for one in some)
        keys = list(labels)
        pairs = [(a, b) for i, a in enumerate(keys) for b in keys[i + 1 :]]
        alike = sum(labels[a] * labels[b] for a, b in pairs if a[0] == b[0])
        other += sum(labels[a] * labels[b] for a, b in pairs if a[0] != b[0])
        wrong += alike
        mixed += alike > 0
    return f"look-alikes joined: {wrong} pairs in {mixed} stories (other wrong pairs {other})"


def errors(name: str, predicted: dict[str, str], on: Set, most: int = 25) -> None:
    """List what was wrongly joined, then what was wrongly parted."""
    titles = {r.id: f"{r.published or ''} {r.title or r.text[:80]!r}" for r in on.reports}
    by_story: dict[str, list[str]] = defaultdict(list)
    by_gold: dict[str, list[str]] = defaultdict(list)
    for report, label in on.gold.items():
        by_story[predicted[report]].append(report)
        by_gold[label].append(report)
    print(f"  {name}: joined that are labelled as several stories")
    joined = [some for some in by_story.values() if len({on.gold[one] for one in some}) > 1]
    for some in sorted(joined, key=len, reverse=True)[:most]:
        for one in some:
            print(f"    {on.gold[one]:24} {titles[one]}")
        print()
    print(f"  {name}: parted that are labelled as one story")
    parted = [some for some in by_gold.values() if len({predicted[one] for one in some}) > 1]
    for some in sorted(parted, key=len, reverse=True)[:most]:
        for one in some:
            print(f"    {predicted[one]:24} {titles[one]}")
        print()


def main() -> None:
    """Print every row of the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--encoder", metavar="NAME")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    chosen = parser.parse_args()
    parts = chosen.parts or PARTS
    whole = allsides()
    early, late = halves(whole)
    late_gold = late.gold
    ecb, topics = ecbplus()
    even, odd = by_topic(ecb, topics)
    model = None if chosen.encoder is None else encoding.Once(chosen.encoder)
    if chosen.learn:
        past = early._replace(name="allsides, early half by date")
        if model is None:
            write(learned(taught(past, even)))
            shipped.cache_clear()
        else:
            encoding.write(encoding.learned([past, even], model, grouped))
            with_encoder.cache_clear()
    for name in (ALLSIDES, ECB, ROUNDUPS):
        print(f"{name}  {shared.fingerprint(name)}")
    print("BCubed F1 / F1 over pairs, stories found of stories labelled; held out unless «seen»\n")
    weights = None if chosen.no_peers else peers.fitted(early.reports)
    grids: dict[str, tuple[Any, list[float]]] = {
        "headline Jaccard": (peers.headline_jaccard, [0.1, 0.15, 0.2, 0.25, 0.3]),
        "single-link TF-IDF cosine": (peers.single_link, [0.2, 0.25, 0.3, 0.35, 0.4, 0.5]),
        "one TF-IDF centroid": (peers.centroid, [0.15, 0.2, 0.25, 0.3, 0.35]),
        "HDBSCAN": (peers.hdbscan, [0.02, 0.05, 0.1, 0.2]),
    }

    def beside(on: Set, count: Set, tuned: dict[str, float]) -> None:
        if chosen.no_peers:
            return
        for name, (peer, grid) in grids.items():
            if name not in tuned:
                tuned[name] = peers.best(peer, early, grid, weights)
            print(f"  {name:44} {scores(peer(on.reports, tuned[name], weights), count.gold)}")

    def row(name: str, predicted: dict[str, str], on: Set) -> None:
        print(f"  {name:44} {scores(predicted, on.gold)}")
        if chosen.errors:
            errors(name, predicted, on)

    def with_model(
        reports: Sequence[Report], *on: tuple[str, Set], past: Sequence[Report] = ()
    ) -> None:
        """The same with sentence vectors, where a model was named."""
        if model is None:
            return
        start = time.process_time()
        found = grouped(reports, past=past, encoder=model)
        spent = time.process_time() - start
        for name, part in on:
            row(f"{name}, with vectors", found, part)
            if part in (odd, ecb):
                print(f"  {'':44} {look_alikes(found, part.gold, topics)}")
        if whole.reports is reports:
            print(f"  {len(reports) / spent:.0f} reports a CPU second, with vectors")

    tuned: dict[str, float] = {}
    if "allsides" in parts:
        print(f"allsides, in date order, scored on the later half ({len(late.gold)} reports)")
        start = time.process_time()
        found = grouped(whole.reports)
        spent = time.process_time() - start
        row("retold", found, Set("late", late.reports, late_gold))
        print(f"  {'retold, early half (seen)':44} {scores(found, early.gold)}")
        with_model(whole.reports, ("retold", late), ("retold, early half (seen)", early))
        if not chosen.no_peers:
            ours = learned([early])
            print(f"  {'retold, weights from allsides only':44} ", end="")
            print(scores(grouped(whole.reports, ours), late_gold))
            other = learned([even])
            print(f"  {'retold, weights from ecbplus only':44} ", end="")
            print(scores(grouped(whole.reports, other), late_gold))
            miranda = peers.Miranda(early)
            grids["Miranda et al. 2018, re-implemented"] = (miranda, [-1.5, -1.0, -0.5, 0.0, 0.5])
        beside(whole, late, tuned)
        print(f"  {len(whole.reports) / spent:.0f} reports a CPU second\n")
    if "noise" in parts:
        some = noise(whole)
        mixed = Set(
            "noise",
            sorted([*whole.reports, *some], key=lambda one: (one.published or "", one.id)),
            late_gold,
        )
        print(f"allsides among {len(some)} unlabelled texts, later half")
        row("retold", grouped(mixed.reports), mixed)
        with_model(mixed.reports, ("retold", mixed))
        for name in ("headline Jaccard", "one TF-IDF centroid"):
            if not chosen.no_peers:
                peer, grid = grids[name]
                setting = tuned.setdefault(name, peers.best(peer, early, grid, weights))
                print(f"  {name:44} {scores(peer(mixed.reports, setting, weights), late_gold)}")
        print()
    if "ecbplus" in parts:
        print("ecbplus, no dates, IDF from the background and the allsides stream only")
        found = grouped(ecb.reports, past=whole.reports)
        row("retold, odd topics", found, odd)
        print(f"  {'':44} {look_alikes(found, odd.gold, topics)}")
        print(f"  {'retold, all topics (even ones seen)':44} {scores(found, ecb.gold)}")
        print(f"  {'':44} {look_alikes(found, ecb.gold, topics)}")
        with_model(
            ecb.reports,
            ("retold, odd topics", odd),
            ("retold, all topics", ecb),
            past=whole.reports,
        )
        alone = grouped(ecb.reports)
        print(f"  {'retold, IDF from the background only':44} {scores(alone, odd.gold)}")
        print(f"  {'':44} {look_alikes(alone, odd.gold, topics)}")
        with_model(ecb.reports, ("retold, IDF from the background only", odd))
        if not chosen.no_peers:
            ours = learned([early])
            only = grouped(ecb.reports, ours, whole.reports)
            print(f"  {'retold, weights from allsides only, all':44} {scores(only, ecb.gold)}")
            print(f"  {'':44} {look_alikes(only, ecb.gold, topics)}")
        beside(ecb, odd, tuned)
        print()
    if "roundups" in parts:
        rounds = roundups()
        print("roundups: title and lead of three outlets a story; nothing learned from them")
        row("retold", grouped(rounds.reports), rounds)
        undated = [msgspec.structs.replace(one, published=None) for one in rounds.reports]
        print(f"  {'retold, dates withheld':44} {scores(grouped(undated), rounds.gold)}")
        with_model(rounds.reports, ("retold", rounds))
        with_model(undated, ("retold, dates withheld", rounds))
        beside(rounds, rounds, tuned)
        print()
    if "order" in parts:
        print("order of arrival within a day")
        print(f"  {_orders(whole.reports[-400:])}")
        if model is not None:
            print(f"  with vectors: {_orders(whole.reports[-400:], model)}")
        print()
    if model is not None:
        print(model)


def _orders(reports: Sequence[Report], encoder: encoding.Once | None = None) -> str:
    """Stream in several orders and compare the stories, ids and reasons."""
    seen = set()
    chance = random.Random(0)
    for number in range(5):
        by_day = list(reports)
        if number:
            chance.shuffle(by_day)
        by_day.sort(key=lambda one: one.published or "")
        grouper = Grouper(encoder=encoder)
        stories: dict[str, str] = {}
        for one in by_day:
            stories[one.id] = grouper.add(one).story
            stories.update((m.report, m.story) for m in grouper.settle() if number % 2)
        stories.update((moved.report, moved.story) for moved in grouper.settle())
        final = {name: one.id for one in grouper.stories() for name in one.reports}
        seen.add(tuple(sorted(final.items())))
    batch = {one.report: one.story for one in group(reports, grouper=Grouper(encoder=encoder))}
    last = dict(next(iter(seen)))
    same = all(batch[name] == story for name, story in last.items())
    with_batch = "the same" if same else "DIFFERENT"
    return f"{len(seen)} different outcome(s) of 5 orders; batch {with_batch}"


if __name__ == "__main__":
    main()
