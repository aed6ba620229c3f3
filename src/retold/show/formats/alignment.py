"""Words of the readings of each passage, lined up in columns.

Readings are added one by one, each aligned to the commonest word of every column (the longest
common subsequence); what is left over is looked for among the other words between two fixed
places, and then stands in for them from left to right. This is progressive alignment against a
profile, as CollateX's (Dekker and others 2015, "Computer-supported collation of modern
manuscripts") without moves: what was moved is a passage of its own. The cost is linear in the
number of readings.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from retold.model import Passage, Span, Telling, TellingReport
from retold.text.diff import shared
from retold.text.words import fold, words

__all__ = ["Column", "Token", "Unit", "segments", "units"]

_SPACE = re.compile(r"\s+")
_REACH = 60  # columns in which a word out of step is looked for


class Token(Struct, frozen=True, gc=False):
    """A word with the punctuation that touches it.

    Attributes:
        text: as written, white space inside made one space.
        form: what is compared, see `retold.model.Word`.
        span: of `text` in the report.
        sentence: number, from 0.
        spaced: white space follows it, or its sentence ends a reading.
    """

    text: str
    form: str
    span: Span
    sentence: int
    spaced: bool

    @property
    def written(self) -> str:
        """The text, and a space where one follows."""
        return f"{self.text} " if self.spaced else self.text


Column = Mapping[str, Token]


class Unit(Struct, frozen=True):
    """A passage, or a sentence that is in one report only.

    Attributes:
        passage: None for a sentence that is in one report only.
        reports: ids of those that have it, in their order.
        columns: report id → token; a report without one has no word here.
    """

    passage: Passage | None
    reports: tuple[str, ...]
    columns: tuple[Column, ...]


def _tokens(report: TellingReport, number: int) -> list[Token]:
    text = report.text
    start, end = report.sentences[number]
    found = words(text, start, end)
    if not found:
        said = _SPACE.sub(" ", text[start:end])
        return [Token(said, fold(said), (start, end), number, True)] if said else []
    cuts: list[tuple[int, int]] = []  # of each gap: where the left word ends, the right begins
    for left, right in pairwise(found):
        space = _SPACE.search(text, left.end, right.start)
        cuts.append(space.span() if space else (right.start, right.start))
    starts = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    following = text[end : end + 1]
    return [
        Token(
            _SPACE.sub(" ", text[first:last]),
            word.form,
            (first, last),
            number,
            last < starts[at + 1] if at + 1 < len(found) else not following or following.isspace(),
        )
        for at, (word, first, last) in enumerate(zip(found, starts, ends, strict=True))
    ]


class _Table:
    """Columns that readings are added to."""

    def __init__(self) -> None:
        self.columns: list[dict[str, Token]] = []
        self.forms: list[Counter[str]] = []
        self.leading: list[str] = []

    def add(self, report: str, tokens: Sequence[Token]) -> None:
        """Line up one more reading."""
        at = self._fixed([token.form for token in tokens])
        old = list(zip(self.columns, self.forms, strict=True))
        columns: list[dict[str, Token]] = []
        forms: list[Counter[str]] = []
        done = 0  # columns that are taken over

        def put(column: dict[str, Token], count: Counter[str], token: Token | None) -> None:
            if token is not None:
                column[report] = token
                count[token.form] += 1
            columns.append(column)
            forms.append(count)

        waiting: deque[Token] = deque()
        for token, place in [*zip(tokens, at, strict=True), (None, len(old))]:
            if place < 0 and token is not None:
                waiting.append(token)
                continue
            for column, count in old[done:place]:
                put(column, count, waiting.popleft() if waiting else None)
            for extra in waiting:
                put({}, Counter(), extra)
            waiting.clear()
            if token is not None:
                put(*old[place], token)
            done = place + 1
        self.columns, self.forms = columns, forms
        self.leading = [max(count, key=count.__getitem__) for count in forms]

    def _fixed(self, forms: Sequence[str]) -> list[int]:
        """For each word the column that holds an equal, increasing; -1 for none."""
        at = [-1] * len(forms)
        for column, word in shared(self.leading, forms):
            at[word] = column
        above = [len(self.columns)] * (len(forms) + 1)  # first column taken further on
        for word in range(len(forms) - 1, -1, -1):
            above[word] = at[word] if at[word] >= 0 else above[word + 1]
        low = 0
        for word, form in enumerate(forms):
            if at[word] < 0:
                for column in range(low, min(above[word], low + _REACH)):
                    if form in self.forms[column]:
                        at[word] = column
                        break
            if at[word] >= 0:
                low = at[word] + 1
        return at


def _columns(readings: Sequence[tuple[str, Sequence[Token]]]) -> tuple[Column, ...]:
    table = _Table()
    for report, tokens in readings:
        table.add(report, tokens)
    return tuple(table.columns)


def units(telling: Telling) -> tuple[Unit, ...]:
    """Passages in their order, each followed by what only one report says after it."""
    reports = {report.id: report for report in telling.reports}
    passage_of = {
        (report, number): at
        for at, passage in enumerate(telling.passages)
        for report, numbers in passage.readings.items()
        for number in numbers
    }
    after: list[list[tuple[str, int]]] = [[] for _ in range(len(telling.passages) + 1)]
    for report in telling.reports:
        last = -1
        for number in range(len(report.sentences)):
            if (report.id, number) in passage_of:
                last = passage_of[report.id, number]
            else:
                after[last + 1].append((report.id, number))
    found: list[Unit] = []
    for at, lone in enumerate(after):
        if at:
            found.append(_aligned(telling.passages[at - 1], telling, reports))
        for key, number in lone:
            if tokens := _tokens(reports[key], number):
                found.append(Unit(None, (key,), tuple({key: token} for token in tokens)))
    return tuple(found)


def _aligned(passage: Passage, telling: Telling, reports: Mapping[str, TellingReport]) -> Unit:
    have = [report.id for report in telling.reports if report.id in passage.readings]
    # The base first: changes are counted from it, and it is often the fullest.
    ordered = sorted(have, key=lambda key: key != passage.base)
    readings = [
        (
            key,
            [token for number in passage.readings[key] for token in _tokens(reports[key], number)],
        )
        for key in ordered
    ]
    return Unit(passage, tuple(have), _columns(readings))


def segments(unit: Unit, same: Callable[[Token], str]) -> list[tuple[Column, ...]]:
    """Neighbouring columns at which the reports fall into the same groups, drawn together.

    Args:
        unit: a passage.
        same: what two tokens must have in common to be one reading.
    """
    found: list[list[Column]] = []
    before: tuple[int, ...] | None = None
    for column in unit.columns:
        groups: dict[str, int] = {}
        parting = tuple(
            groups.setdefault(same(column[key]), len(groups)) if key in column else -1
            for key in unit.reports
        )
        if parting == before:
            found[-1].append(column)
        else:
            found.append([column])
        before = parting
    return [tuple(columns) for columns in found]
