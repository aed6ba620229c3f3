"""Passages, scored as pairs of sentences of two reports that are lined up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product

from stories.truth import Located

__all__ = ["Links", "links"]

Node = tuple[str, int]
Pair = tuple[Node, Node]


@dataclass
class Links:
    """Counts of pairs inside one language, and across languages.

    Attributes:
        unlabelled: sentences of which the truth says nothing (pairs with them do not count).
    """

    right: int = 0
    spurious: int = 0
    missed: int = 0
    across_right: int = 0
    across_spurious: int = 0
    across_missed: int = 0
    unlabelled: int = 0


def _components(sets: dict[Node, set[str]]) -> dict[str, str]:
    """Passages that a merged sentence ties together share one representative."""
    parent: dict[str, str] = {}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for ids in sets.values():
        first, *rest = sorted(ids)
        for other in rest:
            parent[top(other)] = top(first)
    return {name: top(name) for ids in sets.values() for name in ids}


def links(located: Located, errors: list[str]) -> Links:
    """Pairs found, spurious and missed; pairs the truth leaves open do not count."""
    truth = located.story.truth
    passages: dict[Node, set[str]] = defaultdict(set)
    labelled: set[Node] = set()
    free: set[Node] = set()
    for passage in truth["passages"]:
        for file, phrases in passage["readings"].items():
            for words in phrases:
                number = located.sentence(file, words)
                if number is not None:
                    passages[file, number].add(passage["id"])
    for file, phrases in truth["only_in"].items():
        for words in phrases:
            number = located.sentence(file, words)
            if number is not None:
                labelled.add((file, number))
    for entry in truth["free"]:
        number = located.sentence(entry["report"], entry["words"])
        if number is not None:
            free.add((entry["report"], number))
    free -= set(passages) | labelled
    component = _components(passages)
    optional: set[Pair] = set()
    for a, b in truth["optional_pairs"]:
        ends = [
            (end["report"], number)
            for end in (a, b)
            if (number := located.sentence(end["report"], end["words"])) is not None
        ]
        if len(ends) == 2:
            first, second = sorted(ends)
            optional.add((first, second))

    members: dict[str, list[Node]] = defaultdict(list)
    for node in sorted(passages):
        for name in passages[node]:
            members[name].append(node)
    gold: set[Pair] = {
        pair
        for nodes in members.values()
        for pair in combinations(nodes, 2)
        if pair[0][0] != pair[1][0]
    }
    found: set[Pair] = set()
    for telling_passage in located.telling.passages:
        readings = sorted(
            (located.file[report], numbers) for report, numbers in telling_passage.readings.items()
        )
        for (one, ones), (other, others) in combinations(readings, 2):
            found.update(((one, s), (other, t)) for s, t in product(ones, others))

    def open_question(pair: Pair) -> bool:
        if pair[0] in free or pair[1] in free:
            return True
        if any(node not in passages and node not in labelled for node in pair):
            return True
        tops = [{component[name] for name in passages.get(node, set())} for node in pair]
        return bool(tops[0] & tops[1])

    result = Links()
    for file, report in located.report.items():
        nodes = {(file, number) for number in range(len(report.sentences))}
        result.unlabelled += len(nodes - set(passages) - labelled - free)
    language = located.story.language
    for pair in sorted(gold | found):
        across = language(pair[0][0]) != language(pair[1][0])
        if pair in optional:
            continue
        if pair in gold and pair in found:
            kind = "right"
        elif pair in gold:
            kind = "missed"
        elif open_question(pair):
            continue
        else:
            kind = "spurious"
        name = f"across_{kind}" if across else kind
        setattr(result, name, getattr(result, name) + 1)
        if kind != "right" and not across:
            errors.append(f"pair {kind}: {_shown(located, pair[0])}  ~  {_shown(located, pair[1])}")
    return result


def _shown(located: Located, node: Node) -> str:
    report = located.report[node[0]]
    start, end = report.sentences[node[1]]
    return f"{node[0]}[{node[1]}] {report.text[start:end][:70]!r}"
