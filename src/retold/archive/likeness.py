"""Which reports share the rarest words of a text: where to look for what tells the same."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, func, select

from retold.archive.tables_search import WORDS
from retold.engines.fulltext import matching
from retold.text.query import Phrase
from retold.text.terms import terms

__all__ = ["alike"]

_LOOKED_AT = 150  # terms of the text's beginning
_ASKED = 80
_RAREST = 16
_COMMON = 300  # reports that have a term, above which it says nothing


def alike(connection: Connection, text: str, *, most: int = 30) -> list[int]:
    """Numbers of the reports that share most of a text's rarest terms, the nearest first.

    Args:
        connection: of the archive.
        text: a title and a text; its beginning is looked at.
        most: reports.
    """
    asked = list(dict.fromkeys(term for term in terms(text)[:_LOOKED_AT] if len(term) > 2))
    rare = []
    for term in sorted(asked, key=lambda one: (-len(one), one))[:_ASKED]:
        found = select(matching(connection, WORDS, [(Phrase((term,)), None)]).subquery().c.number)
        having = connection.scalar(select(func.count()).select_from(found.subquery())) or 0
        if 1 < having <= _COMMON:
            rare.append((having, term, found))
    rare.sort(key=lambda one: one[:2])
    shared: Counter[int] = Counter()
    for _, _, found in rare[:_RAREST]:
        shared.update(connection.scalars(found))
    best = sorted(shared.items(), key=lambda one: (-one[1], one[0]))
    return [number for number, _ in best[:most]]
