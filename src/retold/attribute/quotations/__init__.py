"""Finds the quotations of one report, with the words that name their source.

    find_quotations(segmented, language) -> tuple[RawQuotation, ...]

The rooms, in the order in which a text goes through them: `tokens` (a quotation is one token of
the clause around it), `finding` (cue by cue) with `verbs`, `participles`, `signs` and `relaying`
for the kinds of cue, `complements` and `edges` for the content, `groups`, `nouns` and `subjects`
for verbs and noun phrases; `chaining` and `relays` (through whom the words came), `assemble`
(floating quotations, kinds, spans), `inside` (quotations inside quotations), `raw` (what comes
out). Languages that part every clause with a comma are read in `clausal` instead of by cue and
complement; `insets` finds frames between the marks of their quotation. `lexicon` makes a
language's table ready; no other file knows a word of any language.
"""

from __future__ import annotations

from retold.attribute.quotations.assemble import assemble
from retold.attribute.quotations.finding import find
from retold.attribute.quotations.inside import quoted_inside
from retold.attribute.quotations.lexicon import lexicon as lexicon_of
from retold.attribute.quotations.raw import Carrier, RawQuotation
from retold.attribute.quotations.tokens import tokenise
from retold.model import Segmented

__all__ = ["Carrier", "RawQuotation", "find_quotations"]


def find_quotations(segmented: Segmented, language: str | None) -> tuple[RawQuotation, ...]:
    """All quotations of a report, in the order of their content.

    Args:
        segmented: the report.
        language: code of the language whose table is used; None finds nothing.
    """
    tokens = tokenise(segmented, lexicon_of(language))
    found = assemble(tokens, find(tokens))
    inside = quoted_inside(segmented, tokens, found)
    # What is found twice, in a sentence and inside a quotation of it, is one quotation.
    once: dict[tuple[object, ...], RawQuotation] = {}
    for one in (*found, *inside):
        once.setdefault((one.content, one.source, one.cue), one)
    return tuple(sorted(once.values(), key=lambda one: (one.content[0], one.content[-1][1])))
