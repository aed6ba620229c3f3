"""One report from its text and what is known of it: id, language, dateline, credits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from retold.errors import EmptyInput, TooLarge
from retold.language.identify import identify
from retold.model import Credit, Dating, Report
from retold.read.decoding import misread, without_surrogates
from retold.read.headings import headings
from retold.read.written_dates import Unread, read_date
from retold.settings import Settings
from retold.text.content import content_id

__all__ = ["Known", "build"]

# The first second of Unix time, also as clocks west of Greenwich show it; the first day of
# databases that have no other.
_EPOCH = ("1970-01-01", "1969-12-31", "0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of a report beside its text; None for "not found".

    Attributes:
        published, dating: as in `Report`; `published` alone, without `dating`, is a string that
            was given and is still to be checked.
        credits: those that only the raw page shows (without spans in the text).
        guess_title: whether a heading in the text may be taken for the title.
    """

    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    dating: Dating | None = None
    language: str | None = None
    byline: str | None = None
    credits: tuple[Credit, ...] = ()
    raw_sha256: str | None = None
    fetched: str | None = None
    encoding: str | None = None
    extractor: str | None = None
    notes: tuple[str, ...] = ()
    guess_title: bool = False
    page_language: str | None = None


def build(text: str, source: str | None, known: Known, settings: Settings) -> Report:
    """A report.

    Raises:
        EmptyInput: nothing but white space.
        TooLarge: more characters than `limits.page_bytes`.
    """
    if len(text) > settings.limits.page_bytes:
        raise TooLarge(
            f"a text of {len(text):,} characters, over the limit of {settings.limits.page_bytes:,}",
            advice="Split it, or raise limits.page_bytes",
        )
    notes = list(known.notes)
    text, damaged = without_surrogates(text)
    notes.extend(damaged)
    if not text.strip():
        raise EmptyInput("the input holds no text", advice="Check that the text was saved")
    if known.encoding is None:  # decoding has looked at the others
        notes.extend(misread(text))
    published, dating = known.published, known.dating
    if published is not None and dating is None:
        found = read_date(published, "given", settings.dates)
        if isinstance(found, Unread):
            notes.append(f"published {published[:60]!r} {found}; taken as unknown")
            published = None
        else:
            published, dating = found
    if dating is not None and published is not None and _is_midnight(published):
        notes.append("published at midnight exactly: the source may have known the day only")
    if published is not None:
        notes.extend(_doubts(published, known.fetched))
    head = headings(text, may_be_title=known.guess_title and known.title is None)
    language, score = _language(text, known, settings)
    report = Report(
        id="",
        text=text,
        source=source,
        title=known.title if known.title is not None else head.title,
        url=known.url,
        outlet=known.outlet,
        published=published,
        dating=dating,
        language=language,
        language_score=score,
        byline=known.byline if known.byline is not None else head.byline,
        dateline=head.dateline,
        credits=_merged(head.credits, known.credits),
        raw_sha256=known.raw_sha256,
        fetched=known.fetched,
        encoding=known.encoding,
        extractor=known.extractor,
        notes=tuple(dict.fromkeys(notes)),
    )
    return msgspec.structs.replace(report, id=known.id or content_id(report))


def _language(text: str, known: Known, settings: Settings) -> tuple[str | None, float | None]:
    if settings.language is not None:
        return settings.language, None
    if known.language is not None:
        return known.language, None
    code, score = identify(text)
    if code is None and known.page_language is not None:
        return known.page_language, score
    return code, score


def _merged(stated: tuple[Credit, ...], page: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """Credits with spans first; those of the page only where the text does not show them."""
    shown = {credit.name.casefold() for credit in stated}
    kept = []
    for credit in page:
        if credit.name.casefold() not in shown:
            shown.add(credit.name.casefold())
            kept.append(credit)
    return (*stated, *kept)


def _doubts(published: str, fetched: str | None) -> Iterator[str]:
    """What makes a date unlikely that is one."""
    if published.startswith(_EPOCH):
        yield f"published {published[:10]}: systems write this day where they know none"
    if fetched and published[:10] > fetched[:10] and published[:10] > _day_after(fetched):
        yield f"published {published[:10]}, after it was fetched ({fetched[:10]})"


def _day_after(day: str) -> str:
    """The next day, for zones in which it has begun; the day itself where there is none."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day[:10]


def _is_midnight(published: str) -> bool:
    return "T00:00" in published and not published[16:19].strip(":0+-Z")
