"""What a language brings, as data: one folder of TOML files per language.

A *table* is one file (`en/sentences.toml`) read into the frozen struct that describes it
(`retold.language.sentences.Sentences`). Every struct has defaults that do no harm, so that a
language without a file still works ("und", undetermined).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import msgspec

__all__ = ["available", "table"]

T = TypeVar("T", bound=msgspec.Struct)


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that bring a folder, sorted."""
    return tuple(
        sorted(
            folder.name
            for folder in files(__name__).iterdir()
            if folder.is_dir() and not folder.name.startswith("_")
        )
    )


def table(shape: type[T], language: str | None) -> T:
    """The table of a language: `<language>/<shape's name in lower case>.toml`.

    Args:
        shape: a frozen msgspec struct; its class name names the file.
        language: ISO 639-1 code; None, or a language without the file, gives the defaults.

    Raises:
        msgspec.ValidationError: the file does not have the shape (a mistake in the package).
    """
    # A tag that reports bring may be anything, a path too.
    return cast(T, _read(shape, language if language in available() else None))


# Apart from `table`, because a cached function loses its type variable.
@cache
def _read(shape: type[msgspec.Struct], language: str | None) -> msgspec.Struct:
    if language is None:
        return shape()
    path = files(__name__) / language / f"{shape.__name__.lower()}.toml"
    if not path.is_file():
        return shape()
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
