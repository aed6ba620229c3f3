"""The settings of a run: defaults, then a TOML file, then options."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from retold.errors import UsageError
from retold.settings import Columns, Settings

__all__ = ["chosen"]


def chosen(
    settings: Path | None,
    language: str | None = None,
    allow_private_network: bool = False,
    columns: tuple[str, ...] = (),
    fetch: bool = False,
    encoder: str | None = None,
    download_encoder: bool = False,
) -> Settings:
    """The settings that a call asks for.

    Raises:
        UsageError: the file cannot be read, or holds a setting that does not exist; a mapping of
            something that is no field.
    """
    chosen = Settings() if settings is None else _from_file(settings)
    if language is not None:
        chosen = msgspec.structs.replace(chosen, language=_code(language))
    if allow_private_network:
        chosen = msgspec.structs.replace(chosen, allow_private_network=True)
    if columns:
        chosen = msgspec.structs.replace(chosen, columns=_mapped(chosen.columns, columns))
    if fetch:
        chosen = msgspec.structs.replace(chosen, fetch=True)
    if encoder is not None:
        chosen = msgspec.structs.replace(chosen, encoder=encoder)
    if download_encoder:
        chosen = msgspec.structs.replace(chosen, download_encoder=True)
    return chosen


def _mapped(given: Columns, pairs: tuple[str, ...]) -> Columns:
    fields = Columns.__struct_fields__
    chosen = {}
    for pair in pairs:
        field, found, column = pair.partition("=")
        field = field.strip()
        if not found or not column or field not in fields:
            raise UsageError(
                f"--map {pair!r} is no mapping",
                advice=f"Use FIELD=COLUMN, with one of {', '.join(fields)} as the field",
            )
        if field in chosen:
            raise UsageError(f"--map names a column for {field!r} twice", advice="Give it once")
        chosen[field] = column
    return msgspec.structs.replace(given, **chosen)


def _from_file(file: Path) -> Settings:
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Settings)
    except OSError as error:
        raise UsageError(
            f"the settings cannot be read ({error.strerror})", where=str(file)
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(
            f"not usable as settings: {error}",
            where=str(file),
            advice="docs/reference/settings.md lists them",
        ) from error


def _code(language: str) -> str:
    if not (language.isascii() and language.isalpha() and len(language) in (2, 3)):
        raise UsageError(f"{language!r} is no language code", advice="Use a code like en, de or ru")
    return language.lower()
