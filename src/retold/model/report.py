"""Nouns of reading and segmenting: a report, where it is from, its sentences and words."""

from __future__ import annotations

from typing import Literal

from retold.model.noun import Noun, Span

__all__ = [
    "Credit",
    "Dateline",
    "Dating",
    "Precision",
    "Refusal",
    "Report",
    "Segmented",
    "Sentence",
    "Word",
]


Precision = Literal["year", "month", "day", "minute", "second"]


class Dating(Noun, frozen=True):
    """How the publication time was found.

    Attributes:
        precision: the finest unit that the source really gave.
        zone: UTC offset as given ("+09:00", "Z"), None when the source gave none.
        found_in: "given", "json-ld", "meta", "time element", "dateline", "url", "htmldate",
            "feed", "sitemap", "newswire".
        raw: the characters it was read from.
    """

    precision: Precision
    zone: str | None
    found_in: str
    raw: str


class Credit(Noun, frozen=True):
    """An agency that the report itself names as supplier of its words.

    Attributes:
        name: as written ("TASS", "KCNA - Korean Central News Agency").
        found_in: "dateline", "byline", "footer", "meta", "json-ld", "page", "newswire".
        span: where in the report's text; None when only the raw page shows it.
    """

    name: str
    found_in: str
    span: Span | None


class Dateline(Noun, frozen=True):
    """The line that says where, when and by whom a report was filed.

    Attributes:
        span: the whole dateline in the text.
        place: as written ("TOKYO"), None when there is none.
        date: as written ("October 1"), None when there is none.
        agency: as written ("TASS"), None when there is none.
    """

    span: Span
    place: str | None
    date: str | None
    agency: str | None


class Report(Noun, frozen=True):
    """One text by one outlet, with all that is known of where it came from.

    Attributes:
        id: as given, else the content hash.
        text: never altered after decoding or extraction.
        source: the file or URL as the user gave it; "-" for standard input.
        published: ISO date or date-time as precise as it was found, see `dating`.
        language: ISO 639-1 code; `language_score` is None when it was given.
        raw_sha256: of the bytes before decoding; None when there were none (Python, JSONL).
        fetched: UTC time of the fetch for URLs and pages of web archives, None otherwise.
        extractor: what made `text` from the bytes ("plain text", "trafilatura 2.1.0").
        notes: what reading wants the user to know ("decoded as windows-1251").
    """

    id: str
    text: str
    source: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    dating: Dating | None = None
    language: str | None = None
    language_score: float | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()
    raw_sha256: str | None = None
    fetched: str | None = None
    encoding: str | None = None
    extractor: str | None = None
    notes: tuple[str, ...] = ()


class Refusal(Noun, frozen=True):
    """An input that could not be used.

    Attributes:
        source: file, URL or "-" as given.
        where: line, record or offset inside it; empty when it is the whole.
        error: name of the error type in `retold.errors`.
        reason: what is wrong.
        advice: what to do next.
    """

    source: str
    where: str
    error: str
    reason: str
    advice: str


class Word(Noun, frozen=True):
    """A word, number or other token that carries meaning; punctuation is not a word.

    Attributes:
        start, end: its span.
        form: what is compared: case-folded, typographic variants of apostrophe, hyphen and
            width made one. Never shown.
    """

    start: int
    end: int
    form: str


class Sentence(Noun, frozen=True):
    """A sentence, heading or other unit that stands alone.

    Attributes:
        span: without white space at either end.
        words: in order.
        paragraph: number of its paragraph in the report, from 0.
        hard: True when it was cut at a length limit, not at a sentence's end.
    """

    span: Span
    words: tuple[Word, ...]
    paragraph: int
    hard: bool = False


class Segmented(Noun, frozen=True):
    """A report cut into sentences. All characters outside them are white space."""

    report: Report
    sentences: tuple[Sentence, ...]
