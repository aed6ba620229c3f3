"""A JSON document that is not well formed: the records in it that are, and the places of others.

A list is cut into its elements one by one. After an element that is no JSON, reading goes on at
the next line that begins as the first element's line does, or, in a list on one line, behind the
brace that closes it. Only so much is looked at twice for every character looked at once, so that
a list made of lost braces costs linear time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from retold.errors import BadRecord, TooLarge
from retold.read.records import nesting

__all__ = ["elements", "holds_list", "not_json", "whole"]

_ADVICE = "Check the record, or export the list again"
_BETWEEN = re.compile(r"[\s,]*+")
_OPENS = re.compile(r":\s{0,200}+\[\s{0,200}+(?=\{)")
# Strings end with their line: JSON has no line ends in them, and a lost quote must not swallow
# the records after it.
_STRUCTURE = re.compile(r'"(?:[^"\\\n]|\\[^\n])*+"?|[\[\]{}]')
_FEWEST = 1_000
# After so many the list is not one of reports.
_MOST_BROKEN = 10_000


def whole(text: str, depth: int) -> Any:
    """A document that is not well formed, with `BadRecord` where a record in its list is broken.

    Args:
        text: begins with a list, or with an object around one.
        depth: of nesting, over which a record is refused.

    Raises:
        BadRecord: no list of objects is in it; the place is line and column.
    """
    begins = _BETWEEN.match(text)
    at = begins.end() if begins else 0
    if text.startswith("[", at):
        return list(elements(text, at + 1, depth))
    opened = _OPENS.search(text)
    if opened is not None:
        prefix = text[: opened.end()]
        outer = nesting(prefix)
        try:
            value = json.loads(f"{prefix}]{'}' * (outer - 1)}") if 1 < outer <= 4 else None
        except ValueError:
            value = None
        if isinstance(value, dict):
            _filled(value, list(elements(text, opened.end(), depth)))
            return value
    if nesting(text) > depth:
        raise BadRecord(f"nested deeper than {depth} levels", advice=_ADVICE)
    raise not_json(text)


def holds_list(raw: bytes) -> bool:
    """Whether the start of an object shows a list of objects in it."""
    return _OPENS.search(raw.decode("utf-8", "replace")) is not None


def not_json(text: str) -> BadRecord:
    """What is wrong with a document, at its line and column."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        return BadRecord(f"not JSON: {error.msg[:120]}", where=place, advice=_ADVICE)
    except (ValueError, RecursionError) as error:
        return BadRecord(f"not JSON: {str(error)[:120]}", advice=_ADVICE)
    return BadRecord("not UTF-8", advice="JSON is UTF-8: convert the file")


def _filled(value: dict[str, Any], found: list[Any]) -> None:
    """Put the elements where the empty list stands: the last value of the innermost object."""
    at = value
    while True:
        key = next(reversed(at))
        if not isinstance(at[key], dict):
            at[key] = found
            return
        at = at[key]


def elements(text: str, at: int, depth: int) -> Iterator[Any]:
    """The objects of a list, and a `BadRecord` or `TooLarge` for each that cannot be read.

    Args:
        text: of the document.
        at: behind the list's opening bracket.
        depth: of nesting, over which an element is refused.
    """
    decoder = json.JSONDecoder()
    between = _BETWEEN.match(text, at)
    at = between.end() if between else at
    indent = _indent(text, at)
    again = number = lost = 0
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        number += 1
        line += text.count("\n", counted, at)
        counted = at
        where = f"record {number}, line {line}"
        stop = _next(text, at, indent)
        end = _closed(text, at, stop)
        reached = stop
        broken: BadRecord | TooLarge | None = None
        after = at
        if end is not None and nesting(text[at:end]) > depth:
            broken = BadRecord(f"nested deeper than {depth} levels", where=where, advice=_ADVICE)
        else:
            try:
                value, after = decoder.raw_decode(text, at)
                yield value
            except (ValueError, RecursionError) as error:
                reason = getattr(error, "msg", "") or str(error)
                reached = max(reached, getattr(error, "pos", at))
                broken = BadRecord(f"not JSON: {reason[:120]}", where=where, advice=_ADVICE)
        if broken is not None:
            yield broken
            lost += 1
            after = stop if indent is not None or end is None else max(end, at + 1)
            again += reached - after
        if again > 4 * at + _FEWEST or lost >= _MOST_BROKEN:
            yield TooLarge(
                "too much of the list is damaged",
                where=f"record {number + 1} and after",
                advice="Export it again, or split it",
            )
            return
        between = _BETWEEN.match(text, after)
        at = between.end() if between else after


def _indent(text: str, at: int) -> str | None:
    """The white space before an element that begins its line; None for one that does not."""
    begins = text.rfind("\n", 0, at) + 1
    before = text[begins:at]
    return before if begins and not before.strip() else None


def _next(text: str, at: int, indent: str | None) -> int:
    """Where the element after the one at `at` begins, by its line; else the end of the text."""
    found = -1 if indent is None else text.find(f"\n{indent}{{", at)
    return len(text) if found < 0 else found + 1


def _closed(text: str, at: int, stop: int) -> int | None:
    """Behind the brace that closes the object at `at`, before `stop`; None if nothing does."""
    level = 0
    for match in _STRUCTURE.finditer(text, at, stop):
        first = match.group()[0]
        if first in "[{":
            level += 1
        elif first in "]}":
            level -= 1
            if level <= 0:
                return match.end()
    return None
