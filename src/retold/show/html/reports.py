"""The reports: what they are called, when they were published, and where all of it came from."""

from __future__ import annotations

import re

from retold.model import Refusal, TellingReport
from retold.show.dates import dated
from retold.show.html.context import Context
from retold.show.html.markup import Html, el, join
from retold.show.marks import visible
from retold.show.names import count, listed, remarks

__all__ = ["refused", "reports"]

_TIME = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?")


def _published(report: TellingReport) -> Html:
    if not report.published:
        return el("p", "Date not known", class_="date")
    shown = dated(report.published)
    valid = report.published if _TIME.fullmatch(report.published) else None
    zone = None
    if report.dating is not None and report.dating.precision in ("minute", "second"):
        given = report.dating.zone
        zone = (
            f" (UTC {given})" if given and given != "Z" else " UTC" if given else ", no zone given"
        )
    return el("p", el("time", shown, datetime=valid), zone, class_="date")


def _rows(page: Context, report: TellingReport) -> list[tuple[str, str | Html | None]]:
    dating = report.dating
    address = (
        el("a", report.url, href=report.url, rel="noreferrer noopener") if report.url else None
    )
    language = visible(report.language) if report.language else None
    if language and report.language_score is not None:
        language += f", recognised with score {report.language_score:.2f}"
    elif language:
        language += ", as given"
    dateline = None
    if report.dateline:
        dateline = report.text[slice(*report.dateline.span)]
    credits = [f"{credit.name} (in the {credit.found_in})" for credit in report.credits]
    return [
        ("Source", report.source if report.source != report.url else None),
        ("Address", address),
        (
            "Date",
            f"{report.published}; known to the {dating.precision}, from: {dating.found_in}, "
            f"\u201c{dating.raw}\u201d"
            if report.published and dating
            else report.published,
        ),
        ("Byline", report.byline),
        ("Dateline", dateline),
        ("Credits", listed(credits, 8) or None),
        ("Language", language),
        ("Fetched", report.fetched),
        ("SHA-256", el("code", report.raw_sha256) if report.raw_sha256 else None),
        ("Encoding", report.encoding),
        ("Text by", report.extractor),
        ("Id", el("code", report.id)),
    ]


def _report(page: Context, report: TellingReport) -> Html:
    letter = page.letter(report.id)
    rows = [
        el("div", el("dt", term), el("dd", value))
        for term, value in _rows(page, report)
        if value is not None
    ]
    credited = list(dict.fromkeys(credit.name for credit in report.credits))
    noted = remarks(report, page.look.names[report.id])
    notes = el("ul", *(el("li", note) for note in noted), class_="notes")
    return el(
        "li",
        el("h3", page.name(report.id)),
        el("p", report.title, class_="title", lang=page.language(report.id), dir="auto")
        if report.title
        else None,
        _published(report),
        el(
            "p",
            el("a", count(len(report.sentences), "sentence"), href=page.to("f", letter)),
            f" \u00b7 credits {visible(listed(credited, 3))}" if credited else None,
            class_="facts",
        ),
        notes if noted else None,
        page.details("Where it came from", el("dl", *rows, class_="origin")),
    )


def reports(page: Context) -> Html:
    """A card for each report."""
    return el(
        "ul", *(_report(page, report) for report in page.look.telling.reports), class_="cards"
    )


def _refused(one: Refusal) -> Html:
    where = f", {one.where}" if one.where else ""
    return el("li", el("code", one.source), f"{where}: {one.reason}. ", one.advice)


def refused(page: Context) -> Html | None:
    """Inputs that could not be used."""
    found = page.look.telling.refused
    return el("ul", join(_refused(one) for one in found), class_="plain") if found else None
