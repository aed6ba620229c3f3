"""Numbers of things and lists of them, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["count", "listed", "named"]


def count(number: int, one: str, several: str | None = None) -> str:
    """ "1 passage", "2 passages"; thousands are separated."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def named(number: int, most: int) -> int:
    """How many of so many things are named: all, or `most`. A last one is not left to a count."""
    return number if number <= most + 1 else most


def listed(items: Sequence[str], most: int | None = None) -> str:
    """ "A", "A and B", "A, B and C"; beyond `most`: "A, B and 6 more" (see `named`)."""
    if most is not None and (shown := named(len(items), most)) < len(items):
        return f"{', '.join(items[:shown])} and {len(items) - shown} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
