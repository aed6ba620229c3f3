"""Invented news by the hundred thousand: sizes, words, outlets, dates and languages like real ones.

Nothing is taken from real reports. A report's length in words is log-normal with the median 350
(many briefs, few long reads), words have Zipf's frequencies over 80,000 invented ones a language
(behind the language's own commonest little words) and one in a hundred was never seen before, so
that the vocabulary goes on growing as in news. Every fifth sentence is a quotation. Over a third
of the reports tell a story that others tell too: two thirds of the sentences of each such telling
are those of the others. One report in a hundred is a later version of a page.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import numpy as np

__all__ = ["FIRST", "OUTLETS", "reports", "vocabulary", "write"]

OUTLETS = 400
FIRST = datetime(2023, 1, 1, tzinfo=UTC)
_DAYS = 900
_VOCABULARY = 80_000
_NEW = 0.01
_LITTLE = {
    "en": "the of to in and a for on that is was with as by at from it he has be are this will an",
    "de": "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es an",
    "fr": "de la le et les des en un du une que est pour qui dans par sur au il plus ne se pas ce",
    "ru": "и в не на с что по как из за к у это от для он о его но до так же год их при со бы был",
    "zh": "的 在 了 是 和 有 为 他 这 中 上 将 对 与 等",
}
_SAID = {
    "en": ("said", "told reporters", "added", "warned", "explained"),
    "de": ("sagte", "erklärte", "betonte", "warnte"),
    "fr": ("a déclaré", "a expliqué", "a ajouté"),
    "ru": ("сказал", "заявил", "сообщил", "добавил"),
    "zh": ("说", "表示"),
}
_MARKS = {
    "en": ("“{},” {} {}.", "“{},” {} {}."),
    "de": ("„{}“, {} {}.", "„{}“, {} {}."),
    "fr": ("« {} », {} {}.", "« {} », {} {}."),
    "ru": ("«{}», — {} {}.", "«{}», — {} {}."),
    "zh": ("“{}”，{}{}。", "“{}”，{}{}。"),
}
_SHARES = {"en": 0.6, "de": 0.15, "fr": 0.1, "ru": 0.11, "zh": 0.04}
_ONSETS = {
    "ru": "б в г д ж з к л м н п р с т х ч ш ст пр кр тр сл вл гр".split(),  # noqa: SIM905
    "": "b c d f g h l m n p r s t v w st pr cr tr sl pl gr ch sh br fl".split(),  # noqa: SIM905
}
_CORES = {
    "ru": "а е и о у ы я ер ан ов ен ост ал".split(),  # noqa: SIM905
    "": "a e i o u ea ou er an in on ar al ing ent ess ion".split(),  # noqa: SIM905
}


def vocabulary(language: str) -> list[str]:
    """All words of a language, the commonest first."""
    rng = random.Random(f"vocabulary {language}")
    words = dict.fromkeys(_LITTLE[language].split())
    size = 8_000 if language == "zh" else _VOCABULARY
    while len(words) < size:
        words[_invented(rng, language, len(words))] = None
    return list(words)


def _invented(rng: random.Random, language: str, rank: int) -> str:
    if language == "zh":
        return "".join(chr(0x4E00 + int(6000 * rng.random() ** 2)) for _ in range(2))
    onsets = _ONSETS.get(language, _ONSETS[""])
    cores = _CORES.get(language, _CORES[""])
    parts = 1 if rank < 200 else rng.randint(2, 3) if rank < 20_000 else rng.randint(2, 4)
    return "".join(rng.choice(onsets) + rng.choice(cores) for _ in range(parts))


@dataclass
class _Language:
    code: str
    words: np.ndarray
    upto: np.ndarray

    def sentences(self, rng: random.Random, draw: np.random.Generator, words: int) -> list[str]:
        """About so many words."""
        left = np.searchsorted(self.upto, draw.random(words))
        chosen = self.words[left].tolist()
        for at in np.flatnonzero(draw.random(words) < _NEW).tolist():
            chosen[at] = _invented(rng, self.code, 10**6).capitalize()
        found = []
        at = 0
        gap, stop = ("", "。") if self.code == "zh" else (" ", ".")
        while at < words:
            length = min(60, max(4, round(rng.lognormvariate(3.0, 0.45))))
            text = gap.join(chosen[at : at + length])
            at += length
            text = text[0].upper() + text[1:]
            if rng.random() < 0.2:
                name = _invented(rng, self.code, rng.randrange(300)).capitalize()
                given = _invented(rng, self.code, 500).capitalize()
                shape = rng.choice(_MARKS[self.code])
                text = shape.format(text, rng.choice(_SAID[self.code]), f"{given} {name}")
            else:
                text += stop
            found.append(text)
        return found


def _languages() -> dict[str, _Language]:
    made = {}
    for code in _SHARES:
        words = vocabulary(code)
        weights = 1.0 / (np.arange(len(words)) + 2.7) ** 1.05
        made[code] = _Language(
            code, np.array(words, dtype=object), np.cumsum(weights / weights.sum())
        )
    return made


def reports(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Records, in the order of their dates."""
    languages = _languages()
    rng, draw = random.Random(seed), np.random.default_rng(seed)
    number = 0
    before: dict[str, str] | None = None
    while number < count:
        code = rng.choices(list(_SHARES), list(_SHARES.values()))[0]
        language = languages[code]
        tellings = 1 if rng.random() < 0.8 else rng.randint(2, 5)
        words = int(min(6000, max(40, rng.lognormvariate(5.858, 0.65))))
        shared = language.sentences(rng, draw, words)
        when = FIRST + timedelta(days=_DAYS * number / count, seconds=rng.randrange(60_000))
        for _ in range(min(tellings, count - number)):
            text = shared
            if tellings > 1:
                own = language.sentences(rng, draw, max(30, words // 3))
                text = [one for one in shared if rng.random() < 0.7] + own
            outlet = int(OUTLETS * rng.random() ** 2)
            record = {
                "text": _paragraphs(text, code, rng),
                "title": text[0][:70].rstrip(".。"),
                "url": f"https://www.outlet{outlet}.example/{seed}/{code}/{number}.html",
                "outlet": f"Outlet {outlet}",
                "published": (when + timedelta(minutes=rng.randrange(600))).isoformat(),
                "language": code,
            }
            if before is not None and rng.random() < 0.01:
                record["url"] = before["url"]
            before = record
            yield record
            number += 1


def _paragraphs(sentences: list[str], code: str, rng: random.Random) -> str:
    paragraphs = []
    at = 0
    while at < len(sentences):
        many = rng.randint(1, 4)
        paragraphs.append(("" if code == "zh" else " ").join(sentences[at : at + many]))
        at += many
    return "\n\n".join(paragraphs) + "\n"


def write(file: Path, count: int, seed: int) -> tuple[int, str]:
    """Reports as JSON Lines; the bytes of their texts, and a fingerprint of the file."""
    digest = blake2b(digest_size=8)
    size = 0
    with file.open("wb") as out:
        for record in reports(count, seed):
            line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            size += len(record["text"].encode())
            out.write(line)
    return size, digest.hexdigest()
