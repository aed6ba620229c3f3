"""Changes inside passages, judged on the claim and not on the token.

`changes` fills a whole collation. Beneath it, `reading_of` turns one report's sentences into
units and `compare` compares two of them.
"""

from __future__ import annotations

from retold.collate.changes.passages import changes

__all__ = ["changes"]
