"""Stage 5, collate: a story's reports lined up, sentence by sentence."""

from __future__ import annotations

from retold.collate.alignment import align

__all__ = ["align"]
