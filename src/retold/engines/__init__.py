"""What an archive runs on. The only room that names an engine.

    engine_for(where)    the engine that keeps the archive at a path or URL

A new engine is a file here and a line in `SCHEMES`.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from retold.engines.base import Engine
from retold.errors import EngineMissing

__all__ = ["SCHEMES", "Engine", "engine_for"]

# URL scheme -> "module:class". What has no scheme is a path: a file of the first.
SCHEMES = {
    "sqlite": "retold.engines.sqlite:Sqlite",
    "postgresql": "retold.engines.postgres:Postgres",
    "postgres": "retold.engines.postgres:Postgres",
}


def engine_for(where: str, *, patience: float, read_only: bool = False) -> Engine:
    """The engine for an archive; nothing is opened yet.

    Args:
        where: a path, or a URL with one of the `SCHEMES`.
        patience: seconds to wait for other writers.
        read_only: nothing will be written.

    Raises:
        EngineMissing: an unknown scheme, or what it needs is not installed.
    """
    scheme, found, _ = where.partition("://")
    name = scheme.lower().partition("+")[0] if found else next(iter(SCHEMES))
    if name not in SCHEMES:
        raise EngineMissing(
            f"no archive can be kept at {scheme}://",
            advice=f"Give a path, or a URL that begins with one of {', '.join(SCHEMES)}",
        )
    module, _, kind = SCHEMES[name].partition(":")
    made = getattr(import_module(module), kind)
    return cast(Engine, made(where, patience=patience, read_only=read_only))
