"""How pages call themselves that tell many stories."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Roundups"]


class Roundups(Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases in titles of digests, live pages and reviews, folded.

    Attributes:
        phrases: anywhere in the title.
        openings: at its beginning only.
    """

    phrases: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
