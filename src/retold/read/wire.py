"""What the formats of news agencies have in common, and how it becomes a report.

Versions, status and the item that a version follows bear on descent. They have no field of their
own, so they stand in the report's notes in one form whatever the format.
"""

from __future__ import annotations

from dataclasses import dataclass

from retold.model import Credit, Report
from retold.read.building import Known, build
from retold.read.dates import parse_date
from retold.read.decoding import without_surrogates
from retold.read.found import Origin

__all__ = ["Item", "report_of"]

_USABLE = ("usable", "stat:usable", "")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Item:
    """One news item of an agency; None and () for what it does not say.

    Attributes:
        text: of the body.
        format: "ninjs", "NITF" or "NewsML-G2".
        credits: whom the item names as its source (credit line, information sources, provider).
        dateline: as the item gives it beside its body.
        version, status, follows: of the item: its number, its publishing status where it is not
            usable, the item that it is a new version of.
    """

    text: str
    format: str
    uri: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credits: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    version: str | None = None
    status: str | None = None
    follows: str | None = None
    url: str | None = None


def report_of(item: Item, origin: Origin, raw_sha256: str | None = None) -> Report:
    """The report that an item carries.

    The dateline stands before the text where the text does not begin with it.

    Raises:
        EmptyInput, TooLarge: see `retold.read.building.build`.
    """
    text = item.text
    dateline = _line(item.dateline)
    if dateline and text.strip() and dateline not in " ".join(text[:400].split()):
        text = f"{dateline}\n\n{text}"
    notes = []
    if item.uri:
        version = f", version {_line(item.version)}" if item.version else ""
        notes.append(f"{item.format} item {_line(item.uri)}{version}")
    elif item.version:
        notes.append(f"{item.format} item, version {_line(item.version)}")
    if item.status and item.status.strip().lower() not in _USABLE:
        notes.append(f"its publisher gave it the status «{_line(item.status)}»")
    if item.follows:
        notes.append(f"a new version of {_line(item.follows)}")
    found = parse_date(item.published, "newswire") if item.published else None
    if item.published and found is None:
        notes.append(f"published {item.published[:60]!r} is no date; taken as unknown")
    names = dict.fromkeys(name for one in item.credits if (name := _line(one)))
    language = (item.language or "").strip().replace("_", "-").partition("-")[0].lower()
    known = Known(
        title=_line(item.title),
        url=item.url,
        published=found[0] if found else None,
        dating=found[1] if found else None,
        page_language=language if language.isalpha() and len(language) in (2, 3) else None,
        byline=_line(item.byline),
        credits=tuple(Credit(name, "newswire", None) for name in names),
        raw_sha256=raw_sha256,
        extractor=item.format,
        notes=tuple(notes),
    )
    return build(text, origin.source, known, origin.settings)


def _line(value: str | None) -> str | None:
    if value is None:
        return None
    return without_surrogates(" ".join(value.split())[:_LONGEST])[0] or None
