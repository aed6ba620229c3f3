"""Where sentences end inside a paragraph.

One pattern finds every mark that could end a sentence, with the closing quotation marks and
brackets after it; each candidate is then judged by the word before it and by what follows.
Rules on candidates, with abbreviation lists as data, are the method of Grefenstette and
Tapanainen, "What is a word, what is a sentence?" (1994); the ambiguity of an abbreviation
that may also end a sentence is resolved by the next word being one that is capitalised only
at a beginning, as in Mikheev, "Periods, capitalized words, etc." (2002).

Linear: every look back or ahead is bounded by a constant number of characters or words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retold.language.sentences import Sentences

__all__ = ["boundaries"]

# Marks that end a sentence whatever follows: full-width and ideographic, Devanagari danda,
# Arabic, Urdu, Armenian, Ethiopic, Burmese, Khmer; "؟" and "!" in Arabic count as these too.
_ALWAYS = "。！？｡।॥۔؟։።፧፨၊။។៕‽⁇⁈⁉‼"
_SOMETIMES = ".!?…．\u037e"
_QUOTES_CLOSE = "\"'”’“‘»›«‹」』〞＂"
_BRACKETS_CLOSE = ")]}）］】》〉"
_OPEN = "\"'“‘”’„‚«‹»›「『（([{¿¡＂`"

# What may precede the letter that shows how the next sentence begins.
_NEXT = re.compile(rf"(?P<open>[{re.escape(_OPEN)}\s–—―•*\-]{{0,8}})(?P<word>[\w'’.\-]{{0,40}})")
_TAIL = re.compile(r"(?P<comma>\s*,)?\s*(?P<word>[^\W_][\w'’\-]{0,30}\.?|\S)")
_ENUMERATION = re.compile(r"[\s\"'“‘„«»(\[*•\-–—]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXLC]{2,6})$")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]){1,5}$")
_ROMAN = re.compile(r"[IVXLC]+$")
_KANA = re.compile(r"[\u3041-\u309f、，。]")
_LOOK_BACK = 32
# A dash, "said", and a name of several words with an office: longer tails are new sentences.
_TAIL_WORDS = 9


@cache
def _candidates(terminators: frozenset[str]) -> re.Pattern[str]:
    """Marks, closing quotes and brackets, note references, and the white space after them."""
    marks = re.escape("".join(sorted(set(_ALWAYS + _SOMETIMES) | terminators)))
    close = re.escape(_QUOTES_CLOSE + _BRACKETS_CLOSE)
    return re.compile(
        rf"(?P<mark>[{marks}]+(?:[ \u00a0]\.(?![\w.]))*)"
        rf"(?P<close>[{close}]*(?:[ \u00a0\u202f][»›”](?=[\s,;.]|$))?(?:\[\d{{1,3}}\])*)"
        r"(?P<space>\s*)"
    )


def _last_word(text: str, start: int, stop: int) -> tuple[str, str]:
    """The word that ends at `stop` and the one before it, without opening punctuation."""
    words = text[max(start, stop - _LOOK_BACK) : stop].split()
    if not words:
        return "", ""
    last = words[-1]
    if not last[0].isalnum():
        last = last.lstrip("\"'“‘”’„‚«‹»›([{/–—-¿¡*•")
    return last, words[-2] if len(words) > 1 else ""


def _is_in(table: frozenset[str], word: str) -> bool:
    return word in table or word.lower() in table


class _Paragraph:
    """One paragraph while it is being cut: the text, its table, and what has been counted."""

    def __init__(self, text: str, start: int, end: int, table: Sentences) -> None:
        self.text = text
        self.end = end
        self.table = table
        self.sentence = start
        self._counted = start
        self._straight = 0

    def _inside_straight_quotes(self, at: int) -> bool:
        """Whether an odd number of straight double quotes stands before `at`."""
        self._straight += self.text.count('"', self._counted, at)
        self._counted = at
        return self._straight % 2 == 1

    # --- what follows -----------------------------------------------------------------

    def _starts(self, word: str) -> bool:
        """Whether a capitalised word can only be the first of a sentence."""
        bare = word.rstrip(".,;:")
        if word.endswith(".") and len(bare) == 1:
            return False  # an initial: "A. Smith"
        lower = bare.lower().replace("’", "'")
        return lower in self.table.starters or lower.split("'", 1)[0] in self.table.starters

    def _is_tail(self, at: int, ended_by_full_stop: bool) -> bool:
        """Whether a name and a cue follow, which belong to the quotation before `at`.

        `?" Mr. Carver asked reporters.` does; `?" Mr. Carver said he would not.` does not,
        because what is said follows. After a full stop only a bare name and cue do.
        """
        table = self.table
        position, seen = at, 0
        while seen < _TAIL_WORDS:
            found = _TAIL.match(self.text, position, self.end)
            if not found:
                return False
            word = found["word"]
            lower = word.rstrip(".").lower()
            if seen and lower in table.cues:
                if word.endswith("."):
                    return True
                return self._closes(found.end(), lower, ended_by_full_stop, seen, at)
            named = word[0].isupper() or word[0].isdigit() or lower in table.inside_names
            if not named or (ended_by_full_stop and found["comma"]):
                return False
            if word.endswith(".") and len(lower) > 1 and not _is_in(table.titles, word[:-1]):
                if not _is_in(table.abbreviations, word[:-1]):
                    return False
            position, seen = found.end(), seen + 1
        return False

    def _closes(self, at: int, cue: str, full_stop: bool, words: int, tail: int) -> bool:
        """Whether nothing that is said follows the cue that ends at `at`."""
        table = self.table
        after = _TAIL.match(self.text, at, self.end)
        if not after or after["comma"] or not after["word"][0].isalnum():
            # A quotation that begins right after the cue makes it an introduction.
            return not after or after["word"][0] not in _OPEN and not after["word"] == ":"
        first = self.text[tail : tail + 12].split(None, 1)[0].lower()
        if full_stop or (words == 1 and first in table.pronouns):
            return False
        following = after["word"].rstrip(".").lower()
        return following not in table.complements or (
            cue in table.addressed_cues and following not in ("that", "if", "whether")
        )

    # --- what stands before -----------------------------------------------------------

    def _abbreviated(self, mark: int, word: str) -> bool | None:
        """Whether the full stop at `mark` belongs to an abbreviation and ends nothing.

        Args:
            mark: offset of the full stop.
            word: what follows, capitalised or a number; empty for another sign.

        Returns:
            None when the word before it is no abbreviation.
        """
        table = self.table
        last, before = _last_word(self.text, self.sentence, mark)
        if not last:
            return None
        pair = f"{before.lstrip('(')} {last}".lower()
        number = word[:1].isdigit()
        if len(pair) <= 6 and pair in table.closing or _is_in(table.closing, last):
            return number or word.rstrip(".").lower() in table.closing_followers
        if last[-1].isdigit():
            return self._ordinal(last, word)
        if len(last) > 1 and _is_in(table.titles, last) or pair in table.titles:
            return True
        if _is_in(table.numbered, last):
            # "No. 5", "Art. IV"; a bare "No." is a word.
            if number or (_ROMAN.match(word.rstrip(".,;:)")) and len(word) > 1):
                return True
            if last.lower() not in table.months and not _is_in(table.abbreviations, last):
                return None
        if len(last) == 1 and last.isalpha():
            return self._initial(last, before, word)
        if _is_in(table.abbreviations, last) or _DOTTED.match(last):
            return number or not self._starts(word)
        stem = last.rsplit("-", 1)[-1]
        if stem != last and (_is_in(table.titles, stem) or len(stem) == 1):
            return not self._starts(word)
        if 1 < len(last) <= 4 and last[0].isupper() and last[1:].islower():
            # Unlisted, but not to be spoken: "Brtn.", "Hdg." in Latin letters.
            if last.isascii() and not set(last.lower()) & set("aeiouy"):
                return not self._starts(word)
        return None

    def _ordinal(self, last: str, word: str) -> bool | None:
        """ "3. Oktober" where ordinals are written so; years and larger numbers end sentences."""
        if not self.table.ordinals or not last.isdigit() or len(last) > 2 or not word:
            return None
        return not word[0].isdigit() and not self._starts(word)

    def _initial(self, last: str, before: str, word: str) -> bool | None:
        """ "J. K. Rowling", "George W. Bush"; but "plan B. The", "than I. But"."""
        if last.islower():
            return not self._starts(word) if word and not word[0].isdigit() else True
        if before.lower().lstrip("\"“'(") in self.table.lettered:
            return None
        if word[:1].isdigit():
            return None
        return not self._starts(word)

    # --- the judgement ----------------------------------------------------------------

    def cuts(self, found: re.Match[str]) -> int | None:
        """The end of the sentence that the candidate closes; None where it closes none."""
        text, table = self.text, self.table
        marks, close = found["mark"], found["close"]
        after = found.end()
        if after >= self.end:
            return None  # the paragraph's end ends it
        ending = found.end("close")
        if not found["space"]:
            return self._unspaced(found)
        upcoming = text[after]
        if not close and upcoming in '"”' and after + 1 < self.end:
            # `lost. " He`: a mistyped closing mark, spaced on both sides.
            if text[after + 1].isspace() and (
                upcoming == "”" or self._inside_straight_quotes(after)
            ):
                ending = after + 1
                close = upcoming
                while after + 1 < self.end and text[after + 1].isspace():
                    after += 1
                after += 1
                upcoming = text[after]
        if upcoming in ",;:)]}%/":
            return None
        mark = marks[-1]
        if mark in _ALWAYS or (marks[0] in _ALWAYS) or mark in table.terminators:
            return None if upcoming.islower() else ending
        ahead = _NEXT.match(text, after, self.end)
        opening, word = (ahead["open"], ahead["word"]) if ahead else ("", "")
        first = word[:1]
        if first.islower():
            # "iPhone", "eBay" begin sentences; nothing else in lower case does.
            return ending if word[1:2].isupper() and not close else None
        if first in (".", "'", "’", "-"):
            first = word.lstrip(".'’-")[:1]
            if first.islower():
                return None
        quoted = any(c in _QUOTES_CLOSE for c in close)
        if opening and opening[0] in "–—―-" and quoted and mark != ".":
            # `?» — Иванов спросил`: the dash leads to the cue.
            if self._is_tail(after + len(opening), False):
                return None
        if quoted and not opening and first.isupper() and self._is_tail(after, marks == "."):
            return None
        if close and not quoted and found.start() - 1 >= self.sentence:
            if text[found.start() - 1] in "([":
                return None  # (!), (?), [...]
        if marks != ".":
            if marks[0] in "!?" and not close:
                last, _ = _last_word(text, self.sentence, found.start("mark"))
                if last.lower() in table.exclaiming_names and not self._starts(word):
                    return None
            return ending
        if _ENUMERATION.match(text[self.sentence : min(found.start(), self.sentence + 16)]):
            if found.start() - self.sentence < 16:
                return None  # "1. The", "IV. The": the number goes with its item
        if quoted or (close and opening):
            return ending
        shown = word if not opening or self._starts(word) else ""
        if self._abbreviated(found.start("mark"), shown if shown else first and word):
            return None
        return ending

    def _unspaced(self, found: re.Match[str]) -> int | None:
        """A mark with nothing between it and the next word: "states.The DPRK"."""
        text = self.text
        at, begin = found.end(), found.start()
        mark, close = found["mark"], found["close"]
        upcoming = text[at]
        if mark[-1] in _ALWAYS:
            if upcoming in ",;:，、；：)）」』":
                return None
            if close and _KANA.match(upcoming):
                return None  # 「…。」と述べた
            return at
        if not upcoming.isupper() or begin <= self.sentence:
            return None
        if mark not in (".", "!", "?", "...", "…"):
            return None
        following = text[at + 1 : at + 3]
        spelled = following[:1].islower() or following[:1] in (" ", "'", "’")
        acronym = following[:1].isupper() and not following[1:2].islower()
        if not (spelled or (acronym and len(following) > 1)):
            return None
        head = text[max(self.sentence, begin - _LOOK_BACK) : begin].rsplit(None, 1)
        token = head[-1] if head else ""
        if any(c in token for c in "./@_:\\&=#") or not token:
            return None
        last = token[-1]
        if close:
            # `over."The`: a closing mark if one is open, an opening one otherwise.
            if close[0] == '"' and not self._inside_straight_quotes(begin):
                return found.end("mark")
            return at
        if last.isdigit():
            return at if spelled and following[:1].islower() and len(token) != 1 else None
        if not (last.islower() and token[-2:].isalpha() and len(token) > 1) and last not in ")”»":
            return None
        if mark == "." and (
            _is_in(self.table.titles, token) or text[at : at + 3] in ("com", "Com")
        ):
            return None
        # A name of a site or a file ("Salon.Com", "Node.Js") goes on without a space.
        return at


def boundaries(text: str, start: int, end: int, table: Sentences) -> Iterator[int]:
    """Offsets in `text[start:end]`, a paragraph, after which a sentence has ended.

    The paragraph's own end is not among them. Each offset lies before white space, or between
    two characters where a space is missing.
    """
    paragraph = _Paragraph(text, start, end, table)
    for found in _candidates(table.terminators).finditer(text, start, end):
        cut = paragraph.cuts(found)
        if cut is not None:
            paragraph.sentence = cut
            yield cut
