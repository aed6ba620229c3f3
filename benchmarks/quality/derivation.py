"""What is from where: versions in order, wholly or partially derived, the source, re-translations.

Run: python benchmarks/quality/derivation.py [versions|class|source|retranslation …] [--sample N]
     [--errors]

* versions: revisions of one page in unknown order (`wikiversions`; equal ones made one). A step is
  right if the two really followed each other. Beside it a spanning tree and nearest neighbours
  over the same runs of three words, and the whole with the texts cut to the shortest one's length.
* class: METER, wholly / partially / not derived from the wire's takes, macro F1. The thresholds
  are fixed in the code; beside them the same two thresholds chosen on other stories (ten folds,
  stories kept whole), the most frequent class, and the share of words alone. Size control: the
  wire cut to the report's length.
* source: METER, which of a story's witnesses is the source, wire's takes joined, three or more
  witnesses. The report with nothing above it and most below it in our stemma; beside it
  containment of runs of three words, and the longest. Size control: the wire cut to the longest
  paper's length, and to the median's; and everything with the days' words taken out.
* retranslation: translations of one document as a story of 3 to 12 tellings, as quotations and
  as plain texts; all should hang from one lost telling, none from another.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deriving.classes import classes
from deriving.meter import PAPERS, WIRE, first_words, paragraphs, stories
from deriving.versions import versions
from retold.model import Collation, Passage, Quotation, Report, Segmented, Sentence, Stemma
from retold.pipeline import collated, traced
from retold.text.words import words
from retold.trace import trace
from retold.trace.relation import LEAST_VERBATIM, MOST_OWN
from shared import fingerprint, records

TRANSLATIONS = "collation/retranslation.jsonl.gz"
_DAYS = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|overnight)\b ?", re.IGNORECASE)


def sources(sample: int, errors: bool) -> None:
    """Print how often the wire is found to be the source."""
    print(f"source {fingerprint(WIRE)} {fingerprint(PAPERS)}, three or more witnesses")
    for labels in (("wholly",), ("wholly", "partially")):
        for size in ("whole", "longest", "median"):
            for days in (True, False) if size == "longest" else (True,):
                count: Counter[str] = Counter()
                for name, wire, papers in list(stories())[::sample]:
                    texts = {
                        f"{number:02}-{paper['paper']}": paragraphs(paper)
                        for number, paper in enumerate(papers)
                        if paper["label"] in labels
                    }
                    if len(texts) < 2:
                        continue
                    sizes = [sum(len(t.split()) for t in text) for text in texts.values()]
                    if size != "whole":
                        most = max(sizes) if size == "longest" else int(median(sizes))
                        wire = first_words(wire, most)
                    texts["wire"] = wire
                    if not days:
                        texts = {
                            one: [_DAYS.sub("", t) for t in text] for one, text in texts.items()
                        }
                    reports = [
                        Report(one, "\n".join(text), source=one, language="en")
                        for one, text in texts.items()
                    ]
                    picked = top(traced(collated(reports)))
                    count["all"] += 1
                    count["ours"] += picked == "wire"
                    count["none"] += picked is None
                    count["containment"] += containing(texts) == "wire"
                    count["longest"] += (
                        max(texts, key=lambda one: len(" ".join(texts[one]))) == "wire"
                    )
                    if errors and picked != "wire":
                        print(f"    {name}: {picked}")
                every = count["all"]
                print(
                    f"  {'+'.join(labels):17} wire {size:8}"
                    f"{'' if days else ' without words for days':23} {every} stories: ours "
                    f"{100 * count['ours'] / every:.1f} % ({100 * count['none'] / every:.1f} % "
                    f"left open, {100 * (every - count['ours'] - count['none']) / every:.1f} % "
                    f"wrong); containment {100 * count['containment'] / every:.1f}, longest "
                    f"{100 * count['longest'] / every:.1f}"
                )


def top(stemma: Stemma) -> str | None:
    """The report with nothing above it and most reports below it."""
    reports = {witness.id for witness in stemma.witnesses if witness.kind == "report"}
    edges = [edge for edge in stemma.edges if edge.basis == "textual"]
    hanging = {edge.to for edge in edges}
    best: tuple[int, str] | None = None
    for report in sorted(reports - hanging):
        below: set[str] = set()
        stack = [report]
        while stack:
            here = stack.pop()
            new = {edge.to for edge in edges if edge.from_ == here} - below
            below |= new
            stack.extend(sorted(new))
        if below and (best is None or len(below & reports) > best[0]):
            best = (len(below & reports), report)
    return best[1] if best else None


def containing(texts: dict[str, list[str]]) -> str:
    """The one that has most of the runs of three words of the others."""
    runs = {}
    for name, text in texts.items():
        forms = re.findall(r"\w+", " ".join(text).lower())
        runs[name] = {tuple(forms[at : at + 3]) for at in range(len(forms) - 2)}
    return max(
        sorted(runs),
        key=lambda one: sum(
            len(runs[one] & runs[other]) / max(1, len(runs[other]))
            for other in runs
            if other != one
        ),
    )


# --- re-translations ---------------------------------------------------------------------


def aligned(texts: dict[str, dict[int, str]]) -> tuple[list[Segmented], Collation]:
    """Reports of numbered sentences, and their true collation."""
    reports, places = [], {}
    for name, own in texts.items():
        text = "\n".join(own[number] for number in sorted(own))
        sentences, at = [], 0
        for number in sorted(own):
            end = at + len(own[number])
            sentences.append(Sentence((at, end), words(text, at, end), 0))
            at = end + 1
        report = Report(name, text, source=name, language="en")
        reports.append(Segmented(report, tuple(sentences)))
        places[name] = {number: place for place, number in enumerate(sorted(own))}
    passages = []
    for number in sorted({number for own in texts.values() for number in own}):
        readings = {
            name: (places[name][number],) for name in sorted(texts) if number in texts[name]
        }
        if len(readings) > 1:
            passages.append(Passage(f"P{number}", readings, min(readings), (), 1.0, ()))
    return reports, Collation(tuple(passages), {})


def retranslation(sample: int, errors: bool) -> None:
    """Print in how many documents the translations hang from one lost telling."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for record in records(TRANSLATIONS):
        documents.setdefault(f"{record['pair']}/{record['doc']}", []).append(record)
    rng = random.Random(7)
    count: Counter[str] = Counter()
    for number, (name, segments) in enumerate(sorted(documents.items())):
        texts: dict[str, dict[int, str]] = {}
        for place, one in enumerate(segments):
            for kind in ("ref", "sys"):
                for system, text in one[kind].items():
                    texts.setdefault(f"{kind}-{system}", {})[place] = text
        names = sorted(texts)
        chosen = sorted(rng.sample(names, min(len(names), rng.randint(3, 12))))
        if number % sample:
            continue
        reports, collation = aligned({one: texts[one] for one in chosen})
        quotations = [
            Quotation(
                f"{one.report.id}/{place}",
                one.report.id,
                "direct",
                (sentence.span,),
                (),
                (),
                None,
                (),
                1.0,
            )
            for one in reports
            for place, sentence in enumerate(one.sentences)
        ]
        plain = [Report(one.report.id, one.report.text, language="en") for one in reports]
        count["documents"] += 1
        for way, stemma in (
            ("quoted", trace(reports, collation, quotations)),
            ("plain", traced(collated(plain))),
        ):
            lost = {witness.id for witness in stemma.witnesses if witness.kind == "lost"}
            copies = [edge for edge in stemma.edges if edge.from_ not in lost]
            good = len(lost) == 1 and not copies and len(stemma.edges) == len(chosen)
            count[way] += good
            count[f"{way} copies"] += bool(copies)
            if errors and not good:
                print(f"    {way} {name}: {len(chosen)}, {len(lost)} lost, {len(copies)} copies")
    every = count["documents"]
    print(f"retranslation {fingerprint(TRANSLATIONS)}, {every} documents, seed 7")
    for way in ("quoted", "plain"):
        print(
            f"  {way:7} one lost telling, none from another: {100 * count[way] / every:.1f} %; "
            f"one from another: {100 * count[f'{way} copies'] / every:.1f} %"
        )


PARTS = {
    "versions": versions,
    "class": classes,
    "source": sources,
    "retranslation": retranslation,
}

if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    arguments.add_argument("--sample", type=int, default=1, help="every n-th record only")
    arguments.add_argument("--errors", action="store_true")
    given = arguments.parse_args()
    print(f"settings: least verbatim {LEAST_VERBATIM}, most own {MOST_OWN}")
    for part in given.parts or PARTS:
        PARTS[part](given.sample, given.errors)
