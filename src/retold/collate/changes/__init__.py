"""Changes inside passages, judged on the claim and not on the token.

`changes` fills a whole collation, with a `Comparer` of the story's readings. Beneath it,
`reading_of` turns one report's sentences into units and `compare` compares two of them.
"""

from __future__ import annotations

from retold.collate.changes.passages import Comparer, changes

__all__ = ["Comparer", "changes"]
