"""Passages against reports: who has what, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.model import Noun, Passage
from retold.show.marks import clip
from retold.show.names import STRONG
from retold.web.prepared import ABSENT, CLAIM, LANGUAGE, SAME, WORDING, Prepared
from retold.web.views.columns import Column

__all__ = ["Matrix", "Row", "matrix"]

_WORDS = 110
_WORDING = 0.5


class Row(Noun, frozen=True):
    """A passage over all columns.

    Attributes:
        passage: its id ("P7"); `number`: from 1.
        words: how its base has it, clipped; `language`: of the base.
        weight: of its heaviest change, 0 for none.
        cells: a character for each column: "=" no difference from the base, "~" other words,
            "!" another claim, "?" in another language (not compared), "-" not in this report.
        base: number of the column whose reading the others are compared with; None where it is
            drawn together with another.
        moved: letters of the reports in which it stands elsewhere in the order.
        counts: cells by character.
    """

    passage: str
    number: int
    words: str
    language: str | None
    weight: float
    cells: str
    base: int | None
    moved: tuple[str, ...]
    counts: dict[str, int]


class Matrix(Noun, frozen=True):
    """Rows by weight, columns in the order of time.

    Attributes:
        columns: tellings.
        rows: those shown.
        total: passages in all.
        order: "weight" or "story".
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    order: str


def matrix(
    found: Prepared, shown: Sequence[Column], *, order: str = "weight", most: int | None = None
) -> Matrix:
    """The matrix of a telling.

    Args:
        found: the telling.
        shown: its columns.
        order: "weight": by the heaviest change of a passage times the share of the reports that
            have it, mere wording counting half; "story": in the order of the passages.
        most: rows; None for all.
    """
    passages = list(found.telling.passages)
    weights = {
        one.id: max((change.weight for change in one.changes), default=0.0) for one in passages
    }
    strong = {one.id: any(change.kind in STRONG for change in one.changes) for one in passages}
    if order == "weight":
        total = max(len(found.telling.reports), 1)

        def matters(one: Passage) -> float:
            kind = 1.0 if strong[one.id] else _WORDING
            return kind * weights[one.id] * len(one.readings) / total

        passages.sort(key=lambda one: (-matters(one), -len(one.readings)))
    place = {column.report: number for number, column in enumerate(shown)}
    rows = []
    for one in passages[:most]:
        states = found.states[one.id]
        cells = "".join(states.get(column.report, ABSENT) for column in shown)
        base = found.look.reports[one.base]
        numbers = one.readings.get(one.base, (0,))
        words = " ".join(base.text[slice(*base.sentences[at])] for at in numbers)
        rows.append(
            Row(
                passage=one.id,
                number=found.number[one.id],
                words=clip(" ".join(words.split()), _WORDS),
                language=base.language,
                weight=weights[one.id],
                cells=cells,
                base=place.get(one.base),
                moved=tuple(found.look.names[key].letter for key in one.moved),
                counts={
                    key: number
                    for key in (SAME, WORDING, CLAIM, LANGUAGE, ABSENT)
                    if (number := Counter(cells)[key])
                },
            )
        )
    return Matrix(tuple(shown), tuple(rows), len(passages), order)
