"""What an address asks for, checked: what makes no sense is said, and not passed over."""

from __future__ import annotations

from collections.abc import Mapping

from retold.errors import UsageError

__all__ = ["chosen", "number"]

_DIGITS = 9


def chosen(query: Mapping[str, str], name: str, among: tuple[str, ...]) -> str:
    """One of a few words; the first of them where none is given.

    Raises:
        UsageError: another word.
    """
    given = query.get(name, "").strip() or among[0]
    if given not in among:
        raise UsageError(
            f"{given[:40]!r} is no {name}", advice=f"There are {', '.join(one for one in among)}"
        )
    return given


def number(query: Mapping[str, str], name: str) -> int | None:
    """A whole number from 0; None where none is given.

    Raises:
        UsageError: something else.
    """
    given = query.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= _DIGITS):
        raise UsageError(f"{name} is a number, not {given[:40]!r}")
    return int(given)
