"""Runs of capitalised words: where a name that begins at a word can end."""

from __future__ import annotations

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import listed_at
from retold.attribute.actors.tokens import Tokens

__all__ = ["Runs"]

# A run of capitalised words longer than this is a heading or a list, not a name.
_LONGEST_RUN = 24


class Runs:
    """Runs of one report."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon

    def end_of(self, i: int, end: int) -> int:
        """Where the run of capitalised words that begins at `i` ends."""
        tokens, lexicon = self.tokens, self.lexicon
        forms, capital, glue = tokens.forms, tokens.capital, tokens.glue
        institution = forms[i] in lexicon.heads
        office = forms[i] in lexicon.roles
        joined = False
        j = i + 1
        while j < end and j - i < _LONGEST_RUN and not tokens.possessive[j - 1]:
            if not glue[j]:
                break
            form = forms[j]
            if capital[j]:
                institution = institution or form in lexicon.heads
                office = office or form in lexicon.roles
                j += 1
                continue
            if glue[j] == "-":
                if forms[i] in lexicon.surnames_first and len(form) <= 5:
                    j += 1  # Kim Jong-un
                    continue
                break
            if j + 1 >= end or not glue[j + 1]:
                break
            following = j + 1
            last = self._particles(j, end)
            if last is not None:
                j = last
                continue
            if form in lexicon.joiners and (institution or (office and form == "of")):
                if forms[following] in lexicon.definite and following + 1 < end:
                    following += 1
                if not capital[following] or not glue[following]:
                    break
                if forms[following] in lexicon.never:
                    break  # "told the Chronicle on Monday"
                if form in lexicon.coordinators and not (
                    following == j + 1 and joined and self._plain(following)
                ):
                    break
                joined = True
                j = following + 1
                continue
            if form in lexicon.coordinators and self._double(i, j, end):
                j += 2  # the Food and Drug Administration
                continue
            break
        match = listed_at(tokens, lexicon, i, end)
        return j if match is None else max(j, match[1])

    def _particles(self, j: int, end: int) -> int | None:
        """After "van", "von der" and a surname: the end of the name; None without them."""
        tokens, lexicon = self.tokens, self.lexicon
        if lexicon.names.capitalised_nouns and tokens.forms[j] in lexicon.bare:
            return None  # "Bord der Maschine"
        k = j
        while k < min(end, j + 3) and tokens.forms[k] in lexicon.particles and tokens.glue[k]:
            k += 1
        if k == j or k >= end or not tokens.capital[k] or not tokens.glue[k]:
            return None
        return k + 1

    def _double(self, i: int, j: int, end: int) -> bool:
        """ "the X and Y Authority": one institution when its head follows the second word."""
        tokens = self.tokens
        return (
            j + 2 < end
            and i > 0
            and tokens.forms[i - 1] in self.lexicon.definite
            and all(tokens.capital[k] and tokens.glue[k] for k in (j + 1, j + 2))
            and tokens.forms[j + 2] in self.lexicon.heads
        )

    def _plain(self, i: int) -> bool:
        """A capitalised word that is no known name by itself ("… and Human Services")."""
        form = self.tokens.forms[i]
        return form not in self.lexicon.listed and self.tokens.names[i] not in self.lexicon.given

    def party_mark(self, i: int, stop: int) -> bool:
        """ "(R-Wis.)", "D-N.Y.": a letter and a hyphen, in brackets or between commas."""
        tokens = self.tokens
        return (
            stop - i >= 2
            and len(tokens.forms[i]) == 1
            and tokens.glue[i + 1] == "-"
            and not tokens.glue[i]
        )
