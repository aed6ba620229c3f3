"""Summaries and their sources (SuperPAL)."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np

import shared
from collating.aligners import (
    Score,
    lexical_pairs,
    linked_pairs,
    overlap_pairs,
    ranked_pairs,
    retold_pairs,
)
from collating.cases import Pair, Table, cut


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
