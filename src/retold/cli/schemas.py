"""`retold schema`: of what every command reads and writes with `--json`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

from retold.errors import UsageError
from retold.show.schemas import NAMES as NOUNS
from retold.show.schemas import made_of
from retold.show.schemas import schema as of_noun

__all__ = ["NAMES", "WRITTEN", "schema", "write"]

# What the commands over an archive write beside the nouns; "module:name", since most of those
# modules are slow to import.
_SUMS = {
    "add": "retold.cli.keeping:Summary",
    "verify": "retold.cli.checking:Checked",
    "refresh": "retold.cli.refreshing:Refreshed",
    "upgrade": "retold.cli.keeping:Upgraded",
    "story-reports": "retold.holdings:KeptStory",
    "feed": "retold.archive.feeds:Feed",
    "event": "retold.keeping.events:Event",
}
NAMES = (*NOUNS, *_SUMS)
# Command -> the schemas of the lines that it writes with `--json`; none where it cannot.
WRITTEN: dict[str, tuple[str, ...]] = {
    "compare": ("telling",),
    "demo": ("telling",),
    "quotes": ("quotes",),
    "group": ("group", "story"),
    "copies": ("copies",),
    "collate": ("collation",),
    "trace": ("stemma",),
    "add": ("add",),
    "verify": ("verify",),
    "refresh": ("refresh",),
    "upgrade": ("upgrade",),
    "search": ("search",),
    "stories": ("stories",),
    "show": ("telling", "story-reports"),
    "correct": ("correction",),
    "corrections": ("correction",),
    "watch": ("event", "feed"),
    "schema": (),  # a schema, which has the schema of schemas
    "export": (),  # the formats of others, see `retold export --help`
    "serve": (),
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a name in `NAMES`.

    Raises:
        UsageError: no schema has that name.
    """
    if name in NOUNS:
        return of_noun(name)
    if name not in _SUMS:
        raise UsageError(
            f"there is no schema named {name!r}", advice=f"Names are: {', '.join(NAMES)}"
        )
    module, _, shape = _SUMS[name].partition(":")
    return made_of(name, getattr(import_module(module), shape))


def write(name: str) -> int:
    """Write the JSON Schema of a name; returns the exit code."""
    sys.stdout.write(json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n")
    return 0
