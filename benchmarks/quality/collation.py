"""Collation against labelled alignments, beside what a plain lexical matcher gives.

python benchmarks/quality/collation.py [--errors] [--seeds N] [part ...]

Parts: retranslation, joined, superpal, meter, seeds, calibration (all by default).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from retold.collate import align
from retold.collate.features import extract
from retold.collate.overlaps import compared, log_odds
from retold.collate.segments import Segments
from retold.collate.story import join
from retold.language import table
from retold.language.words import Words
from retold.model import Report, Segmented, Sentence
from retold.pipeline import tell
from retold.read import read
from retold.segment import segment
from retold.settings import DEFAULTS
from retold.text.words import words
from stories.passages import links
from stories.truth import Located, all_stories

Pair = tuple[int, int]
Table = npt.NDArray[np.float64]
Aligner = Callable[[Segmented, Segmented], set[Pair]]


class Telling(NamedTuple):
    """Sentences in order, and for each the source segments it carries."""

    sentences: list[str]
    segments: list[frozenset[str]]


class Case(NamedTuple):
    """Two tellings of one document."""

    name: str
    a: Telling
    b: Telling


# --- two translations of one document --------------------------------------------------


def documents() -> dict[str, list[dict[str, object]]]:
    """Segments of each document, in order."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in shared.records("collation/retranslation.jsonl.gz"):
        found[record["pair"] + "/" + record["doc"]].append(record)
    return found


def telling(
    segments: Sequence[tuple[str, str]],
    foreign: Sequence[str],
    random_: random.Random,
    run_together: bool,
) -> Telling:
    """Drops one sentence in six, swaps neighbours (8 %), puts four foreign ones in.

    With `run_together`, one in seven neighbours becomes one sentence with the next.
    """
    kept = [segment for segment in segments if random_.random() >= 1 / 6]
    units = [(text, frozenset([number])) for number, text in kept]
    at = 0
    while at < len(units) - 1:
        if random_.random() < 0.08:
            units[at], units[at + 1] = units[at + 1], units[at]
            at += 1
        at += 1
    if run_together:
        merged: list[tuple[str, frozenset[str]]] = []
        at = 0
        while at < len(units):
            text, carried = units[at]
            if at < len(units) - 1 and random_.random() < 1 / 7:
                at += 1
                text, carried = _glued(text, units[at][0]), carried | units[at][1]
            merged.append((text, carried))
            at += 1
        units = merged
    for text in foreign:
        units.insert(random_.randrange(len(units) + 1), (text, frozenset()))
    return Telling([text for text, _ in units], [carried for _, carried in units])


def _glued(first: str, second: str) -> str:
    first = first.rstrip().rstrip(".!?")
    return f"{first}, and {second[:1].lower()}{second[1:]}"


def cases(seeds: int, run_together: bool) -> Iterator[tuple[str, Case]]:
    """Human × human, human × machine and machine × machine, each document once a seed."""
    known = documents()
    for seed in range(seeds):
        for name, records in known.items():
            random_ = random.Random(f"{name}/{seed}/{run_together}")
            others = random_.sample([other for other in known if other != name], 8)
            foreign = [
                (record := random_.choice(known[other]))["ref"][sorted(record["ref"])[0]]
                for other in others  # one each, or two foreign ones would belong together
            ]
            people = sorted(records[0]["ref"])
            machines = sorted(records[0]["sys"])
            choices = [("human-machine", ("ref", people[0]), ("sys", random_.choice(machines)))]
            if len(people) > 1:
                choices.append(("human-human", ("ref", people[0]), ("ref", people[1])))
            left, right = random_.sample(machines, 2)
            choices.append(("machine-machine", ("sys", left), ("sys", right)))
            for group, one, two in choices:
                tellings = [
                    telling(
                        [(record["seg"], record[kind][who]) for record in records],
                        foreign[side * 4 : side * 4 + 4],
                        random_,
                        run_together,
                    )
                    for side, (kind, who) in enumerate((one, two))
                ]
                yield group, Case(f"{name} {one[1]} {two[1]} {seed}", *tellings)


def gold(case: Case) -> set[Pair]:
    """Pairs of sentences that share a segment."""
    return {
        (i, j)
        for i, left in enumerate(case.a.segments)
        for j, right in enumerate(case.b.segments)
        if left & right
    }


# --- aligners --------------------------------------------------------------------------


def cut(name: str, sentences: Sequence[str], joint: str = "\n") -> Segmented:
    """A report whose sentences are known."""
    made = []
    text = ""
    for number, sentence in enumerate(sentences):
        text += joint if text else ""
        start = len(text)
        text += sentence
        lead = len(sentence) - len(sentence.lstrip())
        span = (start + lead, start + max(lead, len(sentence.rstrip())))
        made.append(Sentence(span, words(text, *span), number))
    return Segmented(Report(name, text, language="en"), tuple(made))


def retold_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """Pairs of sentences that are in one passage."""
    return {
        (i, j)
        for passage in align([a, b]).passages
        for i in passage.readings.get(a.report.id, ())
        for j in passage.readings.get(b.report.id, ())
    }


def linked_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """Pairs of sentences that are in one passage, or overlap."""
    found = retold_pairs(a, b)
    for overlap in align([a, b]).overlaps:
        i, j = overlap.numbers
        found.add((i, j) if overlap.a.report == a.report.id else (j, i))
    return found


def lexical_scores(a: Segmented, b: Segmented) -> Table:
    """Word and character TF-IDF cosine of all pairs."""
    texts = [
        segmented.report.text[slice(*sentence.span)].lower()
        for segmented in (a, b)
        for sentence in segmented.sentences
    ]
    size = len(a.sentences)
    total = np.zeros((len(texts), len(texts)))
    for bags in (
        [Counter(word.form for word in words(text)) for text in texts],
        [Counter(text[k : k + 4] for k in range(len(text) - 3)) for text in texts],
    ):
        df = Counter(term for bag in bags for term in bag)
        number = {term: k for k, term in enumerate(df)}
        matrix = np.zeros((len(texts), len(number)))
        for row, bag in enumerate(bags):
            for term, count in bag.items():
                matrix[row, number[term]] = count * np.log((1 + len(texts)) / df[term])
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        total += 0.5 * matrix @ matrix.T
    return total[:size, size:]


def lexical_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """The trivial baseline: word and character TF-IDF cosine, mutual best."""
    cross = lexical_scores(a, b)
    if not cross.size:
        return set()
    best_b, best_a = cross.argmax(axis=1), cross.argmax(axis=0)
    return {(i, int(j)) for i, j in enumerate(best_b) if best_a[j] == i and cross[i, j] >= 0.15}


class Score:
    """Precision, recall and F1 over all pairs of all cases."""

    def __init__(self) -> None:
        self.hit = self.said = self.true = 0

    def add(self, predicted: set[Pair], truth: set[Pair]) -> None:
        """Counts one case."""
        self.hit += len(predicted & truth)
        self.said += len(predicted)
        self.true += len(truth)

    def __str__(self) -> str:
        precision = self.hit / max(self.said, 1)
        recall = self.hit / max(self.true, 1)
        f1 = 2 * self.hit / max(self.said + self.true, 1)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"


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


# --- summaries and their sources -------------------------------------------------------


def superpal(seeds: int, errors: bool) -> None:
    """Sentences of a summary and of its news sources that share a proposition.

    The data gives sentences only where a proposition was aligned, so precision is counted
    among those. Every method may give each summary sentence several mates in one source.
    """
    name = "collation/superpal-multinews-dev.csv"
    print(f"superpal, sentence level  [{shared.fingerprint(name)}]")
    topics: dict[str, list[dict[str, str]]] = defaultdict(list)
    with shared.path(name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            topics[row["topic"]].append(row)
    scores: dict[str, Score] = defaultdict(Score)
    ranked: list[tuple[int, int, tuple[Table, ...], set[Pair]]] = []
    for rows in topics.values():
        summary = sorted({(int(row["scuSentCharIdx"]), row["scuSentence"]) for row in rows})
        by_document: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            by_document[row["documentFile"]].append(row)
        for document in sorted(by_document):
            there = by_document[document]
            source = sorted({(int(row["docSentCharIdx"]), row["docSentText"]) for row in there})
            number_a = {at: k for k, (at, _) in enumerate(summary)}
            number_b = {at: k for k, (at, _) in enumerate(source)}
            truth = {
                (number_a[int(row["scuSentCharIdx"])], number_b[int(row["docSentCharIdx"])])
                for row in there
            }
            a = cut("A", [text for _, text in summary])
            b = cut("B", [text for _, text in source])
            scores["retold, passages"].add(retold_pairs(a, b), truth)
            scores["retold, with overlaps"].add(linked_pairs(a, b), truth)
            scores["TF-IDF, mutual best"].add(lexical_pairs(a, b), truth)
            for least in (0.3, 0.4, 0.5):
                scores[f"word overlap >= {least}"].add(overlap_pairs(a, b, least), truth)
            ranked.append((len(a.sentences), len(b.sentences), ranked_pairs(a, b), truth))
    for method, score in scores.items():
        print(f"    {method:22} {score}")
    for number, method in enumerate(("retold overlaps", "word overlap", "TF-IDF cosine")):
        values = [
            (round(tables[number][i, j], 6), (i, j) in truth)
            for rows_, columns_, tables, truth in ranked
            for i in range(rows_)
            for j in range(columns_)
        ]
        values.sort(key=lambda each: -each[0])
        true = sum(right for _, right in values)
        hits = np.cumsum([right for _, right in values])
        best = (2 * hits / (np.arange(len(values)) + 1 + true)).max()
        precision = hits / (np.arange(len(values)) + 1)
        average = sum(p for p, (_, right) in zip(precision, values, strict=True) if right) / true
        print(f"    ranked by {method:16} best F1 {best:.4f}  average precision {average:.4f}")


def ranked_pairs(a: Segmented, b: Segmented) -> tuple[Table, ...]:
    """Scores of all pairs: ours (those not worth a look last), word overlap, TF-IDF."""
    function_words = {"en": frozenset(table(Words, "en").function_words)}
    features = extract([a, b], ["en", "en"], (), function_words)
    kinds_a, kinds_b = features.kinds
    fuller = -features.against[kinds_a].sum() >= -features.against[kinds_b].sum()
    joined = join(features, (0, 1) if fuller else (1, 0))
    ours = np.full((len(kinds_a), len(kinds_b)), -99.0)
    values = log_odds(compared(joined, joined.looked, Segments(features)), joined, joined.looked)
    for one, two, value in zip(*joined.looked[:2], values, strict=True):
        (_, i), (_, j) = sorted((joined.at(int(one)), joined.at(int(two))))
        ours[i, j] = value
    left, right = (
        [{word.form for word in sentence.words} for sentence in each.sentences] for each in (a, b)
    )
    overlap = np.array(
        [[len(x & y) / max(1, min(len(x), len(y))) for y in right] for x in left], dtype=float
    )
    return ours, overlap, lexical_scores(a, b)


def overlap_pairs(a: Segmented, b: Segmented, least: float) -> set[Pair]:
    """Baseline: shared words over the shorter sentence's words."""
    left, right = (
        [{word.form for word in sentence.words} for sentence in each.sentences] for each in (a, b)
    )
    return {
        (i, j)
        for i, one in enumerate(left)
        for j, two in enumerate(right)
        if len(one & two) >= least * max(1, min(len(one), len(two)))
    }


# --- a wire and the papers that print it -----------------------------------------------


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
    labels = json.loads((Path(__file__).parent / "collation_labels.json").read_text("utf-8"))
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


def text_of(segmented: Segmented, number: int) -> str:
    """A sentence's text."""
    return segmented.report.text[slice(*segmented.sentences[number].span)]


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
