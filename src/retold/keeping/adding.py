"""Adding sources to the archive: read, prepared by several processes, written batch by batch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from retold.archive import Archive
from retold.archive.adding import Prepared, write
from retold.keeping import intake
from retold.keeping.pieces import End, Piece, pieces
from retold.keeping.sharing import shared
from retold.model import Refusal
from retold.read.spared import Spared
from retold.settings import DEFAULTS, Settings

__all__ = ["Progress", "Sums", "add"]

_BATCH = 500
_BATCH_BYTES = 16_000_000
# Pages are slow to read: what is read is kept after so long, however little it is.
_BATCH_SECONDS = 3.0
# Below this a second process costs more than it brings.
_WORTH_SHARING = 3_000_000


class Sums(msgspec.Struct, frozen=True):
    """What became of the records of an adding.

    Attributes:
        added: reports that are new.
        versions: reports that are new versions of known pages.
        known: reports that were there already.
        refused: records that could not be used.
        resumed: records that an interrupted adding had read, and that were passed over.
    """

    added: int = 0
    versions: int = 0
    known: int = 0
    refused: int = 0
    resumed: int = 0


class Progress(msgspec.Struct, frozen=True):
    """How far an adding is.

    Attributes:
        sums: of what is on the disk.
        done: bytes of the sources' files that have been read.
        total: bytes of all of them; 0 when that is not known.
    """

    sums: Sums
    done: int
    total: int


def _nobody(_: object) -> None:
    """Who is told where nobody asked to be."""


def add(
    archive: Archive,
    sources: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    refuse: Callable[[Refusal], object] = _nobody,
    notify: Callable[[str], object] = _nobody,
    progress: Callable[[Progress], object] = _nobody,
    workers: int | None = None,
    batch: int = _BATCH,
    stdin: BinaryIO | None = None,
) -> Sums:
    """Add all reports of the sources.

    Each batch is on the disk, whole, before the next is begun. What was interrupted goes on after
    its last batch when it is called again with the same sources and settings. The same report
    again changes nothing. Files of the archive itself are never opened: in folders they are passed
    over, and `notify` is told.

    Args:
        archive: open for writing.
        sources: files, folders, URLs, "-"; see `retold.read.read`.
        settings: of the run.
        refuse: called with each record that cannot be used.
        notify: told what is guessed.
        progress: told after each batch.
        workers: processes that read; by default as many as there are processors, at most two,
            and one (this) where that is too much trouble. Fetching is done by this one.
        batch: reports written at a time; fewer where they come slowly.
        stdin: what "-" reads.

    Raises:
        ArchiveError: see `retold.errors`; what was written before is kept.
    """
    spared = Spared.of(archive.files())
    standing = intake.standing(archive, sources, settings, spared)
    adding = _Adding(archive, standing, progress)
    starts = {number: one.position for number, one in enumerate(standing) if one.position}
    count = _workers(workers, sources, standing, settings)
    if count > 1:
        found = shared(
            sources, settings, workers=count, starts=starts, notify=notify, spared=spared
        )
    else:
        found = pieces(sources, settings, starts=starts, notify=notify, stdin=stdin, spared=spared)
    return adding.run(found, refuse, batch)


def _workers(
    wanted: int | None,
    sources: Sequence[str],
    standing: Sequence[intake.Standing],
    settings: Settings,
) -> int:
    # What is fetched must be fetched once, and politely: by one.
    if settings.fetch or any(
        source == "-" or not one.size for source, one in zip(sources, standing, strict=True)
    ):
        return 1
    if wanted is not None:
        return max(1, wanted)
    if sum(one.size for one in standing) < _WORTH_SHARING:
        return 1
    return min(2, os.cpu_count() or 1)


class _Adding:
    """One run."""

    def __init__(
        self,
        archive: Archive,
        standing: Sequence[intake.Standing],
        progress: Callable[[Progress], object],
    ) -> None:
        self._archive = archive
        self._standing = standing
        self._progress = progress
        self._sums = Sums(resumed=sum(one.position for one in standing))
        self._total = sum(one.size for one in standing)
        self._done = 0  # bytes of the sources that are ended
        self._at = 0  # bytes of the one that is read
        self._held: list[Prepared] = []
        self._bytes = 0
        self._positions: dict[int, int] = {}  # source → records read, not yet noted
        self._ended: list[int] = []
        self._written = time.monotonic()

    def run(
        self, found: Iterator[Piece | End], refuse: Callable[[Refusal], object], batch: int
    ) -> Sums:
        """Take all pieces; returns what became of them."""
        try:
            for one in found:
                if isinstance(one, End):
                    self._ended.append(one.source)
                    self._positions.pop(one.source, None)
                    self._done += self._standing[one.source].size
                    self._at = 0
                    continue
                self._take(one, refuse)
                if self._is_due(batch):
                    self._write()
        finally:
            found.close()  # type: ignore[attr-defined]
        self._write()
        return self._sums

    def _is_due(self, batch: int) -> bool:
        return (
            len(self._held) >= batch
            or self._bytes >= _BATCH_BYTES
            or time.monotonic() - self._written >= _BATCH_SECONDS
        )

    def _take(self, piece: Piece, refuse: Callable[[Refusal], object]) -> None:
        self._positions[piece.source] = piece.index + 1
        self._at = max(self._at, piece.bytes_read)
        if isinstance(piece.found, Refusal):
            self._sums = msgspec.structs.replace(self._sums, refused=self._sums.refused + 1)
            refuse(piece.found)
            return
        self._held.append(piece.found)
        raw = piece.found.raw
        self._bytes += len(piece.found.report.text) + (len(raw.packed) if raw else 0)

    def _write(self) -> None:
        """One transaction: the reports, and how far their sources have been read."""
        ended = [key for number in self._ended if (key := self._standing[number].key) is not None]
        noted = {
            key: (self._standing[number].fingerprint, position)
            for number, position in self._positions.items()
            if (key := self._standing[number].key) is not None
        }
        if self._held or ended or noted:
            with self._archive.writing() as connection:
                added = write(connection, self._held)
                intake.forget(connection, ended)
                intake.remember(connection, noted)
            self._sums = msgspec.structs.replace(
                self._sums,
                added=self._sums.added + added.new,
                versions=self._sums.versions + added.versions,
                known=self._sums.known + added.known,
            )
        self._held = []
        self._bytes = 0
        self._ended = []
        self._positions = {}
        self._written = time.monotonic()
        done = min(self._total, self._done + self._at)
        self._progress(Progress(self._sums, done, self._total))
