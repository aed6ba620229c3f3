"""From the words of a sentence to its units."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from retold.collate.changes.lexicon import Lexicon, Sign
from retold.collate.changes.naming import NamesOfSentence
from retold.collate.changes.units import (
    PRONOUN,
    Capitals,
    Kind,
    Mention,
    Name,
    Reading,
    ReportFacts,
    Unit,
)
from retold.model import ActorKind, Sentence
from retold.text.dates import Date, dates
from retold.text.declensions import Told, declines, endings_of
from retold.text.numbers import Number, numbers
from retold.text.surroundings import told

__all__ = ["reading_of"]


def reading_of(
    facts: ReportFacts, sentences: Sequence[Sentence], lexicon: Lexicon, seen: Capitals
) -> Reading:
    """The units of `sentences`, in order.

    Args:
        facts: of their report.
        sentences: in order.
        lexicon: of their language.
        seen: capital letters of the story.
    """
    units: list[Unit] = []
    for number, sentence in enumerate(sentences):
        _Builder(facts, sentence, number, lexicon, seen, units).build()
    for index, unit in enumerate(units):
        if unit.kind is Kind.NUMBER:
            unit.counted = _counted(units, index)
            previous = units[index - 1] if index else None
            if previous is not None and previous.kind is Kind.CONTENT:
                gap = facts.segmented.report.text[previous.end : unit.start]
                unit.before = previous.key if gap == " " else ""
    of_kind: dict[Kind, list[int]] = {}
    for index, unit in enumerate(units):
        of_kind.setdefault(unit.kind, []).append(index)
    return Reading(facts, tuple(sentences), units, of_kind)


_COUNTED = 3
_BESIDE = 4
"""Words before a name that may tell its case."""


def _counted(units: list[Unit], index: int) -> tuple[str, ...]:
    """Keys of the next content words, up to the next number or clause."""
    found: list[str] = []
    for unit in units[index + 1 : index + 1 + _COUNTED]:
        if unit.kind is Kind.NUMBER or unit.sentence != units[index].sentence:
            break
        if unit.breaks and found:
            break
        if unit.kind is Kind.CONTENT:
            found.append(unit.key)
    return tuple(found)


class _Builder(NamesOfSentence):
    """Turns the words of one sentence into units."""

    def build(self) -> None:
        """Appends the sentence's units."""
        words, text, lexicon = self.words, self.text, self.lexicon
        if not words:
            return
        found_dates = {one.first: one for one in dates(text, words, lexicon.language)}
        taken = {index for one in found_dates.values() for index in range(one.first, one.last + 1)}
        found_numbers = {one.first: one for one in numbers(text, words, lexicon.language, taken)}
        loosening = {
            at
            for one in found_numbers.values()
            if one.outer < one.start
            for at in range(one.first - 1, -1, -1)
            if words[at].start >= one.outer
        }
        mentions = self._mentions()
        self.counts = {
            at for one in found_numbers.values() for at in range(one.first, one.last + 1)
        }
        mentions = self._held(mentions, taken | self.counts)
        names = self._capitalised(taken, mentions)
        index, count = 0, len(words)
        start, end = self.facts.dateline
        while index < count:
            if start <= words[index].start < end:
                index += 1  # a dateline says nothing of the news
            elif index in loosening:
                index += 1
            elif index in mentions and index not in found_dates:
                index = self._mention(index, *mentions[index])
            elif index in found_dates:
                index = self._date(index, found_dates[index])
            elif index in found_numbers:
                index = self._number(index, found_numbers[index])
            elif index in names:
                self._name(index, names[index], "", "unknown")
                index = names[index] + 1
            else:
                index = self._word(index)

    def _add(self, key: str, first: int, last: int, kind: Kind) -> Unit:
        start, end = self.words[first].start, self.words[last].end
        unit = Unit(key, start, end, kind, self._quoted(start), self.number, breaks=self.breaks)
        if first == last:
            unit.word, unit.word_key = self.forms[first], self.keys[first]
        else:
            unit.word = " ".join(self.forms[first : last + 1])
            unit.word_key = " ".join(self.keys[first : last + 1])
        self.breaks = False
        self.units.append(unit)
        return unit

    def _quoted(self, start: int) -> int:
        starts = self.facts.quote_starts
        if not starts:
            return 0
        at = bisect_right(starts, start)
        return at if at and start < self.facts.quotes[at - 1][3] else 0

    def _mention(self, index: int, last: int, mention: Mention) -> int:
        if self._proper(index, last):
            self._name(index, last, mention.actor, mention.kind)
        else:
            said = [self.keys[at] for at in range(index, last + 1) if not self.looked[at][1]]
            described = bool(said) and not mention.named
            key = "@" + (" ".join(said) if described else mention.actor)
            if not said:
                key = PRONOUN + mention.actor
            self._add(key, index, last, Kind.REFERENCE).described = described
        return last + 1

    def _name(self, first: int, last: int, actor: str, kind: ActorKind) -> None:
        lexicon = self.lexicon
        kept = tuple(
            self._name_word(form)
            for form in self.forms[first : last + 1]
            if form not in lexicon.light and form not in lexicon.particles
        ) or (self.forms[last],)
        bare = tuple(
            lexicon.same_name(form) or lexicon.spelled(form)
            for form in kept
            if form not in lexicon.titles
        )
        placed = self._placed(first, last, kept)
        same = lexicon.same_name(" ".join(kept))
        if same:
            bare = (same,)
        key = "@" + (actor or same or " ".join(bare))
        unit = self._add(key, first, last, Kind.NAME)
        listed = lexicon.is_place(" ".join(kept))
        forms = tuple(
            form
            for form in self.forms[first : last + 1]
            if form not in lexicon.light and form not in lexicon.titles
        )
        endings = endings_of(lexicon.language)
        if endings is not None and len(forms) > 1 and forms[0] in endings.oblique_before:
            forms = forms[1:]  # "Według Zaborskiego", at the beginning of a sentence
        unit.name = Name(
            bare,
            kept,
            actor,
            kind,
            placed,
            listed,
            forms,
            self._told(first, last),
            self._beside(first, last),
        )

    def _told(self, first: int, last: int) -> Told:
        """What the words beside a name tell of its gender and case."""
        lexicon, forms = self.lexicon, self.forms
        if not declines(lexicon.language):
            return Told()
        while first < last and forms[first] in lexicon.titles:
            first += 1
        before: list[str] = []
        at = first
        while at and len(before) < _BESIDE and self._gap(at - 1) == " ":
            at -= 1
            before.append(forms[at])
        after = forms[last + 1] if self._gap(last) == " " else ""
        return told(
            before,
            after,
            lexicon.language,
            opens=at == 0,
            capital_before=bool(before) and self.text[self.words[first - 1].start].isupper(),
            capital_after=bool(after) and self.text[self.words[last + 1].start].isupper(),
            offices=lexicon.titles,
            speech=[form for form in before if lexicon.is_cue(form)],
            light=lexicon.light,
        )

    def _beside(self, first: int, last: int) -> tuple[str, str]:
        """The words that touch a name on both sides; empty ones at a clause's ends."""
        before = self.forms[first - 1] if first and self._gap(first - 1) == " " else ""
        endings = endings_of(self.lexicon.language)
        if endings is None or before in endings.oblique_before:
            return "", ""  # most prepositions govern two cases
        if last + 1 == len(self.words):
            return before, "."
        return before, self.forms[last + 1] if self._gap(last) == " " else ""

    def _gap(self, index: int) -> str:
        """What stands between a word and the next; "" at the end."""
        if index + 1 >= len(self.words):
            return ""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def _placed(self, first: int, last: int, kept: tuple[str, ...]) -> bool:
        """Whether what stands in or around a name makes it one of a place."""
        lexicon, forms = self.lexicon, self.forms
        heads = lexicon.data.place_heads
        if any(form in heads for form in kept[-1:] + kept[:1]):
            return True
        if last + 1 < len(forms) and forms[last + 1] in heads:
            return True
        before = forms[first - 1] if first else ""
        if before in heads:
            return True  # "the river Drava"
        if before in lexicon.data.loose_locatives and len(kept) > 1:
            return False  # "given to Florence Marsh"
        return before in lexicon.locatives

    def _name_word(self, form: str) -> str:
        """A word of a name without what does not tell names apart: endings, dots, accents."""
        plain = form.removesuffix("'s").removesuffix("'").replace(".", "")
        plain = self.lexicon.data.name_words.get(plain, plain)
        if plain.isascii():
            return plain
        parts = unicodedata.normalize("NFKD", plain)
        return "".join(letter for letter in parts if not unicodedata.combining(letter))

    def _date(self, index: int, found: Date) -> int:
        unit = self._add(f"#{self.keys[found.first]}", index, found.last, Kind.DATE)
        unit.key = "date:" + " ".join(self.keys[index : found.last + 1])
        unit.date = found
        return found.last + 1

    def _number(self, index: int, found: Number) -> int:
        value = f"{found.low:g}" if found.low == found.high else f"{found.low:g}-{found.high:g}"
        unit = self._add(f"#{value}{found.unit}{found.factor:g}", index, found.last, Kind.NUMBER)
        unit.start, unit.end = found.start, found.end
        unit.number = found
        return found.last + 1

    def _word(self, index: int) -> int:
        form, lexicon = self.forms[index], self.lexicon
        key, light, heads = self.looked[index]
        if heads:
            hit = lexicon.exact.at(self.forms, index)
            other = lexicon.inflected.at(self.keys, index)
            if other is not None and (hit is None or other[0] > hit[0]):
                hit = other
            if hit is not None:
                size, sign = hit
                if form in lexicon.clause_words:
                    self.breaks = True
                if self._signed(index, index + size - 1, sign, light):
                    return index + size
        split = lexicon.data.contractions.get(form)
        if split is not None:
            for part in split:
                sign_of = lexicon.exact.at((part,), 0) or lexicon.inflected.at(
                    (lexicon.key(part),), 0
                )
                if sign_of is not None:
                    self._signed(index, index, sign_of[1], False)
            return index + 1
        if form in lexicon.clause_words:
            self.breaks = True
        if light:
            return index + 1
        unit = self._add(key, index, index, Kind.CONTENT)
        unit.capital = self.text[unit.start].isupper()
        return index + 1

    def _signed(self, first: int, last: int, sign: Sign, light: bool) -> bool:
        """Adds a unit for a listed phrase; False when it is not meant as one here."""
        if sign.kind == "same":
            if not sign.key:
                return True
            if light and first == last:
                return False
            self._add(sign.key, first, last, Kind.CONTENT)
            return True
        if sign.kind == "cue" and first == last and not self._reports(first):
            return False
        if sign.kind in ("cue", "hedge") and first == last and not light:
            form = self.forms[first]
            exact = self.lexicon.exact.at(self.forms, first) is not None
            if not exact and form.endswith(self.lexicon.data.noun_endings):
                return False
        kind = _KINDS[sign.kind]
        if kind is Kind.NEGATION:
            if self._coordinate(first):
                return True
            if self._cancels(first):
                return True
        self._add(sign.key, first, last, kind).sign = sign
        return True

    def _cancels(self, index: int) -> bool:
        """Takes a negation right before this one away: "not impossible"."""
        before = self.units[-1] if self.units else None
        if before is None or before.kind is not Kind.NEGATION or before.sentence != self.number:
            return False
        if self.text[before.end : self.words[index].start].strip():
            return False
        self.units.pop()
        return True

    def _coordinate(self, index: int) -> bool:
        """Whether a negation only carries on another ("neither … nor")."""
        if self.forms[index] not in self.lexicon.data.carrying_on:
            return False
        return any(
            unit.kind is Kind.NEGATION and unit.sentence == self.number for unit in self.units
        )

    def _reports(self, index: int) -> bool:
        """Whether a reporting word is a verb here, not a noun ("the claim")."""
        if self.words[index].start in self.facts.cues:
            return True
        before = self.forms[index - 1] if index else ""
        if self.units and self.units[-1].kind is Kind.NUMBER:
            gap = self.text[self.units[-1].end : self.words[index].start]
            counted = gap == " "
            return not counted and before not in self.lexicon.articles
        return before not in self.lexicon.articles


_KINDS = {
    "cue": Kind.CUE,
    "hedge": Kind.HEDGE,
    "negation": Kind.NEGATION,
    "quantity": Kind.QUANTITY,
    "order": Kind.ORDER,
}
