"""Near-duplicates in any number: articles of their own, and copies cut, edited and padded.

From labelled texts, at run time; nothing is kept. There are far fewer real articles than a
benchmark needs, so every original is a real one whose rarer words are exchanged through a random
permutation of words of like frequency: it keeps its length, its rhythm and the stock phrases of
news, and shares no long run with the others.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import msgspec

import shared
from retold.text.words import words

__all__ = ["KINDS", "Copy", "corpus"]

_COMMON = 150  # the most frequent words stay: what stock phrases are made of
_BAND = 400  # words of like frequency among which a word is exchanged


class Kind(msgspec.Struct, frozen=True):
    """How a copy is made: edits by the word, the lead kept, sentences dropped, text added."""

    name: str
    edits: float = 0.0
    lead: float = 1.0
    drop: float = 0.0
    added: float = 0.0


KINDS = (
    Kind("copy"),
    Kind("edit 5 %", edits=0.05),
    Kind("edit 10 %", edits=0.10),
    Kind("edit 20 %", edits=0.20),
    Kind("lead 60 %", lead=0.6),
    Kind("lead 30 %", lead=0.3),
    Kind("drop 25 %", drop=0.25),
    Kind("drop 50 %", drop=0.5),
    Kind("add 50 %", added=0.5),
    Kind("add 150 %", added=1.5),
    Kind("lead 60 + edit 10", edits=0.10, lead=0.6),
    Kind("drop 25 + add 50", drop=0.25, added=0.5),
    Kind("lead 30 + edit 10 + add 100", edits=0.10, lead=0.3, added=1.0),
)


class Copy(msgspec.Struct, frozen=True):
    """A text of the corpus.

    Attributes:
        text: words and full stops.
        of: number of the original it is a copy of, -1 for an original.
        foreign: number of the original that text was added from, -1 where none was.
        kind: how it was made.
    """

    text: str
    of: int
    foreign: int
    kind: str


def _sources() -> list[list[list[str]]]:
    """Articles as sentences of words, with what stands between kept simple."""
    texts = [record["text"] for record in shared.records("grouping/allsides.jsonl.gz")]
    texts += [record["text"] for record in shared.records("quotes/polnear-train.jsonl.gz")]
    articles = []
    for text in texts:
        sentences: list[list[str]] = []
        for line in text.replace("? ", ".\n").replace("! ", ".\n").replace(". ", ".\n").split("\n"):
            found = [line[word.start : word.end] for word in words(line)]
            if found:
                sentences.append(found)
        articles.append(sentences)
    return articles


class _Exchange:
    """Words exchanged for others of like frequency."""

    def __init__(self, articles: list[list[list[str]]]) -> None:
        counts = Counter(word for article in articles for line in article for word in line)
        ranked = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        self._common = set(ranked[:_COMMON])
        self._rare = ranked[_COMMON:]
        self._place = {word: place for place, word in enumerate(self._rare)}
        self.everyday = ranked[:3000]

    def retold(self, article: list[list[str]], rng: random.Random) -> list[list[str]]:
        """The article in other words, each exchanged for the same one throughout."""
        chosen: dict[str, str] = {}
        told = []
        for line in article:
            for word in line:
                if word not in chosen:
                    if word in self._common:
                        chosen[word] = word
                    else:
                        near = self._place[word] + rng.randrange(-_BAND, _BAND)
                        chosen[word] = self._rare[max(0, min(near, len(self._rare) - 1))]
            told.append([chosen[word] for word in line])
        return told


def _copied(
    lines: list[list[str]],
    kind: Kind,
    foreign: list[list[str]],
    everyday: list[str],
    rng: random.Random,
) -> list[list[str]]:
    size = sum(map(len, lines))
    kept: list[list[str]] = []
    room = kind.lead * size
    for line in lines:
        if room <= 0:
            break
        if len(kept) and rng.random() < kind.drop:
            continue
        part = line[: max(1, round(room))]
        room -= len(line)
        kept.append(
            [rng.choice(everyday) if rng.random() < kind.edits else word for word in part]
            if kind.edits
            else part
        )
    room = kind.added * sum(map(len, kept))
    extra = []
    for line in foreign:
        if room <= 0:
            break
        extra.append(line)
        room -= len(line)
    at = rng.randrange(len(kept) + 1) if extra else 0
    return kept[:at] + extra + kept[at:]


def corpus(
    texts: int = 50_000,
    copies: int = 28_000,
    wires: int = 9_000,
    seed: int = 0,
    words_each: tuple[int, int] = (150, 1200),
) -> Iterator[Copy]:
    """Originals first (the first `wires` of them are copied), then copies, in a fixed order.

    Args:
        texts: all in all.
        copies: how many of them are copies of the first `wires` texts.
        wires: originals that have copies.
        seed: of all that is random.
        words_each: originals are cut to a length between these, as newspapers do.
    """
    rng = random.Random(seed)
    articles = [lines for lines in _sources() if sum(map(len, lines)) >= words_each[0]]
    exchange = _Exchange(articles)
    originals: list[list[list[str]]] = []
    for number in range(texts - copies):
        told = exchange.retold(articles[number % len(articles)], rng)
        start = rng.randrange(max(1, len(told) // 3))
        room = int(words_each[0] * (words_each[1] / words_each[0]) ** rng.random())
        cut = []
        for line in told[start:] + told[:start]:
            if room <= 0:
                break
            cut.append(line)
            room -= len(line)
        originals.append(cut)
        yield Copy(_written(cut), -1, -1, "original")
    for number in range(copies):
        of = rng.randrange(wires)
        kind = KINDS[number % len(KINDS)]
        foreign = rng.randrange(wires, len(originals))
        told = _copied(originals[of], kind, originals[foreign], exchange.everyday, rng)
        yield Copy(_written(told), of, foreign if kind.added else -1, kind.name)


def _written(lines: list[list[str]]) -> str:
    return "\n".join(" ".join(line) + "." for line in lines)
