"""A wire and the papers that print it (METER)."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shared
from collating.aligners import text_of
from retold.collate import align
from retold.model import Report, Segmented
from retold.segment import segment


def meter(seeds: int, errors: bool) -> None:
    """Sentences of wholly derived newspaper reports that are aligned to the wire.

    The control is the same newspaper report with the wire's takes of another story of the
    same domain: whatever is aligned there is wrong.
    """
    wire, papers = "derivation/meter-pa.jsonl.gz", "derivation/meter-newspapers.jsonl.gz"
    print(f"METER  [{shared.fingerprint(wire)} {shared.fingerprint(papers)}]")
    takes: dict[tuple[str, str], list[Segmented]] = defaultdict(list)
    for record in shared.records(wire):
        takes[record["domain"], record["date"] + record["catchline"]].append(meter_report(record))
    stories = sorted(takes)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for record in shared.records(papers):
        key = (record["domain"], record["date"] + record["catchline"])
        paper = meter_report(record)
        same = [story for story in stories if story[0] == key[0] and story[1] != key[1]]
        other = random.Random(record["id"]).choice(same)
        for what, found in (("own story", takes[key]), ("another story", takes[other])):
            count = totals[f"{record['label']:9} {what}"]
            ours, more = meter_aligned(paper, found)
            plain = meter_lexical(paper, found)
            for number, sentence in enumerate(paper.sentences):
                if len(sentence.words) < 4:
                    continue
                count["sentences"] += 1
                count["retold"] += number in ours
                count["overlaps"] += number in more
                count["lexical"] += number in plain
                if (
                    errors
                    and record["label"] == "wholly"
                    and (number in ours) == (what != "own story")
                ):
                    print(f"  {what}: {record['id']} {number}: {text_of(paper, number)}")
    for what, count in sorted(totals.items()):
        size = max(count["sentences"], 1)
        print(
            f"    {what:24} {size:5d} sentences  retold {count['retold'] / size:.3f}"
            f" (and overlapping {count['overlaps'] / size:.3f})"
            f"  Jaccard .35 or containment .6 {count['lexical'] / size:.3f}"
        )

    meter_labels(takes)


def meter_labels(takes: dict[tuple[str, str], list[Segmented]]) -> None:
    """Precision on 100 links read by a person: ids and sentence numbers only, no texts.

    "partly": the links hold what both tell, and a sentence too many.
    """
    labels = json.loads(
        (Path(__file__).parents[1] / "quality/collation_labels.json").read_text("utf-8")
    )
    papers = {
        record["id"]: (record["domain"], record["date"] + record["catchline"], record)
        for record in shared.records("derivation/meter-newspapers.jsonl.gz")
    }
    made: dict[str, set[tuple[str, int, int]]] = {}
    count: Counter[str] = Counter()
    for paper, mine, take, other, label in labels:
        if paper not in made:
            domain, story, record = papers[paper]
            report = meter_report(record)
            made[paper] = {
                (name, i, j)
                for passage in align([report, *takes[domain, story]]).passages
                for i in passage.readings.get(paper, ())
                for name, there in passage.readings.items()
                for j in there
            }
        if any((take, i, j) in made[paper] for i in mine for j in other):
            count[label] += 1
    size = max(sum(count.values()), 1)
    print(
        f"    of {len(labels)} links read by a person {size} are made: right {count['right']},"
        f" partly {count['partly']}, wrong {count['wrong']}"
        f"  precision {1 - count['wrong'] / size:.3f} (strict {count['right'] / size:.3f})"
    )


def meter_report(record: dict[str, Any]) -> Segmented:
    """A take or a newspaper report, its end marks left out."""
    lines = [line.strip("\x19 ") for line in record["paragraphs"]]
    text = "\n".join(line for line in lines if line and line.lower() not in {"end", "ends", "mf"})
    return segment(Report(record["id"], text, language="en"))


def meter_aligned(paper: Segmented, takes: Sequence[Segmented]) -> tuple[set[int], set[int]]:
    """Sentences of the newspaper report in a passage with a take; others that overlap with one."""
    name = paper.report.id
    collation = align([paper, *takes])
    found = {number for one in collation.passages for number in one.readings.get(name, ())}
    more = {
        number
        for one in collation.overlaps
        for side, number in zip((one.a, one.b), one.numbers, strict=True)
        if side.report == name
    }
    return found, more - found


def meter_lexical(paper: Segmented, takes: Sequence[Segmented]) -> set[int]:
    """Sentences with a take's sentence of Jaccard >= .35 or containment >= .6."""
    wire = [{word.form for word in each.words} for take in takes for each in take.sentences]
    found = set()
    for number, sentence in enumerate(paper.sentences):
        own = {word.form for word in sentence.words}
        for other in wire:
            both = len(own & other)
            if both >= 0.35 * len(own | other) or both >= 0.6 * max(1, min(len(own), len(other))):
                found.add(number)
                break
    return found
