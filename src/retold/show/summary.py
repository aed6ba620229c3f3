"""The one paragraph that says what was changed, added and not carried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.model import (
    Actor,
    Collation,
    Edge,
    Passage,
    Place,
    Quotation,
    Report,
    Segmented,
    Stemma,
)
from retold.show.marks import clip, visible
from retold.show.names import KINDS, STRONG, Name, count, listed, names, percent

__all__ = ["summarise"]

_WORTH_QUOTING = 0.5  # weight from which a change is quoted in the paragraph
_QUOTED = 3  # changes quoted
_NAMED = 4  # reports or people called by name in one list
_WORDS = 60  # characters of a quoted change


def summarise(
    segmented: Sequence[Segmented],
    collation: Collation,
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    stemma: Stemma,
) -> str:
    """One neutral paragraph over the parts of a telling.

    Args:
        segmented: the reports in the order given; they are called A, B, C …
        collation: with changes.
        quotations: of all reports.
        actors: of all reports; they give the speakers' names.
        stemma: who descends from whom.
    """
    reports = {one.report.id: one.report for one in segmented}
    called = names(list(reports.values()))
    sentences = [_shared(called, collation.passages)]
    if len(called) > 1:
        sentences += _changed(reports, called, collation.passages)
        sentences += _added(called, collation)
    sentences += _quoted(quotations, actors)
    if len(called) > 1:
        sentences += _descent(called, stemma)
    return " ".join(sentences)


def _all(called: dict[str, Name]) -> str:
    full = [name.full for name in called.values()]
    return listed(full) if len(full) <= _NAMED else f"The {len(full)} reports"


def _shared(called: dict[str, Name], passages: Sequence[Passage]) -> str:
    if len(called) < 2:
        alone = "".join(f"one report, {name.full}," for name in called.values())
        return f"There is {alone or 'no report'} and nothing to compare."
    if not passages:
        return f"{_all(called)} have no passage in common."
    number = count(len(passages), "passage")
    if len(called) == 2:
        return f"{_all(called)} share {number}."
    everywhere = sum(len(passage.readings) == len(called) for passage in passages)
    if everywhere == len(passages):
        return f"{_all(called)} all have the same {number}."
    return (
        f"{_all(called)} share {number}, each in at least two of them and "
        f"{everywhere or 'none'} in all."
    )


# --- changed ---------------------------------------------------------------------------


def _words(reports: dict[str, Report], place: Place) -> str:
    report = reports.get(place.report)
    return "" if report is None else clip(visible(report.text[slice(*place.span)]).strip(), _WORDS)


def _sides(reports: dict[str, Report], called: dict[str, Name], a: Place, b: Place) -> str:
    sides = []
    for place in sorted((a, b), key=lambda one: called[one.report].order):
        words, letter = _words(reports, place), called[place.report].letter
        sides.append(f"\u201c{words}\u201d in {letter}" if words else f"no such words in {letter}")
    return ", ".join(sides)


def _changed(
    reports: dict[str, Report], called: dict[str, Name], passages: Sequence[Passage]
) -> list[str]:
    if not passages:
        return []
    changes = [
        change
        for passage in passages
        for change in passage.changes
        if change.a.report in called and change.b.report in called
    ]
    if not changes:
        return ["No difference in wording was found in what they share."]
    kinds = Counter(change.kind for change in changes)
    order = list(KINDS)
    parts = [
        count(kinds[kind], *KINDS[kind])
        for kind in sorted(kinds, key=lambda kind: (kind not in STRONG, order.index(kind)))
    ]
    total = count(len(changes), "change")
    differing = sum(bool(passage.changes) for passage in passages)
    if len(passages) == 1:
        lead = f"It has {total}"
    elif differing == len(passages):
        lead = f"All of these differ, by {total}"
    else:
        lead = f"Of these, {differing} {'differs' if differing == 1 else 'differ'}, by {total}"
    result = [f"{lead}: {listed(parts)}."]
    heaviest: dict[tuple[str, str], str] = {}
    for change in sorted(changes, key=lambda change: -change.weight):
        if change.weight < _WORTH_QUOTING or len(heaviest) == _QUOTED:
            break
        words = (_words(reports, change.a), _words(reports, change.b))
        if any(words):
            heaviest.setdefault(words, _sides(reports, called, change.a, change.b))
    if heaviest:
        lead = "The weightiest" if len(heaviest) > 1 else "The weightiest one"
        result.append(f"{lead}: {'; '.join(heaviest.values())}.")
    return result


# --- added, not carried ----------------------------------------------------------------


def _added(called: dict[str, Name], collation: Collation) -> list[str]:
    result: list[str] = []
    alone = [
        (name, len(collation.only[name.id]))
        for name in called.values()
        if collation.only.get(name.id)
    ]
    if not alone:
        result.append("Every sentence is in at least two of the reports.")
    elif len(alone) <= _NAMED:
        first, *others = alone
        parts = [
            f"{count(first[1], 'sentence')} only in {first[0].letter}",
            *(f"{number} only in {name.letter}" for name, number in others),
        ]
        verb = "is" if first[1] == 1 else "are"
        result.append(f"There {verb} {listed(parts)}.")
    else:
        total = sum(number for _, number in alone)
        most, number = max(alone, key=lambda item: item[1])
        result.append(
            f"{count(total, 'sentence')} are in one report only, most of them ({number}) in "
            f"{most.full}."
        )
    passages = collation.passages
    if passages and len(called) > 2:
        held = Counter(report for passage in passages for report in passage.readings)
        lacking = [
            (name, len(passages) - held[name.id])
            for name in called.values()
            if held[name.id] < len(passages)
        ]
        if lacking and len(lacking) <= _NAMED:
            first, *others = lacking
            parts = [
                f"{first[0].letter} does not carry {first[1]} of the shared passages",
                *(f"{name.letter} {number}" for name, number in others),
            ]
            result.append(f"{listed(parts)}.")
        elif lacking:
            most, number = max(lacking, key=lambda item: item[1])
            result.append(
                f"{len(lacking)} of the reports do not carry all shared passages; {most.full} "
                f"carries the fewest, {len(passages) - number} of {len(passages)}."
            )
    return result


# --- quoted ----------------------------------------------------------------------------


def _quoted(quotations: Sequence[Quotation], actors: Sequence[Actor]) -> list[str]:
    if not quotations:
        return ["No quotation was found."]
    by_id = {actor.id: actor for actor in actors}
    spoken = Counter(one.speaker for one in quotations if one.speaker in by_id)
    unknown = len(quotations) - sum(spoken.values())
    people = [
        visible(by_id[key].name).strip()
        for key, _ in sorted(spoken.items(), key=lambda item: -item[1])
        if key is not None
    ]
    lead = f"{count(len(quotations), 'quotation')} {'was' if len(quotations) == 1 else 'were'}"
    if not people:
        whom = "who speaks cannot be told" + (" for any of them" if unknown > 1 else "")
        return [f"{lead} found; {whom}."]
    result = f"{lead} found, {'' if not unknown else 'with speaker for '}"
    known = len(quotations) - unknown
    speakers = listed(people, _NAMED)
    if not unknown:
        return [f"{lead} found, of {speakers}."]
    result = f"{lead} found, {known} of them of {speakers}"
    return [
        f"{result}; who speaks in the other {unknown if unknown > 1 else 'one'} cannot be told."
    ]


# --- descent ---------------------------------------------------------------------------


def _called_witness(called: dict[str, Name], stemma: Stemma, key: str) -> str:
    if key in called:
        return called[key].letter
    for witness in stemma.witnesses:
        if witness.id == key:
            name = visible(witness.name).strip()
            return name if witness.kind == "named" else f"a lost telling ({name})"
    return "an unnamed source"


def _descent(called: dict[str, Name], stemma: Stemma) -> list[str]:
    inferred = [edge for edge in stemma.edges if edge.basis == "textual"]
    stated = [edge for edge in stemma.edges if edge.basis == "stated"]
    result: list[str] = []
    if stated:
        result.append(f"{_carried(called, stemma, stated, 'names', 'name')} as source.")
    if inferred:
        sure = min(edge.support for edge in inferred)
        least = f"support {percent(sure)}" + (" or more" if len(inferred) > 1 else "")
        phrase = _carried(called, stemma, inferred, "descends from", "descend from")
        result.append(f"By the wording, {phrase} ({least}).")
    if stemma.undecided:
        questions = count(len(stemma.undecided), "question")
        result.append(
            f"Cannot tell: {questions} of descent stay{'s' if len(stemma.undecided) == 1 else ''} open."
        )
    elif not inferred:
        result.append("Who took the wording from whom cannot be told.")
    return result


def _carried(
    called: dict[str, Name], stemma: Stemma, edges: Sequence[Edge], one: str, several: str
) -> str:
    children: dict[str, list[str]] = {}
    for edge in edges:
        child = _called_witness(called, stemma, edge.to)
        bucket = children.setdefault(edge.from_, [])
        if child not in bucket:
            bucket.append(child)
    parts = [
        f"{listed(found, _NAMED)} {one if len(found) == 1 else several} "
        f"{_called_witness(called, stemma, parent)}"
        for parent, found in children.items()
    ]
    return listed(parts, _NAMED)
