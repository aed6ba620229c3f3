"""The words of a language's quoting table, made ready for lookup.

Word classes are bits, so that a token carries all of its readings in one number.
"""

from __future__ import annotations

from functools import cache

from retold.language import table
from retold.language.quoting import Quoting

# Word classes.
DET = 1 << 0
POSS = 1 << 1
PREP = 1 << 2
SUB = 1 << 3
COORD = 1 << 4
REL = 1 << 5
SUBJ = 1 << 6
OBJ = 1 << 7
AUX = 1 << 8
MODAL = 1 << 9
NEG = 1 << 10
ADV = 1 << 11
TIME = 1 << 12
COMP = 1 << 13
INF = 1 << 14
BE = 1 << 15
HAVE = 1 << 16
NOUN = 1 << 17
JOIN = 1 << 18
QUESTION = 1 << 19
# What a token shows.
CAP = 1 << 20
NUM = 1 << 21
COMMA = 1 << 22
COLON = 1 << 23
DASH = 1 << 24
END = 1 << 25
SEMI = 1 << 26
QUOTE = 1 << 27
BRACKET = 1 << 28
VERB = 1 << 29
TITLE = 1 << 30
"""A title, nickname or set phrase in quotation marks: part of a noun phrase, no quotation."""
CONTRAST = 1 << 31
LOOSE = 1 << 32
ALONE = 1 << 33

PUNCTUATION = COMMA | COLON | DASH | END | SEMI

# Classes of cue verbs.
SAY, TELL, ASK, THINK, SHOW, AS, CALL, ACT, WANT, RELAY, BARE, DIRECT = (1 << n for n in range(12))
_CLASSES = {
    "say": SAY,
    "tell": TELL,
    "ask": ASK,
    "think": THINK,
    "show": SHOW,
    "as": AS,
    "call": CALL,
    "act": ACT,
    "want": WANT,
    "bare": BARE,
    "direct": DIRECT,
}
# Parts of a verb.
BASE, PRESENT, PAST, PARTICIPLE, GERUND, IMPERATIVE = (1 << n for n in range(6))
FINITE = PRESENT | PAST
_PARTS = {
    "base": BASE,
    "present": PRESENT,
    "past": PAST,
    "participle": PARTICIPLE,
    "gerund": GERUND,
    "imperative": IMPERATIVE,
}


class Lexicon:
    """Lookups of one language.

    Attributes:
        tags: word -> word classes.
        cues: verb form -> (cue classes, parts, lemma).
        relays: forms of verbs that name whom they quote.
        particles: lemma -> (words that follow, cue classes), longest first.
        quoting: the table itself.
    """

    __slots__ = (
        "according",
        "catenatives",
        "cues",
        "particles",
        "possessive",
        "quoting",
        "relays",
        "tags",
        "verb_endings",
    )

    def __init__(self, quoting: Quoting) -> None:
        self.quoting = quoting
        self.tags = _tags(quoting)
        self.cues: dict[str, tuple[int, int, str]] = {}
        self.particles: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.relays: set[str] = set()
        self._read_verbs()
        self.according = _phrases(quoting.according)
        self.catenatives = {
            tuple(phrase.split()): status
            for status, phrases in quoting.catenatives.items()
            for phrase in phrases
        }
        # No word ends in NUL: it stands for "none".
        self.verb_endings = quoting.grammar.verb_endings or ("\0",)
        self.possessive = quoting.grammar.possessive_endings or ("\0",)

    def _read_verbs(self) -> None:
        parts = [sum(_PARTS[name] for name in names.split("+")) for names in self.quoting.parts]
        for name, cues in self.quoting.verbs.items():
            bit = _CLASSES.get(name, 0)
            for line in cues.forms:
                self._add(line.split(), parts, bit)
            for line in cues.phrases:
                forms, _, words = line.partition("|")
                lemma = forms.split()[0]
                self._add(forms.split(), parts, 0, phrasal=True)
                self.particles.setdefault(lemma, []).append((tuple(words.split()), bit))
        for line in self.quoting.relays.quoting:
            self._add(line.split(), parts, RELAY)
        for options in self.particles.values():
            options.sort(key=lambda option: -len(option[0]))

    def _add(self, forms: list[str], parts: list[int], bit: int, *, phrasal: bool = False) -> None:
        lemma = forms[0]
        for part, cell in zip(parts, forms, strict=False):
            for form in filter(None, cell.split("/")):
                classes, had, first = self.cues.get(form, (0, 0, lemma))
                self.cues[form] = (classes | (0 if bit == RELAY else bit), had | part, first)
                if bit or not phrasal:
                    self.tags[form] = self.tags.get(form, 0) | VERB
                if bit == RELAY:
                    self.relays.add(form)


def _tags(quoting: Quoting) -> dict[str, int]:
    grammar = quoting.grammar
    tags: dict[str, int] = {}
    for words, bit in (
        (grammar.determiners, DET),
        (grammar.possessives, POSS),
        (grammar.prepositions, PREP),
        (grammar.subordinators, SUB),
        (grammar.coordinators, COORD),
        (grammar.relatives, REL),
        (grammar.subjects, SUBJ),
        (grammar.objects, OBJ),
        (grammar.auxiliaries, AUX),
        (grammar.modals, MODAL),
        (grammar.negations, NEG),
        (grammar.adverbs, ADV),
        (grammar.times, TIME),
        (grammar.complementisers, COMP),
        (grammar.infinitive, INF),
        (grammar.be, BE),
        (grammar.have, HAVE),
        (grammar.nouns, NOUN),
        (grammar.joins, JOIN),
        (grammar.questions, QUESTION),
        (grammar.contrasts, CONTRAST),
        (grammar.loose_joins, LOOSE),
        (grammar.pronominals, ALONE),
    ):
        for word in words:
            tags[word] = tags.get(word, 0) | bit
    return tags


def _phrases(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """First word -> phrases that begin with it, longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    for options in by_first.values():
        options.sort(key=len, reverse=True)
    return by_first


@cache
def lexicon(language: str | None) -> Lexicon:
    """The lexicon of a language; empty for one without a table."""
    return Lexicon(table(Quoting, language))
