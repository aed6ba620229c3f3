"""An entry of a feed → a report where it carries the whole text, else an address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from retold.errors import EmptyInput
from retold.read.building import Known, build
from retold.read.decoding import without_surrogates
from retold.read.found import Found, Origin
from retold.read.listings import Listed
from retold.read.markup import fragment
from retold.read.written_dates import Unread, read_date

__all__ = ["Entry", "from_entry"]

_LONGEST = 1_000
_LONGEST_URL = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one report.

    Attributes:
        content: the whole text; None when the feed has only a summary, or less.
        is_markup: whether `content` is HTML.
        published: the raw characters, with the offset as the feed gives it.
        format: of the feed, for `Report.extractor`.
    """

    content: str | None
    is_markup: bool
    title: str | None
    url: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    language: str | None
    format: str


def from_entry(
    entry: Entry, where: str, origin: Origin, notes: tuple[str, ...] = ()
) -> Found | Listed:
    """The report of an entry, or the address that it leads to.

    Args:
        entry: what the feed says.
        where: the entry's place in the feed.
        origin: the feed.
        notes: on the feed as a whole, for each of its reports.

    Raises:
        EmptyInput: neither text nor address.
        TooLarge: over a limit.
    """
    known = _known(entry, _absolute(entry.url, origin.source), notes)
    text = None
    if entry.content is not None:
        try:
            text = (
                fragment(entry.content, origin.settings.limits)
                if entry.is_markup
                else entry.content
            )
        except EmptyInput:
            text = None
    if text and text.strip():
        return Found(build(text, origin.source, known, origin.settings), None, where, origin.source)
    if known.url and known.url.lower().startswith(("http://", "https://")):
        return Listed(known.url, where, known, why="the feed gives only a summary")
    raise EmptyInput("the entry has neither text nor address", advice="Give the article's page")


def _absolute(url: str | None, source: str) -> str | None:
    """An entry's address, which may stand relative to its feed's."""
    url = without_surrogates(" ".join((url or "").split()))[0].replace(" ", "%20")
    if not url or len(url) > _LONGEST_URL:
        return None
    if "://" in url or not source.lower().startswith(("http://", "https://")):
        return url
    try:
        return urljoin(source, url)
    except ValueError:
        return url


def _known(entry: Entry, url: str | None, notes: tuple[str, ...]) -> Known:
    written = read_date(entry.published, "feed") if entry.published else None
    found = None if isinstance(written, Unread) else written
    if entry.published and found is None:
        notes = (
            *notes,
            f"published {entry.published[:60]!r} is no date; taken as unknown",
        )
    language = (entry.language or "").replace("_", "-").partition("-")[0].strip().lower()
    return Known(
        title=_line(entry.title),
        url=url,
        outlet=_line(entry.outlet),
        byline=_line(entry.byline),
        published=found[0] if found else None,
        dating=found[1] if found else None,
        page_language=language if language.isalpha() and len(language) in (2, 3) else None,
        extractor=entry.format,
        notes=notes,
    )


def _line(value: str | None) -> str | None:
    if value is None:
        return None
    return without_surrogates(" ".join(value.split())[:_LONGEST])[0] or None
