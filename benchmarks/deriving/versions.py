"""Revisions of one page, put in order."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise

from deriving.texts import segmented
from retold.trace.order import in_order, shared_runs
from shared import fingerprint, records

REVISIONS = "derivation/wikiversions.jsonl.gz"


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
