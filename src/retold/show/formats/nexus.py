"""NEXUS (Maddison, Swofford and Maddison 1997): taxa, a matrix of readings, and the tree.

A character is a place at which the readings of a passage part. Its states are the readings in
the order in which they first appear; `?` where a report has not the passage (what news cuts is
missing, not changed), `-` where it has the passage without these words.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from retold.model import Telling
from retold.show.formats.alignment import Column, Unit, segments, units
from retold.show.formats.newick import label, tree
from retold.show.formats.sigla import plain, signs
from retold.show.marks import clip

__all__ = ["nexus"]

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_MISSING, _GAP = "?", "-"
_KEYWORDS = frozenset({"BEGIN", "END", "ENDBLOCK", "MATRIX"})  # some readers see them in quotes too
_WORDS = 60  # characters of a reading's label


class Character(Struct, frozen=True):
    """A place at which readings part.

    Attributes:
        name: "P3.2": passage and place, from 1.
        readings: labels of the states.
        states: report id → symbol; without one the report has not the passage.
    """

    name: str
    readings: tuple[str, ...]
    states: dict[str, str]


def _reading(words: str) -> str:
    said = clip(plain(words), _WORDS).rstrip("\u2026") or "sign"
    return f"{said}." if said.upper() in _KEYWORDS else said


def _character(unit: Unit, columns: Sequence[Column], name: str) -> Character | None:
    found: dict[tuple[str, ...], str] = {}
    readings: list[str] = []
    states: dict[str, str] = {}
    for report in unit.reports:
        tokens = [column[report] for column in columns if report in column]
        forms = tuple(token.form for token in tokens)
        if not forms:
            states[report] = _GAP
            continue
        if forms not in found:
            # More readings than symbols: the last ones cannot be told apart here.
            full = len(found) >= len(_SYMBOLS)
            found[forms] = _MISSING if full else _SYMBOLS[len(found)]
            if not full:
                readings.append(_reading(" ".join(token.text for token in tokens)))
        states[report] = found[forms]
    return Character(name, tuple(readings), states) if len(set(states.values())) > 1 else None


def _characters(telling: Telling) -> list[Character]:
    found = []
    number = 0
    for unit in units(telling):
        if unit.passage is None:
            continue
        number += 1
        place = 0
        for columns in segments(unit, lambda token: token.form):
            if one := _character(unit, columns, f"P{number}.{place + 1}"):
                place += 1
                found.append(one)
    return found


def _matrix(telling: Telling, taxa: dict[str, str]) -> list[str]:
    characters = _characters(telling)
    if not characters:
        return []
    most = max(len(one.readings) for one in characters)
    width = max(map(len, taxa.values())) + 1
    lines = [
        "BEGIN CHARACTERS;",
        f"  DIMENSIONS NCHAR={len(characters)};",
        f'  FORMAT DATATYPE=STANDARD SYMBOLS="{_SYMBOLS[: max(most, 2)]}" '
        f"MISSING={_MISSING} GAP={_GAP};",
        "  CHARSTATELABELS",
    ]
    for number, one in enumerate(characters, start=1):
        end = ";" if number == len(characters) else ","
        said = " ".join(f"'{reading}'" for reading in one.readings)
        lines.append(f"    {number} '{one.name}' / {said}{end}")
    lines.append("  MATRIX")
    for key, name in taxa.items():
        row = "".join(one.states.get(key, _MISSING) for one in characters)
        lines.append(f"    {name:<{width}}{row}")
    return [*lines, "  ;", "END;"]


def nexus(telling: Telling) -> str:
    """TAXA (reports, and other witnesses at the tips), CHARACTERS where readings part, TREES."""
    called = signs(telling)
    drawn = tree(telling)
    tips = set(drawn.tips)
    taxa = {
        key: label(sign) for key, sign in called.items() if sign.report is not None or key in tips
    }
    lines = [
        "#NEXUS",
        f"[ Made with Retold {plain(telling.retold)}. Character states are readings. ]",
        "BEGIN TAXA;",
        f"  DIMENSIONS NTAX={len(taxa)};",
        "  TAXLABELS",
        *(f"    {name}" for name in taxa.values()),
        "  ;",
        "END;",
        *_matrix(telling, taxa),
    ]
    if drawn.left_out:
        pairs = ", ".join(f"{called[a].siglum} to {called[b].siglum}" for a, b in drawn.left_out)
        lines.append(f"[ A tree has no room for these edges: {pairs}. ]")
    lines += ["BEGIN TREES;", f"  TREE stemma = [&R] {drawn.text}", "END;"]
    return "\n".join(lines) + "\n"
