"""Reuse on METER: the story a report belongs to, reports seen as reuse, words by class.

python benchmarks/quality/reuse.py [pairing] [reuse] [words] [chance] [--errors]
                                       [--update-floors [--allow-regression]]

METER (Gaizauskas et al. 2001): newspapers' reports beside the takes of the wire, by story. The
labels are only measured on; nothing in the program is learned from them. Of the words, the form
of the rule was chosen with all stories in view, its two thresholds on "one half" of them; "the
other half" is held out from that choice.

Some reports were labelled beside a part of the wire only, or beside one that is not here: whole
paragraphs are called new that a take has word for word. Figures without them stand apart: a label
contradicts its own definition where a word called new stands in a run of eight words that a take
has, and where a word called verbatim is in no take. Reports with 3 in 100 such words are left out.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

import shared
from floors import raised
from retold.group.copies import Copies
from retold.group.copies.evidence import weights
from retold.group.copies.marking import mark
from retold.group.copies.pairing import Sources
from retold.model import Report, Segmented
from retold.segment import segment
from retold.text.stems import stemmer
from retold.text.words import forms

WIRE = "derivation/meter-pa.jsonl.gz"
PAPERS = "derivation/meter-newspapers.jsonl.gz"
CLASSES = ("verbatim", "rewrite", "new")

Story = tuple[str, str, str]
Table = dict[str, dict[str, float]]


def story_of(record: dict[str, Any]) -> Story:
    """Domain, date and catchline."""
    return record["domain"], record["date"], record["catchline"]


def text_of(record: dict[str, Any]) -> str:
    """The text, end marks left out."""
    lines = [line.strip("\x19 ") for line in record["paragraphs"]]
    return "\n".join(line for line in lines if line and line.lower() not in {"end", "ends", "mf"})


def sent_at(record: dict[str, Any]) -> float:
    """When a take was sent."""
    time = datetime.strptime(f"{record['pa_date']} {record['pa_time']}", "%d/%m/%y %H:%M")
    return time.replace(tzinfo=UTC).timestamp()


def printed_by(story: Story) -> float:
    """Midnight of a story's day: its reports stand in the papers of the next morning."""
    day = datetime.strptime(story[1], "%d.%m.%y").replace(tzinfo=UTC)
    return (day + timedelta(days=1)).timestamp()


class Meter:
    """The corpus: takes and reports with their words."""

    def __init__(self) -> None:
        wire = list(shared.records(WIRE))
        self.takes = [(story_of(one), forms(text_of(one))) for one in wire]
        self.sent = [sent_at(one) for one in wire]
        self.papers = [
            (story_of(one), one["label"], one["id"], forms(text_of(one)))
            for one in shared.records(PAPERS)
        ]
        self.stories = sorted({story for story, _ in self.takes})
        self.joined = [
            [word for story, words in self.takes if story == one for word in words]
            for one in self.stories
        ]

    def resent(self) -> dict[Story, set[Story]]:
        """For each story those whose wire carries half of its words again, found by containment."""
        index = Copies(limit=100)
        again: dict[Story, set[Story]] = {story: {story} for story in self.stories}
        for number, words in enumerate(self.joined):
            for match in index.add(number, words):
                if max(match.containment_of_new, match.containment_of_other) >= 0.3:
                    again[self.stories[number]].add(self.stories[match.other])
                    again[self.stories[match.other]].add(self.stories[number])
        return again


def pairing(meter: Meter, errors: bool) -> Table:
    """Top-1 of all stories."""
    figures: Table = {}
    print(f"Pairing: {len(meter.papers)} reports, {len(meter.stories)} stories, takes joined")
    again = meter.resent()
    first = [
        min(sent for sent, (story, _) in zip(meter.sent, meter.takes, strict=True) if story == one)
        for one in meter.stories
    ]
    sources = Sources(meter.joined, first)
    five = [_grams(words, 5) for words in meter.joined]

    def retold(words: Sequence[str], story: Story) -> list[float]:
        scores = [0.0] * len(meter.stories)
        for one in sources.pair(words, len(scores)):
            scores[one.source] = one.score
        return scores

    def dated(words: Sequence[str], story: Story) -> list[float]:
        scores = [0.0] * len(meter.stories)
        for one in sources.pair(words, len(scores), written=printed_by(story)):
            scores[one.source] = one.score
        return scores

    def cosine(words: Sequence[str], story: Story) -> list[float]:
        scores = [0.0] * len(meter.stories)
        for one in sources.pair(words, len(scores)):
            scores[one.source] = one.cosine
        return scores

    def containment(words: Sequence[str], story: Story) -> list[float]:
        mine = _grams(words, 5)
        return [len(mine & theirs) for theirs in five]

    methods: dict[str, Callable[[Sequence[str], Story], list[float]]] = {
        "five-grams shared": containment, "TF-IDF cosine": cosine, "Retold": retold,
        "Retold, with dates": dated,
    }  # fmt: skip
    for name, method in methods.items():
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        same = 0
        for story, label, id_, words in meter.papers:
            scores = method(words, story)
            best = meter.stories[max(range(len(scores)), key=scores.__getitem__)]
            total[label] += 1
            right[label] += best == story
            same += best in again[story]
            if errors and name == "Retold, with dates" and best != story:
                note = "its wire sent again" if best in again[story] else "another wire"
                print(f"    {id_} -> {'/'.join(best)} ({note})")
        every = sum(total.values())
        shares = "  ".join(f"{label} {right[label] / total[label]:.3f}" for label in sorted(total))
        print(
            f"  {name:18} top 1 {sum(right.values()) / every:.4f}  ({shares})"
            f"  counting a wire sent again the next day as the same {same / every:.4f}"
        )
        if name.startswith("Retold"):
            figures[f"pairing, {name}"] = {"top 1": sum(right.values()) / every}
    return figures


def _grams(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def reuse(meter: Meter, errors: bool) -> Table:
    """Reports seen as reuse of a take of their story, and takes of other stories."""
    wires = [words for _, words in meter.takes]
    sources = Sources(wires, meter.sent)
    grams = [_grams(words, 5) for words in wires]

    def derived(words: Sequence[str], story: Story) -> list[int]:
        return [one.source for one in sources.derived(words)]

    def dated(words: Sequence[str], story: Story) -> list[int]:
        return [one.source for one in sources.derived(words, written=printed_by(story))]

    index = Copies(limit=1000)
    for number, wire in enumerate(wires):
        index.add(number, wire)
    asked = iter(range(len(wires), 1 << 30))

    def contained(words: Sequence[str], story: Story) -> list[int]:
        found = index.add(next(asked), words)
        return [match.other for match in found if match.other < len(wires)]

    def jaccard(least: float) -> Callable[[Sequence[str], Story], list[int]]:
        def method(words: Sequence[str], story: Story) -> list[int]:
            mine = _grams(words, 5)
            return [
                number
                for number, theirs in enumerate(grams)
                if len(mine & theirs) >= least * max(1, len(mine | theirs))
            ]

        return method

    figures: Table = {}
    print(f"Reuse: {len(meter.papers)} reports beside {len(wires)} takes")
    again = meter.resent()
    methods: dict[str, Callable[[Sequence[str], Story], list[int]]] = {
        "Jaccard >= .5": jaccard(0.5),
        "Jaccard >= .3": jaccard(0.3),
        "Retold, copies (containment)": contained,
        "Retold, pairing (derived)": derived,
        "Retold, pairing with dates": dated,
    }
    for name, method in methods.items():
        seen: Counter[str] = Counter()
        total: Counter[str] = Counter()
        wrong = resent = 0
        for story, label, id_, words in meter.papers:
            found = [meter.takes[number][0] for number in method(words, story)]
            total[label] += 1
            seen[label] += story in found
            others = [one for one in found if one != story]
            wrong += len(others)
            resent += sum(one in again[story] for one in others)
            if errors and name.endswith("with dates"):
                if label == "wholly" and story not in found:
                    print(f"    not seen: {id_}")
                for one in others:
                    print(f"    {id_} -> {'/'.join(one)}")
        shares = "  ".join(f"{label} {seen[label] / total[label]:.3f}" for label in sorted(total))
        print(
            f"  {name:30} seen: {shares}  extents in another story {wrong}"
            f" (in a wire sent again {resent})"
        )
        if name.startswith("Retold"):
            wholly = seen["wholly"] / total["wholly"]
            figures[f"reuse, {name}"] = {"wholly seen": wholly, "wrong extents": wrong}
    return figures


def words(meter: Meter, errors: bool) -> Table:
    """Words as verbatim, rewrite, new."""
    takes: dict[Story, list[Segmented]] = defaultdict(list)
    for one in shared.records(WIRE):
        takes[story_of(one)].append(segment(Report(one["id"], text_of(one), language="en")))
    halves: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    plain: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    sound: Counter[tuple[str, str]] = Counter()
    left_out = []
    worst = []
    for one in shared.records(PAPERS):
        if not one["segments"]:
            continue
        text, labels = _labelled(one["segments"])
        report = segment(Report(one["id"], text, language="en"))
        marks = mark(report, takes[story_of(one)])
        half = blake2b(repr(story_of(one)).encode(), digest_size=1).digest()[0] % 2
        right = count = 0
        held = [forms(source.report.text) for source in takes[story_of(one)]]
        triples = set().union(*(_grams(some, 3) for some in held))
        eights = set().union(*(_grams(some, 8) for some in held))
        known = set().union(*held)
        here: Counter[tuple[str, str]] = Counter()
        against = 0
        every = [word for sentence in report.sentences for word in sentence.words]
        mine = [word.form for word in every]
        for at, word in enumerate(every):
            truth = labels[word.start]
            got = next(s.kind for s in marks.spans if s.span[0] <= word.start < s.span[1])
            run = any(tuple(mine[k : k + 3]) in triples for k in range(max(0, at - 2), at + 1))
            here[truth, got] += 1
            against += (truth == "verbatim" and word.form not in known) or (
                truth == "new"
                and any(tuple(mine[k : k + 8]) in eights for k in range(max(0, at - 7), at + 1))
            )
            plain[half][truth, "verbatim" if run else "new"] += 1
            right += truth == got
            count += 1
        worst.append((right / max(1, count), one["id"]))
        halves[half] += here
        if against >= 0.03 * count:
            left_out.append((against / count, one["id"]))
        else:
            sound += here
    both = halves[0] + halves[1]
    print(f"Words: {len(worst)} reports, {sum(both.values())} words")
    for name, counts in (
        ("runs of three, else new", plain[0] + plain[1]),
        ("Retold", both),
        ("  one half of the stories", halves[0]),
        ("  the other half", halves[1]),
        (f"  without {len(left_out)} labelled otherwise", sound),
    ):
        scores = [_f1(counts, kind) for kind in CLASSES]
        each = "  ".join(f"{kind} {score:.3f}" for kind, score in zip(CLASSES, scores, strict=True))
        print(f"  {name:28} macro F1 {sum(scores) / 3:.3f}  {each}")
    if errors:
        for truth in CLASSES:
            row = "  ".join(f"as {got} {both[truth, got]}" for got in CLASSES)
            print(f"    {truth}: {row}")
        for share, id_ in sorted(left_out, reverse=True):
            print(f"    {id_}: {share:.2f} labelled against the definition")
        for share, id_ in sorted(worst)[:20]:
            print(f"    {id_}: {share:.2f} right")
    figures = {kind: _f1(both, kind) for kind in CLASSES}
    return {"words": {"macro F1": sum(figures.values()) / 3, **figures}}


def chance(meter: Meter, errors: bool) -> Table:
    """What the wire of another story has of a report's words, by the number of its stems."""
    stem = stemmer("en")
    stems = [{stem(word) for word in words} for words in meter.joined]
    points = []
    for at, (story, _, _, words) in enumerate(meter.papers):
        for step in (1, 31, 61, 91):
            other = (at + step) % len(stems)
            if meter.stories[other][2] != story[2]:
                weighed = weights(words, "en")
                has = np.array([stem(word) in stems[other] for word in words])
                share = float(weighed[has].sum() / weighed.sum())
                points.append((math.log(len(stems[other]) / 200), share))
    slope, level = np.polyfit(*np.array(points).T, 1)
    print(f"Chance: {len(points)} pairs of a report and the wire of another story")
    print(f"  share of words by weight {level:.3f} at 200 stems, {slope:+.3f} for e times as many")
    return {}


def _labelled(segments: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """The text of labelled segments, and the label of every character."""
    text, labels = "", []
    for label, part in segments:
        if text and part and text[-1] in '.!?"' and not part[0].isspace():
            text += " "
            labels.append(label)
        text += part
        labels += [label] * len(part)
    return text, labels


def _f1(counts: Counter[tuple[str, str]], kind: str) -> float:
    both = counts[kind, kind]
    truth = sum(n for (a, _), n in counts.items() if a == kind)
    got = sum(n for (_, b), n in counts.items() if b == kind)
    return 2 * both / max(1, truth + got)


PARTS = {"pairing": pairing, "reuse": reuse, "words": words, "chance": chance}


def main() -> None:
    """Prints the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--errors", action="store_true", help="list what fails")
    parser.add_argument("--update-floors", action="store_true", help="keep the figures as floors")
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall")
    chosen = parser.parse_args()
    print(f"METER  [{shared.fingerprint(WIRE)} {shared.fingerprint(PAPERS)}]")
    meter = Meter()
    now: Table = {}
    for part in chosen.parts or PARTS:
        now |= PARTS[part](meter, chosen.errors)
    if chosen.update_floors and not chosen.parts:
        falling = raised("reuse", now, {"wrong extents"}, allow_regression=chosen.allow_regression)
        print("\n".join(["", *falling]) if falling else "\nfloors written")


if __name__ == "__main__":
    main()
