"""Adding what people hand over: a text they paste, addresses they name, files they upload.

Nothing is opened by a name that somebody gives: files come with their content, and their names
only say what they are called.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from retold.archive import Archive
from retold.archive.adding import Prepared, write
from retold.archive.moments import nominal
from retold.errors import BadRecord, RetoldError
from retold.keeping.adding import Sums
from retold.keeping.pieces import prepared
from retold.model import Refusal
from retold.read import Found, findings, findings_in, read_text
from retold.read.found import refusal
from retold.read.visiting import Visitor
from retold.settings import DEFAULTS, Settings

__all__ = ["Address", "Given", "Pasted", "Taken", "Upload", "take"]

PASTED = "pasted text"
_BATCH = 200
_BATCH_SECONDS = 1.0
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text, and what is said of it; None where nothing is."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A page, feed or list that is to be fetched."""

    url: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file's content, and what it is called."""

    name: str
    content: bytes


Given = Pasted | Address | Upload


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of something handed over.

    Attributes:
        sums: of all of it.
        ids: of the reports, also of those that were there before, in their order.
    """

    sums: Sums
    ids: tuple[str, ...]


def _nobody(_: object) -> None:
    """Who is told where nobody asked to be."""


def take(
    archive: Archive,
    given: Sequence[Given],
    settings: Settings = DEFAULTS,
    *,
    refuse: Callable[[Refusal], object] = _nobody,
    notify: Callable[[str], object] = _nobody,
    progress: Callable[[Taken], object] = _nobody,
    visitor: Visitor | None = None,
) -> Taken:
    """Add what is handed over, batch by batch.

    Args:
        archive: open for writing.
        given: in any mixture.
        settings: of the run.
        refuse: called with each record that cannot be used.
        notify: told what is guessed.
        progress: told after each batch.
        visitor: fetches; a new one by default.

    Raises:
        ArchiveError: see `retold.errors`; what was written before is kept.
    """
    visitor = visitor or Visitor(settings)
    taken = Taken(Sums(), ())
    held: list[Prepared] = []
    written = time.monotonic()
    for one in given:
        for found in _found(one, settings, notify, visitor):
            ready = prepared(found)
            if isinstance(ready, Refusal):
                sums = msgspec.structs.replace(taken.sums, refused=taken.sums.refused + 1)
                taken = Taken(sums, taken.ids)
                refuse(ready)
            else:
                held.append(ready)
            if len(held) >= _BATCH or (held and time.monotonic() - written >= _BATCH_SECONDS):
                taken = _written(archive, held, taken)
                held = []
                written = time.monotonic()
                progress(taken)
    if held:
        taken = _written(archive, held, taken)
    progress(taken)
    return taken


def _written(archive: Archive, held: Sequence[Prepared], taken: Taken) -> Taken:
    with archive.writing() as connection:
        added = write(connection, held)
    sums = msgspec.structs.replace(
        taken.sums,
        added=taken.sums.added + added.new,
        versions=taken.sums.versions + added.versions,
        known=taken.sums.known + added.known,
    )
    return Taken(sums, (*taken.ids, *added.ids))


def _found(
    one: Given, settings: Settings, notify: Callable[[str], object], visitor: Visitor
) -> Iterator[Found | Refusal]:
    if isinstance(one, Pasted):
        try:
            yield _pasted(one, settings)
        except RetoldError as error:
            yield refusal(PASTED, "", error)
    elif isinstance(one, Upload):
        yield from findings_in(
            one.content, called(one.name), settings, notify=notify, visitor=visitor
        )
    elif one.url.lower().startswith(("http://", "https://")):
        yield from findings(one.url, settings, notify=notify, visitor=visitor)
    else:
        wrong = BadRecord("no http address", advice="Addresses begin with http:// or https://")
        yield refusal(one.url[:_LONGEST_NAME], "", wrong)


def _pasted(one: Pasted, settings: Settings) -> Found:
    """A report from a text.

    Raises:
        BadRecord: what is given for its date is none.
        EmptyInput, TooLarge: see `retold.read.read_text`.
    """
    if one.published and nominal(one.published, None)[0] is None:
        raise BadRecord(
            f"{one.published[:40]!r} is no date",
            advice="Write 2025-03-04 or 2025-03-04T05:06:07Z",
        )
    title = one.title or read_text(one.text, settings).title
    report = read_text(
        one.text,
        settings,
        title=title,
        outlet=one.outlet,
        url=one.url,
        published=one.published,
        language=one.language,
    )
    return Found(msgspec.structs.replace(report, source=PASTED), None, "", PASTED)


def called(name: str) -> str:
    """What a file is called that somebody sent: the last part of the name, never a way to it."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    if not last.strip("."):
        return "a file without a name"
    if len(last) <= _LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}…{dot}{ending[-20:]}" if dot else f"{last[:_LONGEST_NAME]}…"
