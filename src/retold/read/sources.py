"""Files, folders, URLs and standard input: opened, told apart, and read record by record."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from retold.errors import (
    BadRecord,
    Damaged,
    EmptyInput,
    InputRefused,
    MissingInput,
    NotText,
    TooLarge,
)
from retold.model import Refusal
from retold.read.decoding import without_surrogates
from retold.read.discovering import feeds_named
from retold.read.documents import document
from retold.read.folders import files_in
from retold.read.found import Found, Origin
from retold.read.kinds import HEAD, Kind, kind_of, wide_encoding
from retold.read.lines import as_utf8, lines_of, taken
from retold.read.listings import Listed, Visits
from retold.read.unpacking import gunzipped, joined, unzstandardised

if TYPE_CHECKING:
    from retold.read.fetching import Fetched

__all__ = ["found_in", "from_stream", "listed"]

# After so many refusals, nine in ten of all records, a file is not what it was taken for.
_MOST_REFUSED = 10_000
_ENDLESS = ("records", "table", "urls", "parquet", "warc")


def found_in(origin: Origin, stdin: BinaryIO | None) -> Iterator[Found | Refusal]:
    """The reports of one source, and its records that are none.

    Raises:
        InputRefused: the source as a whole cannot be used.
        NetworkRefused: see `retold.read.fetching`.
    """
    source = origin.source
    if source == "-":
        yield from from_stream(stdin or sys.stdin.buffer, "", origin)
    elif _is_url(source):
        served = origin.visitor.fetch(source, by_hand=True)
        yield from from_stream(io.BytesIO(served.body), served.url, origin, served)
    elif _is_folder(source):
        yield from _from_folder(Path(source), origin)
    elif origin.spared.has(source):
        raise InputRefused(
            "it is a file of the archive that is open",
            advice="Name reports; `retold export` writes what an archive holds",
        )
    else:
        with _opened(source) as file, origin.turns.reading(file):
            yield from from_stream(file, source, origin)


def listed(served: Fetched, origin: Origin) -> Iterator[Found | Listed | Refusal]:
    """What a feed, sitemap or list holds that was fetched; what it leads to is not.

    Raises:
        InputRefused: it is none of these, or cannot be used as a whole.
    """
    stream: BinaryIO = io.BytesIO(served.body)
    head = taken(stream, HEAD)
    kind = kind_of(head, served.url, served.media_type) if head else "text"
    if kind == "gzip":
        stream = gunzipped(joined(head, stream), origin.settings.limits)
        head = taken(stream, HEAD)
        kind = kind_of(head, _inner_name(served.url))
    if kind not in ("feed", "records", "sitemap", "urls"):
        named = feeds_named(head, served.url) if kind == "page" else ()
        raise BadRecord(
            "an empty answer" if not head else f"no feed but a {kind}",
            advice=f"The page names {', '.join(named)}"
            if named
            else "Give the address of the site's feed",
        )
    yield from _records(kind, head, stream, served.url, origin, Visits(origin))


def _is_url(source: str) -> bool:
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalnum() and not Path(source).exists()


def _is_folder(source: str) -> bool:
    try:
        return bool(source) and Path(source).is_dir()
    except (OSError, ValueError):
        return False


def _opened(source: str | Path) -> BinaryIO:
    try:
        if not str(source):
            raise FileNotFoundError
        return Path(source).open("rb")
    except FileNotFoundError:
        raise MissingInput("no such file", advice="Check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MissingInput(f"cannot be opened: {reason}", advice="Check the path") from None


def _from_folder(folder: Path, origin: Origin) -> Iterator[Found | Refusal]:
    for one in files_in(folder):
        path, failed = one if isinstance(one, tuple) else (one, None)
        # A name that is no UTF-8 is shown with U+FFFD; it is opened by its true name.
        inside = replace(origin, source=without_surrogates(str(path))[0])
        if failed is None and origin.spared.has(path):
            origin.notify(f"{inside.source}: a file of the archive that is open, not read")
            continue
        try:
            if failed is not None:
                raise failed
            with _opened(path) as file, inside.turns.reading(file):
                yield from from_stream(file, str(path), inside)
        except Exception as error:
            if inside.turns.step():
                yield inside.refuse("", error)


def from_stream(
    stream: BinaryIO,
    name: str,
    origin: Origin,
    served: Fetched | None = None,
    damage: list[Damaged] | None = None,
) -> Iterator[Found | Refusal]:
    """What a stream holds.

    Args:
        stream: of the bytes.
        name: a file's name or URL, empty for standard input; for its ending.
        origin: the source.
        served: how a server gave it.
        damage: where unpacking notes what was damaged; None for what is not unpacked.
    """
    head = taken(stream, HEAD)
    chosen = msgspec.structs.astuple(origin.settings.columns)
    named = [one for one in chosen if one is not None]
    kind = kind_of(head, name, served.media_type if served else None, named) if head else "text"
    limits = origin.settings.limits
    if kind in ("gzip", "zstandard"):
        if damage is not None:
            raise NotText("the input is compressed twice", advice="Unpack it first")
        damage = []
        whole = joined(head, stream)
        unpacked = (
            gunzipped(whole, limits, damage.append)
            if kind == "gzip"
            else unzstandardised(whole, limits)
        )
        yield from from_stream(unpacked, _inner_name(name), origin, served, damage)
        return
    if kind in ("page", "text"):
        if origin.turns.step():
            yield _alone(head, stream, origin, served, damage)
        return
    if kind in ("records", "urls") and (wide := wide_encoding(head)) is not None:
        stream = as_utf8(joined(head, stream), wide)
        head = taken(stream, HEAD)
    visits = Visits(origin)
    count = refused = 0
    for one in _records(kind, head, stream, name, origin, visits):
        count += 1
        refused += isinstance(one, Refusal)
        if kind in _ENDLESS and refused > _MOST_REFUSED and 10 * refused > 9 * count:
            what = f"{refused:,} of {count:,} records are refused; the rest is not looked at"
            yield origin.refuse("", TooLarge(what, advice="Check what kind of file it is"))
            break
        if not origin.turns.step():
            continue
        found = visits.report(one) if isinstance(one, Listed) else one
        if found is not None:
            yield found
    for error in damage or ():
        if origin.turns.step():
            yield origin.refuse("", error)
    if not count and not damage:
        raise EmptyInput("it holds no report", advice="Check that the file was saved whole")


def _alone(
    head: bytes,
    stream: BinaryIO,
    origin: Origin,
    served: Fetched | None,
    damage: list[Damaged] | None,
) -> Found | Refusal:
    """What is one page or text as a whole."""
    try:
        raw = head + taken(stream, max(0, origin.settings.limits.page_bytes + 1 - len(head)))
        if damage:
            raise damage[0]
        report = document(raw, origin.source, origin.settings, served)
    except Exception as error:
        return origin.refuse("", error)
    return Found(report, None, "", origin.source, raw)


def _inner_name(name: str) -> str:
    for ending in (".gz", ".gzip", ".zst"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def _records(
    kind: Kind, head: bytes, stream: BinaryIO, name: str, origin: Origin, visits: Visits
) -> Iterator[Found | Listed | Refusal]:
    """What a source of many reports holds, by the reader of its kind."""
    if kind == "urls":
        yield from addresses(head, stream, origin)
    elif kind == "records":
        from retold.read.jsonlines import from_lines

        yield from from_lines(head, stream, origin)
    elif kind == "table":
        from retold.read.tables import from_table

        yield from from_table(head, stream, name, origin)
    elif kind == "parquet":
        from retold.read.parquet import from_parquet

        yield from from_parquet(head, stream, name, origin)
    elif kind == "warc":
        from retold.read.warc import from_warc

        yield from from_warc(joined(head, stream), origin)
    else:
        limit = origin.settings.limits.feed_bytes
        raw = head + taken(stream, max(0, limit + 1 - len(head)))
        yield from _marked_up(kind, raw, origin, visits)


def _marked_up(
    kind: Kind, raw: bytes, origin: Origin, visits: Visits
) -> Iterator[Found | Listed | Refusal]:
    """Formats that are one XML document."""
    if kind == "feed":
        from retold.read.feeds import from_feed

        yield from from_feed(raw, origin)
    elif kind == "sitemap":
        from retold.read.sitemaps import from_sitemap

        yield from from_sitemap(raw, origin, visits)
    else:
        from retold.read.markup import xml
        from retold.read.newsml import from_newsml, from_nitf

        root = xml(raw, origin.settings.limits, one_text=kind == "nitf")
        if kind == "nitf":
            yield from from_nitf(root, sha256(raw).hexdigest(), origin)
        else:
            yield from from_newsml(root, origin)


def addresses(head: bytes, stream: BinaryIO, origin: Origin) -> Iterator[Listed | Refusal]:
    """The addresses of a list with one on each line; "#" begins a comment."""
    for where, line in lines_of(joined(head, stream), origin.settings.limits.page_bytes):
        if isinstance(line, InputRefused):
            yield origin.refuse(where, line)
            continue
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        if not url.lower().startswith(("http://", "https://")):
            yield origin.refuse(where, BadRecord("no http address", advice="One on each line"))
            continue
        yield Listed(url, where)
