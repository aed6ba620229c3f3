"""Russian quotations against sentences whose words are labelled source, cue, content.

    python benchmarks/quality/quotations_russian.py [--errors [N]]

Scores, over words (tokens without a letter or digit are left out on both sides):

* F1 for each label (the measure of the thesis that the labels come from, where a cross-lingual
  CRF reached content .79, source .50, cue .75);
* sentences: F1 of telling sentences that hold a quotation from those that do not.

The sentences stand alone, so nothing can be carried over from one to the next. The baseline
takes as content what stands in quotation marks and as source the capitalised words nearest.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import quotations as spans

import shared
from retold.attribute.quotations import find_quotations
from retold.model import Report, Span
from retold.segment import segment
from retold.text.marks import quoted

LABELS = ("content", "source", "cue")
_WORD = re.compile(r"\w")
_NAME = re.compile(r"(?:[А-ЯЁA-Z][\w.\-]+ )*[А-ЯЁA-Z]\w+")
_CLOSED = re.compile(r"^[,.:;!?)\]»…]+$")


class Sentence:
    """A sentence with its text, the span and the label of each word."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        self.text = ""
        self.words: list[tuple[Span, str]] = []
        inside = False
        for word, label in words:
            glue = _CLOSED.match(word) or (word == '"' and inside) or self.text.endswith(("«", "("))
            if self.text and not glue and not (inside and self.text.endswith('"')):
                self.text += " "
            start = len(self.text)
            self.text += word
            if word == '"':
                inside = not inside
            if _WORD.search(word):
                self.words.append(((start, len(self.text)), label))

    def gold(self, label: str) -> set[int]:
        """Numbers of the words with a label."""
        return {n for n, (_, tag) in enumerate(self.words) if tag == label}

    def held(self, places: list[Span]) -> set[int]:
        """Numbers of the words in the spans."""
        return {
            n for n, ((s, e), _) in enumerate(self.words) if any(a < e and s < b for a, b in places)
        }


def sentences(name: str) -> list[Sentence]:
    """All labelled sentences, in order."""
    rows: dict[str, list[tuple[str, str]]] = {}
    with shared.path(name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            rows.setdefault(row["sentence_num"], []).append((row["text"], row["tags"]))
    return [Sentence(words) for words in rows.values()]


def find(one: Sentence) -> dict[str, set[int]]:
    """Words of each label that are found."""
    raw = find_quotations(segment(Report(id="s", text=one.text, language="ru")), "ru")
    places: dict[str, list[Span]] = {label: [] for label in LABELS}
    for found in raw:
        places["content"].extend(found.content)
        if not found.nested:
            places["source"].extend(found.source)
            places["cue"].extend(found.cue)
    words = {label: one.held(spans_) for label, spans_ in places.items()}
    words["source"] -= words["content"]
    words["cue"] -= words["content"]
    return words


def baseline(one: Sentence) -> dict[str, set[int]]:
    """Marks and the nearest capitals."""
    content = [part.inner for part in quoted(one.text, [(0, len(one.text))])]
    names = [m.span() for m in _NAME.finditer(one.text)]
    source = []
    for s, e in content:
        outside = [n for n in names if n[1] <= s or n[0] >= e]
        near = min(outside, key=lambda n: min(abs(n[0] - e), abs(s - n[1])), default=None)
        source.extend([near] if near else [])
    return {"content": one.held(content), "source": one.held(source), "cue": set()}


def show(one: Sentence, words: dict[str, set[int]]) -> str:
    """Source ## cue ## content."""
    return " ## ".join(
        " ".join(one.text[slice(*one.words[n][0])] for n in sorted(words[label]))
        for label in ("source", "cue", "content")
    )


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", type=int, nargs="?", const=40, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    name = "quotes/adaq-ru-tokens.tsv"
    labelled = sentences(name)
    counts = {
        who: {label: spans.Counts() for label in (*LABELS, "sentences")}
        for who in ("found", "baseline")
    }
    errors: list[str] = []
    for one in labelled:
        gold = {label: one.gold(label) for label in LABELS}
        for who, words in (("found", find(one)), ("baseline", baseline(one))):
            for label in LABELS:
                counts[who][label].add(
                    len(gold[label] & words[label]), len(words[label]), len(gold[label])
                )
            has, had = bool(words["content"]), bool(gold["content"])
            counts[who]["sentences"].add(int(has and had), int(has), int(had))
            if who == "found" and words != gold:
                errors.append(f"{show(one, gold)}\n     found {show(one, words)}")
    print(f"{name}  blake2b {shared.fingerprint(name)}  {len(labelled)} sentences")
    for who, table in counts.items():
        print(f"\n{who}")
        for label, count in table.items():
            print(f"  {label:12} {count.line()}")
    if options.errors:
        random.Random(options.seed).shuffle(errors)
        print()
        for error in errors[: options.errors]:
            print(error)


if __name__ == "__main__":
    main()
