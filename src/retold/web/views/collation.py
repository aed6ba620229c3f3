"""A story lined up: passages with their readings and changes, counted from any report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from retold.errors import NothingFound, UsageError
from retold.holdings import KeptStory, StoryLine
from retold.model import Change, ChangeKind, Noun, Passage, Span
from retold.show.names import LABELS
from retold.web.prepared import ABSENT, Prepared
from retold.web.views.columns import Column, columns

__all__ = [
    "Moved",
    "PassageShown",
    "PassagesView",
    "ReadingShown",
    "Strip",
    "based",
    "page_of",
    "passage_view",
    "passages_view",
    "size_of",
]

PAGE = 15  # passages of a page
_STRIPS = 24
_MOVED = 3  # reports whose order is drawn beside the base's
_FEW = 20  # reports of a story of which a page shows more, where all is on it
_MANY = 60  # reports of a story of which a page shows fewer passages


class ReadingShown(Noun, frozen=True):
    """How one report has a passage.

    Attributes:
        report, letter, name: of the report.
        sentences: numbers, from 1; `spans`, `words`: of each of them.
        state: against the base: see `retold.web.views.matrix.Row`.
    """

    report: str
    letter: str
    name: str
    sentences: tuple[int, ...]
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    state: str


class Moved(Noun, frozen=True):
    """A report in which a passage stands elsewhere: the passages that it shares with the base.

    Attributes:
        report, letter: of the report.
        base, here: place of each shared passage in either, from 0, in the order of the base.
        this: which of them is the passage.
    """

    report: str
    letter: str
    base: tuple[int, ...]
    here: tuple[int, ...]
    this: int


class PassageShown(Noun, frozen=True):
    """A passage as it is shown.

    Attributes:
        passage: with the changes that are counted from `passage.base`.
        number: from 1.
        readings: of all reports that have it, in the order of time.
        moved: where it stands elsewhere.
        absent: letters of the reports that do not have it.
    """

    passage: Passage
    number: int
    readings: tuple[ReadingShown, ...]
    moved: tuple[Moved, ...]
    absent: tuple[str, ...]


class Strip(Noun, frozen=True):
    """A report from its first sentence to its last.

    Attributes:
        column: the report.
        cells: a character for each sentence: how it has the passage (see
            `retold.web.views.matrix.Row`), "-" for a sentence that is in no other report.
    """

    column: Column
    cells: str


class PassagesView(Noun, frozen=True):
    """A page of the collation.

    Attributes:
        story: it is of.
        base: the report that changes are counted from; None for each passage's own.
        kind: of the changes that are shown; None for all.
        page, pages: from 1.
        total: passages that were asked for, of `every`.
        kinds: how many passages have a change of each kind.
        passages: of this page.
        columns: the reports to choose a base from.
        strips: where their passages and changes lie; of the first reports of a large story.
    """

    story: StoryLine
    base: str | None
    kind: ChangeKind | None
    page: int
    pages: int
    total: int
    every: int
    kinds: dict[str, int]
    passages: tuple[PassageShown, ...]
    columns: tuple[Column, ...]
    strips: tuple[Strip, ...]


def based(found: Prepared, passage: Passage, base: str | None) -> Passage:
    """A passage with its changes counted from a report that has it."""
    if base is None or base == passage.base or base not in passage.readings:
        return passage
    other = replace(passage, base=base, changes=())
    return replace(other, changes=found.comparer.changes_of(other))


def size_of(found: Prepared, *, whole: bool = False) -> int:
    """Passages of a page.

    Args:
        found: the telling.
        whole: whether they are shown with all their readings, and have no page of their own.
    """
    reports = len(found.telling.reports)
    if whole and reports <= _FEW:
        return 4 * PAGE
    return PAGE if reports <= _MANY else PAGE // 2


def passages_view(
    story: KeptStory, found: Prepared, query: Mapping[str, str], *, whole: bool = False
) -> PassagesView:
    """The page for an address.

    Args:
        story: as it is kept.
        found: its telling.
        query: of the address.
        whole: see `size_of`.

    Raises:
        UsageError: a base, kind or page that is none.
    """
    base = _base(found, query)
    kind = _kind(query.get("kind", ""))
    every = found.telling.passages
    kinds: Counter[str] = Counter()
    for one in every:
        kinds.update({change.kind for change in one.changes})
    wanted = [one for one in every if kind is None or any(c.kind == kind for c in one.changes)]
    size = size_of(found, whole=whole)
    pages = max(1, -(-len(wanted) // size))
    page = page_of(query.get("page", ""), pages)
    shown = wanted[(page - 1) * size : page * size]
    every_column = columns(found, fold=False)
    return PassagesView(
        story=story.line,
        base=base,
        kind=kind,
        page=page,
        pages=pages,
        total=len(wanted),
        every=len(every),
        kinds={key: kinds[key] for key in LABELS if kinds[key]},
        passages=tuple(_shown(found, based(found, one, base), kind) for one in shown),
        columns=every_column,
        strips=tuple(_strip(found, one) for one in every_column[:_STRIPS]),
    )


def passage_view(
    story: KeptStory, found: Prepared, passage: str, query: Mapping[str, str]
) -> PassagesView:
    """The page of one passage.

    Raises:
        NothingFound: there is no such passage.
        UsageError: a base that is none.
    """
    at = found.number.get(passage)
    if at is None:
        raise NothingFound(f"there is no passage {passage[:40]!r} in this story")
    base = _base(found, query)
    return PassagesView(
        story=story.line,
        base=base,
        kind=None,
        page=at,
        pages=len(found.telling.passages),
        total=1,
        every=len(found.telling.passages),
        kinds={},
        passages=(_shown(found, based(found, found.telling.passages[at - 1], base), None),),
        columns=columns(found, fold=False),
        strips=(),
    )


def _base(found: Prepared, query: Mapping[str, str]) -> str | None:
    base = query.get("base", "")
    if base and base not in found.look.reports:
        raise UsageError("this report is not in the story", where=base[:80])
    return base or None


def _kind(kind: str) -> ChangeKind | None:
    if not kind:
        return None
    for known in LABELS:
        if kind == known:
            return known
    raise UsageError(f"{kind[:40]!r} is no kind of change", advice=f"There are {', '.join(LABELS)}")


def page_of(page: str, pages: int) -> int:
    """The page that an address asks for, from 1.

    Raises:
        UsageError: there is none.
    """
    if not page:
        return 1
    if not (page.isascii() and page.isdecimal() and len(page) < 7 and 1 <= int(page) <= pages):
        raise UsageError("there is no such page", where=page[:40])
    return int(page)


def _shown(found: Prepared, passage: Passage, kind: ChangeKind | None) -> PassageShown:
    look = found.look
    if kind is not None:
        changes: tuple[Change, ...] = tuple(c for c in passage.changes if c.kind == kind)
        passage = replace(passage, changes=changes)
    states = found.states_of(passage)
    readings = tuple(
        ReadingShown(
            report=report,
            letter=look.names[report].letter,
            name=look.names[report].name,
            sentences=tuple(at + 1 for at in passage.readings[report]),
            spans=tuple(look.reports[report].sentences[at] for at in passage.readings[report]),
            words=tuple(
                look.reports[report].text[slice(*look.reports[report].sentences[at])]
                for at in passage.readings[report]
            ),
            state=states[report],
        )
        for report in look.reports
        if report in passage.readings
    )
    others = [one for one in passage.moved if one != passage.base]
    return PassageShown(
        passage=passage,
        number=found.number[passage.id],
        readings=readings,
        moved=tuple(_moved(found, passage, one) for one in others[:_MOVED]),
        absent=tuple(look.names[key].letter for key in look.reports if key not in passage.readings),
    )


def _moved(found: Prepared, passage: Passage, report: str) -> Moved:
    both = [
        (one.readings[passage.base][0], one.readings[report][0], one.id)
        for one in found.telling.passages
        if passage.base in one.readings and report in one.readings
    ]
    both.sort()
    here = sorted(at for _, at, _ in both)
    return Moved(
        report=report,
        letter=found.look.names[report].letter,
        base=tuple(range(len(both))),
        here=tuple(here.index(at) for _, at, _ in both),
        this=next(place for place, one in enumerate(both) if one[2] == passage.id),
    )


def _strip(found: Prepared, column: Column) -> Strip:
    look = found.look
    report = look.reports[column.report]
    cells = []
    for at in range(len(report.sentences)):
        passage = look.passage_of.get((report.id, at))
        cells.append(ABSENT if passage is None else found.states[passage][report.id])
    return Strip(column, "".join(cells))
