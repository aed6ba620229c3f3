"""How far a source has been read, so that an interrupted adding goes on where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, insert, select

from retold.archive import Archive
from retold.archive.clock import now
from retold.archive.tables import intake
from retold.read.folders import files_in
from retold.read.spared import Spared
from retold.settings import Settings
from retold.version import __version__

__all__ = ["Standing", "forget", "remember", "standing"]

# Reading less than this again costs less than remembering it.
_LARGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A source before it is read.

    Attributes:
        key: what the archive calls it; None when its state is not kept.
        fingerprint: changes with its content, the settings and the program.
        size: bytes of its files; 0 when they are not known.
        position: records that were read before.
    """

    key: str | None
    fingerprint: str
    size: int
    position: int


def standing(
    archive: Archive, sources: Sequence[str], settings: Settings, spared: Spared
) -> list[Standing]:
    """Where each source stands; what is spared is no part of it."""
    found = [_fingerprinted(source, settings, spared) for source in sources]
    known: dict[str, tuple[str, int]] = {}
    if any(one.key is not None for one in found):
        with archive.reading() as connection:
            for row in connection.execute(select(intake)):
                known[row.source] = (row.fingerprint, row.position)
    return [_resumed(one, known) for one in found]


def remember(connection: Connection, positions: Mapping[str, tuple[str, int]]) -> None:
    """Note how far sources have been read: key → fingerprint, records."""
    forget(connection, list(positions))
    rows = [
        {"source": key, "fingerprint": fingerprint, "position": position, "changed": now()}
        for key, (fingerprint, position) in positions.items()
    ]
    if rows:
        connection.execute(insert(intake), rows)


def forget(connection: Connection, keys: Sequence[str]) -> None:
    """What has been read to its end is read from its beginning the next time."""
    for key in keys:
        connection.execute(delete(intake).where(intake.c.source == key))


def _resumed(one: Standing, known: Mapping[str, tuple[str, int]]) -> Standing:
    if one.key is None or one.key not in known:
        return one
    fingerprint, position = known[one.key]
    if fingerprint != one.fingerprint:
        return one
    return Standing(one.key, one.fingerprint, one.size, position)


def _fingerprinted(source: str, settings: Settings, spared: Spared) -> Standing:
    try:
        path = Path(source)
        files = (
            [path]
            if path.is_file()
            else [one for one in files_in(path) if isinstance(one, Path) and not spared.has(one)]
        )
        digest = blake2b(msgspec.json.encode(settings) + __version__.encode(), digest_size=16)
        size = 0
        for file in files:
            facts = file.stat()
            size += facts.st_size
            line = f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
        key = str(path.absolute()) if size >= _LARGE else None
    except Exception:  # no file: reading says what is wrong with it
        return Standing(None, "", 0, 0)
    return Standing(key, digest.hexdigest(), size, 0)
