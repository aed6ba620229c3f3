"""What the capital letters of one report mean: how it writes a word elsewhere."""

from __future__ import annotations

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import listed_at, office_at
from retold.attribute.actors.tokens import Tokens
from retold.text.declensions import declines, lemmas

__all__ = ["Capitals"]


class Capitals:
    """Counts over one report.

    Attributes:
        inner: form -> how often it has a capital letter inside a sentence.
        lemmas: what forms with a capital letter inside sentences can be forms of; empty in a
            language whose names do not change.
        alone: forms that stand alone with a capital letter: surnames, mostly.
        inner_names: forms that follow a given name or title.
        surnames, articled, pairs: only where all nouns have capitals: surnames known from a
            full name or title; nouns seen after an article; neighbouring capitals, counted.
    """

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str | None = None) -> None:
        self.tokens = tokens
        self.language = language if declines(language) else None
        self._lower: set[str] | None = None
        self.lexicon = lexicon
        headings = tokens.headings
        # After an office these are surnames although they are offices too ("President King").
        self.inner_names = {
            form
            for form, before in zip(tokens.forms[1:], tokens.forms, strict=False)
            if before in lexicon.given or before in lexicon.titles
        }
        self.inner: dict[str, int] = {}
        self.surnames: set[str] = set()
        self.articled: set[str] = set()
        self.pairs: dict[tuple[str, str], int] = {}
        held: list[int] = []
        if lexicon.names.capitalised_nouns:
            for i in range(1, len(tokens.forms)):
                before = tokens.forms[i - 1]
                if not tokens.capital[i] or not tokens.glue[i]:
                    continue
                if tokens.names[i - 1] in lexicon.given or before in lexicon.titles:
                    self.surnames.add(tokens.names[i])
                elif tokens.capital[i - 1]:
                    pair = (tokens.names[i - 1], tokens.names[i])
                    self.pairs[pair] = self.pairs.get(pair, 0) + 1
                    if office_at(tokens, lexicon, i - 1, 0) is not None:
                        held.append(i)
                elif before in lexicon.bare or before in lexicon.possessive:
                    self.articled.add(tokens.forms[i])
            self.surnames.update(
                tokens.names[i] for i in held if tokens.forms[i] not in self.articled
            )
        # Words that stand alone with a capital letter: surnames, mostly.
        self.alone: set[str] = set()
        capital, glue, opens = tokens.capital, tokens.glue, tokens.opens
        count = len(capital)
        for i, form in enumerate(tokens.forms):
            if not capital[i] or tokens.sentence[i] in headings:
                continue
            if not opens[i]:
                self.inner[form] = self.inner.get(form, 0) + 1
            single = not (i and glue[i] and capital[i - 1]) and not (
                i + 1 < count and glue[i + 1] and capital[i + 1]
            )
            if single and form not in tokens.lower and form not in lexicon.ordinary:
                self.alone.add(form)
        self.lemmas = {
            lemma
            for form in self.inner
            if self.language is not None and not lexicon.names.capitalised_nouns
            if form not in tokens.lower and form not in lexicon.ordinary
            for lemma in lemmas(form, self.language)
        }

    def common(self, form: str) -> bool:
        """Written in lower case more often than with a capital inside sentences."""
        return self.tokens.lower.get(form, 0) > self.inner.get(form, 0)

    def ordinary(self, i: int, stop: int) -> bool:
        """An ordinary word with a capital letter."""
        tokens, lexicon = self.tokens, self.lexicon
        form = tokens.forms[i]
        match = listed_at(tokens, lexicon, i, stop)
        if match is not None:
            return False
        if form in lexicon.titles and i + 1 < stop:
            return False
        if form in lexicon.never or form in lexicon.ordinary or form in lexicon.pronouns:
            return True
        if office_at(tokens, lexicon, i, i) is not None or form in lexicon.titles:
            return False
        if tokens.names[i] in lexicon.given:
            return False
        if tokens.names[i] in self.surnames:
            return False
        if form in self.inner and not lexicon.names.capitalised_nouns:
            return False
        if form in tokens.lower:
            return True
        if self.lemmas and not self.lemmas.isdisjoint(lemmas(form, self.language)):
            return False
        if i + 1 < stop and self._noun_elsewhere(form):
            return True
        if form in lexicon.loose or form in lexicon.rank:
            return True
        alone = i + 1 >= stop
        if alone and tokens.upper[i] and len(form) >= 2:
            return False
        if form.endswith(("ly", "ing")) and len(form) > 4:
            return True
        return alone and not self._acts(i + 1)

    def _noun_elsewhere(self, form: str) -> bool:
        """Whether the report writes another case form of the word without a capital letter."""
        if self.language is None or self.lexicon.names.capitalised_nouns:
            return False
        if self._lower is None:
            self._lower = {
                lemma for lower in self.tokens.lower for lemma in lemmas(lower, self.language)
            }
        return form in self._lower or not self._lower.isdisjoint(
            lemmas(form, self.language) - {form}
        )

    def _acts(self, i: int) -> bool:
        """The word after a name is a verb of saying."""
        tokens = self.tokens
        return (
            i < len(tokens.forms)
            and tokens.glue[i] == " "
            and tokens.forms[i] in (self.lexicon.speech)
        )

    def among_nouns(self, first: int, last: int) -> bool:
        """Where all nouns have capitals: acronyms, surnames known from a full name or title,
        and two or three capitals in a row of which none is an ordinary noun elsewhere."""
        tokens, lexicon = self.tokens, self.lexicon
        span = range(first, last)
        if last - first == 1:
            known = tokens.names[first] in self.surnames
            return known or (tokens.upper[first] and not self._noun(first))
        if tokens.names[first] in lexicon.given or tokens.names[last - 1] in self.surnames:
            return True
        if any(self._noun(k) for k in span):
            return False
        foreign = any(
            tokens.upper[k]
            or (tokens.forms[k] in lexicon.particles and tokens.forms[k] not in lexicon.bare)
            for k in span
        )
        return foreign or self.pairs.get((tokens.names[first], tokens.names[last - 1]), 0) > 1

    def _noun(self, i: int) -> bool:
        """Seen after an article, which proper names seldom are."""
        return self.tokens.forms[i] in self.articled or self.tokens.forms[i] in self.tokens.lower

    def acronym(self, i: int) -> bool:
        """Written in capitals among words that are not."""
        tokens = self.tokens
        return (
            tokens.upper[i]
            and tokens.ends[i] - tokens.starts[i] <= 6
            and tokens.sentence[i] not in tokens.headings
        )
