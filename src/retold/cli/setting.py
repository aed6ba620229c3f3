"""The settings of a run: defaults, then a TOML file, then options."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Literal

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
    dates: Literal["dmy", "mdy"] | None = None,
) -> Settings:
    """The settings that a call asks for.

    Raises:
        UsageError: the file cannot be read, or holds a setting that does not exist; a mapping of
            something that is no field; a language that has no code.
    """
    chosen = Settings() if settings is None else _from_file(settings)
    language = language if language is not None else chosen.language
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
    if dates is not None:
        chosen = msgspec.structs.replace(chosen, dates=dates)
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
            f"the settings cannot be read ({error.strerror})",
            where=str(file),
            advice="Name a TOML file",
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            "not usable as settings: not a text in UTF-8",
            where=str(file),
            advice="Name a TOML file",
        ) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(
            f"not usable as settings: {error}",
            where=str(file),
            advice="docs/reference/settings.md lists them",
        ) from error


def _code(language: str) -> str:
    """The code, checked; a note on stderr where no words of the language are known."""
    from retold.language import available
    from retold.language.codes import code_of, english_name

    code = code_of(language)
    known = [one for one in available() if one != "und"]
    if code is None:
        raise UsageError(
            f"{language!r} is no language code of ISO 639-1",
            advice=f"Words are known of {', '.join(known)}; any other code of two letters is taken",
        )
    if code not in known:
        sys.stderr.write(
            f"retold: no words of {english_name(code)} ({code}) are known: quotations are found by "
            "their marks, names by capital letters, numbers in digits only\n"
        )
    return code
