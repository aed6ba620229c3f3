"""THE NOUNS. Data only: frozen, without verbs. Read this package first.

Conventions, stated once:

* A **span** is `(start, end)`, half open, in Unicode code points of the report's `text`
  exactly as it came in. `text[start:end]` is what the span shows. No noun ever holds an
  altered text.
* **None** means "not known" or "cannot tell", never "no".
* **Scores**: `weight`, `support` and `confidence` are numbers in [0, 1].
* **Times** are ISO 8601 strings whose length tells their precision: a bare day stays a bare day.
* **Ids** are content hashes (blake2b), or the id that came with a report.
* The JSON of a telling is these nouns written out field by field; `retold schema` prints
  the schema made from them.
"""

from __future__ import annotations

from retold.model.collation import (
    Change,
    ChangeKind,
    Collation,
    Overlap,
    Passage,
    Placed,
    Statement,
    Story,
    Variant,
)
from retold.model.descent import (
    Alternative,
    Derivation,
    DerivationKind,
    Edge,
    Stemma,
    Undecided,
    Witness,
)
from retold.model.noun import Evidence, Noun, Place, Span
from retold.model.report import (
    Credit,
    Dateline,
    Dating,
    Precision,
    Refusal,
    Report,
    Segmented,
    Sentence,
    Word,
)
from retold.model.reuse import Fold, Folded, Reuse, ReuseKind
from retold.model.speech import Actor, ActorKind, Attribution, Link, Quotation, QuotationKind, Role
from retold.model.telling import Telling, TellingReport

__all__ = [
    "Actor",
    "ActorKind",
    "Alternative",
    "Attribution",
    "Change",
    "ChangeKind",
    "Collation",
    "Credit",
    "Dateline",
    "Dating",
    "Derivation",
    "DerivationKind",
    "Edge",
    "Evidence",
    "Fold",
    "Folded",
    "Link",
    "Noun",
    "Overlap",
    "Passage",
    "Place",
    "Placed",
    "Precision",
    "Quotation",
    "QuotationKind",
    "Refusal",
    "Report",
    "Reuse",
    "ReuseKind",
    "Role",
    "Segmented",
    "Sentence",
    "Span",
    "Statement",
    "Stemma",
    "Story",
    "Telling",
    "TellingReport",
    "Undecided",
    "Variant",
    "Witness",
    "Word",
]
