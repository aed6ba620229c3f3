"""Stage 1, read: anything → reports.

    read(sources)            paths, URLs, "-" → reports and refusals
    stream(sources, refuse)  the same one by one, with the story each record names
    read_text, read_bytes    one report from what is in memory
    from_records             reports from Python dictionaries
    findings                 what one source holds, with the bytes, for what keeps it
    findings_in              the same of a file that is in memory, such as an upload

Order of reports is the order given. An input that cannot be used becomes a `Refusal`; the rest
goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from retold.errors import BadRecord, InputRefused
from retold.model import Refusal, Report
from retold.read.building import Known, build
from retold.read.documents import from_bytes
from retold.read.encodable import encodable
from retold.read.found import Found, Origin, refusal
from retold.read.identity import Identities
from retold.read.records import to_report
from retold.read.sources import found_in, from_stream
from retold.read.spared import NONE, Spared
from retold.read.turns import Turns
from retold.read.visiting import Visitor
from retold.settings import DEFAULTS, Settings

__all__ = [
    "Found",
    "Turns",
    "findings",
    "findings_in",
    "from_records",
    "read",
    "read_bytes",
    "read_text",
    "stream",
]


def _nobody(_: str) -> None:
    """Who is told of guesses where nobody asked to be."""


def read(
    sources: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    notify: Callable[[str], object] = _nobody,
) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    """Reports from files, URLs and standard input.

    Args:
        sources: paths, URLs, "-" for standard input. What they may hold is listed in
            docs/reference/inputs.md; a folder stands for all files below it.
        settings: limits, language, columns, network.
        stdin: what "-" reads; by default the process's standard input.
        notify: told what is guessed (the columns of a table), before the guess is used.

    Returns:
        Reports in the order given (records of a JSON Lines file in theirs), and the inputs that
        could not be used. Two inputs with one content are both kept; the second one's id ends
        in "~2".
    """
    refused: list[Refusal] = []
    found = stream(sources, refused.append, settings, stdin=stdin, notify=notify)
    reports = tuple(report for report, _ in found)
    return reports, tuple(refused)


def stream(
    sources: Iterable[str],
    refuse: Callable[[Refusal], object],
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    notify: Callable[[str], object] = _nobody,
    visitor: Visitor | None = None,
) -> Iterator[tuple[Report, str | None]]:
    """Reports one by one, each with the story its record names (None where it names none).

    Memory is that of one report, and 50 bytes for every report already seen.

    Args:
        sources: as in `read`.
        refuse: called with each input that cannot be used.
        settings: as in `read`.
        stdin: as in `read`.
        notify: as in `read`.
        visitor: fetches what is listed; a new one by default.
    """
    identities = Identities()
    visitor = visitor or Visitor(settings)
    for source in sources:
        for found in _guarded(Origin(source, settings, notify, visitor), stdin):
            yield from _kept(found, identities, refuse)


def findings(
    source: str,
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    notify: Callable[[str], object] = _nobody,
    visitor: Visitor | None = None,
    turns: Turns | None = None,
    spared: Spared = NONE,
) -> Iterator[Found | Refusal]:
    """What one source holds, as it is found: reports with their bytes, and refusals in between.

    Ids are as the reports came by them: two may have one.

    Args:
        source: as in `read`.
        settings: as in `read`.
        stdin: as in `read`.
        notify: as in `read`.
        visitor: as in `stream`.
        turns: which records are wanted; all by default.
        spared: files that are not opened: passed over in folders, refused where they are named.
    """
    visitor = visitor or Visitor(settings)
    origin = Origin(source, settings, notify, visitor, turns or Turns(), spared)
    yield from _guarded(origin, stdin)


def findings_in(
    content: bytes,
    name: str,
    settings: Settings = DEFAULTS,
    *,
    notify: Callable[[str], object] = _nobody,
    visitor: Visitor | None = None,
) -> Iterator[Found | Refusal]:
    """What a file holds that is in memory: as `findings` has it, and nothing is opened by name.

    Args:
        content: of the file.
        name: what it is called; its ending helps where the content leaves open what it is.
        settings: as in `read`.
        notify: as in `read`.
        visitor: as in `stream`.
    """
    origin = Origin(name, settings, notify, visitor or Visitor(settings))
    yield from _safe(origin, lambda: from_stream(BytesIO(content), name, origin))


def from_records(
    records: Iterable[Mapping[str, Any]],
    refuse: Callable[[Refusal], object],
    settings: Settings = DEFAULTS,
    *,
    source: str = "records",
) -> Iterator[tuple[Report, str | None]]:
    """Reports from dictionaries of the form that JSON Lines have, each with its story.

    Args:
        records: see `retold.read.records`.
        refuse: called with each record that is no report.
        settings: as in `read`.
        source: what a refusal calls the input.
    """
    identities = Identities()
    for number, record in enumerate(records, 1):
        where = f"record {number}"
        found: Found | Refusal
        try:
            if not isinstance(record, Mapping):
                raise BadRecord(f"a {type(record).__name__}, not a mapping")
            report, story = to_report(record, None, settings)
            found = Found(report, story, where, source)
        except Exception as error:
            found = refusal(source, where, error)
        yield from _kept(found, identities, refuse)


def read_text(text: str, settings: Settings = DEFAULTS, **fields: str | None) -> Report:
    """A report from a text.

    Args:
        text: taken as it is.
        settings: as in `read`.
        fields: any of id, title, url, outlet, published, language.

    Raises:
        BadRecord: a field that is none of these.
        EmptyInput, TooLarge: see `retold.errors`.
    """
    unknown = sorted(set(fields) - {"id", "title", "url", "outlet", "published", "language"})
    if unknown:
        raise BadRecord(f"no such field: {', '.join(unknown)}")
    if not fields:
        return build(text, None, Known(guess_title=True), settings)
    report, _ = to_report({"text": text, **fields}, None, settings)
    return report


def read_bytes(raw: bytes, source: str, settings: Settings = DEFAULTS) -> Report:
    """A report from the bytes of a text file or a page.

    Args:
        raw: the whole file.
        source: what it is called; a name's ending helps where the content leaves it open.
        settings: as in `read`.

    Raises:
        InputRefused: it cannot be used, or is JSON Lines (see `read`).
    """
    return from_bytes(raw, source, settings)


def _guarded(origin: Origin, stdin: BinaryIO | None) -> Iterator[Found | Refusal]:
    """What a source holds; whatever goes wrong in a parser becomes a refusal."""
    yield from _safe(origin, lambda: found_in(origin, stdin))


def _safe(
    origin: Origin, found: Callable[[], Iterator[Found | Refusal]]
) -> Iterator[Found | Refusal]:
    try:
        yield from found()
    except Exception as error:
        if origin.turns.step():
            yield origin.refuse("", error)


def _kept(
    found: Found | Refusal, identities: Identities, refuse: Callable[[Refusal], object]
) -> Iterator[tuple[Report, str | None]]:
    if isinstance(found, Refusal):
        refuse(found)
        return
    try:
        found = encodable(found)
        yield identities.admit(found), found.story
    except InputRefused as error:
        refuse(refusal(found.source, found.where, error))
