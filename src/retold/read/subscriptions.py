"""Which feeds are to be watched: OPML (http://opml.org/spec2.opml), or a list of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.engines.sqlite_header import is_archive
from retold.errors import (
    BadRecord,
    EmptyInput,
    MissingInput,
    NetworkRefused,
    NotText,
    TooLarge,
)
from retold.model import Refusal
from retold.read.decoding import decode, without_surrogates
from retold.read.found import refusal
from retold.read.kinds import HEAD, foreign
from retold.read.markup import local, xml
from retold.settings import Limits

__all__ = ["Subscription", "subscriptions"]

_LONGEST = 2_000
_ADDRESS = ("xmlUrl", "xmlurl", "xmlURL", "XmlUrl", "url")
_TITLE = ("title", "text")
_SCHEMES = ("http://", "https://", "feed:")
_ADVICE = "Give an OPML file, a list with an address on each line, or a feed's http address"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed's address, and what the reader of the feed calls it."""

    url: str
    title: str | None = None


def subscriptions(
    sources: tuple[str, ...], limits: Limits
) -> tuple[tuple[Subscription, ...], tuple[Refusal, ...]]:
    """The feeds that files and addresses name, each once, in their order.

    Args:
        sources: addresses of feeds; paths of OPML files, or of text files with one address on
            each line ("#" begins a comment).
        limits: sizes.

    Returns:
        the feeds; and files, outlines and lines that name none.
    """
    found: dict[str, Subscription] = {}
    refused: list[Refusal] = []
    for source in sources:
        try:
            for one in _in(source, limits):
                if isinstance(one, Subscription):
                    found.setdefault(one.url, one)
                else:
                    where, error = one
                    refused.append(refusal(source, where, error))
        except Exception as error:
            refused.append(refusal(source, "", error))
    return tuple(found.values()), tuple(refused)


def _in(source: str, limits: Limits) -> Iterator[Subscription | tuple[str, BadRecord]]:
    if source.lower().startswith(_SCHEMES):
        yield Subscription(_checked(source))
        return
    raw = _read(source, limits)
    first = raw.lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\0 \t\r\n")[:1]
    one: Subscription | tuple[str, BadRecord]
    count = 0
    for one in _outlines(raw, limits) if first == b"<" else _lines(raw):
        count += 1
        yield one
    if not count:
        raise EmptyInput("it names no feed", advice="Export the subscriptions once more")


def _read(source: str, limits: Limits) -> bytes:
    scheme, found, _ = source.partition("://")
    if found and scheme.isalnum():
        raise NetworkRefused(
            f"only http and https are fetched, not {scheme[:20]!r}", advice=_ADVICE
        )
    try:
        if not source:
            raise FileNotFoundError
        if Path(source).is_dir():
            raise MissingInput("a folder, not a list of feeds", advice=_ADVICE)
        with Path(source).open("rb") as file:
            raw = file.read(limits.feed_bytes + 1)
    except FileNotFoundError:
        raise MissingInput("no such file", advice=_ADVICE) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MissingInput(f"cannot be opened: {reason}", advice=_ADVICE) from None
    if other := foreign(raw[:HEAD]):
        raise NotText(
            f"{other[0]}, not a list of feeds",
            advice="To watch the feeds that it knows, name it with --archive, and no list"
            if is_archive(raw)
            else _ADVICE,
        )
    if len(raw) > limits.feed_bytes:
        raise TooLarge(f"more than {limits.feed_bytes:,} bytes", advice="Raise limits.feed_bytes")
    return raw


def _outlines(raw: bytes, limits: Limits) -> Iterator[Subscription | tuple[str, BadRecord]]:
    """Outlines with an address, however deep they stand.

    Raises:
        BadRecord: not well formed, or no OPML.
        NotText, TooLarge: see `retold.read.markup.xml`.
    """
    root = xml(raw, limits)
    name = local(root) or ""
    if name.lower() != "opml":
        raise BadRecord(
            f"an XML document «{name[:40]}», not OPML",
            advice=_ADVICE,
        )
    number = 0
    for element in root.iter():
        if (local(element) or "").lower() != "outline":
            continue
        number += 1
        url = _attribute(element, _ADDRESS)
        if url is None:
            continue  # a folder
        try:
            yield Subscription(_checked(url), _attribute(element, _TITLE))
        except BadRecord as error:
            yield f"outline {number}", error


def _lines(raw: bytes) -> Iterator[Subscription | tuple[str, BadRecord]]:
    try:
        lines = decode(raw).text.splitlines()
    except NotText as error:
        raise NotText(f"{error.what}, and no list of feeds", advice=_ADVICE) from None
    found: list[Subscription | tuple[str, BadRecord]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found.append(Subscription(_checked(line)))
        except BadRecord as error:
            found.append((f"line {number}", error))
    if len(found) > 1 and not any(isinstance(one, Subscription) for one in found):
        # A report's text, say: each of its lines would be refused.
        raise BadRecord("not a list of feeds: no line is an http address", advice=_ADVICE)
    yield from found


def _checked(url: str) -> str:
    url = url.strip()
    # What feed readers hand to one another.
    for scheme in ("feed://", "feed:"):
        if url.lower().startswith(scheme):
            rest = url[len(scheme) :]
            url = rest if rest.lower().startswith("http") else f"https://{rest}"
    if not url.lower().startswith(("http://", "https://")):
        raise BadRecord("no http address", advice="Check the list")
    if len(url) > _LONGEST or any(ord(c) < 33 for c in url):
        raise BadRecord("no valid address", advice="Check the list")
    return without_surrogates(url)[0]


def _attribute(element: Any, names: tuple[str, ...]) -> str | None:
    for name in names:
        value = " ".join((element.get(name) or "").split())
        if value:
            return without_surrogates(value[: _LONGEST + 1])[0]
    return None
