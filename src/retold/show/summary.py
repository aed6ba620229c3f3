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
from retold.show.footnotes import Footnote, Side, footnotes
from retold.show.marks import clip, visible
from retold.show.names import (
    COUNTED,
    LABELS,
    STRONG,
    Name,
    closed,
    count,
    listed,
    named,
    names,
    percent,
    quoted,
)
from retold.show.witnesses import labels

__all__ = ["paragraphs", "summarise"]

_WORTH_QUOTING = 0.5  # weight from which a change is quoted in the paragraph
_QUOTED = 3  # changes quoted
_REPORTS = 8  # reports called by name
_NAMED = 4  # people, sides of a change, or lines of descent in one list
_UNDECIDED = 2  # open questions of descent given in full
_WORDS = 60  # characters of a quoted change, or of a name
_LETTERS = 12  # letters in one list
_NOTE = 200  # characters of an open question


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
    reports = [one.report for one in segmented]
    return " ".join(paragraphs(reports, collation, quotations, actors, stemma))


def paragraphs(
    reports: Sequence[Report],
    collation: Collation,
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    stemma: Stemma,
) -> list[str]:
    """The same by subject: what differs, what is added, who is quoted, who descends from whom."""
    by_id = {report.id: report for report in reports}
    called = names(reports)
    subjects = [[_shared(called, collation.passages)]]
    if len(called) > 1:
        subjects[0] += _changed(by_id, called, collation.passages)
        subjects.append(_added(called, collation))
    subjects.append(_quoted(quotations, actors))
    if len(called) > 1:
        subjects.append(_descent(called, stemma))
    return [" ".join(sentences) for sentences in subjects if sentences]


def _all(called: dict[str, Name]) -> str:
    full = [name.full for name in called.values()]
    if len(full) <= _REPORTS:
        return listed(full)
    return f"The {len(full)} reports (A, B, C \u2026 in the order given)"


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
        which = "all of them" if len(passages) > 1 else "which is"
        return f"{_all(called)} share {number}, {which} in every report."
    return (
        f"{_all(called)} share {number}, each in at least two of them and "
        f"{everywhere or 'none'} in all."
    )


# --- changed ---------------------------------------------------------------------------


def _changed(
    reports: dict[str, Report], called: dict[str, Name], passages: Sequence[Passage]
) -> list[str]:
    if not passages:
        return []
    order = {key: name.order for key, name in called.items()}

    def words(place: Place) -> str:
        return reports[place.report].text[slice(*place.span)]

    noted = [footnotes(passage.changes, order, words) for passage in passages]
    notes = [note for of_passage in noted for note in of_passage]
    if not notes:
        return ["No difference in wording was found in what they share."]
    kinds = Counter(note.kind for note in notes)
    listing = list(LABELS)
    parts = [
        count(kinds[kind], *COUNTED[kind])
        for kind in sorted(kinds, key=lambda kind: (kind not in STRONG, listing.index(kind)))
    ]
    total = count(len(notes), "point")
    differing = sum(bool(of_passage) for of_passage in noted)
    if len(passages) == 1:
        lead = f"Its wording differs at {total}"
    else:
        share = f"all {differing}" if differing == len(passages) else f"{differing}"
        lead = f"The wording differs in {share} of them, at {total}"
    result = [f"{lead}: {listed(parts)}."]
    heaviest = [
        _against(note, called)
        for note in sorted(notes, key=lambda note: -note.weight)[:_QUOTED]
        if note.weight >= _WORTH_QUOTING
    ]
    if heaviest:
        result.append(f"The weightiest: {'; '.join(heaviest)}.")
    return result


def _against(note: Footnote, called: dict[str, Name]) -> str:
    first, *others = (_side(side, called) for side in note.sides)
    return f"{first} against {listed(others, _NAMED)}"


def _side(side: Side, called: dict[str, Name]) -> str:
    words = clip(visible(side.words).strip(), _WORDS)
    letters = listed([called[place.report].letter for place in side.places], _NAMED)
    return f"{quoted(words)} in {letters}" if words else f"no such words in {letters}"


def _name(name: str) -> str:
    return clip(visible(name).strip(), _WORDS)


# --- added, not carried ----------------------------------------------------------------


def _added(called: dict[str, Name], collation: Collation) -> list[str]:
    result: list[str] = []
    alone = [
        (name, len(collation.only[name.id]))
        for name in called.values()
        if collation.only.get(name.id)
    ]
    if not alone and collation.passages:
        result.append("Every sentence is in at least two of the reports.")
    elif 0 < len(alone) <= _NAMED:
        first, *others = alone
        parts = [
            f"{count(first[1], 'sentence')} only in {first[0].letter}",
            *(f"{number} only in {name.letter}" for name, number in others),
        ]
        verb = "is" if first[1] == 1 else "are"
        result.append(f"There {verb} {listed(parts)}.")
    elif alone:
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
            fewest, number = max(lacking, key=lambda item: item[1])
            lead = (
                f"{len(lacking)} of the reports do not carry all shared passages"
                if len(lacking) < len(called)
                else "No report carries all shared passages"
            )
            result.append(
                f"{lead}; {fewest.full} carries the fewest, {len(passages) - number} of "
                f"{len(passages)}."
            )
    return result


# --- quoted ----------------------------------------------------------------------------


def _quoted(quotations: Sequence[Quotation], actors: Sequence[Actor]) -> list[str]:
    if not quotations:
        return ["No quotation was found."]
    by_id = {actor.id: actor for actor in actors}
    spoken = Counter(one.speaker for one in quotations if one.speaker in by_id)
    unknown = len(quotations) - sum(spoken.values())
    # Of speakers that are called the same ("a spokesman") together: a name says nothing twice.
    people: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for key, number in spoken.items():
        name = _name(by_id[key].name) if key is not None else ""
        people[name] += number
        alike[name] += 1
    most = named(len(people), _NAMED)
    parts = [
        f"{number} of {name if alike[name] == 1 else f'{alike[name]} speakers called {name}'}"
        for name, number in people.most_common(most)
    ]
    if most < len(people):
        others = people.total() - sum(number for _, number in people.most_common(most))
        parts.append(f"{others} of others")
    if unknown:
        parts.append(f"{unknown} whose speaker cannot be told")
    verb = "was" if len(quotations) == 1 else "were"
    lead = f"{count(len(quotations), 'quotation')} {verb} found"
    if len(parts) == 1:
        if unknown:
            return [f"{lead}; who speaks cannot be told."]
        return [f"{lead}, {'all ' if len(quotations) > 1 else ''}{parts[0].partition(' ')[2]}."]
    return [f"{lead}: {listed(parts)}."]


# --- descent ---------------------------------------------------------------------------


def _descent(called: dict[str, Name], stemma: Stemma) -> list[str]:
    called_so = labels(stemma, called)
    lost = sum(witness.kind == "lost" for witness in stemma.witnesses)

    def call(key: str) -> str:
        if key in called:
            return called[key].letter
        name = clip(called_so.get(key, "an unnamed source"), _WORDS)
        return f"a {name}" if lost == 1 and name == "lost telling" else name

    def phrases(edges: Sequence[Edge], one: str, several: str, end: str = "") -> str:
        children: dict[str, list[str]] = {}
        for edge in sorted(
            edges, key=lambda edge: called[edge.to].order if edge.to in called else len(called)
        ):
            found = children.setdefault(edge.from_, [])
            if (child := call(edge.to)) not in found:
                found.append(child)
        shown = named(len(children), _NAMED)
        return "; ".join(
            f"{listed(found, _LETTERS)} {one if len(found) == 1 else several} {call(parent)}{end}"
            for parent, found in list(children.items())[:shown]
        ) + (f"; and {len(children) - shown} more such lines" if shown < len(children) else "")

    stated = [edge for edge in stemma.edges if edge.basis == "stated"]
    inferred = [edge for edge in stemma.edges if edge.basis == "textual"]
    result: list[str] = []
    if stated:
        own = [edge for edge in stated if edge.to in called]
        behind = [edge for edge in stated if edge.to not in called]
        said = "; ".join(
            part
            for part in (
                phrases(own, "names", "name", " as a source"),
                phrases(behind, "goes back to", "go back to"),
            )
            if part
        )
        result.append(f"By what the reports say themselves, {said}.")
    if inferred:
        least, most = (percent(edge(one.support for one in inferred)) for edge in (min, max))
        support = f"support {least}" if least == most else f"support {least} to {most}"
        said = phrases(inferred, "descends from", "descend from")
        result.append(f"By the wording ({support}), {said}.")
    for question in stemma.undecided[:_UNDECIDED]:
        who = listed([call(key) for key in question.witnesses], _NAMED)
        result.append(f"Cannot tell ({who}): {closed(clip(visible(question.note).strip(), _NOTE))}")
    if len(stemma.undecided) > _UNDECIDED:
        more = len(stemma.undecided) - _UNDECIDED
        result.append(f"{count(more, 'more question')} of descent cannot be answered.")
    elif not inferred and not stemma.undecided:
        result.append("Who took the wording from whom cannot be told.")
    return _once(result, "a lost telling", "the lost telling")


def _once(sentences: Sequence[str], first: str, then: str) -> list[str]:
    """The sentences with `then` for every `first` but the first."""
    before, found, after = "\n".join(sentences).partition(first)
    return (before + found + after.replace(first, then)).split("\n")
