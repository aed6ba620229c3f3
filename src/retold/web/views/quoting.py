"""The pages of quotations: who has these words, in which form, since when, through whom."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import islice

from retold.archive import Archive, quoting
from retold.archive.quoting import Said
from retold.model import Link, Noun, Quotation, Span
from retold.text.excerpts import apart, occurrences
from retold.text.query import Phrase, parse, phrases
from retold.text.terms import spotted, terms
from retold.web.views.decisions import DecisionView, decisions_about
from retold.web.views.speaking import speaking

__all__ = [
    "PeopleView",
    "PersonLine",
    "PersonView",
    "QuotationsView",
    "SaidView",
    "person_view",
    "quotations_view",
]

_MOST = 500
_LOOKED_AT = 20_000  # of a selection of reports
# Words of a pasted sentence that have to be in a quotation for it to be shown.
_SHARE = 0.5
_MOST_WORDS = 40
_SENTENCE = 4  # words from which what is asked is taken for a sentence
_VARIANTS = 200


class SaidView(Noun, frozen=True):
    """A quotation where it stands.

    Attributes:
        report, title, outlet, published, language: of the report it stands in.
        kind: "direct", "indirect" or "mixed".
        words: its contents, each with its span in the report's text.
        marks: what was looked for, as spans of the report's text.
        speaker: name, None where it cannot be told.
        chain: the utterer first.
        confidence: in [0, 1].
        share: of the words that were looked for, those it has.
    """

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    kind: str
    words: tuple[tuple[Span, str], ...]
    marks: tuple[Span, ...]
    speaker: str | None
    chain: tuple[Link, ...]
    confidence: float
    share: float


class QuotationsView(Noun, frozen=True):
    """The quotations that have what was looked for, the oldest first.

    Attributes:
        asked: the words.
        found: quotations for which the query holds: of a pasted sentence, those with all its words.
        variants: of a pasted sentence: further quotations with at least half of its words, those
            with the most of them first.
        more: whether there are more than are shown.
    """

    asked: str
    found: tuple[SaidView, ...]
    variants: tuple[SaidView, ...]
    more: bool


class PersonView(Noun, frozen=True):
    """What somebody was quoted as saying, the oldest first.

    Attributes:
        name: as asked.
        names: under which that speaker is quoted, each with how often.
        carriers: through whom the words came, each with how often.
        more: whether there are more than are shown.
        decided: what people decided about who this is, in force.
    """

    name: str
    names: tuple[tuple[str, int], ...]
    carriers: tuple[tuple[str, int], ...]
    found: tuple[SaidView, ...]
    more: bool
    decided: tuple[DecisionView, ...] = ()


class PersonLine(Noun, frozen=True):
    """Somebody who is quoted: how often, and whether it is more often than is shown."""

    name: str
    quotations: int
    more: bool


class PeopleView(Noun, frozen=True):
    """Those who are quoted, by name."""

    people: tuple[PersonLine, ...]


def quotations_view(archive: Archive, query: Mapping[str, str]) -> QuotationsView | None:
    """The page for an address; None where nothing is asked.

    A query (see `retold.text.query`) finds the quotations for which it holds. A pasted sentence
    finds further ones that have half of its words.

    Raises:
        UsageError: what is asked makes no sense.
    """
    asked = query.get("q", "").strip()
    if not asked:
        return None
    node = parse(asked)
    words = list(dict.fromkeys(terms(asked)))[:_MOST_WORDS]
    with archive.reading() as connection:
        found = list(quoting.spoken(connection, words=asked, most=_MOST + 1))
        there = {(one.kept.number, one.quotation.id) for one in found}
        close: list[Said] = []
        if len(words) >= _SENTENCE and _plain(asked):
            some = quoting.sharing(connection, words, share=_SHARE, most=_VARIANTS + len(there))
            close = [one for one in some if (one.kept.number, one.quotation.id) not in there]
    views = sorted((_view(one, phrases(node)) for one in found[:_MOST]), key=_age)
    singly = [Phrase((word,)) for word in words]
    variants = [_view(one, singly) for one in close[:_VARIANTS]]
    variants.sort(key=lambda one: (-one.share, *_age(one)))
    more = len(found) > _MOST or len(close) > _VARIANTS
    return QuotationsView(asked, tuple(views), tuple(variants), more)


def _plain(asked: str) -> bool:
    """Whether somebody pasted words, and did not write a query."""
    return not any(
        word in ("OR", "AND", "NOT") or word.startswith("-") or word.endswith("*")
        for word in asked.split()
    )


def person_view(archive: Archive, name: str, shown: Container[str] | None = None) -> PersonView:
    """What a person was quoted as saying.

    Args:
        archive: open.
        name: of the person.
        shown: ids of the reports whose quotations are taken; None for all.

    Raises:
        UsageError: there is no name.
    """
    most = _MOST + 1 if shown is None else _LOOKED_AT
    with archive.reading() as connection:
        said = quoting.spoken(connection, speaker=name, most=most)
        chosen = (one for one in said if shown is None or one.kept.report.id in shown)
        found = list(islice(chosen, _MOST + 1))
        decided = speaking(connection, name)
    known = {(one.kept.number, one.quotation.id) for one in found}
    found = [one for one in found if not decided.is_other(one)]
    found += [
        one
        for one in decided.further
        if (one.kept.number, one.quotation.id) not in known
        and (shown is None or one.kept.report.id in shown)
    ]
    names: dict[str, int] = {}
    carriers: dict[str, int] = {}
    for one in found[:_MOST]:
        speaker = one.actors.get(one.quotation.speaker or "")
        if speaker is not None:
            names[speaker.name] = names.get(speaker.name, 0) + 1
        for link in one.quotation.chain:
            if link.role == "carrier":
                carriers[link.name] = carriers.get(link.name, 0) + 1
    views = sorted((_view(one, []) for one in found[:_MOST]), key=_age)
    return PersonView(
        name=name,
        names=_counted(names),
        carriers=_counted(carriers),
        found=tuple(views),
        more=len(found) > _MOST,
        decided=decisions_about(
            archive, decided.reports, ("join-actors", "part-actors"), shown=shown
        ),
    )


def _counted(names: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(names.items(), key=lambda one: (-one[1], one[0])))


def _age(one: SaidView) -> tuple[str, str]:
    return one.published or "9999", one.report


def _view(one: Said, looked_for: Sequence[Phrase]) -> SaidView:
    report = one.kept.report
    quotation: Quotation = one.quotation
    marks: list[Span] = []
    has: set[Phrase] = set()
    for start, end in quotation.content:
        spots = list(spotted(report.text[start:end]))
        for phrase in looked_for:
            for first, behind in occurrences(spots, phrase):
                has.add(phrase)
                marks.append((start + spots[first][1], start + spots[behind - 1][2]))
    speaker = one.actors.get(quotation.speaker or "")
    return SaidView(
        report=report.id,
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        language=report.language,
        kind=quotation.kind,
        words=tuple((span, report.text[slice(*span)]) for span in quotation.content),
        marks=apart(marks),
        speaker=None if speaker is None else speaker.name,
        chain=quotation.chain,
        confidence=quotation.confidence,
        share=len(has) / len(looked_for) if looked_for else 1.0,
    )
