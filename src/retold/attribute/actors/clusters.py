"""An actor of one report while it is being found, and the parts of a person's name."""

from __future__ import annotations

from msgspec import Struct, field

from retold.attribute.actors.lexicon import Lexicon
from retold.model import ActorKind
from retold.text.declensions import Reading

__all__ = ["Cluster", "Held", "given_forms", "same_person", "suffix", "surname"]


class Held(Struct, frozen=True):
    """An office as a report names it.

    Attributes:
        words: canonical words of the office ("deputy", "foreign", "minister").
        head: its noun.
        classes: of the noun.
        of: keys of the countries and institutions it is an office of.
    """

    words: frozenset[str]
    head: str
    classes: frozenset[str]
    of: frozenset[str]


class Cluster(Struct):
    """An actor while it is being found.

    Attributes:
        thing: an article stands before it, so that it is no person's name.
        spoke: a verb of saying stands beside it.
        introduced: as an office with an indefinite article, or as a source.
        definite: as an office with a definite article.
        key: "place:KP", "person:im chon il"; what the id is made of.
        shown: its fullest form.
        forms: words of the fullest form.
        readings: lemmas that all its forms of so many words can be forms of (`inflected`).
        mentions: span -> (form of mention, may it stand as the head of a source, why).
        names: written form -> number of times.
    """

    key: str
    kind: ActorKind
    shown: str
    forms: tuple[str, ...]
    gender: str | None = None
    plural: bool = False
    thing: bool = False
    spoke: bool = False
    introduced: bool = False
    definite: bool = False
    held: list[Held] = field(default_factory=list)
    mentions: dict[tuple[int, int], tuple[str, bool, str]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    first: int = 0
    readings: tuple[Reading, ...] = ()


def surname(forms: tuple[str, ...], lexicon: Lexicon) -> str:
    """The family name: the last word, or the first in traditions that put it there."""
    if forms[-1] in lexicon.suffixes and len(forms) > 2:
        forms = forms[:-1]
    if forms[0] in lexicon.surnames_first and (
        len(forms) == 3 or (len(forms) == 2 and forms[0] not in lexicon.given)
    ):
        return forms[0]
    return forms[-1]


def given_forms(forms: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """All words but the family name, short forms made long."""
    family = surname(forms, lexicon)
    short = lexicon.names.given.short
    rest = list(forms)
    rest.remove(family)
    rest = [form for form in rest if form not in lexicon.suffixes]
    return tuple(short.get(form, form) for form in rest)


def suffix(forms: tuple[str, ...], lexicon: Lexicon) -> str:
    """ "jr", "iii" …, by which father and son are told apart; empty without one."""
    return forms[-1] if forms[-1] in lexicon.suffixes else ""


def same_person(one: tuple[str, ...], other: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Given names agree: equal, a short form, an initial, or one left out."""
    if suffix(one, lexicon) != suffix(other, lexicon):
        return False
    a, b = given_forms(one, lexicon), given_forms(other, lexicon)
    if not a or not b:
        return False
    if one == other:
        return True
    shorter = min(one, other, key=len)
    if len(shorter) > 1 and one[-len(shorter) :] == other[-len(shorter) :]:
        return True  # "Alderman Josse Pieterman": a title that no table knows
    first = a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0])
    if not first:
        return False
    if surname(one, lexicon) == one[0] and len(one) == 3:
        return a == b
    middle_a, middle_b = a[1:], b[1:]
    if middle_a and middle_b:
        return middle_a[0][0] == middle_b[0][0]
    return True
