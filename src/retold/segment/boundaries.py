"""Where sentences end inside a paragraph.

One pattern finds every mark that could end a sentence, with the closing quotation marks and
brackets after it; each candidate is then judged by the word before it and by what follows.
Rules on candidates, with lists of abbreviations as data, are the method of Grefenstette and
Tapanainen, "What is a word, what is a sentence?" (COMPLEX 1994).

Linear: every look back or ahead is bounded by a constant number of characters or words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retold.language.sentences import Sentences
from retold.segment.abbreviations import belongs, last_word, listed, starts
from retold.segment.lines import INVISIBLE
from retold.segment.tails import is_tail

__all__ = ["boundaries"]

# Marks that end a sentence with or without a space after them: ideographic and full-width,
# Devanagari, Arabic, Urdu, Armenian, Ethiopic, Burmese, Khmer.
_ALWAYS = "。！？｡।॥؟۔։።፧፨၊။។៕‽⁇⁈⁉‼"
_SOMETIMES = ".!?…．\u037e"
_QUOTES = "\"'”’“‘»›«‹」』〞＂"
_BRACKETS = ")]}）］】》〉"
_OPENING = "\"'“‘”’„‚«‹»›「『（([{¿¡＂`"
_DASHES = "–—―-"
# Marks that open in one language and close in another, with those that then open.
_PARTNERS = {"“": "„", "‘": "‚", "«": "»", "‹": "›"}

_NEXT = re.compile(
    rf"(?P<open>[{re.escape(_OPENING + _DASHES)}{INVISIBLE}\s•*]{{0,8}})"
    r"(?P<word>[\w'’.\-]{0,40})"
)
# What a sentence is so far, if it is only the number of its item: "1", "IV", "• 2.3", "a".
_NUMBER_OF_ITEM = re.compile(
    rf"[{INVISIBLE}\s\"'“‘„«»(\[*•\-–—]{{0,4}}"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[IVXLC]{2,6})$"
)
_LONGEST_NUMBER = 16
_PARTICLE = re.compile(r"[\u3041-\u309f]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,10}(?=[，。：])")
_JOINED = re.compile(r"[./@_:\\&=#]")
_SITE = re.compile(r"[a-z0-9\-]{2,30}(?:\.[a-z0-9\-]{2,30}){1,3}$")
# "Salon.Com", "Node.Js": no sentence begins with these.
_SUFFIX = re.compile(r"(?:Com|Org|Net|Gov|Edu|Tv|Js|Py)\b")
_ACRONYM = re.compile(r"[^\W\d_a-z]{3,8}\s")
_LOOK_BACK = 32


@cache
def _candidates(terminators: frozenset[str]) -> re.Pattern[str]:
    """Marks, closing quotes and brackets, note references, and the white space after them."""
    marks = re.escape("".join(sorted(set(_ALWAYS + _SOMETIMES) | terminators)))
    close = re.escape(_QUOTES + _BRACKETS)
    return re.compile(
        rf"(?P<mark>[{marks}]+(?:[ \u00a0][.…]{{1,3}}(?![\w.…]))*)"
        rf"(?P<close>[{close}]*(?:[ \u00a0\u202f][»›”](?=[\s,;.]|$))?"
        r"(?:[ \u00a0]?[」』])*(?:\[\d{1,3}\])*)"
        r"(?P<space>\s*)"
    )


class _Paragraph:
    """A paragraph while it is being cut.

    Attributes:
        sentence: where the sentence under way begins.
    """

    def __init__(self, text: str, start: int, end: int, table: Sentences) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.table = table
        self.sentence = start
        self._no_capitals: bool | None = None
        self._counted = start
        self._straight = 0

    def _quote_is_open(self, at: int) -> bool:
        """Whether an odd number of straight quotation marks stands before `at`.

        Called with growing offsets, so that each character is counted once.
        """
        self._straight += self.text.count('"', self._counted, at)
        self._counted = max(at, self._counted)
        return self._straight % 2 == 1

    def cut(self, found: re.Match[str]) -> int | None:
        """The end of the sentence that a candidate closes; None where it closes none."""
        if found.end() >= self.end:
            return None  # the paragraph's own end
        if not found["space"]:
            return self._unspaced(found)
        return self._spaced(found)

    def _spaced(self, found: re.Match[str]) -> int | None:
        """White space follows the mark."""
        text, table = self.text, self.table
        marks, close = found["mark"], found["close"]
        ending, after = found.end("close"), found.end()
        if not close and self._mistyped_closing(after):
            close, ending = text[after], after + 1
            after += 1
            while text[after].isspace():
                after += 1
        if text[after] in ",;:)]}%/":
            return None
        if marks[0] in _ALWAYS or marks[-1] in _ALWAYS or marks[-1] in table.terminators:
            carries_on = text[after].islower() or (close and text[after] == "と")
            return None if carries_on else ending
        ahead = _NEXT.match(text, after, self.end)
        opening, word = (ahead["open"], ahead["word"]) if ahead else ("", "")
        first = word.lstrip(".'’-")[:1]
        if first.islower() and not self._begins_in_lower_case(word):
            return None
        quoted = any(mark in _QUOTES for mark in close)
        if quoted and self._tail_follows(after, opening, first, marks):
            return None
        if close and not quoted and text[found.start() - 1] in "([（":
            return None  # (!), (?), [...]
        if marks == ".":
            return ending if self._full_stop_ends(found, close, opening, word) else None
        if not close and marks[0] in "!?":
            last, _ = last_word(text, self.sentence, found.start())
            if last.lower() in table.exclaiming_names and not starts(table, word):
                return None
        return ending

    def _begins_in_lower_case(self, word: str) -> bool:
        """Whether a sentence may begin with a word in lower case.

        "iPhone" and "example.org" may; where a paragraph has no capital at all, any word may.
        """
        if word[1:2].isupper() or _SITE.match(word):
            return True
        if self._no_capitals is None:
            self._no_capitals = self.text[self.start : self.end].islower()
        return self._no_capitals

    def _mistyped_closing(self, after: int) -> bool:
        """Whether the quotation mark at `after`, spaced on both sides, closes: `lost. " He`."""
        text = self.text
        if text[after] not in '"”' or after + 2 >= self.end or not text[after + 1].isspace():
            return False
        return text[after] == "”" or self._quote_is_open(after)

    def _tail_follows(self, after: int, opening: str, first: str, marks: str) -> bool:
        """Whether a closed quotation goes on to the name of its speaker and a cue."""
        if not first.isupper():
            return False
        if opening:  # `?» — Иванов спросил`
            if opening[0] not in _DASHES or marks == ".":
                return False
            after += len(opening)
        return is_tail(self.text, after, self.end, self.table, bare=marks == ".")

    def _full_stop_ends(self, found: re.Match[str], close: str, opening: str, word: str) -> bool:
        """Whether a single full stop before `word` ends the sentence."""
        text, table = self.text, self.table
        length = found.start() - self.sentence
        if length <= _LONGEST_NUMBER and _NUMBER_OF_ITEM.match(text, self.sentence, found.start()):
            return False
        if close:
            return True
        last, before = last_word(text, self.sentence, found.start())
        if opening and not word[:1].isdigit() and not starts(table, word):
            word = word if opening.strip() in _DASHES else f"{opening}{word}"
        return not belongs(table, last, before, word)

    def _unspaced(self, found: re.Match[str]) -> int | None:
        """Nothing stands between the mark and the next word: "states.The DPRK"."""
        text = self.text
        begin, at = found.start(), found.end()
        marks, close = found["mark"], found["close"]
        if marks[-1] in _ALWAYS:
            if close and self._opens(close[0], begin):
                return found.end("mark")
            if text[at] in ",;:，、；：)）」』" or (close and self._carries_on(at)):
                return None
            return at
        if not text[at].isupper() or begin <= self.sentence or len(marks) > 1:
            return None
        if _SUFFIX.match(text, at):
            return None
        following = text[at + 1 : at + 3]
        capitalised = following[:1].islower() or following[:1] in (" ", "'", "’")
        if not capitalised and not _ACRONYM.match(text, at, self.end):
            return None
        token = text[max(self.sentence, begin - _LOOK_BACK) : begin].rpartition(" ")[2]
        if not token or _JOINED.search(token) or not self._is_plain_word(token, capitalised):
            return None
        if not close:
            name = token.lower() if marks != "." else ""
            return None if name in self.table.exclaiming_names else at
        return found.end("mark") if self._opens(close[0], begin) else at

    def _opens(self, mark: str, at: int) -> bool:
        """Whether a quotation mark between two words, unspaced, opens what follows it.

        `over."The`: if none is open. `over.“The`: unless „ or another partner stands before.
        """
        if mark == '"':
            return not self._quote_is_open(at)
        partner = _PARTNERS.get(mark)
        return partner is not None and self.text.find(partner, self.sentence, at) < 0

    def _carries_on(self, at: int) -> bool:
        """Whether a sentence without spaces goes on behind a quotation: 」と述べた, ”她说。"""
        if _PARTICLE.match(self.text, at):
            return True
        tail = _HAN.match(self.text, at, self.end)
        return tail is not None and tail.group().endswith(tuple(self.table.cues))

    def _is_plain_word(self, token: str, capitalised: bool) -> bool:
        """Whether a word may end a sentence without a space after it: no site, no version."""
        if token[-1].isdigit():
            return capitalised and len(token) > (2 if self.table.ordinals else 1)
        if token[-1] in ")”»":
            return True
        spoken = token[-2:].islower() or (capitalised and token[-2:].isupper())
        return spoken and len(token) > 1 and not listed(self.table.titles, token)


def boundaries(text: str, start: int, end: int, table: Sentences) -> Iterator[int]:
    """Offsets in `text[start:end]`, a paragraph, after which a sentence has ended.

    The paragraph's own end is not among them. Each offset lies before white space, or between
    two characters where a space is missing.
    """
    paragraph = _Paragraph(text, start, end, table)
    for found in _candidates(table.terminators).finditer(text, start, end):
        cut = paragraph.cut(found)
        if cut is not None:
            paragraph.sentence = cut
            yield cut
