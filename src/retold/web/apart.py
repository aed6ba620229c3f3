"""Tellings worked out in a process of their own, where that can open the archive."""

from __future__ import annotations

from typing import Any

from retold.archive import Archive, open_archive
from retold.errors import InputRefused, RetoldError
from retold.keeping.computing import Apart, Broken
from retold.keeping.tellings import Told, told
from retold.keeping.tracing import trace_stories
from retold.settings import Settings
from retold.show.records import telling_json
from retold.show.records import telling_of as telling_from

__all__ = ["telling_apart", "trace_apart"]

_TRACING = 300.0  # seconds for the stories of a page, which mostly take some tenths each


def telling_apart(apart: Apart, archive: Archive, name: str, settings: Settings) -> Told:
    """A story's telling, made, and kept where the archive can be written.

    Args:
        apart: does it.
        archive: open.
        name: of the story.
        settings: of the run.

    Raises:
        RetoldError: it could not be made.
    """
    if "://" in archive.where:  # a server's address has no password here
        return told(archive, name, settings)
    inputs, written = _asked(apart, "made", archive.where, name, settings)
    return Told(telling_from(written, name), inputs)


def trace_apart(apart: Apart, archive: Archive, names: list[str], settings: Settings) -> None:
    """Stories told; see `retold.keeping.tracing.trace_stories`.

    Args:
        apart: does it.
        archive: open.
        names: of the stories.
        settings: of the run.

    Raises:
        RetoldError: the archive cannot be used.
    """
    if "://" in archive.where:
        trace_stories(archive, names, settings, seconds=_TRACING)
    else:
        _asked(apart, "traced", archive.where, names, settings)


def _asked(apart: Apart, function: str, *given: Any) -> Any:
    """What another process answers.

    Raises:
        RetoldError: its error; it broke off.
    """
    found = apart.do(f"{__name__}:{function}", given)
    if isinstance(found, Broken):
        raise InputRefused("working it out broke off", where=given[0])
    if isinstance(found, RetoldError):
        raise found
    return found


def made(given: tuple[str, str, Settings]) -> tuple[str, bytes] | RetoldError:
    """In the other process: what a telling was made from, and its JSON."""
    where, name, settings = given
    try:
        with open_archive(where) as archive:
            one = told(archive, name, settings)
        return one.inputs, telling_json(one.telling)
    except RetoldError as error:
        return _sendable(error)


def traced(given: tuple[str, list[str], Settings]) -> RetoldError | None:
    """In the other process."""
    where, names, settings = given
    try:
        with open_archive(where) as archive:
            trace_stories(archive, names, settings, seconds=_TRACING)
    except RetoldError as error:
        return _sendable(error)
    return None


def _sendable(error: RetoldError) -> InputRefused:
    return InputRefused(error.what, where=error.where, advice=error.advice)
