"""Pages that stay what they are while reports are added.

A page begins behind a place in the order; it belongs to one question; and nothing that came after
the first page is counted in. All of that is in the text that names the next page.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from retold.errors import UsageError

__all__ = ["Cursor", "named", "question", "read"]


class Cursor(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Where a page begins.

    Attributes:
        question: a hash of what was asked.
        newest: the highest number that there was at the first page.
        moment, number: the place of the last that was shown.
        total: how many there were in all; None where it is counted anew.
    """

    question: str
    newest: int
    moment: int
    number: int
    total: int | None = None


def question(parts: Sequence[Any]) -> str:
    """A hash of all that decides what is found, and in which order."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def named(cursor: Cursor) -> str:
    """How the page is asked for."""
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(given: str, asked: str) -> Cursor:
    """The page that is asked for.

    Args:
        given: what `named` gave.
        asked: the `question` it has to belong to.

    Raises:
        UsageError: it is no page, or one of another question.
    """
    try:
        padded = given.encode("ascii") + b"=" * (-len(given) % 4)
        cursor = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=Cursor)
    except (ValueError, msgspec.MsgspecError):
        cursor = None
    if cursor is None or cursor.question != asked:
        raise UsageError(
            "this is no page of this search",
            where=given[:80],
            advice="Begin with the first page, and keep query, filters and order the same",
        )
    return cursor
