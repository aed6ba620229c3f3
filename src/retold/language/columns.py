"""What tables and records call the fields of a report. Data: `und/aliases.toml`."""

from __future__ import annotations

from msgspec import Struct

from retold.language import table

__all__ = ["Aliases", "aliases"]


class Aliases(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of columns by field, likeliest first, folded: lower case, letters and digits only."""

    text: tuple[str, ...] = ("text",)
    id: tuple[str, ...] = ("id",)
    title: tuple[str, ...] = ("title",)
    url: tuple[str, ...] = ("url",)
    outlet: tuple[str, ...] = ("outlet",)
    published: tuple[str, ...] = ("published",)
    language: tuple[str, ...] = ("language",)
    story: tuple[str, ...] = ("story",)


def aliases() -> Aliases:
    """The names that are known."""
    return table(Aliases, "und")
