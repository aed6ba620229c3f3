"""Copies and reuse: which reports carry the words of which.

Near copies and pick-ups of a wire are found by **containment** of rare runs of words, never by
the likeness of whole texts, and are folded, never dropped. Direction is not claimed here: that a
text is held by another does not say which was first (`retold.trace` weighs that).

The rooms: `shingles` (words to keys), `streaming` and `postings` (reports as they arrive).
"""

from retold.group.copies.streaming import Copies, Match

__all__ = ["Copies", "Match"]
