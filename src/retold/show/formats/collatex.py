"""CollateX's JSON output: `{"witnesses": [sigla], "table": [[[token, …] for each witness] …]}`.

As CollateX (Java) writes it and Stemmaweb reads it: one row for each place of the alignment, in
it one list of tokens for each witness, empty where the witness has no words. (The Python port
writes the same turned on its side.) A token is `{"t": as written, "n": as compared}` and what
else the tool wants to keep: here the passage, the sentence and the span in the report's text.
"""

from __future__ import annotations

from retold.model import Telling
from retold.show.formats.alignment import units
from retold.show.formats.sigla import signs
from retold.show.formats.writing import json_text
from retold.show.marks import visible

__all__ = ["collatex"]


def collatex(telling: Telling) -> str:
    """All sentences of all reports, passages in their order, one token a cell."""
    called = signs(telling)
    order = [report.id for report in telling.reports]
    table = []
    for unit in units(telling):
        beside = {"passage": unit.passage.id} if unit.passage is not None else {}
        for column in unit.columns:
            row: list[list[dict[str, object]]] = []
            for key in order:
                token = column.get(key)
                row.append(
                    []
                    if token is None
                    else [
                        {
                            "t": token.written,
                            "n": token.form,
                            **beside,
                            "sentence": token.sentence,
                            "span": list(token.span),
                        }
                    ]
                )
            table.append(row)
    return json_text(
        {
            "name": visible(telling.story),
            "witnesses": [called[key].siglum for key in order],
            "table": table,
        },
        indent=None,
    )
