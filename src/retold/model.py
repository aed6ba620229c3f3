"""THE NOUNS. Data only: frozen, without verbs. Read this file first.

Conventions, stated once:

* A **span** is `(start, end)`, half open, in Unicode code points of the report's `text`
  exactly as it came in. `text[start:end]` is what the span shows. No noun ever holds an
  altered text.
* **None** means "not known" or "cannot tell", never "no".
* **Scores**: `weight`, `support` and `confidence` are numbers in [0, 1].
* **Times** are ISO 8601 strings whose length tells their precision: a bare day stays a bare day.
* **Ids** are content hashes (blake2b), or the id that came with a report.
* The JSON of a telling is these nouns written out field by field; `retold schema` prints
  the schema made from them.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Span = tuple[int, int]

ChangeKind = Literal[
    "number",
    "date",
    "name",
    "place",
    "negation",
    "modality",
    "quantity",
    "quotation-marks",
    "attribution",
    "wording",
    "order",
]
QuotationKind = Literal["direct", "indirect", "mixed"]
ActorKind = Literal["person", "organisation", "place", "office", "unknown"]
Role = Literal["utterer", "carrier", "outlet"]
Precision = Literal["year", "month", "day", "minute", "second"]


class Noun(Struct, frozen=True, omit_defaults=False, forbid_unknown_fields=True):
    """Base of all nouns: immutable, compared by value, written out field by field."""


# --- reading ---------------------------------------------------------------------------


class Place(Noun, frozen=True, gc=False):
    """A span of one report."""

    report: str
    span: Span


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


# --- segmenting ------------------------------------------------------------------------


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


# --- evidence --------------------------------------------------------------------------


class Evidence(Noun, frozen=True):
    """One reason for an inference, in words that a person can check.

    Attributes:
        kind: "stated" (the text says so), "textual" (shared wording, order, errors), "date",
            "name", "table" (a shipped table says so), "position", "person" (somebody decided it).
            Kinds are never mixed.
        weight: how much it counts, in [0, 1].
        note: a neutral sentence.
        spans: what it rests on; empty for tables.
    """

    kind: str
    weight: float
    note: str
    spans: tuple[Place, ...] = ()


# --- attributing -----------------------------------------------------------------------


class Link(Noun, frozen=True):
    """One agent on the way from the utterer to this page.

    Attributes:
        actor: actor id, None when the agent is not known as an actor.
        name: as written, or the actor's name where nothing is written.
        role: "utterer" first, then carriers, the page's own outlet last.
        span: where this report names it; None when it does not.
    """

    actor: str | None
    name: str
    role: Role
    span: Span | None


class Quotation(Noun, frozen=True):
    """Words given as somebody's.

    Attributes:
        id: content hash, unique in a telling.
        report: id of the report.
        kind: direct (all inside quotation marks), indirect (none), mixed.
        content, cue, source: spans, in order; quotation marks lie outside the content.
        speaker: actor id, None for "cannot tell", see `unknown`.
        chain: utterer first.
        confidence: in [0, 1].
        status: "asserted", or how the saying itself is qualified.
        unknown: why there is no speaker; None when there is one.
    """

    id: str
    report: str
    kind: QuotationKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None
    chain: tuple[Link, ...]
    confidence: float
    status: Literal["asserted", "negated", "conditional", "thought"] = "asserted"
    unknown: str | None = None


class Actor(Noun, frozen=True):
    """A person, organisation, place or office behind one or more names.

    Attributes:
        id: content hash, stable over input order.
        name: the fullest form seen.
        kind: see `ActorKind`.
        mentions: every span that names it (pronouns and office nouns included).
        names: the distinct forms, most frequent first.
        because: why these names are one actor; empty when there is one name.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Place, ...]
    names: tuple[str, ...] = ()
    because: tuple[Evidence, ...] = ()


class Attribution(Noun, frozen=True):
    """What one report says of who said what."""

    report: str
    quotations: tuple[Quotation, ...]
    actors: tuple[Actor, ...]


# --- grouping --------------------------------------------------------------------------
class Placed(Noun, frozen=True):
    """Where a report belongs, and why.

    Attributes:
        report, story: ids.
        because: what it shares with its story, or why it starts one.
        probably: True for a link across languages that is likely and not certain.
        round_up: True for a digest or live page, which joins no story to another.
        copy_of: id of an earlier report of the story that has most of the same words.
        moved_from: id of the story it was in before it was moved.
    """

    report: str
    story: str
    because: tuple[Evidence, ...]
    probably: bool = False
    round_up: bool = False
    copy_of: str | None = None
    moved_from: str | None = None


class Story(Noun, frozen=True):
    """The reports that tell the same news.

    Attributes:
        id: content hash of its first report; stays when the story grows.
        reports: their ids, in canonical order (day, then content).
        outlets, tellings: how many; feeds of one outlet count once, and copies as one telling.
        formerly: ids under which it, or a story joined to it, was known before.
    """

    id: str
    reports: tuple[str, ...]
    outlets: int
    tellings: int
    formerly: tuple[str, ...] = ()


# --- collating -------------------------------------------------------------------------


class Change(Noun, frozen=True, gc=False):
    """A difference between two readings of one passage.

    Attributes:
        kind: see `ChangeKind`.
        a, b: whole words on either side; an empty span marks the point where words are
            not in this report.
        weight: how much it matters to a reader, in [0, 1]; lists are sorted by it.
        note: a neutral sentence.
    """

    kind: ChangeKind
    a: Place
    b: Place
    weight: float
    note: str


class Passage(Noun, frozen=True):
    """What at least two reports share, with one reading per report that has it.

    Attributes:
        id: "P1", "P2" … in the order of the passage's first appearance.
        readings: report id -> numbers of its sentences (from 0), in order.
        base: id of the report whose reading the changes are counted from.
        moved: ids of the reports in which the passage stands elsewhere in the order.
        confidence: in [0, 1].
        because: which words, names and numbers joined the readings.
        changes: heaviest first.
    """

    id: str
    readings: dict[str, tuple[int, ...]]
    base: str
    moved: tuple[str, ...]
    confidence: float
    because: tuple[Evidence, ...]
    changes: tuple[Change, ...] = ()


class Collation(Noun, frozen=True):
    """A story's reports lined up.

    Attributes:
        passages: every sentence is in at most one.
        only: report id -> numbers of the sentences that are in no passage.
    """

    passages: tuple[Passage, ...]
    only: dict[str, tuple[int, ...]]


class Variant(Noun, frozen=True):
    """One quotation of a statement."""

    report: str
    quotation: str


class Statement(Noun, frozen=True):
    """A quotation as it lives across reports.

    Attributes:
        id: content hash.
        speaker: actor id, None for "cannot tell".
        variants: in the order of the reports.
        differs: changes that touch the quoted words, how they are attributed or marked.
    """

    id: str
    speaker: str | None
    variants: tuple[Variant, ...]
    differs: tuple[Change, ...]


# --- tracing ---------------------------------------------------------------------------


class Witness(Noun, frozen=True):
    """A node of the stemma.

    Attributes:
        id: the report's id; else a content hash.
        kind: "report", "named" (a source that a report names and that is not in the story),
            "lost" (inferred).
        name: for people.
        because: why a named or lost witness is there.
    """

    id: str
    kind: Literal["report", "named", "lost"]
    name: str
    because: tuple[Evidence, ...] = ()


class Edge(Noun, frozen=True, rename={"from_": "from"}):
    """Descent: `to` carries text that it has from `from`.

    Attributes:
        support: share of resamplings in which the edge is found, in [0, 1]; where a stated
            source is believed, the share of the report's readings that the source has; 1 where
            only the statement speaks for it.
        basis: "textual" (inferred from the wording) or "stated" (a report says so).
    """

    from_: str
    to: str
    support: float
    evidence: tuple[Evidence, ...]
    basis: Literal["stated", "textual"] = "textual"


class Undecided(Noun, frozen=True):
    """A question that the reports do not answer."""

    witnesses: tuple[str, ...]
    note: str


class Alternative(Noun, frozen=True):
    """Another stemma that the same evidence allows, and why it is weaker."""

    edges: tuple[tuple[str, str], ...]
    support: float
    note: str


class Stemma(Noun, frozen=True):
    """Who descends from whom."""

    witnesses: tuple[Witness, ...]
    edges: tuple[Edge, ...]
    undecided: tuple[Undecided, ...]
    alternatives: tuple[Alternative, ...]


# --- the whole -------------------------------------------------------------------------


class TellingReport(Report, frozen=True):
    """A report as a telling writes it out: all of `Report`, and its sentences."""

    sentences: tuple[Span, ...] = ()


class Telling(Noun, frozen=True):
    """Everything that Retold says of one story.

    Attributes:
        retold: version of the program.
        story: id of the story; a content hash of its reports where none is given.
        reports: in the order given.
        summary: one paragraph: what is changed, added and not carried.
    """

    retold: str
    story: str
    reports: tuple[TellingReport, ...]
    summary: str
    passages: tuple[Passage, ...]
    only: dict[str, tuple[int, ...]]
    quotations: tuple[Quotation, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    stemma: Stemma
    refused: tuple[Refusal, ...] = field(default=())
