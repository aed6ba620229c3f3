"""Copying in numbers of words: fast, for many traditions. The rates are all here."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

from retold.model import Collation, Passage, Report, Segmented, Sentence
from retold.text.words import words
from tradition.shapes import Shape

__all__ = ["CUTTING", "HELD_CUTTING", "HELD_SCRIBAL", "SCRIBAL", "Rates", "Text", "copied", "story"]

Text = dict[int, list[str]]


@dataclass(frozen=True)
class Rates:
    """What happens at each copy. Pairs are bounds of a uniform draw per copy.

    Attributes:
        sentences, words: of the first telling.
        changed: share of the words replaced.
        alike: share of these that go to the one other word that others use there too.
        cut: share of the sentences dropped, late ones rather.
        borrowed: share of the passages that a copy with a second parent takes from it.
    """

    sentences: int = 40
    words: int = 20
    changed: tuple[float, float] = (0.003, 0.03)
    alike: float = 0.2
    cut: tuple[float, float] = (0.0, 0.0)
    borrowed: tuple[float, float] = (0.2, 0.5)

    def __str__(self) -> str:
        """All rates in one line."""
        return ", ".join(f"{one.name} {getattr(self, one.name)}" for one in fields(self))


SCRIBAL = Rates()
CUTTING = Rates(cut=(0.0, 0.5))
# Kept for the last figure: other lengths, rates and chance agreements.
HELD_SCRIBAL = Rates(sentences=32, words=24, changed=(0.005, 0.025), alike=0.25)
HELD_CUTTING = Rates(sentences=32, words=24, changed=(0.005, 0.025), alike=0.25, cut=(0.05, 0.45))


def copied(
    shape: Shape,
    rates: Rates,
    rng: random.Random,
    mixed: bool = False,
    borrowed: dict[str, set[int]] | None = None,
) -> dict[str, Text]:
    """The texts of all nodes of a shape.

    Args:
        shape: who copies whom.
        rates: what happens.
        rng: of all draws.
        mixed: whether second parents are used.
        borrowed: filled with the sentences that each node has from its second parent.
    """
    rivals = [
        [f"v{rng.randrange(4000)}y" for _ in range(rates.words)] for _ in range(rates.sentences)
    ]
    texts: dict[str, Text] = {}
    for node in shape.in_order():
        if node not in shape.parents:
            texts[node] = {
                number: [f"w{rng.randrange(4000)}x" for _ in range(rates.words)]
                for number in range(rates.sentences)
            }
            continue
        source = dict(texts[shape.parents[node]])
        if mixed and node in shape.seconds:
            other = texts[shape.seconds[node]]
            share = rng.uniform(*rates.borrowed)
            for number in other:
                if rng.random() < share:
                    source[number] = other[number]
                    if borrowed is not None:
                        borrowed.setdefault(node, set()).add(number)
        rate = rng.uniform(*rates.changed)
        texts[node] = {
            number: [
                word
                if rng.random() >= rate
                else (
                    rivals[number][place]
                    if rng.random() < rates.alike
                    else f"n{rng.randrange(10**6)}z"
                )
                for place, word in enumerate(source[number])
            ]
            for number in _kept(sorted(source), rates, rng)
        }
    return texts


def _kept(numbers: list[int], rates: Rates, rng: random.Random) -> list[int]:
    share = rng.uniform(*rates.cut)
    last = max(len(numbers) - int(share * len(numbers)), min(3, len(numbers)))
    keys = {number: rng.random() + place / len(numbers) for place, number in enumerate(numbers)}
    return sorted(sorted(numbers, key=keys.__getitem__)[:last])


def story(texts: dict[str, Text]) -> tuple[list[Segmented], Collation]:
    """Reports of numbered sentences, and their true collation."""
    reports = []
    position: dict[str, dict[int, int]] = {}
    for name, own in texts.items():
        position[name] = {number: place for place, number in enumerate(sorted(own))}
        lines = [" ".join(own[number]) for number in sorted(own)]
        text = "\n".join(lines)
        sentences, at = [], 0
        for line in lines:
            sentences.append(Sentence((at, at + len(line)), words(text, at, at + len(line)), 0))
            at += len(line) + 1
        reports.append(
            Segmented(
                Report(name, text, source=name, outlet=f"Outlet {len(reports)}", language="en"),
                tuple(sentences),
            )
        )
    passages = []
    for number in sorted({number for own in texts.values() for number in own}):
        readings = {
            name: (position[name][number],) for name in sorted(texts) if number in texts[name]
        }
        if len(readings) > 1:
            passages.append(Passage(f"P{number}", readings, min(readings), (), 1.0, ()))
    return reports, Collation(tuple(passages), {})
