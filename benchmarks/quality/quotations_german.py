"""German news quotations: messages, roles and both; and the span scores of the English ones.

    python benchmarks/quality/quotations_german.py [--set dev|train] [--sample N] [--errors [N]]

The first table follows the metric of GermEval 2023, task 2 (Petersen-Frey & Biemann 2023): found
and labelled messages are paired by linear sum assignment on the token-overlap F1 of what is
quoted; each pair gives the precision and recall of its tokens, an unpaired message gives zero;
the figures are averages over messages and F1 comes from the averages.

* message: the quoted tokens.  * roles: speaker, cue, frame, addressee; a role that one side
  leaves empty counts on the other side alone.  * joint: both together.

The labels take every stretch in quotation marks inside indirect speech as a message of its own,
and count cue and speaker of the sentence to it; found quotations are written the same way, but
for names in marks. The frame is what stands around cue and speaker up to the nearest punctuation
mark. Tokens without a letter or digit are left out on both sides. The metric is written after
its description, not after the scorer's code, so small differences to published figures are
possible. The baseline takes what stands in quotation marks, and the capitalised words nearest to
it as speaker.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import quotations as spans

import shared
from retold.attribute.quotations import RawQuotation, find_quotations
from retold.model import Report, Segmented, Span
from retold.segment import segment
from retold.text.marks import quoted

Message = dict[str, frozenset[int]]
ROLES = ("speaker", "cue", "frame", "addressee")
_WORD = re.compile(r"\w")
_FRAME_ENDS = re.compile(r"[,.:;!?–—„“”»«\"\n]")
_NAME = re.compile(r"(?:[A-ZÄÖÜ][\w.\-]+ )*[A-ZÄÖÜ]\w+")


def labelled(record: dict[str, Any]) -> list[tuple[Message, dict[str, Any]]]:
    """The labelled messages: token numbers of each role."""
    words = {token["id"] for token in record["tokens"] if _WORD.search(token["text"])}
    out = []
    for one in record["annotations"] or ():
        message = {role: frozenset(one[role]["tokenIds"]) & words for role in ("quote", *ROLES)}
        if message["quote"]:
            out.append((message, one))
    return out


def tokens_in(record: dict[str, Any], places: list[Span]) -> frozenset[int]:
    """Numbers of the tokens that lie in the spans."""
    return frozenset(
        token["id"]
        for token in record["tokens"]
        if _WORD.search(token["text"])
        and any(a < token["charEnd"] and token["charBegin"] < b for a, b in places)
    )


def frame(text: str, sentences: list[Span], one: RawQuotation) -> list[Span]:
    """Cue and source with the words around them that are neither content nor punctuation."""
    held = [*one.cue, *one.source]
    if not one.cue:
        return []
    out: list[Span] = []
    for a, b in held:
        lo, hi = next(((s, e) for s, e in sentences if s <= a < e), (a, b))
        for s, e in one.content:
            if e <= a:
                lo = max(lo, e)
            elif s >= b:
                hi = min(hi, s)
        left = max([m.end() for m in _FRAME_ENDS.finditer(text, lo, a)], default=lo)
        right = next((m.start() for m in _FRAME_ENDS.finditer(text, b, hi)), hi)
        out.append((left, right))
    return out


def is_name(words: str) -> bool:
    """Whether no word begins with a small letter: a title, a paper, a nickname."""
    return not any(word[0].islower() for word in words.split())


def written(record: dict[str, Any], segmented: Segmented, one: RawQuotation) -> list[Message]:
    """A found quotation as messages."""
    text = record["originalText"]
    sentences = [sentence.span for sentence in segmented.sentences]
    speaker = list(one.source) or ([one.speaker] if one.speaker else [])
    roles = {
        "speaker": tokens_in(record, speaker),
        "cue": tokens_in(record, list(one.cue)),
        "frame": tokens_in(record, frame(text, sentences, one)),
        "addressee": frozenset[int](),
    }
    messages = [{"quote": tokens_in(record, list(one.content)), **roles}]
    if one.kind == "mixed":
        for lo, hi in one.content:
            messages.extend(
                {"quote": tokens_in(record, [part.inner]), **roles}
                for part in quoted(text, [(max(0, lo - 1), min(len(text), hi + 1))])
                if part.level == 0
                and part.inner[1] - part.inner[0] < hi - lo - 2
                and not is_name(text[slice(*part.inner)])
            )
    return [message for message in messages if message["quote"]]


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """F1 of two sets of tokens."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def pairs(gold: list[Message], found: list[Message]) -> list[tuple[int, int]]:
    """The assignment with the highest sum of overlaps."""
    if not gold or not found:
        return []
    score = np.array([[overlap(g["quote"], f["quote"]) for f in found] for g in gold])
    rows, columns = linear_sum_assignment(-score)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if score[i, j] > 0]


class Averages:
    """Sums of precision over found messages and of recall over labelled ones."""

    def __init__(self) -> None:
        self.precision: list[float] = []
        self.recall: list[float] = []

    def add(self, mine: list[frozenset[int]], gold: list[frozenset[int]]) -> None:
        """One pair; each list holds the roles in the same order."""
        p = [len(m & g) / len(m) for m, g in zip(mine, gold, strict=True) if m]
        r = [len(m & g) / len(g) for m, g in zip(mine, gold, strict=True) if g]
        if p:
            self.precision.append(sum(p) / len(p))
        if r:
            self.recall.append(sum(r) / len(r))

    def line(self) -> str:
        """F1, precision and recall in words."""
        p = sum(self.precision) / max(1, len(self.precision))
        r = sum(self.recall) / max(1, len(self.recall))
        f = 2 * p * r / (p + r) if p + r else 0.0
        return f"F1 {f:.3f}  (precision {p:.3f}, recall {r:.3f})"


GROUPS = {"message": ("quote",), "roles": ROLES, "joint": ("quote", *ROLES)}


def score(
    gold: list[Message], found: list[Message], sums: dict[str, Averages]
) -> list[tuple[int, int]]:
    """Adds one report; returns the pairs."""
    paired = pairs(gold, found)
    empty: Message = dict.fromkeys(("quote", *ROLES), frozenset())
    rows = [(gold[i], found[j]) for i, j in paired]
    rows += [(g, empty) for i, g in enumerate(gold) if i not in {i for i, _ in paired}]
    rows += [(empty, f) for j, f in enumerate(found) if j not in {j for _, j in paired}]
    for g, f in rows:
        for name, keys in GROUPS.items():
            sums[name].add([f[key] for key in keys], [g[key] for key in keys])
    return paired


def baseline(record: dict[str, Any]) -> list[Message]:
    """Marks and the nearest capitals."""
    text = record["originalText"]
    names = [m.span() for m in _NAME.finditer(text)]
    out = []
    for part in quoted(text, [(0, len(text))]):
        s, e = part.inner
        outside = [n for n in names if n[1] <= s or n[0] >= e]
        near = min(outside, key=lambda n: min(abs(n[0] - e), abs(s - n[1])), default=None)
        roles = dict.fromkeys(ROLES, frozenset[int]())
        roles["speaker"] = tokens_in(record, [near] if near else [])
        out.append({"quote": tokens_in(record, [(s, e)]), **roles})
    return [one for one in out if one["quote"]]


def as_spans(record: dict[str, Any]) -> list[spans.Gold]:
    """Labels that are not nested in another, as character spans."""
    text = record["originalText"]
    out = []
    for one in record["annotations"] or ():
        if one["isNested"]:
            continue
        gold: spans.Gold = {
            key: spans.normal(text, [(s["charBegin"], s["charEnd"]) for s in one[role]["spans"]])
            for key, role in (("content", "quote"), ("source", "speaker"), ("cue", "cue"))
        }
        gold["speaker"] = []
        if gold["content"]:
            out.append(gold)
    return out


def tell(record: dict[str, Any], one: Message) -> str:
    """Speaker ## cue ## quote."""
    words = {token["id"]: token["text"] for token in record["tokens"]}
    return " ## ".join(
        " ".join(words[k] for k in sorted(one[key])) for key in ("speaker", "cue", "quote")
    )


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", default="dev", choices=("dev", "train"))
    parser.add_argument("--sample", type=int, default=0, help="this many reports, same every time")
    parser.add_argument("--errors", type=int, nargs="?", const=40, default=0)
    parser.add_argument("--kinds", default="", help="errors of these kinds only: MISSED,EXTRA,…")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    name = f"quotes/german-{options.set}.jsonl.gz"
    records = shared.records(name)
    if options.sample:
        records = random.Random(options.seed).sample(records, min(options.sample, len(records)))
    sums = {who: {group: Averages() for group in GROUPS} for who in ("found", "baseline")}
    measures = ("exact", "overlap", "coverage > 0.3", "coverage > 0.8", "speaker")
    counts = {measure: spans.Counts() for measure in measures}
    types: dict[str, list[float]] = {}
    errors: list[str] = []
    for record in records:
        text = record["originalText"]
        report = Report(id=record["documentName"], text=text, language="de")
        segmented = segment(report)
        raw = find_quotations(segmented, "de")
        found = [message for one in raw for message in written(record, segmented, one)]
        labels = labelled(record)
        gold = [message for message, _ in labels]
        paired = score(gold, found, sums["found"])
        score(gold, baseline(record), sums["baseline"])
        for i, j in paired:
            share = overlap(gold[i]["quote"], found[j]["quote"])
            types.setdefault(labels[i][1]["type"], []).append(share)
            wrong = not found[j]["speaker"] & gold[i]["speaker"] and gold[i]["speaker"]
            if share < 0.8 or wrong:
                kind = "EDGES" if share < 0.8 else "SPEAKER"
                errors.append(
                    f"{kind} {labels[i][1]['type']}  {tell(record, gold[i])}\n"
                    f"     found {tell(record, found[j])}"
                )
        for i in set(range(len(gold))) - {i for i, _ in paired}:
            types.setdefault(labels[i][1]["type"], []).append(0.0)
            errors.append(f"MISSED {labels[i][1]['type']}  {tell(record, gold[i])}")
        errors.extend(
            f"EXTRA  {tell(record, found[j])}"
            for j in sorted(set(range(len(found))) - {j for _, j in paired})
        )
        plain = [spans.as_gold(text, one) for one in raw if not one.nested]
        spans.compare(text, as_spans(record), [one for one in plain if one["content"]], counts)
    print(f"{name}  blake2b {shared.fingerprint(name)}  {len(records)} reports")
    for who, table in sums.items():
        print(f"\n{who}")
        for group, average in table.items():
            print(f"  {group:16} {average.line()}")
    print("\nspan scores, messages not nested in another")
    for measure in measures:
        count = counts[measure]
        line = count.line()
        if measure == "speaker":
            line = f"{count.right / max(1, count.gold):.3f}  of {count.gold}"
        print(f"  {measure:16} {line}")
    print("\nmean overlap F1 by labelled type")
    for kind, shares in sorted(types.items()):
        print(f"  {kind:22} {sum(shares) / len(shares):.3f}  of {len(shares)}")
    if options.errors:
        if options.kinds:
            errors = [e for e in errors if e.split()[0] in options.kinds.split(",")]
        random.Random(options.seed).shuffle(errors)
        print()
        for error in errors[: options.errors]:
            print(error)


if __name__ == "__main__":
    main()
