"""Invented news, each told twice in other words, the same in every language.

They show what a model of sentence vectors can tell apart: whether it reads a language at all, how
near to each other it puts two tellings of one event, and how near two events.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Wordings"]


class Wordings(Struct, frozen=True, forbid_unknown_fields=True):
    """Two tellings of each event; a language without them is one that no model is tried on.

    Attributes:
        told: name of the event -> its two tellings.
    """

    told: dict[str, tuple[str, str]] = {}
