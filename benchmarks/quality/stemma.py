"""How well descent is found in made-up traditions.

Run: python benchmarks/quality/stemma.py [--half held|developed] [--shapes N] [--texts N]
     [--calibrate] [--errors]

* Shapes: published stemmata (OpenStemmata, CC BY-SA 4.0), in two halves, and drawn ones. Lost
  tellings are hidden; texts are copied down the shape at the rates printed; *mixed* ones take
  passages from their second parents too.
* Score: average sign similarity (Roos & Heikkilä 2009) over triples of surviving witnesses, once
  against the shape as published, whose lost tellings with one descendant nobody can see
  (`ceiling`: what perfect knowledge of all else would score), once against the shape as its
  survivors can show it.
* Beside it: simple methods, and all of them with every text cut to the shortest one's size.
* Reliability: of the edges shown with a support, the share that is right, ends and all.
* `--texts`: the same with running texts and news operations through the whole pipeline.
* `--calibrate` writes the table of supports, from the developed half.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import itertools

import shared
from retold.model import Stemma
from retold.trace import calibration, trace
from tradition.baselines import BASELINES, cut_alike
from tradition.copying import (
    CUTTING,
    HELD_CUTTING,
    HELD_SCRIBAL,
    SCRIBAL,
    Rates,
    Text,
    copied,
    story,
)
from tradition.news import NEWS, News, retold_story
from tradition.scores import (
    edges_right,
    in_doubt,
    links_found,
    lost_right,
    passages_right,
    sign_similarity,
    standing,
)
from tradition.shapes import FILE, Shape, as_known, drawn, links_of, published

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
Shown = list[tuple[float, bool, bool | None, str]]


class Tally:
    """Counts over the traditions of one row."""

    def __init__(self) -> None:
        """Nothing counted."""
        self.scores: dict[str, list[float]] = defaultdict(list)
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.shown: Shown = []
        self.errors: list[str] = []

    def found(self, what: str, made: set[str], true: set[str], pardoned: set[str]) -> None:
        """Count right, shown and true ones; those pardoned are neither right nor wrong."""
        counts = self.counts[what]
        counts[0] += len(made & true)
        counts[1] += len(made - (pardoned - true))
        counts[2] += len(true)

    def mean(self, name: str) -> float:
        """Of 100."""
        return 100 * sum(self.scores[name]) / max(1, len(self.scores[name]))


def measure(tally: Tally, shape: Shape, stemma: Stemma, mixed: bool, verbatim: set[str]) -> None:
    """Compare a stemma with the shape its texts were copied down."""
    true, (known, _) = links_of(shape.parents), as_known(shape)
    made = links_found(stemma)
    tally.scores["published"].append(sign_similarity(true, made, shape.survivors))
    tally.scores["known"].append(sign_similarity(known, made, shape.survivors))
    tally.scores["ceiling"].append(sign_similarity(true, known, shape.survivors))
    tally.found(
        "internal survivors",
        standing(made, shape.survivors),
        standing(known, shape.survivors),
        verbatim,
    )
    doubtful = frozenset(in_doubt(stemma))
    tally.found(
        "internal survivors, undoubted",
        standing(made, shape.survivors) - doubtful,
        standing(known, shape.survivors),
        verbatim,
    )
    for what, but in (("lost tellings", frozenset[str]()), ("lost tellings, undoubted", doubtful)):
        for place, number in enumerate(lost_right(stemma, shape, but)):
            tally.counts[what][place] += number
    doubled = {
        witness.id
        for witness in stemma.witnesses
        if sum(edge.to == witness.id and edge.basis == "textual" for edge in stemma.edges) > 1
    }
    tally.found(
        "double parents",
        doubled,
        set(shape.seconds) & set(shape.survivors) if mixed else set(),
        set(),
    )
    tally.shown += edges_right(stemma, shape)
    tally.errors.append(f"{tally.scores['known'][-1]:.3f} {shape.name}")


def row(shapes: list[Shape], rates: Rates, mixed: bool, seed: int, beside: bool) -> Tally:
    """All traditions of one kind."""
    rng = random.Random(seed)
    tally = Tally()
    for shape in shapes:
        borrowed: dict[str, set[int]] = {}
        texts = copied(shape, rates, rng, mixed, borrowed)
        own = {name: texts[name] for name in texts if name in set(shape.survivors)}
        stemma = trace(*story({name: own[name] for name in shape.survivors}))
        measure(tally, shape, stemma, mixed, _verbatim(shape, texts))
        for place, number in enumerate(passages_right(stemma, shape, borrowed)):
            tally.counts["sources of passages"][place] += number
        if not beside:
            continue
        known, _ = as_known(shape)
        alike = cut_alike(own, rng)
        cut = trace(*story({name: alike[name] for name in shape.survivors}))
        tally.scores["Retold, cut alike"].append(
            sign_similarity(known, links_found(cut), shape.survivors)
        )
        for name, method in BASELINES.items():
            for texts_of, suffix in ((own, ""), (alike, ", cut alike")):
                made = method(texts_of, shape.survivors, rng)
                tally.scores[name + suffix].append(sign_similarity(known, made, shape.survivors))
    return tally


def _verbatim(shape: Shape, texts: dict[str, Text]) -> set[str]:
    """Survivors whose every sentence is word for word their parent's: they have its text."""
    return {
        node
        for node in shape.survivors
        if node in shape.parents
        and all(
            line == texts[shape.parents[node]].get(number) for number, line in texts[node].items()
        )
    }


def show(name: str, tally: Tally, errors: bool) -> None:
    """Print one row."""
    print(
        f"{name:34} known {tally.mean('known'):5.1f}   published {tally.mean('published'):5.1f} "
        f"(ceiling {tally.mean('ceiling'):.1f})   {len(tally.scores['known'])} traditions"
    )
    for method in ["Retold, cut alike", *BASELINES]:
        if tally.scores[method]:
            suffix = ", cut alike"
            alike = tally.scores.get(method + suffix)
            print(
                f"    {method:22} known {tally.mean(method):5.1f}"
                + (f"   all cut alike {tally.mean(method + suffix):5.1f}" if alike else "")
            )
    for what, (right, made, true) in sorted(tally.counts.items()):
        if made or true:
            print(
                f"    {what:29} precision {right / max(1, made):.2f} of {made}, "
                f"recall {right / max(1, true):.2f} of {true}"
            )
    aimed = [way for _, right, way, _ in tally.shown if right and way is not None]
    right_edges = sum(right for _, right, _, _ in tally.shown)
    print(
        f"    edges right (ends and all, either way) {right_edges / max(1, len(tally.shown)):.2f} "
        f"of {len(tally.shown)}; of these the arrow is right {sum(aimed) / max(1, len(aimed)):.2f}"
    )
    if errors:
        print("\n".join(f"      {line}" for line in sorted(tally.errors)[:12]))


def reliability(shown: Shown) -> None:
    """Print the share right by support."""
    print("reliability: support shown, mean support, share right, edges")
    gaps = 0.0
    for low, high in itertools.pairwise(BINS):
        inside = [(support, right) for support, right, _, _ in shown if low <= support < high]
        if inside:
            mean = sum(support for support, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            gaps += len(inside) * abs(mean - right)
            print(f"    {low:.2f}–{min(high, 1):.2f}   {mean:.3f}   {right:.3f}   {len(inside)}")
    print(f"    mean distance, weighted by edges: {gaps / max(1, len(shown)):.3f}")


def calibrate(shapes: list[Shape]) -> None:
    """Fit the table of supports and write it beside the code that reads it."""
    calibration._table = dict  # type: ignore[assignment]
    shown: Shown = []
    for rates in (SCRIBAL, CUTTING):
        for mixed in (False, True):
            shown += row(shapes, rates, mixed, 0, beside=False).shown
    small = [shape for shape in shapes if len(shape.survivors) <= 10]
    for seed in range(12):
        shown += news(small[:46], NEWS, seed, errors=False)
    samples: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for support, right, _, ends in shown:
        samples[_kind(ends)].append((support, right))
    lines = ["# Made by: python benchmarks/quality/stemma.py --calibrate"]
    lines += [f"# Shapes {shared.fingerprint(FILE)}, developed half, and drawn ones, seed 1."]
    lines += [
        f"# {name}: {rates}"
        for name, rates in (("copying", SCRIBAL), ("cutting", CUTTING), ("running texts", NEWS))
    ]
    for kind, pairs in sorted(samples.items()):
        shares, right = _isotonic(pairs)
        lines += ["", f"[{kind}]  # {len(pairs)} edges"]
        lines.append(f"shares = [{', '.join(f'{one:.3f}' for one in shares)}]")
        lines.append(f"right = [{', '.join(f'{one:.3f}' for one in right)}]")
    file = Path(calibration.__file__).with_name("calibration.toml")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _kind(ends: str) -> str:
    if "report" in ends:
        return "exemplar"
    return "branch" if ends == "lost-lost" else "end"


def _isotonic(pairs: list[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Pool adjacent violators, over groups of at least thirty edges of neighbouring shares."""
    pools: list[list[float]] = []  # lowest share, right, edges
    for share, right in sorted(pairs):
        if not pools or (pools[-1][2] >= 30 and share > pools[-1][3]):
            pools.append([share, 0.0, 0.0, share])
        pools[-1][1] += right
        pools[-1][2] += 1
        pools[-1][3] = share
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool[:])
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            last = merged.pop()
            merged[-1][1] += last[1]
            merged[-1][2] += last[2]
    # Laplace's rule keeps the ends from certainty; what it turns round is put in order again.
    right = np.maximum.accumulate([(pool[1] + 1) / (pool[2] + 2) for pool in merged])
    return [pool[0] for pool in merged], right.tolist()


def news(shapes: list[Shape], kinds: News, seed: int, errors: bool) -> Shown:
    """Running texts through the whole pipeline."""
    rng = random.Random(seed)
    tally = Tally()
    began = time.process_time()
    for shape in shapes:
        telling, ids = retold_story(shape, kinds, rng)
        stemma = telling.stemma
        renamed = Shape(
            shape.name,
            {ids[child]: ids[parent] for child, parent in shape.parents.items()},
            {ids[child]: ids[parent] for child, parent in shape.seconds.items()},
            sorted(ids[node] for node in shape.survivors),
        )
        measure(tally, renamed, stemma, True, set())
    print(
        f"news operations: {kinds}; seed {seed}; {time.process_time() - began:.0f} s of processor"
    )
    show("running texts, whole pipeline", tally, errors)
    return tally.shown


def main() -> None:
    """Print all rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=["held", "developed"], default="held")
    parser.add_argument("--shapes", type=int, default=80, help="of each kind at most")
    parser.add_argument("--texts", type=int, default=30, help="traditions of running text")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    if given.calibrate:
        calibrate(published("developed") + drawn(60, seed=1))
        return
    held = given.half == "held"
    rates = (HELD_SCRIBAL, HELD_CUTTING) if held else (SCRIBAL, CUTTING)
    printed = published(given.half)[: given.shapes]
    made = drawn(given.shapes // 2, seed=2 if held else 1)
    print(f"shapes {shared.fingerprint(FILE)}, {given.half} half; seed {11 if held else 7}")
    shown: Shown = []
    for way, rate in zip(("copying", "cutting"), rates, strict=True):
        print(f"{way}: {rate}")
        for kind, shapes in (("published shapes", printed), ("drawn shapes", made)):
            for mixed in (False, True):
                if mixed:
                    shapes = [one for one in shapes if set(one.seconds) & set(one.survivors)]
                name = f"{way}, {kind}" + (", mixed" if mixed else "")
                tally = row(shapes, rate, mixed, 11 if held else 7, beside=not mixed)
                show(name, tally, given.errors)
                shown += tally.shown
    reliability(shown)
    if given.texts:
        small = [shape for shape in printed if len(shape.survivors) <= 10][: given.texts // 2]
        small += [shape for shape in made if len(shape.survivors) <= 10][: given.texts // 2]
        reliability(news(small, NEWS, 11 if held else 7, given.errors))


if __name__ == "__main__":
    np.seterr(all="raise")
    main()
