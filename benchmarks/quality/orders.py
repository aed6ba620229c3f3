"""Whether stories depend on anything but the reports: random streams, told in several ways.

python benchmarks/quality/orders.py [--streams N]

Short invented reports of five days that share sentences, so that stories meet and part. Each stream
is grouped as it comes; in another order within its days; with looks in the midst of days; saved and
restored in between; and in a batch. Printed is how many streams ended in other stories.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Sequence

from retold.group import group
from retold.group.grouper import Grouper
from retold.model import Report

_NAMES = ["Kvalheim", "Brekke", "Dettweiler", "Branner", "Ostby", "Halversund", "Vellin", "Oberau"]
_WORDS = [
    "ferry",
    "visor",
    "deckhand",
    "verdict",
    "orchard",
    "canker",
    "florin",
    "harbour",
    "swell",
    "apple",
    "grower",
    "lamp",
    "union",
    "court",
]
_REPORTS = 14
_WINDOWS = (1, 2, 30)


def stream(chance: random.Random) -> list[Report]:
    """The reports of some days."""
    sentences = []
    for _ in range(chance.randint(4, 10)):
        one, other = chance.sample(_NAMES, 2)
        a, b, c, d = chance.sample(_WORDS, 4)
        sentences.append(
            f"{one} of {other} said the {a} and the {b} of the {c} cost "
            f"{chance.randint(1, 9_999)} crowns, while {d} waited."
        )
    return [
        Report(
            id=f"r{number}",
            text=" ".join(chance.choices(sentences, k=chance.randint(1, 5))),
            title=chance.choice([None, "", "Morning briefing", sentences[0][:40]]),
            outlet=chance.choice([None, "Post", "Herald", "Herald - World"]),
            published=f"2031-03-{3 + chance.randrange(5):02d}"
            + chance.choice(["", f"T{chance.randrange(24):02d}:00:00Z"]),
            language="en",
        )
        for number in range(chance.randint(2, _REPORTS))
    ]


def told(
    reports: Sequence[Report],
    window: int,
    looks: Collection[int] = (),
    saves: Collection[int] = (),
) -> dict[str, str]:
    """Report -> story, of a stream that is looked at, or saved and restored, in between."""
    texts = {report.id: report for report in reports}
    grouper = Grouper(window=window)
    for number, report in enumerate(sorted(reports, key=lambda one: (one.published or "")[:10])):
        grouper.add(report)
        if number in looks:
            grouper.settle()
        if number in saves:
            open_ = [texts[name] for _, name in grouper.open_reports]
            grouper = Grouper.restore(grouper.save(), open_, window=window)
    grouper.settle()
    # Of stories that are no longer active the ids are not asked for.
    return {name: story.id for story in grouper.stories() for name in story.reports}


def main() -> None:
    """Print how many streams depend on how they are told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1_500)
    streams = parser.parse_args().streams
    differ = {"another order": 0, "looked at": 0, "saved and restored": 0, "in a batch": 0}
    for seed in range(streams):
        chance = random.Random(seed)
        reports = stream(chance)
        other = chance.sample(reports, len(reports))
        looks = {chance.randrange(_REPORTS) for _ in range(chance.randrange(6))}
        saves = {chance.randrange(_REPORTS) for _ in range(2)}
        window = chance.choice(_WINDOWS)
        expected = told(reports, window)
        differ["another order"] += told(other, window) != expected
        differ["looked at"] += told(reports, window, looks) != expected
        differ["saved and restored"] += told(reports, window, looks, saves) != expected
        batch = {one.report: one.story for one in group(reports, grouper=Grouper(window=window))}
        differ["in a batch"] += any(batch[name] != story for name, story in expected.items())
    print(f"{streams} streams of up to {_REPORTS} reports; streams that end in other stories:")
    for name, count in differ.items():
        print(f"  {name:20} {count}")


if __name__ == "__main__":
    main()
