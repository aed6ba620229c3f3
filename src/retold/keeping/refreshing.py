"""Bringing what is derived up to date: what is missing or stale is made anew, batch by batch.

It may be interrupted at any time, and goes on where it was: what is up to date is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import msgspec

from retold.archive import Archive, corrections, deriving, quoting
from retold.archive.getting import load
from retold.archive.rows import Kept
from retold.engines.encoders import Encoder
from retold.errors import InputRefused
from retold.holdings import Analysed, Run
from retold.keeping.computing import Broken, in_order
from retold.keeping.methods import settings_of, version_of
from retold.model import Refusal, Report
from retold.pipeline import attributed, refusal_of
from retold.settings import DEFAULTS, Settings

__all__ = ["Done", "analyse", "present", "refresh_quotations"]

_BATCH = 64


class Done(msgspec.Struct, frozen=True):
    """How far bringing up to date is.

    Attributes:
        what: the method.
        done: subjects that were made anew.
        left: subjects that still were to be, when it was counted.
        refused: of `done`, those that could not be analysed.
    """

    what: str
    done: int
    left: int
    refused: int


def _nobody(_: Done) -> None:
    """Who is told where nobody asked to be."""


def present(
    archive: Archive, method: str, settings: Settings = DEFAULTS, encoder: Encoder | None = None
) -> Run:
    """The run whose results are not stale."""
    digest, written = settings_of(settings, encoder)
    return deriving.begin(archive, method, version_of(method), digest, written)


def refresh_quotations(
    archive: Archive,
    settings: Settings = DEFAULTS,
    *,
    progress: Callable[[Done], object] = _nobody,
    workers: int | None = None,
) -> Done:
    """Find the quotations of all reports that have none by the present method.

    Args:
        archive: open for writing.
        settings: of the run.
        progress: told after each batch.
        workers: processes; by default one for each core, and one where there is little to do.
    """
    run = present(archive, quoting.METHOD, settings)
    with archive.reading() as connection:
        left = len(deriving.pending(connection, run, after=0, most=1_000_000_000))
    if workers is None:
        workers = 1 if left < 4 * _BATCH else os.cpu_count() or 1
    done = Done(quoting.METHOD, 0, left, 0)
    work = "retold.keeping.refreshing:analyse"
    for batch, found in in_order(work, _batches(archive, run, settings), workers):
        kept = [one for one, _ in batch]
        results = [
            _broken(one) if isinstance(result, Broken) else result
            for one, result in zip(kept, found, strict=True)
        ]
        with archive.writing() as connection:
            quoting.keep(connection, run, list(zip(kept, results, strict=True)))
        refused = sum(one.refused is not None for one in results)
        done = Done(done.what, done.done + len(kept), done.left, done.refused + refused)
        progress(done)
    return done


def analyse(item: tuple[Kept, Settings]) -> Analysed:
    """What one report says of who said what."""
    kept, settings = item
    report = kept.report
    try:
        segmented, attribution = attributed(report, settings)
    except InputRefused as error:
        return Analysed(report.id, (), None, refusal_of(report, error))
    return Analysed(report.id, tuple(one.span for one in segmented.sentences), attribution)


def _batches(
    archive: Archive, run: Run, settings: Settings
) -> Iterator[Sequence[tuple[Kept, Settings]]]:
    after = 0
    while True:
        with archive.reading() as connection:
            some = deriving.pending(connection, run, after=after, most=_BATCH)
            kept = corrections.as_corrected(
                connection, load(connection, [number for number, _ in some])
            )
        if not some:
            return
        after = some[-1][0]
        yield [(one, settings) for one in kept]


def _broken(kept: Kept) -> Analysed:
    report: Report = kept.report
    return Analysed(
        report.id,
        (),
        None,
        Refusal(
            source=report.source or report.id,
            where="",
            error="InputRefused",
            reason="analysing it broke off",
            advice="Please report it, with the text if you may",
        ),
    )
