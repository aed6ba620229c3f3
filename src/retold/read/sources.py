"""Files, URLs and standard input: opened, told apart, and read record by record."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from retold.errors import BadRecord, InputRefused, MissingInput, TooLarge
from retold.model import Refusal, Report
from retold.read.building import Known, build
from retold.read.decoding import decode
from retold.read.kinds import HEAD, kind_of
from retold.read.page import from_page
from retold.read.records import nesting, parse, to_report
from retold.settings import Settings

if TYPE_CHECKING:
    from retold.read.fetching import Fetched

__all__ = ["Found", "found_in", "from_bytes"]


@dataclass(frozen=True, slots=True)
class Found:
    """A report, the story its record names, and where in the source it stood."""

    report: Report
    story: str | None
    where: str
    source: str


def found_in(source: str, settings: Settings, stdin: BinaryIO | None) -> Iterator[Found | Refusal]:
    """The reports of one source, and its records that are none.

    Raises:
        InputRefused: the source as a whole cannot be used.
        NetworkRefused: see `retold.read.fetching`.
    """
    if source == "-":
        yield from _from_stream(stdin or sys.stdin.buffer, source, settings)
    elif _is_url(source):
        yield from _from_url(source, settings)
    else:
        with _opened(source) as file:
            yield from _from_stream(file, source, settings)


def from_bytes(raw: bytes, source: str, settings: Settings, known: Known | None = None) -> Report:
    """One report from the bytes of a page or text.

    Raises:
        InputRefused: it cannot be used.
    """
    if kind_of(raw[:HEAD], source) == "records":
        raise BadRecord("JSON Lines hold many reports", advice="Use retold.read.read")
    return _one(raw, source, settings)


def _is_url(source: str) -> bool:
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalnum() and not Path(source).exists()


def _opened(source: str) -> BinaryIO:
    path = Path(source)
    try:
        if path.is_dir():
            raise MissingInput(
                "a folder, not a file", advice=f"Give the files in it: {source.rstrip('/')}/*"
            )
        return path.open("rb")
    except FileNotFoundError:
        raise MissingInput("no such file", advice="Check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MissingInput(f"cannot be opened: {reason}", advice="Check the path") from None


def _from_stream(stream: BinaryIO, source: str, settings: Settings) -> Iterator[Found | Refusal]:
    head = _read(stream, HEAD)
    name = "" if source == "-" else source
    if head and kind_of(head, name) == "records":
        yield from _records(head, stream, source, settings)
        return
    limit = settings.limits.page_bytes
    raw = head + _read(stream, max(0, limit + 1 - len(head)))
    yield Found(_one(raw, source, settings), None, "", source)


def _read(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; a pipe gives less than that at a time."""
    parts = []
    left = size
    while left > 0:
        part = stream.read(left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _one(raw: bytes, source: str, settings: Settings, served: Fetched | None = None) -> Report:
    limit = settings.limits.page_bytes
    if len(raw) > limit:
        raise TooLarge(f"more than {limit:,} bytes", advice="Split it, or raise limits.page_bytes")
    address = served.url if served else None
    charset = served.charset if served else None
    if kind_of(raw[:HEAD], address or source, served.media_type if served else None) == "page":
        text, known = from_page(raw, address, charset, settings)
    else:
        decoded = decode(raw, charset)
        text = decoded.text
        known = Known(
            url=address,
            encoding=decoded.encoding,
            extractor="plain text",
            notes=decoded.notes,
            guess_title=True,
        )
    known = replace(
        known, raw_sha256=sha256(raw).hexdigest(), fetched=served.time if served else None
    )
    return build(text, source, known, settings)


def _from_url(source: str, settings: Settings) -> Iterator[Found | Refusal]:
    from retold.read.fetching import fetch

    served = fetch(source, settings)
    if served.body and kind_of(served.body[:HEAD], served.url, served.media_type) == "records":
        yield from _records(served.body, io.BytesIO(), source, settings)
        return
    yield Found(_one(served.body, source, settings, served), None, "", source)


def _records(
    head: bytes, stream: BinaryIO, source: str, settings: Settings
) -> Iterator[Found | Refusal]:
    """JSON Lines; or one JSON value over several lines (an object, or a list of them)."""
    first = head.lstrip().partition(b"\n")[0].strip()
    if first in (b"[", b"{") or (first.startswith(b"[") and len(first) > 1):
        limit = settings.limits.page_bytes
        head += _read(stream, max(0, limit + 1 - len(head)))
        values = _one_value(head, settings) if len(head) <= limit else None
        if values is not None:
            for number, value in enumerate(values, 1):
                yield _record(value, f"record {number}", source, settings)
            return
    for where, line in _lines(head, stream, settings):
        if isinstance(line, InputRefused) or line.strip():
            yield _record(line, where, source, settings)


def _record(value: object, where: str, source: str, settings: Settings) -> Found | Refusal:
    try:
        if isinstance(value, InputRefused):
            raise value
        if isinstance(value, str):
            value = parse(value, settings.limits.json_depth)
        if not isinstance(value, dict):
            raise BadRecord(f"a JSON {type(value).__name__}, not an object")
        report, story = to_report(value, source, settings)
    except InputRefused as error:
        return Refusal(source, where, type(error).__name__, error.what, error.advice)
    return Found(report, story, where, source)


def _one_value(raw: bytes, settings: Settings) -> list[object] | None:
    """The records of a file that is one JSON value; None if it is not."""
    try:
        text = raw.decode("utf-8-sig")
        if nesting(text) > settings.limits.json_depth:
            return None
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    values = value if isinstance(value, list) else [value]
    return [one if isinstance(one, dict) else None for one in values]


def _lines(
    head: bytes, stream: BinaryIO, settings: Settings
) -> Iterator[tuple[str, str | InputRefused]]:
    limit = settings.limits.page_bytes
    joined = io.BufferedReader(_Joined(head, stream))  # type: ignore[type-var]
    number = 0
    while True:
        raw = joined.readline(limit + 1)
        if not raw:
            return
        number += 1
        where = f"line {number}"
        if len(raw) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = joined.readline(limit)
            yield where, TooLarge(f"a line of more than {limit:,} bytes", advice="Split it")
            continue
        try:
            yield where, raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            yield (
                where,
                BadRecord(
                    f"not UTF-8 at byte {error.start} of the line",
                    advice="JSON Lines are UTF-8: convert the file",
                ),
            )


class _Joined(io.RawIOBase):
    """What was read for sniffing, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
