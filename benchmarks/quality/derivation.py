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
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from retold.model import Collation, Passage, Quotation, Report, Segmented, Sentence, Stemma
from retold.pipeline import collated, traced
from retold.segment import segment
from retold.text.words import words
from retold.trace import trace
from retold.trace.order import in_order, shared_runs
from retold.trace.relation import LEAST_VERBATIM, MOST_OWN, relation
from shared import fingerprint, records

REVISIONS = "derivation/wikiversions.jsonl.gz"
WIRE = "derivation/meter-pa.jsonl.gz"
PAPERS = "derivation/meter-newspapers.jsonl.gz"
TRANSLATIONS = "collation/retranslation.jsonl.gz"
CLASSES = ("wholly", "partially", "non")
_DAYS = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|overnight)\b ?", re.IGNORECASE)


def segmented(name: str, text: str) -> Segmented:
    """An English report in sentences."""
    return segment(Report(name, text, source=name, language="en"))


# --- versions ----------------------------------------------------------------------------


def versions(sample: int, errors: bool) -> None:
    """Print steps and whole chains found."""
    chains = []
    for record in records(REVISIONS)[::sample]:
        texts = list(dict.fromkeys(" ".join(text.split()) for text in record["versions"]))
        kept = [" ".join(text.split()) for text in record["versions"]]
        places = [texts.index(text) for text in kept]
        steps = {(min(a, b), max(a, b)) for a, b in pairwise(places) if a != b}
        if len(texts) > 2:
            chains.append((record["id"], texts, steps))
    print(f"versions {fingerprint(REVISIONS)}, {len(chains)} chains of 3 or more, seed 0")
    for cut in (False, True):
        counts: Counter[str] = Counter()
        for name, texts, steps in chains:
            if cut:
                shortest = max(30, min(len(text.split()) for text in texts))
                texts = [" ".join(text.split()[:shortest]) for text in texts]
            order = sorted(range(len(texts)), key=lambda place: texts[place])
            parts = [tokens(texts[place]) for place in order]
            found = in_order(parts, 0)
            rows = [order[place] for place in found.rows]
            ours = {(min(a, b), max(a, b)) for a, b in pairwise(rows)}
            tree = {(min(order[a], order[b]), max(order[a], order[b])) for a, b in spanning(parts)}
            counts["steps"] += len(ours)
            counts["ours"] += len(ours & steps)
            counts["whole"] += ours == steps
            counts["directed"] += rows == sorted(rows)
            counts["tree"] += len(tree & steps)
            counts["tree whole"] += tree == steps
            for (a, b), support in zip(pairwise(rows), found.support, strict=True):
                band = "≥ .95" if support >= 0.95 else "< .95"
                counts[f"{band} all"] += 1
                counts[f"{band} right"] += (min(a, b), max(a, b)) in steps
            if errors and ours != steps and not cut:
                print(f"    {name}: {rows}")
        total, every = counts["steps"], len(chains)
        print(
            f"  {'cut to the shortest' if cut else 'whole texts':20} steps "
            f"{100 * counts['ours'] / total:.1f} %, whole chains "
            f"{100 * counts['whole'] / every:.1f} % (with direction "
            f"{100 * counts['directed'] / every:.1f} %); spanning tree "
            f"{100 * counts['tree'] / total:.1f} / {100 * counts['tree whole'] / every:.1f} %"
        )
        for band in ("≥ .95", "< .95"):
            if counts[f"{band} all"]:
                share = counts[f"{band} right"] / counts[f"{band} all"]
                print(f"    steps with support {band}: {counts[f'{band} all']}, right {share:.2f}")


def tokens(text: str) -> list[list[str]]:
    """Sentences as words and marks."""
    one = segmented("v", text)
    return [
        re.findall(r"\w+|[^\w\s]", text[sentence.span[0] : sentence.span[1]])
        for sentence in one.sentences
    ]


def spanning(parts: list[list[list[str]]]) -> list[tuple[int, int]]:
    """Edges of the minimum spanning tree over Jaccard's distance of runs of three words."""
    shared = shared_runs(parts).sum(axis=0)
    near = {
        (a, b): shared[a, b] / max(1.0, shared[a, a] + shared[b, b] - shared[a, b])
        for a, b in combinations(range(len(parts)), 2)
    }
    group = list(range(len(parts)))
    edges = []
    for a, b in sorted(near, key=lambda pair: (-near[pair], pair)):
        if group[a] != group[b]:
            edges.append((a, b))
            group = [group[a] if one == group[b] else one for one in group]
    return edges


# --- METER -------------------------------------------------------------------------------


def paragraphs(record: dict[str, Any]) -> list[str]:
    """A record's paragraphs without the wire's control characters; its # is £."""
    stripped = (text.replace("\x19", "").strip() for text in record["paragraphs"])
    return [text.replace("#", "£") for text in stripped if text]


def stories() -> Iterator[tuple[str, list[str], list[dict[str, Any]]]]:
    """Each story: its name, the paragraphs of the wire's takes by time, and the papers."""
    takes: dict[str, list[dict[str, Any]]] = {}
    papers: dict[str, list[dict[str, Any]]] = {}
    for record in records(WIRE):
        takes.setdefault(name_of(record), []).append(record)
    for record in records(PAPERS):
        papers.setdefault(name_of(record), []).append(record)
    for name in sorted(papers):
        own = sorted(
            takes[name], key=lambda one: (one["pa_date"], one["pa_time"] or "", one["pa_page"])
        )
        yield name, [text for take in own for text in paragraphs(take)], papers[name]


def name_of(record: dict[str, Any]) -> str:
    """A story's name."""
    return f"{record['domain']}/{record['date']}/{record['catchline']}"


def first_words(texts: list[str], most: int) -> list[str]:
    """The beginning of a text, in paragraphs."""
    kept: list[str] = []
    for text in texts:
        kept_words = text.split()[:most]
        if kept_words:
            kept.append(" ".join(kept_words))
        most -= len(kept_words)
    return kept


def classes(sample: int, errors: bool) -> None:
    """Print macro F1 of the three classes."""
    chosen = list(stories())[::sample]
    print(f"class {fingerprint(WIRE)} {fingerprint(PAPERS)}, {len(chosen)} stories")
    for cut in (False, True):
        rows = []
        for name, wire, papers in chosen:
            whole = segmented("wire", "\n".join(wire))
            for paper in papers:
                texts = paragraphs(paper)
                source = whole
                if cut:
                    size = sum(len(text.split()) for text in texts)
                    source = segmented("wire", "\n".join(first_words(wire, size)))
                found = relation(segmented("paper", "\n".join(texts)), [source])
                rows.append((name, paper["label"], found))
        gold = [label for _, label, _ in rows]
        ours = [{"not": "non"}.get(found.derived, found.derived) for _, _, found in rows]
        measured = [(found.verbatim, found.own) for _, _, found in rows]
        fitted = folded([name for name, _, _ in rows], gold, measured)
        word_only = folded(
            [name for name, _, _ in rows], gold, [(one[0], 1 - one[0]) for one in measured]
        )
        frequent = Counter(gold).most_common(1)[0][0]
        way = "wire cut to the report" if cut else "whole wire"
        print(
            f"  {way:22} macro F1 {macro(gold, ours):.3f}; thresholds of other stories "
            f"{macro(gold, fitted):.3f}; verbatim runs alone {macro(gold, word_only):.3f}; "
            f"always “{frequent}” {macro(gold, [frequent] * len(gold)):.3f}"
        )
        if not cut:
            for label in CLASSES:
                print(f"    {label:10} F1 {f1(gold, ours, label):.3f}, {gold.count(label)} reports")
        if errors and not cut:
            for (name, label, found), said in zip(rows, ours, strict=True):
                if label != said:
                    print(f"    {name}: {label}, said {said}: {found.verbatim:.2f} {found.own:.2f}")


def folded(names: list[str], gold: list[str], measured: list[tuple[float, float]]) -> list[str]:
    """Classes by two thresholds, each report's chosen on the stories of nine other folds."""
    folds = {name: number % 10 for number, name in enumerate(sorted(set(names)))}
    said = [""] * len(names)
    grid = [
        (a, b)
        for a in (0.06, 0.08, 0.1, 0.12, 0.15, 0.2)
        for b in (0.0, 0.02, 0.04, MOST_OWN, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6)
    ]
    for fold in range(10):
        inside = [place for place, name in enumerate(names) if folds[name] != fold]
        best = max(
            grid,
            key=lambda pair: macro(
                [gold[place] for place in inside],
                [classed(measured[place], pair) for place in inside],
            ),
        )
        for place, name in enumerate(names):
            if folds[name] == fold:
                said[place] = classed(measured[place], best)
    return said


def classed(measured: tuple[float, float], pair: tuple[float, float]) -> str:
    """The class by two thresholds."""
    if measured[1] <= pair[1]:
        return "wholly"
    return "non" if measured[0] < pair[0] else "partially"


def f1(gold: list[str], said: list[str], label: str) -> float:
    """F1 of one class."""
    both = sum(a == b == label for a, b in zip(gold, said, strict=True))
    total = gold.count(label) + said.count(label)
    return 2 * both / total if total else 0.0


def macro(gold: list[str], said: list[str]) -> float:
    """Mean F1 of the three classes."""
    return sum(f1(gold, said, label) for label in CLASSES) / len(CLASSES)


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
