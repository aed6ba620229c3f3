"""Invented stories of any size, for timing: reports of one story that cut, reword and reorder.

Nothing is taken from real reports; the words are ordinary, the names invented, sentences 15 to
35 words long, a third of them with a quotation, so that every stage has its usual work.
"""

from __future__ import annotations

import random

__all__ = ["story"]

_PEOPLE = ["Mara Telde", "Ivo Karsten", "Lena Obrist", "Tomas Veil", "Adira Sohn", "Pell Marron"]
_OFFICES = ["harbour minister", "chief engineer", "union leader", "regional governor"]
_PLACES = ["Orsholm", "Tarn Bay", "Velden", "Port Ames", "the Lower Quay", "Brask"]
_BODIES = ["the Orsholm Port Authority", "the Velden council", "Karsten Lines", "the coastguard"]
_SUBJECTS = [
    "ferry",
    "crane",
    "warehouse",
    "tanker",
    "pilot",
    "inspector",
    "storm",
    "shipment",
    "contract",
    "strike",
]
_VERBS = [
    "delayed",
    "inspected",
    "repaired",
    "towed",
    "closed",
    "reopened",
    "flooded",
    "abandoned",
    "insured",
    "sold",
]
_OTHERS = {
    "delayed": "held up",
    "repaired": "mended",
    "closed": "shut",
    "abandoned": "given up",
    "said": "stated",
    "large": "big",
    "quickly": "fast",
    "about": "around",
    "damage": "harm",
    "began": "started",
}
_TAILS = [
    "after a large wave broke over the eastern wall and left damage that nobody had expected",
    "because the insurers had asked quickly for papers that the owners could not find",
    "while crews from two neighbouring towns worked through the night with borrowed pumps",
    "although the timetable had promised that the season's first crossing began on that day",
    "as prices at the fish market rose by about a fifth within a week of the accident",
]


def _sentence(rng: random.Random, number: int) -> str:
    subject, verb = rng.choice(_SUBJECTS), rng.choice(_VERBS)
    place, body, person = rng.choice(_PLACES), rng.choice(_BODIES), rng.choice(_PEOPLE)
    amount, tail = rng.randrange(2, 900), rng.choice(_TAILS)
    core = f"the {subject} number {number + 1} in {place} was {verb} {tail}"
    shape = rng.randrange(6)
    if shape == 0:
        return f'"{core[0].upper()}{core[1:]}," said {person}, the {rng.choice(_OFFICES)}.'
    if shape == 1:
        return f"{person} said that {core}, with losses of {amount},000 crowns."
    if shape == 2:
        return f"According to {body}, {core}, and {amount} people were brought ashore."
    if shape == 3:
        return f"On {rng.randrange(1, 29)} October {core}, {body} announced."
    return f"{core[0].upper()}{core[1:]}, which {body} put down to {amount} loose bolts."


def _retold(sentence: str, rng: random.Random) -> str:
    words = []
    for word in sentence.split(" "):
        other = _OTHERS.get(word)
        words.append(other if other is not None and rng.random() < 0.4 else word)
    return " ".join(words)


def story(reports: int, sentences: int, seed: int = 7) -> list[str]:
    """Texts of one story.

    Args:
        reports: how many tellings.
        sentences: of the fullest telling; each drops a sixth and adds four of its own.
        seed: of the generator.
    """
    rng = random.Random(seed)
    original = [_sentence(rng, number) for number in range(sentences)]
    texts = []
    for report in range(reports):
        lines = [_retold(line, rng) for line in original if rng.random() > 1 / 6]
        for place in range(len(lines) - 1):
            if rng.random() < 0.08:
                lines[place], lines[place + 1] = lines[place + 1], lines[place]
        for extra in range(min(4, max(1, sentences // 10))):
            at = rng.randrange(len(lines) + 1)
            lines.insert(at, _sentence(rng, 1000 + 10 * report + extra))
        paragraphs = [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
        texts.append("\n\n".join(paragraphs) + "\n")
    return texts
