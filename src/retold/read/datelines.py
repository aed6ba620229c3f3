"""Datelines: where, when and by whom a report was filed, read from the start of a line.

    TOKYO, October 1. /TASS/.          MOSCOW, Oct. 1 (Xinhua) --      LONDON (Reuters) -
    МОСКВА, 1 октября. /ТАСС/.         Berlin (dpa) –                  (ANSA) - ROMA, 01 OTT -
    МОСКВА, 1 окт — РИА Новости.       [서울=연합뉴스]                  新华社北京10月1日电

A dateline is a run of components (place, date, agency) with separators between them, in any
order. It is read component by component, never backtracking, and accepted only if the components
together can be nothing else: a known agency where agencies sign; a place in capitals before a
date or dash; a place and date before a dash; a place and an unknown name between slashes or
brackets before a dash. The forms are those of the agencies' own style books.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retold.language.agencies import by_form
from retold.language.datelines import merged, months
from retold.model import Dateline, Span

__all__ = ["Signed", "agency_spans", "dateline_at", "is_agency"]

# Longer than any dateline, shorter than any lead.
_WINDOW = 200
_CLOSING = {"(": ")", "[": "]", "/": "/", "【": "】", "（": "）", "<": ">"}
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=\w)){0,60}(?:\.[^\W\d_]){0,10}\.?")
# A full stop behind more letters than this ends a place's name ("Москва."), behind fewer it is
# an abbreviation's ("Calif.").
_LONGEST_ABBREVIATION = 5
_DASH = re.compile(r"\s{0,4}(?:\.\s?-|--+|[-–—―]|=)\s{1,4}|\s{0,4}(?:--+|[–—―])")
_GAP = re.compile(r"[ \t\u00a0]*[,.:;、，]?[ \t\u00a0]*")
_NUMERIC = re.compile(
    r"\d{4}-\d\d-\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)(?!\d)|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)
_MONTH_FIRST = re.compile(
    r"(?P<word>[^\W\d_]{1,16}+)\.?,?\s{1,2}\d{1,2}(?:st|nd|rd|th)?(?![\w:])(?:,?\s\d{4}(?!\d))?"
)
_DAY_FIRST = re.compile(
    r"\d{1,2}(?:\.|er|º|°|st|nd|rd|th|-го)?[\s.]{1,2}(?:de |of )?(?P<word>[^\W\d_]{1,16}+)\.?"
    r"(?:,?\s(?:de )?\d{4}(?!\d)(?:\s(?:года|року|г\.|р\.))?)?"
)
_WEEKDAY = re.compile(r"(?P<word>[^\W\d_]{1,16}+(?:-feira)?)\.?,?(?:\s|(?=[)\]]))")
_CHINESE = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,5}社|[\u4e00-\u9fff]{2,5}网)(?P<place>[\u4e00-\u9fff]{2,8})"
    r"(?P<date>\d{1,2}月\d{1,2}日)(?:电|電|讯|訊)"
)
_UNKNOWN = re.compile(r"[^\W\d_][\w'’.&-]{0,40}(?: [\w'’.&-]{1,40}){0,4}\Z")
_SPLIT = re.compile(r"[^/,=|+&;·•()\[\]]+")


@dataclass(frozen=True, slots=True)
class Signed:
    """A dateline with the spans of the agencies that it names."""

    dateline: Dateline
    agencies: tuple[Span, ...]


@dataclass(slots=True)
class _Parts:
    """What has been read of a dateline."""

    end: int
    place: Span | None = None
    date: Span | None = None
    agency: Span | None = None
    known: tuple[Span, ...] = ()
    bracketed: bool = False
    slashed: bool = False
    dash: bool = False
    stop: bool = False


def is_agency(text: str) -> bool:
    """Whether this is a form of a known agency, and nothing else.

    Full names count in any case; acronyms as the agency writes them or in capitals, because "Pa"
    is Pennsylvania and "Sana" a city.
    """
    form = " ".join(text.split())
    agency = by_form().get(form.upper())
    if agency is None:
        return False
    return " " in form or form.isupper() or form in (agency.name, *agency.names, *agency.marks)


def agency_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of known agencies in a list such as "AP/Reuters" or "Berlin=dpa"."""
    found = []
    for part in _SPLIT.finditer(text, start, end):
        span = _trimmed(text, part.start(), part.end())
        if is_agency(text[span[0] : span[1]]):
            found.append(span)
            continue
        words = text[span[0] : span[1]].split(" ")
        for cut in range(1, min(len(words), 12)):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            if is_agency(tail):  # "Anna Berg dpa", "mit dpa"
                found.append((span[1] - len(tail), span[1]))
                break
            if cut > 1 and is_agency(head):  # "PA News Reporters"
                found.append((span[0], span[0] + len(head)))
                break
    return tuple(found)


def dateline_at(text: str, start: int, end: int) -> Signed | None:
    """The dateline that `text[start:end]`, one line, begins with; None for none."""
    stop = min(end, start + _WINDOW)
    chinese = _CHINESE.match(text, start, stop)
    if chinese:
        parts = _Parts(chinese.end(), chinese.span("place"), chinese.span("date"))
        parts.agency = chinese.span("agency")
        parts.known = (parts.agency,)
        return _signed(text, start, parts)
    parts = _Parts(start)
    at = start
    dashed = False
    while at < stop and _component(text, at, stop, parts):
        dash = _DASH.match(text, parts.end, stop)
        if dash:
            parts.dash = True
            at = dash.end()
            if not _goes_on(text, at, stop, parts):
                parts.end += len(dash.group().rstrip())
                dashed = True
                break
            continue
        gap = _GAP.match(text, parts.end, stop)
        at = gap.end() if gap else parts.end
        parts.stop = "." in text[parts.end : at] or ":" in text[parts.end : at]
    if not _accepted(text, parts):
        return None
    if parts.end < stop and text[parts.end] in ".:" and not dashed:
        parts.end += 1
    return _signed(text, start, parts)


def _signed(text: str, start: int, parts: _Parts) -> Signed:
    def written(span: Span | None) -> str | None:
        return None if span is None else text[span[0] : span[1]]

    dateline = Dateline(
        span=(start, parts.end),
        place=written(parts.place),
        date=written(parts.date),
        agency=written(parts.agency),
    )
    agencies = parts.known or ((parts.agency,) if parts.agency else ())
    return Signed(dateline, agencies)


def _component(text: str, at: int, stop: int, parts: _Parts) -> bool:
    """Read one component at `at` into `parts`; False if there is none."""
    if text[at] in _CLOSING:
        return _bracket(text, at, stop, parts)
    if parts.date is None:
        date = _date(text, at, stop)
        if date is not None:
            parts.date, parts.end = date, date[1]
            return True
    if parts.agency is None:
        bare = _bare_agency(text, at, stop)
        if bare is not None and (parts.place or parts.date or _DASH.match(text, bare[1], stop)):
            parts.agency, parts.known, parts.end = bare, (bare,), bare[1]
            return True
    if parts.place is None:
        place = _place(text, at, stop)
        if place is not None and (parts.agency is None or _is_set_off(text, place, stop)):
            parts.place, parts.end = place, place[1]
            return True
    return False


def _is_set_off(text: str, place: Span, stop: int) -> bool:
    """Whether capitals and then a dash or date stand there: not the first word of the lead."""
    if not text[place[0] : place[1]].isupper():
        return False
    gap = _GAP.match(text, place[1], stop)
    after = gap.end() if gap else place[1]
    return bool(_DASH.match(text, place[1], stop)) or _date(text, after, stop) is not None


def _bracket(text: str, at: int, stop: int, parts: _Parts) -> bool:
    close = text.find(_CLOSING[text[at]], at + 1, min(stop, at + 80))
    if close < 0:
        return False
    inner = _trimmed(text, at + 1, close)
    if inner[0] >= inner[1]:
        return False
    date = _date(text, inner[0], close)
    if date is not None and date[1] == inner[1]:
        if parts.date is not None:
            return False
        parts.date, parts.end = date, close + 1
        return True
    if parts.agency is not None:
        return False
    known = agency_spans(text, inner[0], inner[1]) or _glued_agency(text, inner)
    if known:
        _place_inside(text, inner, known[0], parts)
        whole = all(is_agency(p) for p in _SPLIT.findall(text[inner[0] : inner[1]]))
        parts.agency = inner if whole else (known[0][0], known[-1][1])
        parts.known = known
    elif _UNKNOWN.match(text[inner[0] : inner[1]]) and inner[1] - inner[0] <= 40:
        parts.agency = inner
    else:
        return False
    parts.bracketed = True
    parts.slashed = text[at] == "/"
    parts.end = close + 1
    return True


def _glued_agency(text: str, inner: Span) -> tuple[Span, ...]:
    """ "北京共同", "ソウル聯合ニュース": the agency closes the bracket without a blank."""
    if text[inner[0] : inner[1]].isascii():
        return ()
    for cut in range(inner[0] + 1, inner[1] - 1):
        if ord(text[cut]) > 0x2E80 and is_agency(text[cut : inner[1]]):
            return ((cut, inner[1]),)
    return ()


def _place_inside(text: str, inner: Span, agency: Span, parts: _Parts) -> None:
    """The place or date in front of an agency inside one bracket ("서울=연합뉴스")."""
    before = _trimmed(text, inner[0], agency[0])
    if before[0] >= before[1] or parts.place is not None:
        return
    date = _NUMERIC.search(text, before[0], before[1])
    if date:
        parts.date = date.span()
        before = _trimmed(text, before[0], date.start())
    if before[0] < before[1] and not is_agency(text[before[0] : before[1]]):
        parts.place = before


def _date(text: str, at: int, stop: int) -> Span | None:
    weekday = _WEEKDAY.match(text, at, stop)
    begin = at
    named = False
    if weekday and weekday.group("word").lower() in _weekdays():
        named = True
        at = weekday.end()
        gap = _GAP.match(text, at, stop)
        at = gap.end() if gap else at
    numeric = _NUMERIC.match(text, at, stop)
    if numeric:
        return begin, numeric.end()
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        match = pattern.match(text, at, stop)
        if match and match.group("word").lower() in months():
            return begin, match.end() - (text[match.end() - 1] == "." and _ends(text, match.end()))
    if named and weekday:
        return begin, begin + len(weekday.group().rstrip(" ,."))
    return None


def _ends(text: str, at: int) -> bool:
    """Whether the full stop before `at` ends the dateline's part, not an abbreviation."""
    word = re.search(r"([^\W\d_]+)\.\Z", text[max(0, at - 20) : at])
    return word is None or len(word.group(1)) > 4


def _bare_agency(text: str, at: int, stop: int) -> Span | None:
    """A known agency written without brackets ("— РИА Новости.")."""
    best = None
    end = at
    for _ in range(4):
        match = _WORD.match(text, end, stop)
        if match is None:
            break
        end = match.end()
        candidate = text[at:end].rstrip(".")
        if is_agency(candidate):
            best = (at, at + len(candidate))
        if text[end : end + 1] != " ":
            break
        end += 1
    return best


def _place(text: str, at: int, stop: int) -> Span | None:
    """Capitalised words, then further parts behind commas ("Portland, Ore.", "KYIV/MOSCOW")."""
    end = at
    count = 0
    capitals = False
    while count < 7:
        match = _WORD.match(text, end, stop)
        if match is None:
            break
        word = match.group()
        if count == 0:
            capitals = word.isupper() and len(word) > 1
        is_name = word[0].isupper() or (word[0].isalpha() and not word[0].islower())
        if not is_name and not (count and word.lower() in merged().particles):
            break
        if count and is_agency(word.rstrip(".")):
            break
        if capitals and count and not word.isupper() and text[end - 2 : end] != ", ":
            break
        end = match.end()
        count += 1
        if word.endswith(".") and "." not in word[:-1] and len(word) > _LONGEST_ABBREVIATION + 1:
            end -= 1
            break
        following = text[end : end + 2]
        joined = following[:1] in ("/", "-") and following[1:].isupper()
        if joined or (following[:1] == " " and following[1:].isalpha()):
            end += 1
        elif following == ", " and _region_follows(text, end + 2, stop):
            end += 2
        else:
            break
    placed = _trimmed(text, at, end)
    while placed[1] > placed[0] and text[placed[1] - 1] == "/":
        placed = (placed[0], placed[1] - 1)
    return placed if count and placed[1] - placed[0] >= 2 else None


def _region_follows(text: str, at: int, stop: int) -> bool:
    """A part of the place's name, and neither a date nor an agency."""
    if _date(text, at, stop) is not None or _bare_agency(text, at, stop) is not None:
        return False
    match = _WORD.match(text, at, stop)
    return match is not None and match.group()[0].isupper()


def _goes_on(text: str, at: int, stop: int, parts: _Parts) -> bool:
    """Whether a dash stands inside the dateline, not at its end."""
    if at >= stop:
        return False
    if parts.agency is None:
        bare = _bare_agency(text, at, stop)
        if bare and text[bare[1] : bare[1] + 1] in (".", ",", ":", ""):
            return True
        if bare and _DASH.match(text, bare[1], stop):
            return True
        return text[at] in _CLOSING and bool(
            agency_spans(text, at + 1, max(at + 1, text.find(_CLOSING[text[at]], at + 1, at + 60)))
        )
    if parts.place is None:
        place = _place(text, at, stop)
        return place is not None and _is_set_off(text, place, stop)
    return False


def _accepted(text: str, parts: _Parts) -> bool:
    place = text[parts.place[0] : parts.place[1]] if parts.place else ""
    first = place.partition(",")[0]
    capitals = first.isupper() and sum(c.isalpha() for c in first) >= 3
    if place.split(" ")[0].rstrip(".:").lower() in merged().labels:
        return False
    if parts.known:
        if not (parts.bracketed or parts.place or parts.date):
            return False
        return parts.bracketed or parts.dash or bool(parts.place and (parts.date or parts.stop))
    if parts.agency is not None:  # a name that the table lacks, between brackets
        name = text[parts.agency[0] : parts.agency[1]]
        if any(c.isdigit() for c in name):
            return False
        if parts.place is None:
            return parts.dash and name.isupper() and len(name) <= 6
        # Behind a capitalised word alone, capitals may be a party: "Anna Holm (SPD) –".
        certain = capitals or parts.date is not None or name.islower()
        return certain and (parts.dash or parts.slashed)
    if not place:
        return False
    if parts.date is not None:
        return parts.dash or (capitals and parts.stop)
    return capitals and parts.dash


@cache
def _weekdays() -> frozenset[str]:
    # Two-letter forms ("so", "do", "mi") are words of other languages.
    return frozenset(day for day in merged().weekdays if len(day) > 2)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;="):
        end -= 1
    return start, end
