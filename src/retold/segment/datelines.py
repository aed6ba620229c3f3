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

_CREDIT = re.compile(
    r"\((?P<round>[^()\n]{2,40})\)|\[(?P<square>[^\[\]\n]{2,40})\]|/(?P<slash>[^/\n]{2,40})/"
)
_CLOSE = re.compile(
    r"\s{0,3}(?:[.:]?\s{0,3}(?:[–—―]|--|-(?=\s|[\"“„«]))|[.:](?=\s)|(?=\s[^\W\d_]))"
)
# "MOSCOW, 1 October — Telmar. The ministry": the agency after the dash.
_AGENCY_AFTER = re.compile(r"\s?(?P<name>[^\s.][^.\n]{1,19})\.(?=\s)")
_DASH = re.compile(r"\s(?:[–—―]|--|-)\s|[–—―](?=\s)|\s?[–—―](?=[\"“„«A-Z])|\.-\s")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_HIDDEN = re.compile(rf"[{INVISIBLE}]{{1,8}}")
_DASHED = re.compile(r"[–—―\-]")
_SENTENCE = re.compile(r"[.!?…:]")
_WORDS = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")


def _is_agency(name: str, table: Sentences) -> bool:
    """Whether a credit is a listed supplier of news, or holds its name."""
    shown = name.strip()
    parts = [part.strip() for part in shown.split("/")]
    return any(part in table.agencies for part in (shown, *parts, *shown.split()))


def _is_name(name: str) -> bool:
    """Whether a credit could be a name: up to four capitalised words."""
    found = name.split()
    return 0 < len(found) <= 4 and all(word[0].isupper() for word in found)


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
        and len(place) > 2  # "OK — no."
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


def _by_credit(text: str, begin: int, end: int, credit: re.Match[str], table: Sentences) -> int:
    """The end of a dateline with an agency in brackets or between slashes; 0 for none."""
    head = text[begin : credit.start()].strip()
    if head and not _place_and_date(head, table):
        return 0
    close = _CLOSE.match(text, credit.end(), end)
    if not close:
        return 0
    name = credit["round"] or credit["square"] or credit["slash"]
    dashed = bool(_DASHED.search(close.group()))
    filed = _in_capitals(head, table) or _dated(head, table)
    if _is_agency(name, table):
        # Parentheses after a name may hold anything; there the dash must show it.
        sound = not head or dashed or not credit["round"] or (filed and ":" in close.group())
    else:
        # "Ada Merrow (GDP) - who": a party, unless a place in capitals or a day comes first.
        marked = dashed or ":" in close.group() or (credit["slash"] and "." in close.group())
        sound = filed and _is_name(name) and bool(marked)
    return credit.end() + len(close.group().rstrip()) if sound else 0


def _by_dash(text: str, begin: int, end: int, dash: re.Match[str], table: Sentences) -> int:
    """The end of a dateline without brackets, before a dash; 0 for none."""
    head = text[begin : dash.start()].strip()
    if not (_in_capitals(head, table) or _dated(head, table)):
        return 0
    cut = dash.start() + len(dash.group().rstrip())
    after = _AGENCY_AFTER.match(text, cut, end)
    if after and _is_agency(after["name"], table):
        cut = after.end()
    # "KCNA - Korean Central News Agency" and other headings end without a mark.
    return cut if _SENTENCE.search(text, max(cut, end - 4), end) else 0


def dateline_end(text: str, start: int, end: int, table: Sentences) -> int:
    """Where the dateline at the head of the paragraph `text[start:end]` ends.

    Returns:
        The offset after the dateline's last character that is not white space; `start` where
        there is no dateline, or where nothing follows it.
    """
    hidden = _HIDDEN.match(text, start, end)
    begin = hidden.end() if hidden else start
    if begin == end or not (text[begin].isupper() or text[begin].isdigit() or text[begin] in "([/"):
        return start
    stop = min(end, begin + _LONGEST)
    credit = _CREDIT.search(text, begin, stop)
    dash = _DASH.search(text, begin, stop)
    if credit and not (dash and dash.start() < credit.start()):
        cut = _by_credit(text, begin, end, credit, table)
    else:
        cut = _by_dash(text, begin, end, dash, table) if dash else 0
    return cut if cut and text[cut:end].strip() else start
