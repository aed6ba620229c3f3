"""Invented stories of any size, for timing: reports of one story that cut, reword and reorder.

Nothing is taken from real reports; the words are ordinary, the names made of syllables. What
matters for time is like news: sentences of 12 to 40 words, a third of them with a quotation, a
fifth with a number, the persons and bodies of the story named again and again, other words new in
nearly every sentence. Tellings agree in most sentences, half of them word for word.
"""

from __future__ import annotations

import random

__all__ = ["story"]

_NOUNS = """ferry crane warehouse tanker pilot inspector storm shipment contract strike bridge
budget harvest hospital tunnel orchard signal ledger quarry reservoir cathedral tram festival
vaccine mill refinery kiosk archive pension museum chimney furnace dyke lantern convoy parcel
timber glacier
ministry tribunal appeal verdict permit licence subsidy tariff audit survey census ballot petition
curfew ceasefire border checkpoint summit treaty embargo loan auction bankruptcy merger bakery
laboratory fungus pesticide pipeline turbine battery satellite antenna cable server password
carriage locomotive platform timetable runway terminal cargo anchor rudder lifeboat pier
greenhouse meadow herd flock dairy wool vineyard barrel cellar market stall pavement square
school nursery library stadium choir orchestra theatre gallery statue monument
roof staircase balcony cellar boiler radiator sewer drain valve pump filter gauge""".split()  # noqa: SIM905
_QUALITIES = """northern southern coastal disused narrow costly wooden flooded temporary regional
private municipal foreign senior damaged unfinished borrowed rusty crowded silent annual emergency
modest steep fragile heavy electric medieval frozen abandoned unpaid hidden provisional loyal
reluctant hurried generous bitter careful sudden distant joint separate public secret""".split()  # noqa: SIM905
_VERBS = """delayed inspected repaired towed closed reopened flooded abandoned insured sold rented
searched evacuated painted measured guarded auctioned blocked cleared dismantled rebuilt financed
approved postponed cancelled extended halved doubled banned questioned photographed visited
surveyed replaced sealed emptied heated cooled surrounded occupied lit drained buried""".split()  # noqa: SIM905
_TIMES = """before dawn|late on Monday|over the weekend|in the first week of May|last autumn|after
midnight|during the morning shift|on 14 October|since the spring|within an hour|by nightfall|for the
third time this year|without notice|at short notice|on the eve of the holiday""".replace(
    "\n", " "
).split("|")
_LINKS = "after|because|while|although|as|before|where|since|once|until".split("|")  # noqa: SIM905
_CUES = "said|added|told reporters|explained|warned|insisted|noted|argued".split("|")  # noqa: SIM905
_OFFICES = """harbour minister|chief engineer|union leader|regional governor|deputy mayor|head of
the inquiry|museum director|fire chief|prosecutor|spokeswoman for the ministry""".replace(
    "\n", " "
).split("|")
_SWAPS = {
    "delayed": "held up", "repaired": "mended", "closed": "shut", "abandoned": "given up",
    "said": "stated", "damaged": "harmed", "costly": "expensive", "narrow": "tight",
    "before": "ahead of", "because": "since", "sold": "sold off", "people": "residents",
    "about": "around", "began": "started", "sudden": "abrupt", "crowded": "packed",
    "replaced": "exchanged", "cleared": "emptied", "explained": "said", "warned": "cautioned",
}  # fmt: skip


class _World:
    """The names and the vocabulary of one story."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people = [f"{self.name()} {self.name()}" for _ in range(8)]
        self.places = [self.name() for _ in range(10)]
        self.bodies = [f"the {self.name()} {kind}" for kind in ("Council", "Port Authority")]
        self.bodies += [f"{self.name()} Lines", "the coastguard", "the court"]

    def name(self) -> str:
        """A name of two or three syllables."""
        syllables = [
            self.rng.choice("bdfgklmnprstv") + self.rng.choice(["a", "e", "i", "o", "ar", "el"])
            for _ in range(self.rng.randrange(2, 4))
        ]
        return "".join(syllables).capitalize() + self.rng.choice("nrslk")

    def thing(self) -> str:
        """A noun phrase."""
        quality = self.rng.choice(_QUALITIES) + " " if self.rng.random() < 0.6 else ""
        return f"{quality}{self.rng.choice(_NOUNS)}"

    def clause(self) -> str:
        """Who did what to what, eight to fifteen words."""
        rng = self.rng
        shape = rng.randrange(4)
        if shape == 0:
            return (
                f"the {self.thing()} near {rng.choice(self.places)} was {rng.choice(_VERBS)} "
                f"by {rng.choice(self.bodies)} {rng.choice(_TIMES)}"
            )
        if shape == 1:
            return (
                f"{rng.choice(self.bodies)} {rng.choice(_VERBS)} the {self.thing()} and the "
                f"{self.thing()} {rng.choice(_TIMES)}"
            )
        if shape == 2:
            return (
                f"about {rng.randrange(2, 900)} people {rng.choice(_VERBS)} the {self.thing()} "
                f"in {rng.choice(self.places)}"
            )
        return (
            f"the {self.thing()} had been {rng.choice(_VERBS)} and the {self.thing()} "
            f"{rng.choice(_VERBS)} {rng.choice(_TIMES)}"
        )

    def sentence(self) -> str:
        """One sentence."""
        rng = self.rng
        core = self.clause()
        if rng.random() < 0.7:
            core += f" {rng.choice(_LINKS)} {self.clause()}"
        person, shape = rng.choice(self.people), rng.randrange(9)
        if shape == 0:
            return f'"{_capital(core)}," {rng.choice(_CUES)} {person}, the {rng.choice(_OFFICES)}.'
        if shape == 1:
            return f"“{_capital(core)},” he {rng.choice(_CUES)}."
        if shape == 2:
            return f"{person} said that {core}."
        if shape == 3:
            return f"According to {rng.choice(self.bodies)}, {core}."
        if shape == 4:
            return f"{_capital(core)}, with losses of {rng.randrange(2, 90)}.5 million crowns."
        return f"{_capital(core)}."


def _capital(clause: str) -> str:
    return clause[0].upper() + clause[1:]


def _retold(sentence: str, rng: random.Random) -> str:
    if rng.random() < 0.5:
        return sentence
    words = []
    for word in sentence.split(" "):
        other = _SWAPS.get(word)
        words.append(other if other is not None and rng.random() < 0.6 else word)
    return " ".join(words)


def story(reports: int, sentences: int, seed: int = 7) -> list[str]:
    """Texts of one story.

    Args:
        reports: how many tellings.
        sentences: of the fullest telling; each drops a sixth and adds up to four of its own.
        seed: of the generator.
    """
    rng = random.Random(seed)
    world = _World(rng)
    original = [world.sentence() for _ in range(sentences)]
    texts = []
    for _ in range(reports):
        lines = [_retold(line, rng) for line in original if rng.random() > 1 / 6]
        for place in range(len(lines) - 1):
            if rng.random() < 0.08:
                lines[place], lines[place + 1] = lines[place + 1], lines[place]
        for _ in range(min(4, max(1, sentences // 10))):
            lines.insert(rng.randrange(len(lines) + 1), world.sentence())
        paragraphs = [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
        texts.append("\n\n".join(paragraphs) + "\n")
    return texts
