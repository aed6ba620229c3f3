"""Changes as they are listed: one entry for one point, with what each report has there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from retold.model import Change, ChangeKind, Place, Span

__all__ = ["Footnote", "Side", "footnotes", "telling_ones"]


_QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d")
_WORD = re.compile(r"[^\W\d_]+")
_LIGHT = frozenset({"wording", "order"})
_FRAME = frozenset({"in", "one", "report", "the", "other", "is", "only"})


class Side(Struct, frozen=True):
    """The same words in one or more reports.

    Attributes:
        words: as in the text, without altering; empty where the words are not in a report.
        places: one for each report, in the order of the reports.
    """

    words: str
    places: tuple[Place, ...]


class Footnote(Struct, frozen=True):
    """One point at which readings differ.

    Attributes:
        number: from 1 inside its passage, heaviest first.
        weight: of the heaviest of its changes.
        notes: the distinct notes of its changes that say more than the sides, heaviest first.
        sides: two or more, in the order of the reports.
    """

    number: int
    kind: ChangeKind
    weight: float
    notes: tuple[str, ...]
    sides: tuple[Side, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, side by side."""
        return tuple(place for side in self.sides for place in side.places)


def _says_more(note: str, words: Sequence[str]) -> bool:
    """Whether a note is more than the words of the sides over again."""
    rest = _QUOTED.sub(" ", note)
    for said in words:
        if said:
            rest = rest.replace(said, " ")
    return not _FRAME.issuperset(_WORD.findall(rest.casefold()))


def footnotes(
    changes: Sequence[Change], order: Mapping[str, int], words: Callable[[Place], str]
) -> tuple[Footnote, ...]:
    """The changes of one passage, those of one kind at one place of the base drawn together.

    Args:
        changes: of the passage, heaviest first; those with a report not in `order` are left out.
        order: report id -> its number.
        words: the words at a place.
    """
    groups: dict[tuple[str, str, Span, int], list[Change]] = {}
    times: Counter[tuple[str, Place, str]] = Counter()
    for change in changes:
        if change.a.report in order and change.b.report in order:
            # Words that one report has twice against one place are two entries, not one.
            again = (change.kind, change.a, change.b.report)
            key = (change.kind, change.a.report, change.a.span, times[again])
            times[again] += 1
            groups.setdefault(key, []).append(change)
    result: list[Footnote] = []
    for number, group in enumerate(groups.values(), start=1):
        sides: dict[tuple[str, bool], dict[Place, None]] = {(words(group[0].a), True): {}}
        sides[words(group[0].a), True][group[0].a] = None
        for change in group:
            sides.setdefault((words(change.b), False), {})[change.b] = None
        drawn = [
            Side(said, tuple(sorted(places, key=lambda place: order[place.report])))
            for (said, _), places in sides.items()
        ]
        drawn.sort(key=lambda side: order[side.places[0].report])
        result.append(
            Footnote(
                number,
                group[0].kind,
                group[0].weight,
                tuple(
                    dict.fromkeys(
                        change.note
                        for change in group
                        if _says_more(change.note, (words(change.a), words(change.b)))
                    )
                ),
                tuple(drawn),
            )
        )
    return tuple(result)


def telling_ones(notes: Sequence[Footnote], most: int) -> tuple[Footnote, ...]:
    """The entries for a short list, heaviest first: no mere wording, no order."""
    return tuple(note for note in notes if note.kind not in _LIGHT)[:most]
