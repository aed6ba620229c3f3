"""One pair of readings compared: the steps, in order."""

from __future__ import annotations

from retold.collate.changes.amounts import amount_changes, same_amounts
from retold.collate.changes.days import date_changes, same_dates
from retold.collate.changes.degrees import counted_otherwise, degree_changes, intent_changes
from retold.collate.changes.lexicon import Lexicon
from retold.collate.changes.marking import mark_changes
from retold.collate.changes.names import name_changes, respelled_words, same_names
from retold.collate.changes.negation import negation_changes
from retold.collate.changes.opposites import light_opposites, opposite_changes
from retold.collate.changes.ordering import order_changes
from retold.collate.changes.pair import Draft, Pair
from retold.collate.changes.references import capital_cities, link_pronouns, office_changes
from retold.collate.changes.speech import attribution_changes
from retold.collate.changes.units import Reading
from retold.collate.changes.wording import same_families, wording_changes

__all__ = ["compare"]


def compare(a: Reading, b: Reading, lexicon: Lexicon) -> list[Draft]:
    """The differences between two readings of one passage, heaviest first.

    First everything that says the same is matched, from sure to loose; then what is left is
    read as changes, from the kinds that turn a claim round to mere wording. A unit that one
    kind accounts for is not reported under another.
    """
    pair = Pair(a, b, lexicon)
    link_pronouns(pair)
    same_names(pair)
    capital_cities(pair)
    same_amounts(pair)
    same_dates(pair)
    same_families(pair)
    gaps = pair.gaps()
    amount_changes(pair, gaps)
    date_changes(pair, gaps)
    name_changes(pair, gaps)
    office_changes(pair)
    respelled_words(pair, gaps)
    order_changes(pair, gaps)
    opposite_changes(pair, gaps)
    light_opposites(pair)
    counted_otherwise(pair, gaps)
    negation_changes(pair)
    degree_changes(pair, gaps)
    attribution_changes(pair, gaps)
    intent_changes(pair)
    mark_changes(pair)
    wording_changes(pair, gaps)
    return sorted(pair.drafts, key=lambda draft: (-draft.weight, draft.a, draft.b, draft.kind))
