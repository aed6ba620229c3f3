"""How well descent is found: simulated traditions on published stemmata, and re-translations.

Run: python benchmarks/quality/stemma.py [--topologies N] [--documents N] [--errors]

* Simulator: the shapes of published stemmata (OpenStemmata, CC BY-SA 4.0); a text of 40
  sentences of 20 words is copied down the shape, 0.3–3 % of the words replaced at each copy,
  one change in five to a word that others use there too; *cutting*: each copy also loses up to
  half of its sentences. Lost nodes are hidden. Score: average sign similarity (Roos & Heikkilä
  2009) over triples of surviving witnesses; a star and the true shape stand beside it.
* Re-translations: the translations of one document as a story of 3 to 12; they should hang from
  one lost telling, and none from another.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from retold.model import Collation, Passage, Quotation, Report, Segmented, Sentence, Stemma
from retold.text.words import words
from retold.trace import trace
from shared import fingerprint, records

SHAPES = "derivation/openstemmata.jsonl.gz"
TRANSLATIONS = "collation/retranslation.jsonl.gz"
SENTENCES, WORDS = 40, 20


def segmented(name: str, sentences: list[str]) -> Segmented:
    """A report of ready-made sentences."""
    found, at = [], 0
    for sentence in sentences:
        found.append(Sentence((at, at + len(sentence)), words(sentence), 0))
        at += len(sentence) + 1
    text = "\n".join(sentences)
    placed = []
    for sentence in found:
        start, end = sentence.span
        placed.append(Sentence((start, end), words(text, start, end), 0))
    return Segmented(Report(name, text, source=name, outlet=name, language="en"), tuple(placed))


def story(texts: dict[str, dict[int, str]]) -> tuple[list[Segmented], Collation]:
    """Reports, and the true collation, of witnesses that have numbered sentences."""
    reports = [
        segmented(name, [own[number] for number in sorted(own)]) for name, own in texts.items()
    ]
    position = {
        name: {number: place for place, number in enumerate(sorted(own))}
        for name, own in texts.items()
    }
    passages = []
    for number in sorted({number for own in texts.values() for number in own}):
        having = {
            name: (position[name][number],) for name in sorted(texts) if number in texts[name]
        }
        if len(having) > 1:
            passages.append(Passage(f"P{number}", having, min(having), (), 1.0, ()))
    return reports, Collation(tuple(passages), {})


def parse(dot: str) -> tuple[list[tuple[str, str]], set[str]]:
    """Solid edges and lost nodes of a stemma in DOT."""
    dot = re.sub(r"(?m)(#|//).*$", "", dot)
    lost = set()
    edges = []
    for statement in re.split(r"[;\n]", dot):
        match = re.match(r'\s*"?([^"\[\]{}=]+?)"?\s*\[(.*)\]\s*$', statement)
        if match and "->" not in statement:
            if "grey" in match.group(2):
                lost.add(match.group(1).strip())
            continue
        if "->" in statement and "dashed" not in statement:
            bare = re.sub(r"\[.*?\]", "", statement)
            chain = [part.strip().strip('"') for part in bare.split("->")]
            edges += [pair for pair in itertools.pairwise(chain) if all(pair)]
    return edges, lost


def topologies(most: int) -> list[tuple[str, dict[str, str], list[str]]]:
    """Trees with 6 to 16 surviving witnesses: id, child -> parent, survivors."""
    usable = []
    for record in records(SHAPES):
        edges, lost = parse(record["dot"])
        parents: dict[str, str] = {}
        for parent, child in edges:
            parents.setdefault(child, parent)
        nodes = set(parents) | set(parents.values())
        roots = [node for node in nodes if node not in parents]
        if len(roots) != 1 or not all(reaches(node, roots[0], parents) for node in nodes):
            continue
        survivors = sorted(nodes - lost)
        if 6 <= len(survivors) <= 16:
            usable.append((record["id"], parents, survivors))
    return sorted(usable)[:: max(1, len(usable) // most)][:most]


def reaches(node: str, root: str, parents: dict[str, str]) -> bool:
    """Whether a node hangs from the root without a circle."""
    seen = set()
    while node != root:
        if node in seen or node not in parents:
            return False
        seen.add(node)
        node = parents[node]
    return True


def copied(
    parents: dict[str, str], cutting: bool, rng: random.Random
) -> dict[str, dict[int, list[str]]]:
    """Texts of all nodes of a tree."""
    original = {
        number: [f"w{rng.randrange(4000)}x" for _ in range(WORDS)] for number in range(SENTENCES)
    }
    rivals = {
        (number, place): f"v{rng.randrange(4000)}y"
        for number in range(SENTENCES)
        for place in range(WORDS)
    }
    root = next(node for node in parents.values() if node not in parents)
    texts = {root: original}
    waiting = deque([root])
    children: dict[str, list[str]] = {}
    for child, parent in sorted(parents.items()):
        children.setdefault(parent, []).append(child)
    while waiting:
        parent = waiting.popleft()
        for child in children.get(parent, []):
            rate = rng.uniform(0.003, 0.03)
            kept = list(texts[parent])
            if cutting:
                last = max(len(kept) - int(rng.uniform(0, 0.5) * len(kept)), 3)
                weights = {
                    number: rng.random() + place / len(kept) for place, number in enumerate(kept)
                }
                kept = sorted(sorted(kept, key=weights.__getitem__)[:last])
            text = {}
            for number in kept:
                text[number] = [
                    word
                    if rng.random() >= rate
                    else (
                        rivals[number, place] if rng.random() < 0.2 else f"n{rng.randrange(9999)}z"
                    )
                    for place, word in enumerate(texts[parent][number])
                ]
            texts[child] = text
            waiting.append(child)
    return texts


def steps(links: dict[str, set[str]], start: str) -> dict[str, int]:
    """Edges from a node to every other."""
    far = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in links.get(node, ()):
            if other not in far:
                far[other] = far[node] + 1
                waiting.append(other)
    return far


def joined(edges: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Edges without direction."""
    links: dict[str, set[str]] = {}
    for a, b in edges:
        links.setdefault(a, set()).add(b)
        links.setdefault(b, set()).add(a)
    return links


def sign_similarity(
    truth: dict[str, set[str]], found: dict[str, set[str]], survivors: list[str]
) -> float:
    """Average sign similarity of two trees over triples of survivors, in [0, 1]."""
    true = {node: steps(truth, node) for node in survivors}
    made = {node: steps(found, node) for node in survivors}
    far = len(survivors) + 1

    def sign(of: dict[str, dict[str, int]], a: str, b: str, c: str) -> int:
        difference = of[a].get(b, far) - of[a].get(c, far)
        return (difference > 0) - (difference < 0)

    scores = [
        1 - abs(sign(true, a, b, c) - sign(made, a, b, c)) / 2
        for a in survivors
        for b, c in itertools.combinations([node for node in survivors if node != a], 2)
    ]
    return sum(scores) / len(scores)


def simulate(most: int, errors: bool) -> None:
    """Print sign similarity and calibration for both ways of copying."""
    chosen = topologies(most)
    print(f"shapes {fingerprint(SHAPES)}, {len(chosen)} topologies, seed 7")
    for cutting in (False, True):
        rng = random.Random(7)
        scores, stars, shown = [], [], []
        for name, parents, survivors in chosen:
            texts = copied(parents, cutting, rng)
            told = {
                node: {number: " ".join(line) for number, line in texts[node].items()}
                for node in survivors
            }
            stemma = trace(*story(told))
            found = joined([(edge.from_, edge.to) for edge in stemma.edges])
            truth = joined([(parent, child) for child, parent in parents.items()])
            scores.append(sign_similarity(truth, found, survivors))
            star = joined([("*", node) for node in survivors])
            stars.append(sign_similarity(truth, star, survivors))
            shown += calibration(stemma, parents, survivors)
            if errors:
                print(f"    {scores[-1]:.3f} {name}")
        way = "cutting as news does" if cutting else "scribal copying"
        print(
            f"{way:22} average sign similarity {100 * sum(scores) / len(scores):.1f}"
            f"  (star {100 * sum(stars) / len(stars):.1f})"
        )
        for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
            inside = [right for support, right in shown if low <= support < high]
            if inside:
                print(
                    f"    branches with support {low:.2f}–{min(high, 1):.2f}: {len(inside):4}, "
                    f"right {sum(inside) / len(inside):.2f}"
                )


def calibration(
    stemma: Stemma, parents: dict[str, str], survivors: list[str]
) -> list[tuple[float, bool]]:
    """Support, and whether the branch stands in the truth, for every inner branch shown."""

    def sides(edges: list[tuple[str, str]]) -> dict[frozenset[str], tuple[str, str]]:
        links = joined(edges)
        found = {}
        for a, b in edges:
            links[a].discard(b)
            links[b].discard(a)
            side = frozenset(steps(links, b)) & frozenset(survivors)
            links[a].add(b)
            links[b].add(a)
            if 1 < len(side) < len(survivors) - 1:
                found[side if survivors[0] not in side else frozenset(survivors) - side] = (a, b)
        return found

    true = sides([(parent, child) for child, parent in parents.items()])
    support = {(edge.from_, edge.to): edge.support for edge in stemma.edges}
    made = sides(list(support))
    return [(support[edge], side in true) for side, edge in made.items()]


def retranslations(most: int, errors: bool) -> None:
    """Print in how many documents the translations hang from one lost telling."""
    documents: dict[str, list[dict[str, object]]] = {}
    for record in records(TRANSLATIONS):
        documents.setdefault(f"{record['pair']}/{record['doc']}", []).append(record)
    rng = random.Random(7)
    right = total = from_another = 0
    for name, segments in sorted(documents.items())[:most]:
        texts: dict[str, dict[int, str]] = {}
        for number, segment in enumerate(segments):
            for kind in ("ref", "sys"):
                for system, text in segment[kind].items():  # type: ignore[attr-defined]
                    texts.setdefault(f"{kind}-{system}", {})[number] = text
        names = sorted(texts)
        chosen = sorted(rng.sample(names, min(len(names), rng.randint(3, 12))))
        reports, collation = story({one: texts[one] for one in chosen})
        quotations = [
            Quotation(
                f"{one.report.id}/{number}",
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
            for number, sentence in enumerate(one.sentences)
        ]
        stemma = trace(reports, collation, quotations)
        lost = {witness.id for witness in stemma.witnesses if witness.kind == "lost"}
        copies = [edge for edge in stemma.edges if edge.from_ not in lost]
        hanging = {edge.to for edge in stemma.edges if edge.from_ in lost}
        good = len(lost) == 1 and not copies and len(hanging) == len(chosen)
        right += good
        from_another += bool(copies)
        total += 1
        if errors and not good:
            print(f"    {name}: {len(chosen)} translations, {len(lost)} lost, {len(copies)} copies")
    print(f"re-translations {fingerprint(TRANSLATIONS)}, {total} documents, seed 7")
    print(f"hang from one lost telling, none from another: {100 * right / total:.1f} %")
    print(f"    at least one translation hangs from another: {100 * from_another / total:.1f} %")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--topologies", type=int, default=40)
    arguments.add_argument("--documents", type=int, default=128)
    arguments.add_argument("--errors", action="store_true")
    given = arguments.parse_args()
    simulate(given.topologies, given.errors)
    retranslations(given.documents, given.errors)
