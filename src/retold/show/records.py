"""JSON of each command's output: the same bytes for the same nouns, always; and back.

Spans count in Unicode code points of the report's `text`. The shapes are published by
`retold.show.schemas.schema`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from retold.errors import BadRecord
from retold.model import (
    ActorKind,
    Alternative,
    Attribution,
    Change,
    Collation,
    Derivation,
    Edge,
    Evidence,
    Link,
    Overlap,
    Passage,
    QuotationKind,
    Report,
    Segmented,
    Span,
    Stemma,
    Telling,
    Undecided,
    Witness,
)

__all__ = [
    "CollationRecord",
    "QuotesRecord",
    "ReportRecord",
    "StemmaRecord",
    "collation_record",
    "is_telling",
    "quotes_record",
    "record",
    "stemma_record",
    "telling_json",
    "telling_of",
]


class Record(Struct, frozen=True):
    """Base of the records: one JSON object each."""


class ReportRecord(Record, frozen=True):
    """A report as it is read from JSON Lines. `id` defaults to the hash of the content."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | int | float | None = None
    language: str | None = None


class QuotationRecord(Record, frozen=True):
    """A quotation inside its report's record; see `retold.model.Quotation`."""

    id: str
    kind: QuotationKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None
    chain: tuple[Link, ...]
    confidence: float
    status: str
    unknown: str | None


class ActorRecord(Record, frozen=True):
    """An actor of one report: mentions are spans of that report."""

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Span, ...]
    names: tuple[str, ...]
    because: tuple[Evidence, ...]


class QuotesRecord(Record, frozen=True):
    """Output of `retold quotes`, one for each report."""

    report: str
    language: str | None
    sentences: tuple[Span, ...]
    quotations: tuple[QuotationRecord, ...]
    actors: tuple[ActorRecord, ...]


class SentencesRecord(Record, frozen=True):
    """A report's sentences."""

    id: str
    sentences: tuple[Span, ...]


class CollationRecord(Record, frozen=True):
    """Output of `retold collate`, one for each story."""

    story: str
    reports: tuple[SentencesRecord, ...]
    passages: tuple[Passage, ...]
    only: dict[str, tuple[int, ...]]
    overlaps: tuple[Overlap, ...] = ()


class StemmaRecord(Record, frozen=True):
    """Output of `retold trace`, one for each story."""

    story: str
    witnesses: tuple[Witness, ...]
    edges: tuple[Edge, ...]
    undecided: tuple[Undecided, ...]
    alternatives: tuple[Alternative, ...]
    derivations: tuple[Derivation, ...]


_ENCODER = msgspec.json.Encoder(order="deterministic")
_ESCAPED = b"\\ud"
_SURROGATE = re.compile("[\ud800-\udfff]")


def record(noun: Struct) -> bytes:
    r"""One JSON object in UTF-8, on one line, without a line end.

    Fields come in the order in which the noun declares them, keys of mappings sorted. A lone
    surrogate cannot be written in UTF-8; it is written as its JSON escape (`\ud800`), so that
    nothing is lost and spans still count.
    """
    try:
        return _ENCODER.encode(noun)
    except UnicodeEncodeError:
        plain = json.dumps(
            msgspec.to_builtins(noun, order="deterministic"),
            ensure_ascii=False,
            separators=(",", ":"),
        )
        escaped = _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", plain)
        return escaped.encode("utf-8")


def telling_json(telling: Telling) -> bytes:
    """A telling: the nouns written out field by field."""
    return record(telling)


class _Parts(Struct):
    """What tells a telling from other JSON."""

    retold: msgspec.Raw
    reports: msgspec.Raw
    passages: msgspec.Raw
    stemma: msgspec.Raw


def is_telling(raw: bytes) -> bool:
    """Whether bytes are one JSON object with the parts of a telling."""
    try:
        msgspec.json.decode(raw, type=_Parts)
    except (msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return False
    except msgspec.DecodeError:
        return _ESCAPED in raw.lower() and _is_telling_with_surrogates(raw)
    return True


def _is_telling_with_surrogates(raw: bytes) -> bool:
    """The same for escapes of lone surrogates, which `record` writes and msgspec does not read."""
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.keys() >= set(_Parts.__struct_fields__)


def telling_of(raw: bytes, source: str) -> Telling:
    """The telling that `telling_json` wrote.

    Raises:
        BadRecord: it has other fields, or places that are not in its reports.
    """
    try:
        telling = _decoded(raw)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(
            f"not a telling that this version can read ({error})",
            where=source,
            advice="Write it again with retold compare --json",
        ) from error
    if wrong := _misplaced(telling):
        raise BadRecord(
            f"a damaged telling: {wrong}",
            where=source,
            advice="Write it again with retold compare --json",
        )
    return telling


def _decoded(raw: bytes) -> Telling:
    try:
        return msgspec.json.decode(raw, type=Telling)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        if _ESCAPED not in raw.lower():
            raise
        return msgspec.convert(json.loads(raw), Telling)


def _misplaced(telling: Telling) -> str | None:
    """What points outside the telling's reports, if anything does."""
    lengths = {report.id: len(report.text) for report in telling.reports}
    sentences = {report.id: len(report.sentences) for report in telling.reports}
    if len(lengths) < len(telling.reports):
        return "two reports have one id"
    spans = [(report.id, span) for report in telling.reports for span in report.sentences]
    for change in (*_changes(telling), *(c for one in telling.statements for c in one.differs)):
        spans += [(change.a.report, change.a.span), (change.b.report, change.b.span)]
    for said in telling.quotations:
        spans += [(said.report, span) for span in (*said.content, *said.cue, *said.source)]
        spans += [(said.report, link.span) for link in said.chain if link.span is not None]
    reasons = [
        *(reason for passage in telling.passages for reason in passage.because),
        *(reason for overlap in telling.overlaps for reason in overlap.because),
        *(reason for actor in telling.actors for reason in actor.because),
        *(reason for witness in telling.stemma.witnesses for reason in witness.because),
        *(reason for edge in telling.stemma.edges for reason in edge.evidence),
    ]
    spans += [(place.report, place.span) for reason in reasons for place in reason.spans]
    spans += [(place.report, place.span) for actor in telling.actors for place in actor.mentions]
    spans += [(side.report, side.span) for one in telling.overlaps for side in (one.a, one.b)]
    for report, (start, end) in spans:
        if not 0 <= start <= end <= lengths.get(report, -1):
            return f"[{start}, {end}) is no span of report {report!r}"
    readings = [passage.readings for passage in telling.passages]
    readings += [
        {side.report: (number,)}
        for one in telling.overlaps
        for side, number in zip((one.a, one.b), one.numbers, strict=True)
    ]
    for report, numbers in (item for one in (*readings, telling.only) for item in one.items()):
        for number in numbers:
            if not 0 <= number < sentences.get(report, 0):
                return f"report {report!r} has no sentence {number}"
    return None


def _changes(telling: Telling) -> Iterator[Change]:
    for passage in telling.passages:
        yield from passage.changes


def quotes_record(segmented: Segmented, attribution: Attribution) -> bytes:
    """Who is quoted in one report. Mentions of other reports, if any, are left out."""
    report: Report = segmented.report
    return record(
        QuotesRecord(
            report=report.id,
            language=report.language,
            sentences=tuple(sentence.span for sentence in segmented.sentences),
            quotations=tuple(
                QuotationRecord(
                    id=one.id,
                    kind=one.kind,
                    content=one.content,
                    cue=one.cue,
                    source=one.source,
                    speaker=one.speaker,
                    chain=one.chain,
                    confidence=one.confidence,
                    status=one.status,
                    unknown=one.unknown,
                )
                for one in attribution.quotations
            ),
            actors=tuple(
                ActorRecord(
                    id=actor.id,
                    name=actor.name,
                    kind=actor.kind,
                    mentions=tuple(
                        place.span for place in actor.mentions if place.report == report.id
                    ),
                    names=actor.names,
                    because=actor.because,
                )
                for actor in attribution.actors
            ),
        )
    )


def collation_record(
    story: str, segmented: tuple[Segmented, ...] | list[Segmented], collation: Collation
) -> bytes:
    """How the reports of one story line up."""
    return record(
        CollationRecord(
            story=story,
            reports=tuple(
                SentencesRecord(one.report.id, tuple(sentence.span for sentence in one.sentences))
                for one in segmented
            ),
            passages=collation.passages,
            only=collation.only,
            overlaps=collation.overlaps,
        )
    )


def stemma_record(story: str, stemma: Stemma) -> bytes:
    """Who descends from whom in one story."""
    return record(
        StemmaRecord(
            story,
            stemma.witnesses,
            stemma.edges,
            stemma.undecided,
            stemma.alternatives,
            stemma.derivations,
        )
    )
