"""Changes between two readings: how many of those that matter are found, and what is made up.

    python benchmarks/quality/changes.py                 labelled pairs, `tune` and `held` apart
    python benchmarks/quality/changes.py --actors        the same, with actors and quotations
    python benchmarks/quality/changes.py --errors        what still fails in `tune`
    python benchmarks/quality/changes.py --real 300      pairs nobody labelled: alarms by kind
    python benchmarks/quality/changes.py --seeds         the hand-made truth of two reports

A found change counts when a labelled one has its kind (or names it in `also`) and overlaps it
on both sides (an empty span overlaps what it touches). Each labelled change is matched once.
Wording is counted apart: where one wording change ends and the next begins is a matter of taste.
The trivial baseline compares the sets of number, capitalised, negation, hedge and reporting words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from retold.collate.changes import changes
from retold.language import table
from retold.language.claims import Claims
from retold.model import Change, Collation, Passage, Place, Report, Segmented, Span
from retold.pipeline import collated
from retold.segment import segment
from retold.settings import DEFAULTS
from retold.text.words import words

LABELLED = Path(__file__).resolve().parent / "changes_labelled"
KINDS = (
    "number",
    "date",
    "name",
    "place",
    "negation",
    "modality",
    "quantity",
    "quotation-marks",
    "attribution",
    "order",
)


def compared(a: str, b: str, language: str = "en", *, actors: bool = False) -> list[Change]:
    """The changes between two texts taken as two readings of one passage.

    With `actors`, the actors and quotations of both are found as the command finds them.
    """
    reports = [Report(id="a", text=a, language=language), Report(id="b", text=b, language=language)]
    known: tuple[Any, Any] = ((), ())
    if actors:
        story = collated(reports)
        segmented, known = list(story.segmented), (story.actors, story.quotations)
    else:
        segmented = [segment(report) for report in reports]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in segmented}
    passage = Passage("P1", readings, "a", (), 1.0, ())
    collation = Collation((passage,), {"a": (), "b": ()})
    return list(changes(collation, segmented, *known, DEFAULTS).passages[0].changes)


def _actors(reports: list[Segmented]) -> tuple[Any, Any]:
    from retold.attribute import attribute
    from retold.attribute.actors import join_actors

    actors, found = join_actors([attribute(report) for report in reports], tuple(reports))
    return actors, tuple(quotation for one in found for quotation in one.quotations)


def spans_of(text: str, shown: str) -> list[Span]:
    """Where a labelled piece of text stands; the whole text's edge for an empty one."""
    if not shown:
        return []
    found = [match.span() for match in re.finditer(re.escape(shown), text)]
    if not found:
        plain = shown.strip("“”\"'‘’«»„ ")
        found = [match.span() for match in re.finditer(re.escape(plain), text)]
    return found


def _touches(span: Span, places: list[Span]) -> bool:
    if not places:
        return True  # an empty label: the other side decides
    return any(span[0] < end and start < span[1] for start, end in places) or (
        span[0] == span[1] and any(start - 1 <= span[0] <= end + 1 for start, end in places)
    )


def matches(change: Change, label: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a found change is a labelled one."""
    if change.kind != label["kind"] and change.kind not in label.get("also", ()):
        return False
    return overlaps(change, label, record)


def overlaps(change: Change, label: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a found change stands where a label stands, on both sides."""
    a, b = spans_of(record["a"], label["a"]), spans_of(record["b"], label["b"])
    if not a and not b:
        return False
    return _touches(change.a.span, a) and _touches(change.b.span, b)


class Score:
    """Counts by kind."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.recalled: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.decoys = 0
        self.fired = 0
        self.ranked_pairs = 0
        self.ranked_right = 0.0
        self.errors: list[str] = []

    def add(self, record: dict[str, Any], found: list[tuple[str, Change]]) -> None:
        """Counts one record; `found` is the list of changes with the words of both sides."""
        labels = list(record["changes"])
        left = list(labels)
        hits: list[bool] = []
        for _, change in found:
            label = next((one for one in left if matches(change, one, record)), None)
            self.found[change.kind] += 1
            hits.append(label is not None)
            if label is not None:
                left.remove(label)
                self.hit[change.kind] += 1
                self.recalled[label["kind"]] += 1
            elif change.kind != "wording":
                again = any(matches(change, one, record) for one in labels)
                self.errors.append(
                    f"{record['id']} {'TWICE' if again else 'SPURIOUS'} {change.kind} "
                    f"{shown(record, change)}\n{_both(record)}"
                )
        for label in labels:
            self.gold[label["kind"]] += 1
        for label in left:
            if label["kind"] != "wording":
                self.errors.append(
                    f"{record['id']} MISSED {label['kind']} «{label['a']}» «{label['b']}»\n"
                    f"{_both(record)}"
                )
        for decoy in record.get("decoys", ()):
            self.decoys += 1
            if any(matches(change, decoy, record) for _, change in found):
                self.fired += 1
                self.errors.append(
                    f"{record['id']} DECOY {decoy['kind']} «{decoy['a']}» «{decoy['b']}»\n"
                    f"{_both(record)}"
                )
        self._rank(record, [change for _, change in found])

    def _rank(self, record: dict[str, Any], found: list[Change]) -> None:
        """Of pairs (labelled non-wording change, any wording), how many stand in this order."""
        serious = [
            at
            for at, change in enumerate(found)
            if change.kind != "wording"
            and any(matches(change, one, record) for one in record["changes"])
        ]
        rest = [at for at, change in enumerate(found) if at not in serious]
        for high in serious:
            for low in rest:
                self.ranked_pairs += 1
                self.ranked_right += high < low

    def show(self, title: str) -> None:
        """Prints the table."""
        print(f"\n{title}")
        print(f"{'kind':<16}{'P':>7}{'R':>7}{'found':>7}{'gold':>6}")
        for kind in (*KINDS, "wording"):
            if not self.gold[kind] and not self.found[kind]:
                continue
            precision = self.hit[kind] / self.found[kind] if self.found[kind] else 1.0
            recall = self.recalled[kind] / self.gold[kind] if self.gold[kind] else 1.0
            print(
                f"{kind:<16}{precision:>7.3f}{recall:>7.3f}{self.found[kind]:>7}"
                f"{self.gold[kind]:>6}"
            )
        print(f"decoys fired: {self.fired} of {self.decoys}")
        if self.ranked_pairs:
            print(
                f"serious changes above the rest: {self.ranked_right / self.ranked_pairs:.3f} "
                f"of {self.ranked_pairs} pairs"
            )


def shown(record: dict[str, Any], change: Change) -> str:
    """Both sides of a change in words."""
    a, b = change.a.span, change.b.span
    return f"«{record['a'][a[0] : a[1]]}» «{record['b'][b[0] : b[1]]}» ({change.weight})"


def _both(record: dict[str, Any]) -> str:
    return f"    A {record['a']}\n    B {record['b']}"


def baseline(a: str, b: str) -> list[Change]:
    """Words of each kind that stand on one side only, paired in order."""
    data = table(Claims, "en")
    groups = {
        "negation": set(data.negations),
        "modality": {word for hedge in data.hedges for word in (*hedge.exact, *hedge.phrases)},
        "quantity": {word for quantity in data.quantities for word in quantity.exact},
        "attribution": {word for cue in data.cues for word in (*cue.phrases, *cue.exact)},
    }
    found: list[Change] = []
    sides = []
    for text in (a, b):
        by_kind: dict[str, list[Span]] = {}
        for word in words(text):
            kind = next((kind for kind, group in groups.items() if word.form in group), None)
            if word.form[0].isdigit():
                kind = "number"
            elif kind is None and text[word.start].isupper() and word.start:
                kind = "name"
            if kind:
                by_kind.setdefault(kind, []).append((word.start, word.end))
        sides.append(by_kind)
    for kind in (*groups, "number", "name"):
        left = [s for s in sides[0].get(kind, []) if a[s[0] : s[1]] not in b]
        right = [s for s in sides[1].get(kind, []) if b[s[0] : s[1]] not in a]
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else (0, 0)
            two = right[index] if index < len(right) else (0, 0)
            found.append(Change(kind, Place("a", one), Place("b", two), 0.5, ""))  # type: ignore[arg-type]
    return found


def labelled() -> list[dict[str, Any]]:
    """All labelled records."""
    records = []
    for file in sorted(LABELLED.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                records.append(json.loads(line))
    return records


def run_labelled(errors: bool, forced: bool, actors: bool, only: str | None) -> None:
    """Prints the tables of both parts."""
    records = labelled()
    content = json.dumps(records, sort_keys=True).encode()
    print(f"{len(records)} pairs, fingerprint {blake2b(content, digest_size=8).hexdigest()}")
    print(f"settings: defaults; actors {'from the pipeline' if actors else 'none'}")
    for part in ("tune", "held"):
        score, trivial = Score(), Score()
        for record in records:
            if record["split"] != part:
                continue
            a, b = record["a"], record["b"]
            language = record.get("language", "en")
            found = compared(a, b, language, actors=actors)
            score.add(record, [("", change) for change in found])
            trivial.add(record, [("", change) for change in baseline(a, b)])
        score.show(f"{part}: retold")
        trivial.show(f"{part}: baseline, sets of words")
        if errors and (part == "tune" or forced):
            for error in score.errors:
                if only is None or f" {only} " in error.splitlines()[0]:
                    print(error)
        elif errors:
            print("(errors of the held part are not shown: it is not to be tuned on)")


def run_real(count: int, kind: str | None) -> None:
    """Alarms by kind on two human translations of one sentence: most should be wording."""
    name = "collation/retranslation.jsonl.gz"
    print(f"\n{name} {shared.fingerprint(name)}: A against B, first {count} with both")
    tally: Counter[str] = Counter()
    pairs = 0
    for record in shared.records(name):
        if "B" not in record["ref"] or pairs >= count:
            continue
        pairs += 1
        a, b = (unicodedata.normalize("NFC", record["ref"][side]) for side in "AB")
        for change in compared(a, b):
            tally[change.kind] += 1
            if kind == change.kind:
                print(shown({"a": a, "b": b}, change), "\n" + _both({"a": a, "b": b}))
    print(f"{pairs} pairs: " + ", ".join(f"{kind} {n}" for kind, n in tally.most_common()))


def run_seeds() -> None:
    """The hand-made truth: changes found, changes that must never be reported."""
    truth = json.loads(shared.path("seeds/truth.json").read_text("utf-8"))
    files = sorted(key for key in truth["passages"][0] if key.endswith(".txt"))
    reports = [
        segment(
            Report(id=file, text=shared.path(f"seeds/{file}").read_text("utf-8"), language="en")
        )
        for file in files
    ]
    passages = []
    for passage in truth["passages"]:
        readings = {}
        for one in reports:
            at = [one.report.text.find(words_) for words_ in passage[one.report.id]]
            readings[one.report.id] = tuple(
                number
                for number, sentence in enumerate(one.sentences)
                if any(sentence.span[0] <= place < sentence.span[1] for place in at)
            )
        passages.append(Passage(passage["id"], readings, files[0], (), 1.0, ()))
    collation = Collation(tuple(passages), dict.fromkeys(files, ()))
    result = changes(collation, reports, *_actors(reports), DEFAULTS)
    found = missed = 0
    for passage in result.passages:
        here = {"a": reports[0].report.text, "b": reports[1].report.text}
        gold = [one for one in truth["changes"] if one["passage"] == passage.id]
        for label in gold:
            label["kind"] = label["kind"].replace(" ", "-")
            if any(matches(change, label, here) for change in passage.changes):
                found += 1
            else:
                missed += 1
                print("missed", label)
        for label in truth["never_changes"]:
            if label["passage"] == passage.id:
                for change in passage.changes:
                    if overlaps(change, label, here) and change.a.span[0] < change.a.span[1]:
                        print("NEVER", label["a"], label["b"], change.kind, shown(here, change))
        print(passage.id)
        for change in passage.changes:
            good = any(matches(change, label, here) for label in gold)
            print("  ", "+" if good else " ", change.kind, shown(here, change))
    print(f"seeds: {found} of {found + missed} listed changes found")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--force-held", action="store_true")
    parser.add_argument("--only", help="show errors of this kind")
    parser.add_argument("--actors", action="store_true", help="actors as the pipeline finds them")
    parser.add_argument("--real", type=int, default=0)
    parser.add_argument("--kind", help="with --real: show the alarms of this kind")
    parser.add_argument("--seeds", action="store_true")
    options = parser.parse_args()
    if options.real:
        run_real(options.real, options.kind)
    elif options.seeds:
        run_seeds()
    else:
        run_labelled(options.errors, options.force_held, options.actors, options.only)


if __name__ == "__main__":
    main()
