"""What a report's own first and last lines say: title, byline, dateline, credits.

All spans count in the report's text. Only the first and last few lines are looked at, so that a
report *about* an agency is not taken for one *by* it.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from retold.language.agencies import by_form
from retold.language.datelines import merged
from retold.model import Credit, Dateline, Span
from retold.read.datelines import Signed, agency_spans, dateline_at, is_agency

__all__ = ["Headings", "agencies_in", "headings"]

_FIRST_LINES = 6
_LAST_LINES = 6
_LONGEST_SIGNATURE = 160
_LONGEST_TITLE = 220
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# 0x19 and its like are left at the starts of paragraphs by agency systems.
_EDGES = "".join(map(chr, range(33))) + "\u00a0\u200b\ufeff"
_YEARS = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?)?"
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|\bcopyright\b)[\s©]*{_YEARS}[\s,]*(?:by )?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’&-]{0,40}(?: [\w.'’&-]{1,40}){0,6}\Z")
_SIGNED_OFF = re.compile(
    r"(?:[(\[]\s?(?P<inside>[^()\[\]]{2,40})\s?[)\]]|/(?P<slashed>[^/]{2,40})/"
    r"|[—–-]\s?(?P<after>[^—–()]{2,40}))[.\s]*\Z"
)
# "1NOR014 0915 GMT", "BC-PORT VALE-FERRY URGENT"
_SLUG = re.compile(
    r"(?=\S{0,30}\d)(?=\S{0,30}[A-Z])[A-Z0-9/-]{5,30}(?:\s|\Z)|[A-Z0-9]{2,9}-\S+(?:\s\S+)?\Z"
)
_WORDS = re.compile(r"\S+")
_PARTS = re.compile(r"\s{0,4}(?:[,|•·/;]+|\s[-–—]\s|\bfor\b|\band\b|\bund\b|\bet\b|\by\b)\s{0,4}")


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above and below a report's body; None for "not found"."""

    title: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()


def headings(text: str, *, may_be_title: bool) -> Headings:
    """What the first and last lines of `text` say."""
    lines, rest = _lines(text)
    credits: list[Credit] = []
    byline: str | None = None
    signed: Signed | None = None
    above: set[int] = set()
    for number, (start, end) in enumerate(lines[:_FIRST_LINES]):
        found = _byline(text, start, end) if byline is None else None
        if found is not None:
            byline, spans = found
            credits.extend(_credit(text, span, "byline") for span in spans)
            above.add(number)
            continue
        signed = dateline_at(text, start, end)
        if signed is not None:
            credits.extend(_credit(text, span, "dateline") for span in signed.agencies)
            above.add(number)
            break
        if end - start > _LONGEST_SIGNATURE:
            break  # the body has begun
    last = max(0, len(lines) - _LAST_LINES)
    for number in range(last, len(lines)):
        if number not in above:
            credits.extend(_footer(text, lines[number], alone=number > 0))
    title = _title(text, lines, above, rest) if may_be_title else None
    return Headings(title, byline, signed.dateline if signed else None, _distinct(credits))


def _lines(text: str) -> tuple[list[Span], int]:
    """The first and last lines that hold anything, and the characters of all but the first."""
    first: list[Span] = []
    last: deque[Span] = deque(maxlen=_LAST_LINES)
    rest = 0
    for match in _LINE.finditer(text):
        start, end = _stripped(text, match.span())
        if start < end:
            rest += end - start if first else 0
            (first if len(first) <= _FIRST_LINES else last).append((start, end))
    return [*first, *last], rest


def _credit(text: str, span: Span, found_in: str) -> Credit:
    return Credit(name=text[span[0] : span[1]], found_in=found_in, span=span)


def _distinct(credits: list[Credit]) -> tuple[Credit, ...]:
    kept: dict[Span | None, Credit] = {}
    for credit in credits:
        kept.setdefault(credit.span, credit)
    return tuple(kept.values())


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _opener(text: str, start: int, end: int, openers: tuple[str, ...]) -> int | None:
    """Where what follows an opening word begins; None if the line opens with none of them."""
    low = text[start : min(end, start + 60)].lower()
    for opener in openers:
        if not low.startswith(opener) or len(opener) >= end - start:
            continue
        at = start + len(opener)
        if text[at] not in " :\t\u00a0":
            continue
        while at < end and text[at] in " :\t\u00a0":
            at += 1
        return at if at < end else None
    return None


def _byline(text: str, start: int, end: int) -> tuple[str, tuple[Span, ...]] | None:
    """The byline that a line is, and the agencies in it."""
    line = text[start:end]
    if len(line) > _LONGEST_SIGNATURE or len(line.split()) > 16:
        return None
    if is_agency(line.strip("()[]/.")):
        inner = line.strip("()[]/.")
        at = start + line.index(inner)
        return inner, ((at, at + len(inner)),)
    opened = _opener(text, start, end, merged().by)
    if opened is not None and text[opened].isupper() and not _is_sentence(text[opened:end]):
        return text[opened:end], agencies_in(text, opened, end)
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) >= 2 and is_agency(parts[-1].strip("()")) and _is_person(parts[0]):
        tail = parts[-1].strip("()")
        at = start + line.rindex(tail)
        return line, ((at, at + len(tail)),)
    return None


def _is_sentence(line: str) -> bool:
    """Whether a line reads on like a sentence: most of its longer words are lower case."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    lower = sum(1 for word in words if word[0].islower())
    return lower * 2 > len(words) or (line.rstrip('"”»').endswith((".", "!", "?")) and lower > 1)


def _is_person(name: str) -> bool:
    words = name.split()
    capitals = all(word[0].isupper() for word in words if len(word) > 3)
    return 2 <= len(words) <= 5 and capitals and not name.isupper()


def agencies_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Known agencies in a short line, and unknown ones that call themselves so."""
    found = list(agency_spans(text, start, end))
    at = start
    for part in _PARTS.split(text[start:end]):
        where = text.find(part, at, end) if part else -1
        if where < 0:
            continue
        at = where + len(part)
        name = part.strip("()[]. ")
        inside = (text.index(name, where), text.index(name, where) + len(name)) if name else None
        if inside is None or any(a < inside[1] and inside[0] < b for a, b in found):
            continue
        if is_agency(name) or _calls_itself_agency(name):
            found.append(inside)
    return tuple(sorted(found))


def _calls_itself_agency(name: str) -> bool:
    low = name.lower()
    if ":" in name:
        return False
    named = any(low.endswith(noun) or low.startswith(noun + " ") for noun in merged().agency_nouns)
    words = [word for word in name.split() if len(word) > 3]
    return named and 2 <= len(name.split()) <= 7 and any(word[0].isupper() for word in words)


def _footer(text: str, span: Span, *, alone: bool) -> list[Credit]:
    """Credits of one of the last lines: a line that is a signature, or a sign-off at its end."""
    start, end = span
    line = text[start:end]
    if alone and len(line) <= _LONGEST_SIGNATURE:
        spans = _signature(text, start, end)
        if spans:
            return [_credit(text, one, "footer") for one in spans]
    tail = max(start, end - 48)
    match = _SIGNED_OFF.search(text, tail, end)
    if match is None:
        return []
    group = match.lastgroup or "after"
    found = agency_spans(text, *match.span(group))
    whole = text[match.start(group) : match.end(group)].strip()
    known = found and all(is_agency(part.strip()) for part in re.split("[/,]", whole))
    return [_credit(text, one, "footer") for one in found] if known else []


def _signature(text: str, start: int, end: int) -> tuple[Span, ...]:
    line = text[start:end]
    bare = line.strip("()[]/.—–- ")
    if not bare:
        return ()
    inner = start + line.index(bare)
    whole = (inner, inner + len(bare))
    if is_agency(bare):
        return (whole,)
    low = line.lower()
    if _opener(text, whole[0], whole[1], merged().staff) is not None:
        return ()
    at = _opener(text, whole[0], whole[1], merged().source)
    if at is not None:
        known = agencies_in(text, at, whole[1])
        name = text[at : whole[1]]
        unknown = ":" in line[: at - start] and _NAME.match(name) and _is_name(name)
        if known or unknown:
            return known or ((at, whole[1]),)
    copyright_ = _COPYRIGHT.search(line)
    if copyright_ or any(phrase in low for phrase in merged().reserved):
        return _named(text, start, end, start + copyright_.end() if copyright_ else start)
    if any(phrase in low for phrase in merged().contributed):
        return _named(text, start, end, start)
    pieces = re.split(r"\s[-–—|]\s|\s?/\s?", bare)
    if all(is_agency(piece) or _calls_itself_agency(piece) for piece in pieces if piece):
        return (whole,)
    if len(pieces) == 2 and pieces[0].isupper() and _calls_itself_agency(pieces[1]):
        return (whole,)
    return ()


def _is_name(name: str) -> bool:
    words = [word for word in name.split() if len(word) > 3]
    return 0 < len(name.split()) <= 6 and all(word[0].isupper() for word in words)


def _named(text: str, start: int, end: int, opens: int) -> tuple[Span, ...]:
    """Agencies in a copyright line: full names anywhere, any form where the owner stands."""
    words = [match.span() for match in _WORDS.finditer(text, start, end)]
    found: list[Span] = []
    for first, (at, _) in enumerate(words):
        if found and at < found[-1][1]:
            continue
        for last in range(min(first + 6, len(words)) - 1, first - 1, -1):
            stop = words[last][1]
            form = text[at:stop].rstrip(".,;:)/")
            agency = by_form().get(" ".join(form.upper().split()))
            if agency is None:
                continue
            if form in agency.names or len(form) > 4 or at == opens:
                found.append((at, at + len(form)))
                break
    return tuple(found)


def _title(text: str, lines: list[Span], above: set[int], rest: int) -> str | None:
    """The first line, if it can only be a headline; otherwise None.

    It ends without a full stop, is short, and more text follows that is set off from it: by an
    empty line, by a byline or dateline, or by being a paragraph (not the next line of hard-wrapped
    text, which would be about as long and go on in lower case).
    """
    if len(lines) < 2 or 0 in above:
        return None
    start, end = lines[0]
    line = text[start:end]
    if len(line) > _LONGEST_TITLE or not 2 <= len(line.split()) <= 32:
        return None
    last = line.rstrip("\"'”’»“)")[-1:]
    if not (last.isalnum() or last in "?!%") or not any(c.isalpha() for c in line):
        return None
    low = line.lower()
    if line.lstrip("\"'“‘«„(")[:1].islower() or any(c in low for c in merged().captions):
        return None
    if " | " in line or _SLUG.match(line):
        return None  # a masthead, an agency's slug
    if all(_is_person(part) and len(part.split()) <= 3 for part in _PARTS.split(line) if part):
        return None  # a byline without "by"
    following = text[lines[1][0] : lines[1][1]]
    set_off = text[end : lines[1][0]].replace("\r\n", "\n").count("\n") >= 2
    paragraph = len(following) > max(100, 1.3 * len(line))
    if following[:1].islower() or not (set_off or paragraph or 1 in above or line.isupper()):
        return None
    return line if rest > len(line) else None
