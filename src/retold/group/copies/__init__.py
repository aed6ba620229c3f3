"""Copies and reuse: which reports carry the words of which.

Near copies and pick-ups of a wire are found by **containment** of runs of words, never by the
likeness of whole texts, and are folded, never dropped. Direction is not claimed here: that a text
is held by another does not say which was first (`retold.trace` weighs that).

The rooms: `shingles` (words to keys), `streaming` on `postings` (reports as they arrive), `join`
(all pairs at once), `runs` (shared text to the word), `fold` (one telling, many reports),
`pairing` (which story a rewritten report derives from), `marking` (its words: kept, reworded, its
own).
"""

from retold.group.copies.streaming import Copies, Match

__all__ = ["Copies", "Match"]
