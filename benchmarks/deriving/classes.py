"""METER: wholly, partially and not derived."""

from __future__ import annotations

from collections import Counter

from deriving.meter import CLASSES, PAPERS, WIRE, first_words, paragraphs, stories
from deriving.texts import segmented
from retold.trace.relation import MOST_OWN, relation
from shared import fingerprint


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
