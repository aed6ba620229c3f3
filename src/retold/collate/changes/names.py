"""Names: when two names are one, and when one was put for another.

Actors decide where they are known. Elsewhere two names can be one when one is part of the
other ("Shoigu", "Sergey Shoigu"), when one is made of the other's initials ("IAEA"), or when
an initial stands for a given name. A name that is spelled otherwise but is one actor's is
reported, with a note that it is one actor.
"""

from __future__ import annotations

from itertools import product

from rapidfuzz.distance import Levenshtein

from retold.collate.changes.likeness import FAMILY, HALF, SUFFIX, Likeness, likeness, skeleton
from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Name, Reading, Unit
from retold.model import ChangeKind
from retold.text.declensions import Told, either_gender, of_two_genders, one_name

__all__ = ["name_changes", "respelled_words", "same_names"]


def same_names(pair: Pair) -> None:
    """Makes partners of names that are one though written differently."""
    free_b = pair.free_b(Kind.NAME)
    for index in pair.free_a(Kind.NAME):
        name = pair.a.units[index].name
        if name is None:
            continue
        for other in free_b:
            found = pair.b.units[other].name
            if found is None or pair.to_a[other] >= 0:
                continue
            if name.actor and found.actor and name.actor != found.actor:
                continue
            if _one(pair, name, found):
                pair.link(index, other)
                break


def _held(pair: Pair, a: Name, b: Name) -> Likeness:
    """`likeness` of two names as they stand, case endings left out of account."""
    language = pair.lexicon.language
    size = min(len(a.forms), len(b.forms))
    ours, theirs = a.forms[len(a.forms) - size :], b.forms[len(b.forms) - size :]
    if size and ours != theirs:
        if one_name(ours, theirs, language, a.told, b.told):
            return "different" if _in_one_case(pair, a, b) else "same"
        if of_two_genders(ours, theirs, language, a.told, b.told):
            return "different"
    return likeness(a.words, b.words)


def _in_one_case(pair: Pair, a: Name, b: Name) -> bool:
    """ "арестовал Зимина", "арестовал Зимину": one case, so that a man and a woman are named."""
    alike = a.beside == b.beside and all(a.beside)
    return alike and either_gender(a.forms, b.forms, pair.lexicon.language)


def _one(pair: Pair, a: Name, b: Name) -> bool:
    if _held(pair, a, b) != "different":
        return True
    return _nationality(a.plain, b.plain) or _nationality(b.plain, a.plain)


def _nationality(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one word is the adjective to a word of the other name: "Korean", "North Korea"."""
    if len(short) != 1 or len(short[0]) < FAMILY:
        return False
    return any(
        word[:FAMILY] == short[0][:FAMILY] and abs(len(word) - len(short[0])) <= SUFFIX
        for word in long
        if len(long) > 1
    )


def name_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports respelled names, and names put in the place of others."""
    for index, other in enumerate(pair.to_b):
        if other < 0:
            continue
        one, two = pair.a.units[index], pair.b.units[other]
        if one.name is None or two.name is None or one.name.words == two.name.words:
            continue
        if one.key == two.key and one.name.kind == "place":
            continue  # a country under two of its names
        held_against = _held(pair, one.name, two.name)
        if held_against == "respelled" or (
            held_against == "different" and _same_person(one.name, two.name)
        ):
            _respelled(pair, index, other)
        elif held_against == "different" and _in_one_case(pair, one.name, two.name):
            _put_for(pair, index, other)
    known_a, names_a = _known(pair.a.units)
    known_b, names_b = _known(pair.b.units)
    held = 0
    for gap in gaps:
        if not gap.both(Kind.NAME):
            continue
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.NAME]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.NAME]
        same_form = _same_form(pair, gap)
        for index, other in product(left[:_IN_A_GAP], right[:_IN_A_GAP]):
            one, two = pair.a.units[index], pair.b.units[other]
            if one.name is None or two.name is None or held == _HELD:
                continue
            if index in pair.explained_a or other in pair.explained_b:
                continue
            held += 1
            if one.key in known_b or two.key in known_a:
                continue  # named elsewhere: another order, not another name
            slot = _one_slot(pair, index, other) or (
                same_form and index - gap.a.start == other - gap.b.start
            )
            if not slot or not _kinds_fit(one.name, two.name):
                continue
            if _at_home(pair.b, one.name) and _at_home(pair.a, two.name):
                continue  # both reports know both: another sentence, not another name
            if _held(pair, one.name, two.name) == "respelled":
                _respelled(pair, index, other)
                pair.explained_a.add(index)
                pair.explained_b.add(other)
                continue
            if any(_one(pair, name, one.name) for name in names_b):
                continue
            if any(_one(pair, name, two.name) for name in names_a):
                continue
            _put_for(pair, index, other)


def _put_for(pair: Pair, index: int, other: int) -> None:
    """Reports one name in the place of another."""
    one, two = pair.a.units[index], pair.b.units[other]
    if one.name is None or two.name is None:
        return
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    kind = _kind(one.name, two.name, one.key, two.key)
    note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
    pair.add(kind, span_a, span_b, 1.0, note, unit=one)
    pair.explained_a.add(index)
    pair.explained_b.add(other)


_IN_A_GAP = 6
_SHORT_GAP = 8


def _same_form(pair: Pair, gap: Gap) -> bool:
    """Whether two short gaps hold units of the same kinds in the same order."""
    if not 0 < len(gap.a) == len(gap.b) <= _SHORT_GAP:
        return False
    return all(
        pair.a.units[index].kind is pair.b.units[other].kind
        for index, other in zip(gap.a, gap.b, strict=True)
    )


_HELD = 100
"""So many names are held against the names of the other reading; more stand only in lists."""


_ALIKE_READINGS = 0.4
"""Share of the shorter reading's units that must be matched for one neighbour to be enough."""


def _one_slot(pair: Pair, index: int, other: int) -> bool:
    """Whether two names stand in one place: beside the same neighbour, or between the same two."""
    last_a, last_b = len(pair.to_b) - 1, len(pair.to_a) - 1
    left = pair.to_b[index - 1] == other - 1 if index and other else index == other
    if index == last_a or other == last_b:
        right = index == last_a and other == last_b
    else:
        right = pair.to_b[index + 1] == other + 1
    if left and right:
        return True
    matched = len(pair.to_b) - pair.to_b.count(-1)
    alike = matched >= _ALIKE_READINGS * min(len(pair.to_a), len(pair.to_b))
    return alike and (left or right)


def _kinds_fit(a: Name, b: Name) -> bool:
    """A person is not put for a place, nor either for a body, when their kinds are known."""
    return a.kind == b.kind or "unknown" in (a.kind, b.kind)


def _at_home(reading: Reading, name: Name) -> bool:
    """Whether a report has a name's last word anywhere outside this reading."""
    written = name.plain[-1] if name.plain else ""
    if not written:
        return False
    folded = reading.facts.folded
    start, end = reading.sentences[0].span[0], reading.sentences[-1].span[1]
    return folded.find(written, 0, start) >= 0 or folded.find(written, end) >= 0


def _same_person(a: Name, b: Name) -> bool:
    """One person of two or more names each, spelled in ways that no rule joins."""
    return (
        a.actor == b.actor != ""
        and a.kind == "person"
        and len(a.words) == len(b.words) > 1
        and likeness(a.words, b.words) == "different"
        and Levenshtein.normalized_similarity(" ".join(a.words), " ".join(b.words)) >= HALF
    )


def _known(units: list[Unit]) -> tuple[set[str], list[Name]]:
    """Keys of all names and references, and the distinct names."""
    keys: dict[str, Name | None] = {}
    for unit in units:
        if unit.kind is Kind.NAME or unit.kind is Kind.REFERENCE:
            keys.setdefault(unit.key, unit.name)
    return set(keys), [name for name in keys.values() if name is not None][:_HELD]


def respelled_words(pair: Pair, gaps: list[Gap]) -> None:
    """Reports capitalised words that differ as two spellings of one name do.

    At the beginning of a sentence a capital letter does not tell a name, so that "Kattab" and
    "Khattab" there are plain words until they are held against each other.
    """
    for gap in gaps:
        if not gap.a or not gap.b:
            continue
        left = [i for i in gap.a if _capital(pair.a.units[i])]
        right = [j for j in gap.b if _capital(pair.b.units[j])]
        for index, other in zip(left, right, strict=False):
            one, two = pair.a.units[index], pair.b.units[other]
            if index in pair.explained_a or other in pair.explained_b or one.key == two.key:
                continue
            if one.kind is Kind.NAME and two.kind is Kind.NAME:
                continue
            words = [
                unit.name.words if unit.name else (unit.word,)
                for unit, reading in ((one, pair.a), (two, pair.b))
            ]
            if likeness(*words) != "respelled":
                continue
            forms = [unit.name.forms if unit.name else (unit.word,) for unit in (one, two)]
            if one_name(forms[0], forms[1], pair.lexicon.language, Told(), Told()):
                continue
            _respelled(pair, index, other)
            pair.explained_a.add(index)
            pair.explained_b.add(other)


def _capital(unit: Unit) -> bool:
    return unit.kind is Kind.NAME or (unit.kind is Kind.CONTENT and unit.capital)


def _kind(a: Name, b: Name, key_a: str, key_b: str) -> ChangeKind:
    """A place when both are, or one is listed as one and nothing tells what the other is."""
    sure = [
        name.kind == "place" or name.listed or key.startswith("@place:")
        for name, key in ((a, key_a), (b, key_b))
    ]
    likely = [
        one or (name.kind == "unknown" and name.placed)
        for one, name in zip(sure, (a, b), strict=True)
    ]
    unknown = "unknown" in (a.kind, b.kind) and len(a.words) == len(b.words) == 1
    return "place" if all(likely) or (any(sure) and unknown) else "name"


def _respelled(pair: Pair, index: int, other: int) -> None:
    one, two = pair.a.units[index], pair.b.units[other]
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    kind: ChangeKind = "name"
    if one.name is not None and two.name is not None:
        kind = _kind(one.name, two.name, one.key, two.key)
        if kind == "place" and _one_sound(one.name, two.name):
            return  # one place in two languages or spellings
    for draft in pair.drafts:
        if draft.kind == kind and pair.words_a(draft.a) == pair.words_a(span_a):
            return
    sure = one.name is not None and two.name is not None and one.name.actor == two.name.actor != ""
    said = "One actor under two spellings" if sure else "Very likely one name in two spellings"
    note = f"{said}: “{pair.words_a(span_a)}” and “{pair.words_b(span_b)}”."
    pair.add(kind, span_a, span_b, 0.5, note, unit=one)


def _one_sound(a: Name, b: Name) -> bool:
    return [skeleton(word) for word in a.words] == [skeleton(word) for word in b.words]
