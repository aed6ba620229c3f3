"""Traditions of running text: what newsrooms do to a report, with all rates in one place.

The first telling is made of sentences of the project's own invented reports and of generated
ones. Every outlet that copies it cuts, moves sentences, swaps words, tells again throughout,
respells a name, slips in a number, changes quotation marks, drops attributions, adds its own
sentences, takes passages from a second source; an agency files a second take with a correction.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, fields
from pathlib import Path

from retold.model import Report, Telling
from retold.pipeline import tell
from retold.settings import DEFAULTS
from tradition.shapes import Shape

__all__ = ["NEWS", "News", "retold_story"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# Pairs of words that newsrooms swap for one another.
PAIRS = """said told|about around|big large|began started|called named|children kids
company firm|help aid|people persons|police officers|show reveal|town city|road street
people residents|near close|last past|killed dead|hurt injured|home house|money funds
quickly fast|asked requested|many numerous|now currently|wrong mistaken|left departed
found discovered|kept held|likely probable|plan scheme|against opposed|built erected
because since|shut closed|ended finished|weeks fortnight|got received|early soon
workers staff|ship vessel|harbour port|damage harm|minister secretary|meeting session
statement declaration|warned cautioned|refused declined|agreed consented|denied rejected"""
SWAPS = {
    word: other
    for line in PAIRS.splitlines()
    for a, b in (pair.split() for pair in line.split("|"))
    for word, other in ((a, b), (b, a))
}
PLACES = [
    "Arvik",
    "Belmora",
    "Cestany",
    "Dornholt",
    "Estrava",
    "Fennmouth",
    "Gallor",
    "Hestvik",
    "Imber",
    "Jarrow",
]
PEOPLE = ["Anders Bielik", "Clara Dunmore", "Edvin Farsk", "Gerda Holm", "Ivo Jelen", "Karin Lomas"]
BOILERPLATE = [
    "Sign up for our evening letter to read more stories like this one.",
    "This newspaper has covered the matter since spring.",
    "Readers can write to the desk with what they have seen.",
    "More on this story is expected during the day.",
]


@dataclass(frozen=True)
class News:
    """Rates per copy; pairs are bounds of a uniform draw.

    Attributes:
        sentences: of the first telling.
        cut: share of the sentences dropped.
        swapped: share of the words swapped for another.
        moved: share of the sentences that change places with the next.
        again: how often a copy is told again throughout; `throughout`: share of its words.
        respelt, number, marks, attributions, boilerplate, take: how often each is done.
        borrowed: share of the passages from a second source.
    """

    sentences: int = 24
    cut: tuple[float, float] = (0.0, 0.4)
    swapped: tuple[float, float] = (0.01, 0.06)
    moved: float = 0.05
    again: float = 0.08
    throughout: float = 0.3
    respelt: float = 0.2
    number: float = 0.2
    marks: float = 0.3
    attributions: float = 0.2
    boilerplate: float = 0.5
    take: float = 0.1
    borrowed: tuple[float, float] = (0.2, 0.5)

    def __str__(self) -> str:
        """All rates in one line."""
        return ", ".join(f"{one.name} {getattr(self, one.name)}" for one in fields(self))


NEWS = News()
Passages = dict[str, str]


def retold_story(shape: Shape, rates: News, rng: random.Random) -> tuple[Telling, dict[str, str]]:
    """The whole pipeline's telling of a tradition, and node -> id of its report or itself."""
    texts: dict[str, Passages] = {shape.root: _original(rates, rng)}
    for node in shape.in_order():
        if node != shape.root:
            second = shape.seconds.get(node)
            source = texts[shape.parents[node]]
            if second is not None:
                source = _mixed(source, texts[second], rates, rng)
            texts[node] = _copy(node, source, rates, rng)
    ids = {node: f"lost {node}" for node in texts}
    reports = []
    for number, node in enumerate(shape.survivors):
        ids[node] = f"report-{number:02}"
        paragraphs = "\n\n".join(texts[node].values())
        reports.append(
            Report(
                id=ids[node],
                text=paragraphs,
                source=f"{ids[node]}.txt",
                outlet=f"Outlet {number}",
                language="en",
            )
        )
    return tell(reports, DEFAULTS), ids


def _original(rates: News, rng: random.Random) -> Passages:
    """Sentences of several stories, one report of each: no two of them say the same."""
    pool: list[str] = []
    for folder in sorted(EXAMPLES.glob("*/reports")):
        file = rng.choice(sorted(folder.glob("*.txt")))
        text = re.sub(r"\s+", " ", file.read_text(encoding="utf-8", errors="replace"))
        pool += [
            one
            for one in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
            if 8 <= len(one.split()) <= 40
            and one.count('"') % 2 == 0
            and one.isascii()
            and " the " in one
        ]
    drawn = sorted(rng.sample(range(len(pool)), min(len(pool), rates.sentences)))
    return {f"p{number:02}": pool[place] for number, place in enumerate(drawn)}


def _mixed(source: Passages, other: Passages, rates: News, rng: random.Random) -> Passages:
    share = rng.uniform(*rates.borrowed)
    taken = {key: one for key, one in other.items() if rng.random() < share}
    return {key: taken.get(key, one) for key, one in source.items()} | {
        key: one for key, one in taken.items() if key not in source
    }


def _copy(node: str, source: Passages, rates: News, rng: random.Random) -> Passages:
    keys = list(source)
    drop = rng.uniform(*rates.cut)
    last = max(4, len(keys) - int(drop * len(keys)))
    order = sorted(keys, key=lambda key: rng.random() + keys.index(key) / len(keys))
    kept = [key for key in keys if key in set(order[:last])]
    for place in range(len(kept) - 1):
        if rng.random() < rates.moved:
            kept[place], kept[place + 1] = kept[place + 1], kept[place]
    rate = rng.uniform(*rates.swapped)
    again = rng.random() < rates.again
    text = {key: _swapped(source[key], rate, again, rates, rng) for key in kept}
    if rng.random() < rates.respelt:
        name = rng.choice(PEOPLE).split()[1]
        text = {key: one.replace(name, _respelt(name)) for key, one in text.items()}
    if rng.random() < rates.number:
        key = rng.choice(kept)
        text[key] = re.sub(r"\d+", lambda found: str(int(found[0]) + 10), text[key], count=1)
    if rng.random() < rates.marks:
        text = {key: _marks(one) for key, one in text.items()}
    if rng.random() < rates.attributions:
        text = {key: re.sub(r'," [A-Z]\w+ [A-Z]\w+ said\.', '."', one) for key, one in text.items()}
    if rng.random() < rates.boilerplate:
        text[f"own {node}"] = rng.choice(BOILERPLATE)
    if rng.random() < rates.take:
        text[f"take {node}"] = (
            f"A correction filed later put the number at {rng.randint(3, 980)}, after "
            f"{rng.choice(PEOPLE)} had counted again in {rng.choice(PLACES)}."
        )
    return text


def _swapped(sentence: str, rate: float, again: bool, rates: News, rng: random.Random) -> str:
    words = sentence.split(" ")
    for place, word in enumerate(words):
        bare = word.strip('.,"“”')
        if not bare.isalpha() or not bare.islower():
            continue
        if again and len(bare) > 3 and rng.random() < rates.throughout:
            words[place] = word.replace(bare, SWAPS.get(bare, f"{bare[:2]}{bare[::-1]}"))
        elif rng.random() < rate:
            words[place] = word.replace(bare, SWAPS.get(bare, f"{rng.choice('bdklmrst')}a{bare}"))
    return " ".join(words)


def _respelt(name: str) -> str:
    return name[:-1] + {"k": "c", "e": "a", "m": "n", "n": "nn", "s": "z"}.get(name[-1], "e")


def _marks(text: str) -> str:
    return re.sub(r'"([^"]*)"', "“\\1”", text)
