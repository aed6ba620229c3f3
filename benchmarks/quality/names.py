"""Names in different cases: when two forms are one name, and when they are two.

    python benchmarks/quality/names.py              all languages, `tune` and `held` apart
    python benchmarks/quality/names.py --errors     what still fails in `tune`

Every labelled pair is read as a story of two reports. *Actors*: whether the two names belong to
one actor after joining. *Changes*: whether a change of name or place is reported for them; the
readings are compared with those actors, and once more without any. Baseline: equal written forms
are one name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from retold.collate.changes import changes
from retold.model import Actor, Collation, Passage, Report, Span
from retold.pipeline import collated
from retold.settings import DEFAULTS

LABELLED = Path(__file__).resolve().parent / "names_labelled" / "pairs.jsonl"


def write(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(line + "\n")


def actors_at(actors: tuple[Actor, ...], report: str, span: Span) -> set[str]:
    """Ids of the actors one of whose mentions covers the name, or is its last word."""
    return {
        actor.id
        for actor in actors
        for place in actor.mentions
        if place.report == report
        and place.span[1] == span[1]
        and (place.span[0] <= span[0] or span[0] <= place.span[0])
    }


def judged(record: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Joined as one actor; reported as changed with these actors; and without."""
    a, b, code = record["a"], record["b"], record["language"]
    reports = [Report(id="a", text=a, language=code), Report(id="b", text=b, language=code)]
    story = collated(reports)
    spans = {}
    for side in "ab":
        name = record[f"name_{side}"]
        start = record[side].index(name)
        spans[side] = start, start + len(name)
    joined = bool(
        actors_at(story.actors, "a", spans["a"]) & actors_at(story.actors, "b", spans["b"])
    )
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in story.segmented}
    passage = Passage("P1", readings, "a", (), 1.0, ())
    collation = Collation((passage,), {"a": (), "b": ()})
    reported = []
    for known in ((story.actors, story.quotations), ((), ())):
        found = changes(collation, list(story.segmented), *known, DEFAULTS).passages[0].changes
        reported.append(
            any(
                change.kind in ("name", "place")
                and overlap(change.a.span, spans["a"])
                and overlap(change.b.span, spans["b"])
                for change in found
            )
        )
    return joined, reported[0], reported[1]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    records = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    print_fingerprint = blake2b(LABELLED.read_bytes(), digest_size=8).hexdigest()
    write(f"{len(records)} pairs, fingerprint {print_fingerprint}; settings: defaults")
    for split in ("tune", "held"):
        count: Counter[tuple[str, str]] = Counter()
        for record in records:
            if record["split"] != split:
                continue
            joined, with_actors, without = judged(record)
            code = record["language"]
            trivial = record["name_a"] == record["name_b"]
            kind = "one" if record["one"] else "two"
            for of in (code, "all"):
                count[of, kind] += 1
                count[of, f"{kind} joined"] += joined
                count[of, f"{kind} reported"] += with_actors
                count[of, f"{kind} reported bare"] += without
                count[of, f"{kind} trivial"] += trivial
            wrong = joined != record["one"] or (record["one"] and (with_actors or without))
            if options.errors and split == "tune" and wrong:
                said = "joined" if joined else "apart"
                alarms = "".join(
                    f", change reported {how}"
                    for how, one in (("with actors", with_actors), ("bare", without))
                    if one
                )
                write(f"  {record['id']}: {said}{alarms}\n    {record['a']}\n    {record['b']}")
        write(f"\n{split:<6}{'one name: joined':>18}{'changes (bare)':>16}{'equal form':>12}"
              f"{'two names: joined':>19}{'changes (bare)':>16}")  # fmt: skip
        for of in sorted({code for code, _ in count}, key=lambda code: (code == "all", code)):
            one, two = count[of, "one"], count[of, "two"]
            write(
                f"{of:<6}{count[of, 'one joined']:>12} / {one:<3}"
                f"{count[of, 'one reported']:>9} ({count[of, 'one reported bare']})"
                f"{count[of, 'one trivial']:>13}"
                f"{count[of, 'two joined']:>13} / {two:<3}"
                f"{count[of, 'two reported']:>9} ({count[of, 'two reported bare']})"
            )


if __name__ == "__main__":
    main()
