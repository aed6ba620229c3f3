"""Which words of a sentence are names: what actors say, else what capital letters say."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from retold.collate.changes.lexicon import Lexicon
from retold.collate.changes.units import Capitals, Mention, ReportFacts, Unit
from retold.model import Sentence

__all__ = ["NamesOfSentence"]

_LONG_NAME = 6
_LONG_REFERENCE = 5
"""Words of a mention; longer ones say more than who is meant."""


class NamesOfSentence:
    """The words of one sentence, and the names among them."""

    def __init__(
        self,
        facts: ReportFacts,
        sentence: Sentence,
        number: int,
        lexicon: Lexicon,
        seen: Capitals,
        units: list[Unit],
    ) -> None:
        self.facts = facts
        self.text = facts.segmented.report.text
        self.words = sentence.words
        self.number = number
        self.lexicon = lexicon
        self.seen = seen
        self.units = units
        self.forms = [word.form for word in self.words]
        self.looked = [lexicon.look(form) for form in self.forms]
        self.keys = [look[0] for look in self.looked]
        self.breaks = False
        self.counts: set[int] = set()

    def _mentions(self) -> dict[int, tuple[int, Mention]]:
        """Mentions of this sentence: first word -> last word, mention."""
        facts, words = self.facts, self.words
        if not facts.mentions:
            return {}
        found: dict[int, tuple[int, Mention]] = {}
        begins = [word.start for word in words]
        at = bisect_left(facts.starts, words[0].start)
        end = words[-1].end
        while at < len(facts.starts) and facts.starts[at] < end:
            mention = facts.mentions[at]
            first = bisect_left(begins, mention.start)
            last = bisect_left(begins, mention.end) - 1
            if first <= last:
                found[first] = (last, mention)
            at += 1
        return found

    def _is_sign(self, index: int) -> bool:
        """Whether a word is listed as a negation, hedge or quantity word."""
        return self.looked[index][2] and self.lexicon.exact.at(self.forms, index) is not None

    def _held(
        self, mentions: dict[int, tuple[int, Mention]], facts: set[int]
    ) -> dict[int, tuple[int, Mention]]:
        """Mentions that may stand as one unit: names, and short references without facts.

        "Three people" is a count before it is a reference; of "Ines Roth, who led the inquiry"
        the name is kept. Of somebody without a name the words are compared ("her lawyer",
        "several members"), and so are those of a description that holds another's name ("the
        minister of the Netherlands").
        """
        held: dict[int, tuple[int, Mention]] = {}
        for first, (last, mention) in mentions.items():
            start, end = self._clipped(first, last)
            start, end = self._called(start, end, mention)
            if start > end or (not mention.named and mention.kind != "place"):
                continue
            proper = self._proper(start, end)
            inside = any(at in facts or self._is_sign(at) for at in range(start, end + 1))
            size = end - start + 1
            if mention.kind != "organisation" and any(
                self.forms[at] in self.lexicon.data.coordinators for at in range(start, end + 1)
            ):
                continue  # "Jonas and Petra Malik" are two
            if (inside and (not proper or size > _LONG_NAME)) or (
                not proper and size > _LONG_REFERENCE
            ):
                continue
            held[start] = end, mention
        return held

    def _clipped(self, first: int, last: int) -> tuple[int, int]:
        """A mention cut at commas: the part that holds a name, else the first."""
        text, words = self.text, self.words
        cuts = [
            at
            for at in range(first, last)
            if any(mark in text[words[at].end : words[at + 1].start] for mark in ",;(:–—")
        ]
        starts = [first, *(at + 1 for at in cuts)]
        ends = [*cuts, last]
        for start, end in zip(starts, ends, strict=True):
            if self._proper(start, end):
                return start, end
        return first, ends[0]

    def _called(self, first: int, last: int, mention: Mention) -> tuple[int, int]:
        """Of a mention with words of description, the name in it; an empty run without one."""
        lexicon, text, words = self.lexicon, self.text, self.words
        if first == 0 < last and self.forms[0] in self.seen.ordinary:
            first = 1  # "Ringleader Marcel Roth", elsewhere "the ringleader Milan Roth"
        if not self._proper(first, last) or lexicon.data.nouns_capitalised:
            return first, last
        lower = [
            at
            for at in range(first, last + 1)
            if not text[words[at].start].isupper()
            and not self.looked[at][1]
            and self.forms[at] not in lexicon.particles
            and not self.forms[at][0].isdigit()
        ]
        if not lower:
            return first, last
        edges = [first - 1, *lower, last + 1]
        for left, right in pairwise(edges):
            run = [at for at in range(left + 1, right) if text[words[at].start].isupper()]
            if run and any(self.forms[at] in mention.words for at in run):
                return run[0], run[-1]
        return first, first - 1

    def _proper(self, first: int, last: int) -> bool:
        """Whether a mention holds a name, not only a pronoun or an office."""
        return any(
            self.text[self.words[at].start].isupper()
            and self.forms[at] not in self.lexicon.light
            and self.forms[at] not in self.lexicon.titles
            and at not in self.counts
            and not (at == 0 and self._is_sign(at))
            and not (at == 0 and last > first and self.forms[0] in self.seen.ordinary)
            for at in range(first, last + 1)
        )

    def _capitalised(
        self, taken: set[int], mentions: dict[int, tuple[int, Mention]]
    ) -> dict[int, int]:
        """Runs of capitalised words that no actor claims: first word -> last word."""
        words, text, lexicon = self.words, self.text, self.lexicon
        if lexicon.data.nouns_capitalised or len(words) < 2:
            return {}
        claimed = set(taken)
        if 0 in self.counts:
            claimed.add(0)  # "Two Danish engineers"
        for first, (last, _) in mentions.items():
            claimed.update(range(first, last + 1))
        upper = [text[word.start].isupper() for word in words]
        heavy = [index for index, look in enumerate(self.looked) if not look[1]]
        ends = text[words[-1].end : words[-1].end + 2].strip()
        if not ends and len(heavy) >= 4 and sum(upper[index] for index in heavy) > 0.7 * len(heavy):
            return {}  # a headline in capitals
        found: dict[int, int] = {}
        index = 0
        while index < len(words):
            if index in claimed or not upper[index] or not self._may_name(index, upper):
                index += 1
                continue
            last = index
            while last + 1 < len(words) and last + 1 not in claimed:
                gap = text[words[last].end : words[last + 1].start]
                if gap not in (" ", "-", ". ", "\u00a0"):
                    break
                if gap == "-" and self._country(last) and self._country(last + 1):
                    break  # "Moscow-Minsk", "Korea-Russia": two names
                if (
                    gap == ". "
                    and len(self.forms[last]) > 2
                    and self.forms[last] not in lexicon.titles
                ):
                    break
                if upper[last + 1] and self.forms[last + 1] not in lexicon.light:
                    last += 1
                elif (
                    self.forms[last + 1] in lexicon.particles
                    and last + 2 < len(words)
                    and last + 2 not in claimed
                    and upper[last + 2]
                    and text[words[last + 1].end : words[last + 2].start] in (" ", "-")
                    and self.forms[last + 2] not in lexicon.light
                ):
                    last += 2
                else:
                    break
            if any(
                self.forms[at] not in lexicon.titles
                and (upper[at] or self.forms[at] not in lexicon.particles)
                for at in range(index, last + 1)
            ):
                found[index] = last  # else an office
            index = last + 1
        return found

    def _country(self, index: int) -> bool:
        """Whether a word ends the name of a country, or is one."""
        if self.lexicon.same_name(self.forms[index]):
            return True
        return index > 0 and bool(
            self.lexicon.same_name(f"{self.forms[index - 1]} {self.forms[index]}")
        )

    def _may_name(self, index: int, upper: list[bool]) -> bool:
        """Whether a capitalised word can begin a name."""
        form, word, text = self.forms[index], self.words[index], self.text
        shouted = word.end - word.start > 1 and text[word.start : word.end].isupper()
        if form in self.lexicon.not_names and not shouted:
            return False
        if form[0].isdigit():
            return False
        before = text[max(0, word.start - 2) : word.start].strip()
        begins = index == 0 or before[-1:] in ("“", '"', "‘", "«", "„", ":", ".", "?", "!")
        if not begins or shouted:
            return True
        if form.removesuffix("'s") in self.seen.proper:
            return True
        follows = index + 1 < len(upper) and upper[index + 1]
        gap = text[word.end : self.words[index + 1].start] if follows else ""
        if gap == ". " and len(form.rstrip(".")) == 1:
            return True  # an initial
        return gap == " " and form not in self.seen.ordinary
