"""JSON Schemas (draft 2020-12) of what the commands read and write, made from the nouns."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec
from msgspec import Struct

from retold.errors import UsageError
from retold.holdings import Correction, Found, StoriesFound
from retold.model import Placed, Refusal, Story, Telling
from retold.show.copies import CopiesRecord
from retold.show.records import CollationRecord, QuotesRecord, ReportRecord, StemmaRecord

__all__ = ["NAMES", "made_of", "schema"]

_SHAPES: dict[str, type[Struct]] = {
    "report": ReportRecord,
    "telling": Telling,
    "quotes": QuotesRecord,
    "group": Placed,
    "story": Story,
    "copies": CopiesRecord,
    "collation": CollationRecord,
    "stemma": StemmaRecord,
    "refused": Refusal,
    "stories": StoriesFound,
    "search": Found,
    "correction": Correction,
}
NAMES = tuple(_SHAPES)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a name in `NAMES`.

    Raises:
        UsageError: no schema has that name.
    """
    if name not in _SHAPES:
        raise UsageError(
            f"there is no schema named {name!r}", advice=f"Names are: {', '.join(NAMES)}"
        )
    return made_of(name, _SHAPES[name])


def made_of(name: str, noun: Any) -> dict[str, Any]:
    """The JSON Schema of a type.

    Args:
        name: what it is called.
        noun: a type that msgspec encodes.
    """
    made = msgspec.json.schema(noun)
    for shape in made.get("$defs", {}).values():
        if "description" in shape:
            shape["description"] = cleandoc(shape["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Retold: {name}",
        **made,
    }
