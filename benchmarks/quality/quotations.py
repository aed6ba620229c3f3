"""Quotations against labelled news: exact, overlap, coverage, speaker.

    python benchmarks/quality/quotations.py [--set dev|train] [--sample N] [--errors [N]]
                                            [--update-floors [--allow-regression]]

Scores, each for attributions that hold quotation marks and for all:

* exact: F1 over contiguous content spans that begin and end on the same words (CofeNet's exact
  match, Wang et al. 2022, on content alone). Marks and other punctuation at the edges are left
  out on both sides, since the two sides disagree by convention on what belongs to them; spans
  parted by punctuation alone are one.
* overlap: F1 over words that are in any content (Citron's token overlap).
* coverage: F1 with each labelled content paired with the found one that covers most of its
  characters, counted above 0.3 and 0.8 (GenderGapTracker, Asr et al. 2021).
* speaker: share of the paired ones above 0.3 whose source spans overlap.
* source / cue / content: exact F1 over all three (CofeNet's table 6), on all attributions.

Found quotations are compared with "attributions holding quotation marks" when they hold one;
those nested in another are left out, as the labels leave them out. The trivial baseline takes
every stretch in quotation marks as content and the capitalised words nearest to it as source.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from floors import raised
from retold.attribute.quotations import RawQuotation, find_quotations
from retold.model import Report, Span
from retold.segment import segment

Gold = dict[str, list[Span]]
_WORD = re.compile(r"[^\W_]+")
_MARKS = ('"', "“", "”", "''", "«", "»", "„")


def normal(text: str, spans: Iterable[Sequence[int]]) -> list[Span]:
    """Spans cut to their first and last word, and joined where punctuation alone parts them."""
    cut: list[Span] = []
    for start, end in sorted((int(s[0]), int(s[1])) for s in spans):
        words = [match.span() for match in _WORD.finditer(text, start, end)]
        if not words:
            continue
        first, last = words[0][0], words[-1][1]
        if cut and (first < cut[-1][1] or not _WORD.search(text, cut[-1][1], first)):
            cut[-1] = (cut[-1][0], max(cut[-1][1], last))
        else:
            cut.append((first, last))
    return cut


def holds_marks(text: str, spans: Iterable[Span]) -> bool:
    """Whether a double quotation mark stands in or at the edge of the spans."""
    return any(mark in text[max(0, s - 2) : e + 2] for s, e in spans for mark in _MARKS)


class Counts:
    """True positives, found, labelled."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Adds one report."""
        self.right += right
        self.found += found
        self.gold += gold

    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def line(self) -> str:
        """F1, precision and recall in words."""
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return f"F1 {self.f1():.3f}  (precision {p:.3f}, recall {r:.3f})"


def words_in(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words of the spans begin."""
    return {match.start() for s, e in spans for match in _WORD.finditer(text, s, e)}


def overlap(a: Sequence[Span], b: Sequence[Span]) -> int:
    """Characters in both."""
    return sum(max(0, min(e, f) - max(s, g)) for s, e in a for g, f in b)


def compare(text: str, gold: list[Gold], found: list[Gold], scores: dict[str, Counts]) -> list[str]:
    """Adds one report to the scores; returns what is wrong in words."""
    errors: list[str] = []
    g_spans = {span for one in gold for span in one["content"]}
    f_spans = {span for one in found for span in one["content"]}
    scores["exact"].add(len(g_spans & f_spans), len(f_spans), len(g_spans))
    g_words, f_words = words_in(text, g_spans), words_in(text, f_spans)
    scores["overlap"].add(len(g_words & f_words), len(f_words), len(g_words))
    pairs: list[tuple[float, int, int]] = []
    for i, one in enumerate(gold):
        length = sum(e - s for s, e in one["content"])
        for j, other in enumerate(found):
            share = overlap(one["content"], other["content"]) / max(1, length)
            if share > 0.0:
                pairs.append((share, i, j))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    left, right, matched = set(range(len(gold))), set(range(len(found))), {}
    for share, i, j in pairs:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            matched[i] = (j, share)
    for threshold in (0.3, 0.8):
        hits = sum(1 for _, share in matched.values() if share > threshold)
        scores[f"coverage > {threshold}"].add(hits, len(found), len(gold))
    for i, (j, share) in matched.items():
        if share <= 0.3 or not gold[i]["source"]:
            continue
        right_speaker = overlap(gold[i]["source"], found[j]["source"] + found[j]["speaker"]) > 0
        scores["speaker"].add(int(right_speaker), 1, 1)
        if not right_speaker:
            errors.append("SPEAKER " + show(text, gold[i]) + "\n     found " + show(text, found[j]))
    for i, one in enumerate(gold):
        if i not in matched or matched[i][1] <= 0.3:
            errors.append("MISSED  " + show(text, one))
        elif set(one["content"]) != set(found[matched[i][0]]["content"]):
            errors.append(
                "EDGES   " + show(text, one) + "\n     found " + show(text, found[matched[i][0]])
            )
    for j in sorted(right):
        errors.append("EXTRA   " + show(text, found[j]))
    return errors


def show(text: str, one: Gold) -> str:
    """Source ## cue ## content."""
    parts = [" | ".join(text[s:e] for s, e in one[key]) for key in ("source", "cue", "content")]
    return " ## ".join(part.replace("\n", "¶") for part in parts)


def labelled(record: dict[str, Any]) -> list[Gold]:
    """The labels of a report, their edges made comparable."""
    text = record["text"]
    out = []
    for one in record["attributions"]:
        gold = {key: normal(text, one.get(key) or []) for key in ("source", "cue", "content")}
        gold["speaker"] = []
        if gold["content"]:
            out.append(gold)
    return out


def as_gold(text: str, one: RawQuotation) -> Gold:
    """A found quotation in the shape of a label."""
    speaker = [one.speaker] if one.speaker is not None else []
    return {
        "source": normal(text, one.source),
        "cue": normal(text, one.cue),
        "content": normal(text, one.content),
        "speaker": normal(text, speaker),
    }


def baseline(text: str) -> list[Gold]:
    """Marks and the nearest capitals."""
    names = [m.span() for m in re.finditer(r"(?:[A-Z][\w.]+ )*[A-Z]\w+", text)]
    out: list[Gold] = []
    for match in re.finditer(r"[\"“]([^\"“”\n]{10,2000})[\"”]", text):
        s, e = match.span(1)
        outside = [n for n in names if n[1] <= s or n[0] >= e]
        near = min(outside, key=lambda n: min(abs(n[0] - e), abs(s - n[1])), default=None)
        source = [near] if near else []
        out.append({"content": normal(text, [(s, e)]), "source": source, "cue": [], "speaker": []})
    return [one for one in out if one["content"]]


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", default="dev", choices=("dev", "train"))
    parser.add_argument("--sample", type=int, default=0, help="this many reports, same every time")
    parser.add_argument("--errors", type=int, nargs="?", const=40, default=0)
    parser.add_argument("--quoted", action="store_true", help="errors of quoted attributions only")
    parser.add_argument("--kinds", default="", help="errors of these kinds only: MISSED,EXTRA,…")
    parser.add_argument("--update-floors", action="store_true", help="keep the figures as floors")
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    name = f"quotes/polnear-{options.set}.jsonl.gz"
    records = shared.records(name)
    if options.sample:
        records = random.Random(options.seed).sample(records, min(options.sample, len(records)))
    measures = ("exact", "overlap", "coverage > 0.3", "coverage > 0.8", "speaker")
    scores = {
        (who, part): {measure: Counts() for measure in measures}
        for who in ("found", "baseline")
        for part in ("quoted", "all")
    }
    cofe = {label: Counts() for label in ("source", "cue", "content")}
    errors: list[str] = []
    for record in records:
        text = record["text"]
        gold = labelled(record)
        segmented = segment(Report(id=record["id"], text=text, language="en"))
        raw = find_quotations(segmented, "en")
        found = [as_gold(text, one) for one in raw if not one.nested]
        found = [one for one in found if one["content"]]
        simple = baseline(text)
        for part in ("quoted", "all"):
            for who, theirs in (("found", found), ("baseline", simple)):
                want, have = gold, theirs
                if part == "quoted":
                    want = [one for one in gold if holds_marks(text, one["content"])]
                    have = [one for one in theirs if holds_marks(text, one["content"])]
                wrong = compare(text, want, have, scores[who, part])
                if who == "found" and part == ("quoted" if options.quoted else "all"):
                    errors.extend(wrong)
        for label, counts in cofe.items():
            want_spans = {span for one in gold for span in one[label]}
            have_spans = {span for one in found for span in one[label]}
            counts.add(len(want_spans & have_spans), len(have_spans), len(want_spans))
    print(f"{name}  blake2b {shared.fingerprint(name)}  {len(records)} reports")
    for part in ("quoted", "all"):
        for who in ("found", "baseline"):
            print(f"\n{part}, {who}")
            for measure in measures:
                counts = scores[who, part][measure]
                line = counts.line()
                if measure == "speaker":
                    line = f"{counts.right / max(1, counts.gold):.3f}  of {counts.gold}"
                print(f"  {measure:16} {line}")
    print("\nall, exact match of each part")
    for label, counts in cofe.items():
        print(f"  {label:16} {counts.line()}")
    if options.update_floors and not options.sample:
        now = {
            f"{options.set}, {part}": {
                measure: scores["found", part][measure].f1() for measure in measures
            }
            for part in ("quoted", "all")
        }
        now[f"{options.set}, exact match"] = {label: one.f1() for label, one in cofe.items()}
        falling = raised("quotations", now, allow_regression=options.allow_regression)
        print("\n".join(["", *falling]) if falling else "\nfloors written")
    if options.errors:
        if options.kinds:
            errors = [e for e in errors if e.split()[0] in options.kinds.split(",")]
        random.Random(options.seed).shuffle(errors)
        print()
        for error in errors[: options.errors]:
            print(error)


if __name__ == "__main__":
    main()
