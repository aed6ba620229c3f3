"""CollateX's JSON output: `{"witnesses": [sigla], "table": [[[token, …] for each witness] …]}`.

As CollateX (Java) writes it and Stemmaweb reads it: one row for each place of the alignment, in
it one list of tokens for each witness, empty where the witness has no words. (The Python port
writes the same turned on its side.) A token is `{"t": as written, "n": as compared}` and what
else the tool wants to keep: here the passage, the sentence and the span in the report's text.
"""

from __future__ import annotations

from retold.model import Telling
from retold.show.formats.alignment import Token, units
from retold.show.formats.sigla import signs
from retold.show.formats.writing import json_text
from retold.show.marks import visible

__all__ = ["collatex"]


def _written(token: Token, passage: str | None) -> dict[str, object]:
    return {
        "t": token.written,
        "n": token.form,
        **({} if passage is None else {"passage": passage}),
        "sentence": token.sentence,
        "span": list(token.span),
    }


def collatex(telling: Telling) -> str:
    """All sentences of all reports, passages in their order, one of their tokens a cell."""
    called = signs(telling)
    order = [report.id for report in telling.reports]
    table: list[list[list[dict[str, object]]]] = []
    for unit in units(telling):
        if unit.passage is None:
            # Nothing to align it with: one place, else the table would mostly hold nothing.
            tokens = [token for column in unit.columns for token in column.values()]
            places = [{unit.reports[0]: tokens}]
        else:
            places = [{key: [token] for key, token in column.items()} for column in unit.columns]
        name = unit.passage.id if unit.passage is not None else None
        table += [
            [[_written(one, name) for one in at.get(key, ())] for key in order] for at in places
        ]
    return json_text(
        {
            "name": visible(telling.story),
            "witnesses": [called[key].siglum for key in order],
            "table": table,
        },
        indent=None,
    )
