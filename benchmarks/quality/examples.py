"""What Retold finds in the invented stories, and in the two real reports where they are at hand.

Run: python benchmarks/quality/examples.py [STORY …] [--errors] [--update-floors]

Reads the report files as a user would, makes one telling per story and compares it with the
story's truth (`examples/README.md` tells its format). Pairs are sentences of two reports lined
up; the baseline beside them lines up each sentence with the one that shares most words, where
both choose each other and share at least half of the shorter one's words.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from floors import raised
from retold.model import Passage, Telling
from retold.pipeline import tell
from retold.read import read
from retold.settings import DEFAULTS
from retold.text.words import words
from stories.passages import links
from stories.score import COUNTS_OF_MISTAKES, Score, score, total
from stories.truth import Located, Story, all_stories, load

BENCHMARK = "examples"


def seeds() -> Story | None:
    """The two real reports; None where the labelled data is not at hand."""
    try:
        truth_file = shared.path("seeds/truth.json")
    except SystemExit:
        return None
    return load("seeds", truth_file, sorted(truth_file.parent.glob("*.txt")))


def telling_of(story: Story) -> Telling:
    """Read, compared, nothing refused."""
    reports, refused = read([str(path) for path in story.reports])
    if refused:
        raise SystemExit(f"{story.name}: refused {refused}")
    return tell(reports, DEFAULTS)


def baseline(story: Story, telling: Telling) -> float:
    """F1 of pairs for mutual best by shared words."""
    bags = {
        report.id: [
            frozenset(word.form for word in words(report.text, *span)) for span in report.sentences
        ]
        for report in telling.reports
    }

    def best(own: frozenset[str], others: list[frozenset[str]]) -> int | None:
        shares = [len(own & bag) / max(1, min(len(own), len(bag))) for bag in others]
        top = max(range(len(shares)), key=lambda place: shares[place], default=None)
        return top if top is not None and shares[top] >= 0.5 else None

    joined: dict[tuple[str, int, str, int], None] = {}
    for a, b in combinations(sorted(bags), 2):
        for place, own in enumerate(bags[a]):
            other = best(own, bags[b])
            if other is not None and best(bags[b][other], bags[a]) == place:
                joined[a, place, b, other] = None
    passages = tuple(
        Passage(f"P{n}", {a: (i,), b: (j,)}, a, (), 1.0, ())
        for n, (a, i, b, j) in enumerate(joined, start=1)
    )
    plain = msgspec.structs.replace(telling, passages=passages)
    result = Score("baseline", links=links(Located(story, plain), []))
    return result.measures()["pairs F1"]


def _row(name: str, cells: list[str]) -> str:
    return f"{name:<26}" + "".join(f"{cell:>11}" for cell in cells)


def _table(scores: list[Score], baselines: dict[str, float]) -> None:
    names = [one.name for one in scores]
    print(_row("", [name[:10] for name in names]))
    rows: dict[str, list[str]] = defaultdict(list)
    for one in scores:
        for measure, figure in one.measures().items():
            count = measure in COUNTS_OF_MISTAKES
            rows[measure].append(f"{figure:.0f}" if count else f"{figure:.3f}")
        known = baselines.get(one.name)
        rows["  baseline pairs F1"].append("" if known is None else f"{known:.3f}")
        across = Score("", links=one.links)
        across.links = type(one.links)(
            one.links.across_right, one.links.across_spurious, one.links.across_missed
        )
        rows["  across languages F1"].append(
            f"{across.measures()['pairs F1']:.3f}"
            if one.links.across_right + one.links.across_missed
            else ""
        )
        rows["  pairs right/spur./miss."].append(
            f"{one.links.right}/{one.links.spurious}/{one.links.missed}"
        )
        rows["  quotations f/truth/spur."].append(
            f"{one.said.found}/{one.said.truth}/{one.said.spurious}"
        )
        rows["  changes touched/truth"].append(f"{one.changed.touched}/{one.changed.truth}")
        rows["  edges right/wrong/undec."].append(
            f"{one.descent.right}/{one.descent.wrong}/{one.descent.undecided}"
        )
    for measure, cells in rows.items():
        print(_row(measure, cells))


def main() -> int:
    """Print the table; with `--update-floors` keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="*", help="names of stories; all where none is given")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument("--update-floors", action="store_true", help="keep these figures as floors")
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall")
    wanted = parser.parse_args()
    stories = [*all_stories(), *([found] if (found := seeds()) is not None else [])]
    if wanted.stories:
        stories = [story for story in stories if story.name in wanted.stories]
    scores, baselines = [], {}
    for story in stories:
        telling = telling_of(story)
        scores.append(score(story, telling))
        baselines[story.name] = baseline(story, telling)
        print(f"{story.name}: {len(story.reports)} reports, data {story.fingerprint}")
    print(f"settings: {DEFAULTS}\n")
    _table([*scores, total(scores)], baselines)
    if wanted.errors:
        for one in scores:
            print(f"\n{one.name}")
            print("\n".join(f"  {line}" for line in one.errors))
    if wanted.update_floors and not wanted.stories:
        kept = {one.name: one.measures() for one in scores if one.name != "seeds"}
        falling = raised(
            BENCHMARK, kept, COUNTS_OF_MISTAKES, allow_regression=wanted.allow_regression
        )
        print("\n".join(["", *falling]) if falling else "\nfloors written")
        return 1 if falling and not wanted.allow_regression else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
