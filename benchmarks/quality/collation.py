"""Collation against labelled alignments, beside what a plain lexical matcher gives.

python benchmarks/quality/collation.py [--errors] [--seeds N] [part ...]

Parts: retranslation, joined, superpal, meter, seeds, calibration (all by default).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from collating.aligners import Score, lexical_pairs, retold_pairs
from collating.cases import Case, Pair, Telling, cases, cut, gold
from collating.meter import meter
from collating.summaries import superpal
from retold.collate import align
from retold.model import Report, Segmented
from retold.pipeline import tell
from retold.read import read
from retold.segment import segment
from retold.settings import DEFAULTS
from stories.passages import links
from stories.truth import Located, all_stories


def retranslation(seeds: int, errors: bool) -> None:
    """One to one, and n:m, on sentences as they are cut in the data."""
    name = "collation/retranslation.jsonl.gz"
    print(f"retranslation, cut sentences  [{shared.fingerprint(name)}]  seeds {seeds}")
    for run_together in (False, True):
        ours: dict[str, Score] = defaultdict(Score)
        plain: dict[str, Score] = defaultdict(Score)
        for group, case in cases(seeds, run_together):
            a, b = cut("A", case.a.sentences), cut("B", case.b.sentences)
            truth = gold(case)
            found = retold_pairs(a, b)
            for key in (group, "all"):
                ours[key].add(found, truth)
            baseline = lexical_pairs(a, b)
            for key in (group, "all"):
                plain[key].add(baseline, truth)
            if errors:
                show_errors(case, found, truth)
        print("  n:m" if run_together else "  one to one")
        for key in sorted(ours):
            print(f"    {key:16} {ours[key]}    lexical baseline {plain[key]}")


def show_errors(case: Case, found: set[Pair], truth: set[Pair]) -> None:
    """What is wrong in one case."""
    for i, j in sorted(found ^ truth):
        what = "missed" if (i, j) in truth else "wrong "
        print(f"  {what} {case.name} {i}:{j}")
        print(f"    A {case.a.sentences[i]}\n    B {case.b.sentences[j]}")


def joined(seeds: int, errors: bool) -> None:
    """The same, from the joined text through the project's own cutting into sentences.

    Sentences of the data that one cut sentence holds together (a heading without a full stop
    and what follows it on the line) count as one, and so do the parts into which one is cut.
    """
    name = "collation/retranslation.jsonl.gz"
    print(f"retranslation, joined text  [{shared.fingerprint(name)}]  seeds {seeds}")
    for run_together in (False, True):
        for joint in ("\n", " "):
            scores: dict[str, Score] = defaultdict(Score)
            for group, case in cases(seeds, run_together):
                made = []
                units = []
                for side, each in (("A", case.a), ("B", case.b)):
                    known = cut(side, each.sentences, joint)
                    made.append(segment(known.report))
                    units.append(common_units(known, made[-1]))
                left, right = (
                    [
                        frozenset[str]().union(
                            *(each.segments[k] for k, unit in enumerate(of) if unit == number)
                        )
                        for number in range(len(of))
                    ]
                    for each, (of, _) in zip((case.a, case.b), units, strict=True)
                )
                truth = gold(Case(case.name, Telling([], left), Telling([], right)))
                found = {
                    (units[0][1][i], units[1][1][j]) for i, j in retold_pairs(made[0], made[1])
                }
                for key in (group, "all"):
                    scores[key].add(found, truth)
            print(f"  {'n:m' if run_together else 'one to one'}, joined by {joint!r}")
            for key in sorted(scores):
                print(f"    {key:16} {scores[key]}")


def common_units(known: Segmented, made: Segmented) -> tuple[list[int], list[int]]:
    """For each sentence of the data, and for each that was cut, the unit that holds both."""
    of = list(range(len(known.sentences)))
    held = [covering(sentence.span, known) for sentence in made.sentences]
    for together in held:
        units = {of[k] for k in together}
        of = [min(units) if unit in units else unit for unit in of]
    return of, [of[together[0]] if together else -1 for together in held]


def covering(span: tuple[int, int], segmented: Segmented) -> list[int]:
    """Sentences that share more than half of the shorter with a span."""
    found = []
    for number, sentence in enumerate(segmented.sentences):
        start, end = sentence.span
        common = min(end, span[1]) - max(start, span[0])
        if common * 2 > min(end - start, span[1] - span[0]):
            found.append(number)
    return found


# --- the acceptance example ------------------------------------------------------------


def seeds_(seeds: int, errors: bool) -> None:
    """The two reports of one statement: every passage of the truth, and nothing else."""
    folder = shared.path("seeds")
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    names = sorted(path.name for path in folder.glob("*.txt"))
    reports = [
        segment(Report(name, (folder / name).read_text("utf-8"), language="en")) for name in names
    ]

    def containing(report: Segmented, words_: str) -> int:
        at = report.report.text.index(words_)
        return next(
            k for k, each in enumerate(report.sentences) if each.span[0] <= at < each.span[1]
        )

    wanted = {
        tuple(
            tuple(sorted({containing(report, words_) for words_ in passage[report.report.id]}))
            for report in reports
        )
        for passage in truth["passages"]
    }
    headline = containing(reports[1], truth["headline_of_B"]["words"])
    found = {
        tuple(
            tuple(n for n in passage.readings.get(name, ()) if (name, n) != (names[1], headline))
            for name in names
        )
        for passage in align(reports).passages
    }
    found = {passage for passage in found if all(passage)}
    print(
        f"seeds: {len(wanted & found)} of {len(wanted)} passages, {len(found - wanted)} spurious"
        f"; missing {sorted(wanted - found)}; spurious {sorted(found - wanted)}"
    )


# --- calibration -----------------------------------------------------------------------


def calibration(seeds: int, errors: bool) -> None:
    """Of the links with confidence p, which share is right: two translations, invented stories."""
    bins: dict[int, list[float]] = defaultdict(list)
    for run_together in (False, True):
        for _, case in cases(seeds, run_together):
            truth = gold(case)
            a, b = cut("A", case.a.sentences), cut("B", case.b.sentences)
            for passage in align([a, b]).passages:
                pairs = [(i, j) for i in passage.readings["A"] for j in passage.readings["B"]]
                right = sum(pair in truth for pair in pairs) / len(pairs)
                bins[min(9, int(passage.confidence * 10))].append(right)
    print_bins("retranslation one to one and n:m", bins)
    bins = defaultdict(list)
    for story in all_stories():
        reports, _ = read([str(path) for path in story.reports])
        telling_ = tell(reports, DEFAULTS)
        for passage in telling_.passages:
            alone = Located(story, msgspec.structs.replace(telling_, passages=(passage,)))
            found = links(alone, [])
            right_pairs = found.right + found.across_right
            wrong_pairs = found.spurious + found.across_spurious
            if right_pairs + wrong_pairs:
                share = right_pairs / (right_pairs + wrong_pairs)
                bins[min(9, int(passage.confidence * 10))].append(share)
    print_bins("invented stories, whole pipeline", bins)


def print_bins(what: str, bins: dict[int, list[float]]) -> None:
    """A line for each tenth of confidence."""
    print(f"calibration, {what}")
    for bin_, right in sorted(bins.items()):
        share = sum(right) / len(right)
        print(f"    from {bin_ / 10:.1f}  {len(right):6d} passages  right {share:.3f}")


PARTS: dict[str, Callable[[int, bool], None]] = {
    "retranslation": retranslation,
    "joined": joined,
    "superpal": superpal,
    "meter": meter,
    "seeds": seeds_,
    "calibration": calibration,
}


def main() -> None:
    """Runs the parts named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    for part in given.parts:
        start = time.perf_counter()
        PARTS[part](given.seeds, given.errors)
        print(f"  ({time.perf_counter() - start:.0f} s)")


if __name__ == "__main__":
    main()
