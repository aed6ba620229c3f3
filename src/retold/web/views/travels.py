"""A report in its story: for each of its passages, who had it before and who has it after."""

from __future__ import annotations

from collections.abc import Container

from retold.holdings import KeptStory
from retold.model import Derivation, Noun
from retold.show.marks import clip
from retold.show.witnesses import labels
from retold.web.prepared import Prepared
from retold.web.views.columns import moment

__all__ = ["Copy", "Holder", "Travel", "copies", "travels"]

_WORDS = 120


class Holder(Noun, frozen=True):
    """Another report that has a passage.

    Attributes:
        report, letter, name, published: of it.
        sentence: where it has the passage, from 1.
        source: this report has the passage from it, as far as can be told; `heir`: it has the
            passage from this report.
        same: it has the passage in the same words.
    """

    report: str
    letter: str
    name: str
    published: str | None
    sentence: int
    source: bool
    heir: bool
    same: bool


class Travel(Noun, frozen=True):
    """A passage of the report.

    Attributes:
        sentence: number of its first sentence here, from 1; `words`: how it begins.
        passage: its id; None for a sentence that no other report has.
        before, after: other reports that have it: published before this one, and after it or at a
            time that is not known; the earliest first.
        source: whom the report has it from, for people; None where that is not known.
        kind: how it is from there: "copied", "cut", "reworded", "translated"; "" without a source.
        support: how sure that is, in [0, 1].
    """

    sentence: int
    words: str
    passage: str | None
    before: tuple[Holder, ...]
    after: tuple[Holder, ...]
    source: str | None
    kind: str
    support: float


class Copy(Noun, frozen=True):
    """A report of the story that has most of the same words.

    Attributes:
        report, title, outlet, published: of it.
        earlier: whether this report has its words from it, as far as dates tell.
    """

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    earlier: bool


def travels(
    found: Prepared, report: str, shown: Container[str] | None = None
) -> tuple[Travel, ...]:
    """The passages of a report, in the order of its text.

    Args:
        found: the telling of its story.
        report: its id.
        shown: ids of the reports that may be named; None for all.
    """
    look = found.look
    one = look.reports.get(report)
    if one is None:
        return ()
    came, went = _derived(found, report)
    called = labels(found.telling.stemma, look.names)
    mine = moment(found, report)
    passages = {passage.id: passage for passage in found.telling.passages}
    wording = {key: dict(words) for key, words in found.wording.items()}
    result: list[Travel] = []
    done: set[str] = set()
    for at, span in enumerate(one.sentences):
        name = look.passage_of.get((report, at))
        if name is not None and name in done:
            continue
        words = clip(" ".join(one.text[slice(*span)].split()), _WORDS)
        before: list[Holder] = []
        after: list[Holder] = []
        if name is not None:
            done.add(name)
            for other, numbers in passages[name].readings.items():
                if other == report or (shown is not None and other not in shown):
                    continue
                theirs = moment(found, other)
                earlier = theirs is not None and mine is not None and theirs < mine
                (before if earlier else after).append(
                    Holder(
                        report=other,
                        letter=look.names[other].letter,
                        name=look.names[other].name,
                        published=look.reports[other].published,
                        sentence=numbers[0] + 1,
                        source=name in came and came[name].source == other,
                        heir=other in went.get(name, ()),
                        same=wording[other].get(name) == wording[report].get(name),
                    )
                )
        for holders in (before, after):
            holders.sort(key=lambda each: look.order[each.report])
        origin = came.get(name or "")
        result.append(
            Travel(
                sentence=at + 1,
                words=words,
                passage=name,
                before=tuple(before),
                after=tuple(after),
                source=None if origin is None else called.get(origin.source or ""),
                kind="" if origin is None or origin.source is None else origin.kind,
                support=0.0 if origin is None else origin.support,
            )
        )
    return tuple(result)


def copies(story: KeptStory, report: str, shown: Container[str] | None = None) -> tuple[Copy, ...]:
    """The reports that have most of the words of a report, or whose words it has."""
    members = {one.report: one for one in story.members}
    order = {key: number for number, key in enumerate(members)}
    first = members[report].copy_of if report in members else None
    kin = [
        one
        for one in story.members
        if one.report != report
        and (one.copy_of == report or one.report == first or (first and one.copy_of == first))
    ]
    return tuple(
        Copy(
            report=one.report,
            title=one.title,
            outlet=one.outlet,
            published=one.published,
            earlier=order[one.report] < order[report],
        )
        for one in kin
        if shown is None or one.report in shown
    )


def _derived(found: Prepared, report: str) -> tuple[dict[str, Derivation], dict[str, set[str]]]:
    """Passage -> where the report has it from; passage -> reports that have it from the report."""
    came: dict[str, Derivation] = {}
    went: dict[str, set[str]] = {}
    for one in found.telling.stemma.derivations:
        if one.report == report:
            came[one.passage] = one
        elif one.source == report:
            went.setdefault(one.passage, set()).add(one.report)
    return came, went
