"""Who is meant without a name: pronouns, capitals of countries, offices beside a name."""

from __future__ import annotations

from retold.collate.changes.pair import Pair
from retold.collate.changes.units import PRONOUN, Kind, Name, Unit

__all__ = ["capital_cities", "link_pronouns", "office_changes"]


def link_pronouns(pair: Pair) -> None:
    """Makes partners of a pronoun and the name or office that it stands for."""
    for ours in (True, False):
        one, two = (pair.a, pair.b) if ours else (pair.b, pair.a)
        partner, back = (pair.to_b, pair.to_a) if ours else (pair.to_a, pair.to_b)
        standing: dict[str, list[int]] = {}
        for kind in (Kind.NAME, Kind.REFERENCE):
            for at in two.of_kind.get(kind, ()):
                if back[at] < 0:
                    standing.setdefault(two.units[at].key, []).append(at)
        for at in one.of_kind.get(Kind.REFERENCE, ()):
            key = one.units[at].key
            if partner[at] >= 0 or not key.startswith(PRONOUN):
                continue
            waiting = standing.get("@" + key.removeprefix(PRONOUN))
            if waiting:
                other = waiting.pop(0)
                pair.link(*((at, other) if ours else (other, at)))


def capital_cities(pair: Pair) -> None:
    """Makes partners of a capital and its description: "Lisbon", "the Portuguese capital"."""
    for ours in (True, False):
        one, two = (pair.a, pair.b) if ours else (pair.b, pair.a)
        free = pair.free_a(Kind.NAME) if ours else pair.free_b(Kind.NAME)
        waiting = pair.free_b(Kind.NAME) if ours else pair.free_a(Kind.NAME)
        for at in free:
            name = one.units[at].name
            country = pair.lexicon.capital_of(" ".join(name.plain)) if name else ""
            for other in waiting if country else ():
                head = other + 1 if other + 1 < len(two.units) else other
                partner = pair.to_a if ours else pair.to_b
                if partner[other] >= 0 or _words(two.units[other]) != (country,):
                    continue
                if two.units[head].key not in pair.lexicon.capitals:
                    continue
                pair.link(*((at, other) if ours else (other, at)))
                (pair.explained_b if ours else pair.explained_a).add(head)
                break


def _words(unit: Unit) -> tuple[str, ...]:
    return unit.name.words if unit.name else ()


def office_changes(pair: Pair) -> None:
    """Reports another office of the same rank before one name: "Foreign Minister", "Defence"."""
    for index, other in enumerate(pair.to_b):
        if other < 0:
            continue
        one, two = pair.a.units[index], pair.b.units[other]
        if one.name is None or two.name is None:
            continue
        mine, theirs = _titles(pair, one.name), _titles(pair, two.name)
        if len(mine) < 2 or len(theirs) < 2 or mine[-1] != theirs[-1] or mine == theirs:
            continue  # without an office, or another rank: one report says more than the other
        if set(mine) <= set(theirs) or set(theirs) <= set(mine):
            continue
        span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
        note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
        pair.add("name", span_a, span_b, 0.4, note, unit=one)


def _titles(pair: Pair, name: Name) -> tuple[str, ...]:
    return tuple(word for word in name.plain if word in pair.lexicon.titles)
