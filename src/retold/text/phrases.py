"""Phrases of a table found in a run of words, longest first.

A phrase is found by its first word, so that a text costs one look-up a word however long the
table is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

__all__ = ["Phrases"]

V = TypeVar("V")


class Phrases(Generic[V]):
    """Phrases with a value each, looked up at a place in a run of folded words.

    Args:
        entries: (phrase, value); words of a phrase are separated by single spaces.
        backwards: look up phrases that *end* at a place.
    """

    def __init__(self, entries: Iterable[tuple[str, V]], *, backwards: bool = False) -> None:
        self._backwards = backwards
        by_head: dict[str, dict[tuple[str, ...], V]] = {}
        for phrase, value in entries:
            forms = tuple(phrase.split())
            if not forms:
                continue
            head = forms[-1] if backwards else forms[0]
            by_head.setdefault(head, {}).setdefault(forms, value)
        self._by_head = {
            head: tuple(sorted(group.items(), key=lambda item: (-len(item[0]), item[0])))
            for head, group in by_head.items()
        }

    def at(self, forms: Sequence[str], index: int) -> tuple[int, V] | None:
        """The longest phrase at `index`: how many words it has, and its value."""
        group = self._by_head.get(forms[index])
        if group is None:
            return None
        for phrase, value in group:
            size = len(phrase)
            if size == 1:
                return 1, value
            if self._backwards:
                first = index - size + 1
                if first >= 0 and tuple(forms[first : index + 1]) == phrase:
                    return size, value
            elif tuple(forms[index : index + size]) == phrase:
                return size, value
        return None
