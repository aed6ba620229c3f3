"""Datelines: where, when and by whom a report was filed, at the head of a paragraph.

The rule: **a dateline is a unit of its own, with the mark that closes it.** Where and when a
text was filed is no part of what it says, and copies of one sentence differ in it freely;
alone, it neither spoils a comparison nor is cut at the full stops inside it.

    TOKYO, October 1. /TASS/. | The US attacks …
    LONDON, Oct 1 (Reuters) - | The prime minister …
    BIRMINGHAM, Ala. — | Republican …
    Berlin, 3. Oktober (dpa) – | Der Minister …
    (AP) — | The company …

Seen as datelines: a place, a date, or both, with an agency between slashes, brackets or
parentheses; a place or date written in capitals and followed by a spaced dash. Anything else
("Paris - the city of …") is not.
"""

from __future__ import annotations

import re

from retold.language.sentences import Sentences
from retold.segment.lines import INVISIBLE

__all__ = ["dateline_end"]

# No dateline of the newspapers and agencies looked at is longer.
_LONGEST = 120

_CREDIT = re.compile(r"(?P<open>[/(\[])\s{0,4}(?P<name>[^/()\[\]\n]{2,40}?)\s{0,4}[/)\]]")
_CLOSE = re.compile(
    r"\s{0,4}(?:[.:]?\s{0,4}(?:[–—―]|--|-)(?=\s|[\"“„«])\s{0,4}|[.:](?=\s)|(?=\s[^\W\d_]))"
)
_DASH = re.compile(r"\s(?:[–—―]|--|-)\s|[–—―](?=\s)|\s?[–—―](?=[\"“„«A-Z])|\.-\s")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_HIDDEN = re.compile(rf"[{INVISIBLE}]{{1,8}}")
_DASHED = re.compile(r"[–—―\-]")
_SENTENCE = re.compile(r"[.!?…:]")
_WORDS = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")


def _is_agency(name: str, table: Sentences) -> bool:
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return False
    if name in table.agencies or name.split("/")[0].strip() in table.agencies:
        return True
    # Agencies go by initials or in capitals: AP, TASS, KCNA, XINHUA.
    return len(name.split()) <= 3 and all(c.isupper() or not c.isalpha() for c in name)


def _place_and_date(head: str, table: Sentences) -> bool:
    """Whether `head` is nothing but a place (capitalised words) and perhaps a date."""
    found = _WORDS.findall(head)
    if not found or len(found) > 9:
        return False
    return all(
        word[0].isdigit() or word[0].isupper() or word.lower().rstrip(".") in table.months
        or word.lower() in table.inside_names
        for word in found
    )  # fmt: skip


def _in_capitals(head: str, table: Sentences) -> bool:
    """Whether the place is in capitals: "WASHINGTON", "BIRMINGHAM, Ala.", "PARIS, Oct. 1"."""
    place = head.split(",", 1)[0].strip()
    letters = _CAPITALS.findall(place)
    return (
        bool(letters)
        and all(word.isupper() for word in letters)
        and len(place.split()) <= 4
        and _place_and_date(head, table)
    )


def _dated(head: str, table: Sentences) -> bool:
    """Whether `head` is a place with a day: "Berlin, 3. Oktober"."""
    found = [word.lower() for word in _WORDS.findall(head)]
    return (
        len(found) > 2
        and any(word in table.months for word in found)
        and any(word.isdigit() for word in found)
        and _place_and_date(head, table)
    )


def dateline_end(text: str, start: int, end: int, table: Sentences) -> int:
    """Where the dateline at the head of the paragraph `text[start:end]` ends.

    Returns:
        The offset after the dateline's last character that is not white space; `start` where
        there is no dateline, or where nothing follows it.
    """
    first = _HIDDEN.match(text, start, end)
    begin = first.end() if first else start
    if begin == end:
        return start
    stop = min(end, start + _LONGEST)
    if not (text[begin].isupper() or text[begin].isdigit() or text[begin] in "([/"):
        return start
    credit = _CREDIT.search(text, start, stop)
    dash = _DASH.search(text, start, stop)
    if credit and not (dash and dash.start() < credit.start()):
        head = text[begin : credit.start()].strip()
        known = _is_agency(credit["name"].strip(), table)
        # "DAKAR (Senegal), 3 March - ": not an agency, but the dash may still close it.
        if known and (not head or _place_and_date(head, table)):
            close = _CLOSE.match(text, credit.end(), stop)
            # In parentheses after a name it may be anything; there the dash must show it.
            certain = not head or credit["open"] in "[/"
            if close and (certain or _DASHED.search(close.group())):
                cut = credit.end() + len(close.group().rstrip())
                return cut if text[cut:end].strip() else start
            return start
    if dash:
        head = text[begin : dash.start()].strip()
        if _in_capitals(head, table) or _dated(head, table):
            cut = dash.start() + len(dash.group().rstrip())
            # "KCNA - Korean Central News Agency" and other headings end without a mark.
            return cut if _SENTENCE.search(text, max(cut, end - 4), end) else start
    return start
