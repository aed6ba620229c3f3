"""CSV (RFC 4180): the alignment as a table, one passage a row, one report a column.

For spreadsheets: UTF-8 with a byte order mark, without which Excel takes it for another
encoding; a cell that a spreadsheet would compute begins with an apostrophe (OWASP, "CSV
injection"); no cell is longer than a spreadsheet's cell may be.
"""

from __future__ import annotations

import csv
from io import StringIO

from retold.model import Passage, Telling
from retold.show.formats.sigla import signs
from retold.show.marks import visible
from retold.show.names import LABELS
from retold.show.view import index, passage_views

__all__ = ["LONGEST", "csv_table"]

LONGEST = 32_767
"""Characters of a cell (Excel specifications and limits)."""

_COMPUTED = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"
_CUT = " [cut]"


def _cell(words: str) -> str:
    shown = visible(words).strip()
    if shown.startswith(_COMPUTED):
        shown = f"'{shown}"
    # Excel counts UTF-16 units.
    if len(shown.encode("utf-16-le")) // 2 > LONGEST:
        kept = shown.encode("utf-16-le")[: 2 * (LONGEST - len(_CUT))]
        shown = f"{kept.decode('utf-16-le', 'ignore')}{_CUT}"
    return shown


def csv_table(telling: Telling) -> str:
    """Passages in their order, then what is in one report only, report by report."""
    called = signs(telling)
    look = index(telling)
    reports = telling.reports
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(
        [
            "passage",
            "reports",
            "confidence",
            "moved in",
            "differences",
            *(_cell(called[report.id].full) for report in reports),
        ]
    )

    def reading(passage: Passage, report: str) -> str:
        one = look.reports[report]
        return " ".join(
            one.text[slice(*one.sentences[number])] for number in passage.readings.get(report, ())
        )

    for view in passage_views(look):
        passage = view.passage
        differences = []
        for note in view.footnotes:
            sides = "; ".join(
                f"{', '.join(called[place.report].siglum for place in side.places)}: "
                f"{visible(side.words).strip() or '(without these words)'}"
                for side in note.sides
            )
            differences.append(f"{LABELS[note.kind]} ({sides})")
        writer.writerow(
            [
                _cell(passage.id),
                str(len(passage.readings)),
                f"{passage.confidence:.2f}",
                _cell(", ".join(called[key].siglum for key in passage.moved if key in called)),
                _cell(" | ".join(differences)),
                *(_cell(reading(passage, report.id)) for report in reports),
            ]
        )
    for at, report in enumerate(reports):
        for number in telling.only.get(report.id, ()):
            words = report.text[slice(*report.sentences[number])]
            cells = [""] * len(reports)
            cells[at] = _cell(words)
            only = _cell(f"only in {called[report.id].siglum}, sentence {number + 1}")
            writer.writerow(["", "1", "", "", only, *cells])
    return _BYTE_ORDER_MARK + written.getvalue()
