"""Changes: those of the truth that are found, and differences that must not be reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from retold.model import Change, Place
from stories.truth import Located

__all__ = ["Changed", "changed"]

# "at least 40" against "about 40" may be called either; the reader sees the same.
_ALIKE = {"number": {"number", "quantity"}, "quantity": {"number", "quantity"}}


@dataclass
class Changed:
    """Counts over the changes of a truth.

    Attributes:
        found: with the right kind; touched: under any kind.
        fired: entries of `never_changes` reported.
        reported: all changes of the telling.
    """

    truth: int = 0
    found: int = 0
    touched: int = 0
    never: int = 0
    fired: int = 0
    reported: int = 0


class _Sides:
    """Where the words of a change stand, inside its passage where they do."""

    def __init__(self, located: Located, entry: dict[str, Any]) -> None:
        self.located = located
        passage = next(p for p in located.story.truth["passages"] if p["id"] == entry["passage"])
        self.spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for side in "ab":
            for file in entry[f"{side}_in"]:
                if file not in located.report:
                    continue
                numbers = {
                    located.sentence(file, words) for words in passage["readings"].get(file, [])
                }
                bounds = [located.report[file].sentences[n] for n in numbers if n is not None]
                inside = [
                    span
                    for span in located.spans(file, entry[side])
                    if any(start < span[1] and span[0] < end for start, end in bounds)
                ]
                self.spans[side, file] = inside
        self.empty = {side: not entry[side] for side in "ab"}

    def touches(self, side: str, place: Place) -> bool:
        """The place lies on the words of this side; anywhere in its report where there are none."""
        file = self.located.file[place.report]
        if (side, file) not in self.spans:
            return False
        if self.empty[side]:
            return True
        return any(
            place.span[0] < end and start < max(place.span[1], place.span[0] + 1)
            for start, end in self.spans[side, file]
        )


def _direct(sides: _Sides, changes: list[Change]) -> bool:
    return any(
        (sides.touches("a", change.a) and sides.touches("b", change.b))
        or (sides.touches("a", change.b) and sides.touches("b", change.a))
        for change in changes
    )


def _by_way_of_a_third(sides: _Sides, changes: list[Change]) -> bool:
    """Changes are counted from one reading: two of them may together show the difference."""
    if any(sides.empty.values()):
        return False
    return all(
        any(sides.touches(side, change.a) or sides.touches(side, change.b) for change in changes)
        for side in "ab"
    )


def changed(located: Located, errors: list[str]) -> Changed:
    """Each change of the truth looked for in all passages of the telling."""
    truth = located.story.truth
    changes = [change for passage in located.telling.passages for change in passage.changes]
    result = Changed(reported=len(changes))
    for entry in truth["changes"]:
        sides = _Sides(located, entry)
        kinds = _ALIKE.get(entry["kind"], {entry["kind"]})
        right = [change for change in changes if change.kind in kinds]
        result.truth += 1
        if _direct(sides, right) or _by_way_of_a_third(sides, right):
            result.found += 1
            result.touched += 1
        elif _direct(sides, changes) or _by_way_of_a_third(sides, changes):
            result.touched += 1
            errors.append(f"change under another kind: {_shown(entry)}")
        else:
            errors.append(f"change missed: {_shown(entry)}")
    for entry in truth["never_changes"]:
        sides = _Sides(located, entry)
        kinds = set(entry.get("kinds", ()))
        result.never += 1
        barred = [
            change
            for change in changes
            if (change.kind in kinds if kinds else True)
            and not (entry["a"] == entry["b"] and change.kind in {"wording", "order"})
        ]
        if _direct(sides, barred):
            result.fired += 1
            errors.append(f"never a change: {_shown(entry)}")
    return result


def _shown(entry: dict[str, Any]) -> str:
    kind = entry["kind"] or "/".join(entry.get("kinds", ["any"]))
    return f"{entry['passage']} {kind}: {entry['a']!r} -> {entry['b']!r}"
