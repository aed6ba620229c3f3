"""JSON Lines; or one JSON value over several lines: a record, a list of them, an object around one.

A record may be a report by its own names or by mapped ones, a ninjs item, or a row that gives
only an address. One object may also be a JSON Feed. What `retold export` wrote of an archive is
taken as it was kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from retold.errors import BadRecord, InputRefused, TooLarge
from retold.model import Refusal
from retold.read.broken import holds_list, not_json, whole
from retold.read.columns import Naming, shown
from retold.read.found import PASSED, Found, Origin
from retold.read.jsonfeed import entries_of, is_feed
from retold.read.lines import lines_of, taken
from retold.read.listings import Listed
from retold.read.ninjs import from_item, is_item
from retold.read.records import beside, nesting, parse, story_of, to_report
from retold.read.unpacking import joined
from retold.text import exported

__all__ = ["from_lines", "from_record"]

_LOOKED_AT = 200_000
_UNDECODED = re.compile("[\udc80-\udcff]")


def from_lines(head: bytes, stream: BinaryIO, origin: Origin) -> Iterator[Found | Listed | Refusal]:
    """What a JSON file holds, record by record.

    Args:
        head: the first bytes, already read.
        stream: the rest.
        origin: the source.
    """
    settings = origin.settings
    naming = Naming(settings.columns, origin.source, origin.notify)
    first = head.lstrip().partition(b"\n")[0].strip()
    limit = settings.limits.page_bytes
    if _one_value(first, origin) is None or first.startswith(b"[") or _is_alone(head):
        head += taken(stream, max(0, limit + 1 - len(head)))
        value = _one_value(head, origin) if len(head) <= limit else None
        if value is None and not _is_lines(head, origin):
            if len(head) > limit:
                raise TooLarge(
                    f"one JSON value of more than {limit:,} bytes",
                    advice="Save its records as JSON Lines, or raise limits.page_bytes",
                )
            text = head.decode("utf-8-sig", "surrogateescape")
            value = whole(text, settings.limits.json_depth)
            is_list = isinstance(value, list) or is_feed(value)
            if not is_list and _wrapped(value, naming, origin) == [value]:
                raise not_json(text)  # what is a record itself is not read in part
        if value is not None:
            yield from _in_value(value, naming, origin)
            return
    for where, line in lines_of(joined(head, stream), limit):
        if isinstance(line, InputRefused) or line.strip():
            yield from_record(line, where, naming, origin) if origin.turns.ahead else PASSED


def from_record(value: Any, where: str, naming: Naming, origin: Origin) -> Found | Listed | Refusal:
    """One record: a line of JSON, or what was decoded from one."""
    settings = origin.settings
    try:
        if isinstance(value, InputRefused):
            raise value
        if isinstance(value, str):
            value = parse(value, settings.limits.json_depth)
        if not isinstance(value, dict):
            raise BadRecord(f"a JSON {type(value).__name__}, not an object")
        if exported.is_exported(value):
            kept = exported.parsed(value)
            return Found(kept.report, kept.story, where, origin.source, kept.raw)
        if is_item(value):
            return Found(from_item(value, origin), None, where, origin.source)
        record = naming.renamed(value)
        url = record.get("url")
        if "text" not in record and isinstance(url, str) and url.startswith("http"):
            return Listed(url.strip(), where, beside(record), story_of(record))
        if "text" not in record and isinstance(url, str):
            raise BadRecord(
                f"neither text nor an http address: {shown(url)}", advice="Check the export"
            )
        if "text" in record and not isinstance(record["text"], str):
            raise BadRecord(
                f"{shown(naming.key(value, 'text'))} is no string",
                advice="Join its parts into one string, or name another key with --map text=KEY",
            )
        report, story = to_report(record, origin.source, settings)
    except InputRefused as error:
        return origin.refuse(where, error)
    if report.published is None and record.get("published"):
        naming.tell_of_date(value)
    return Found(report, story, where, origin.source)


def _is_alone(head: bytes) -> bool:
    """Whether the head is one line: a file that holds a single object."""
    line, ended, rest = head.strip().partition(b"\n")
    return line.startswith(b"{") and not ended and not rest


def _one_value(raw: bytes, origin: Origin) -> Any:
    """The file as one JSON value; None if it is none."""
    try:
        text = raw.decode("utf-8-sig")
        if nesting(text) > origin.settings.limits.json_depth:
            return None
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_lines(raw: bytes, origin: Origin) -> bool:
    """Whether records stand on lines of their own, so that the first line is but a broken one."""
    end = raw.find(b"\n", _LOOKED_AT)  # the first line whole, however long
    lines = (line.strip() for line in (raw if end < 0 else raw[:end]).splitlines())
    found = [line for line in lines if line]
    if len(found) < 2:
        return not (found and (found[0].startswith(b"[") or holds_list(found[0])))
    if found[0] not in (b"[", b"{") and _one_value(found[0], origin) is not None:
        return True
    some = found[1:40]
    whole_lines = sum(isinstance(_one_value(line, origin), dict) for line in some)
    return whole_lines > sum(line.endswith(b"},") for line in some)


def _in_value(value: Any, naming: Naming, origin: Origin) -> Iterator[Found | Listed | Refusal]:
    if is_feed(value):
        yield from entries_of(value, origin)
        return
    values = value if isinstance(value, list) else _wrapped(value, naming, origin)
    for number, one in enumerate(values, 1):
        # A record that arrived alone on its line keeps the place that a line has.
        where = "line 1" if values == [value] else f"record {number}"
        try:
            yield from_record(_checked(one), where, naming, origin)
        except InputRefused as error:
            yield origin.refuse(where, error)


def _checked(one: Any) -> Any:
    if isinstance(one, dict) and not exported.is_exported(one) and _is_undecoded(one):
        return BadRecord("not UTF-8", advice="JSON is UTF-8: convert the file")
    return one if isinstance(one, dict | InputRefused) else None


def _is_undecoded(record: dict[str, Any]) -> bool:
    """Whether bytes that are no UTF-8 are in its strings (as U+DC80 to U+DCFF)."""
    return any(isinstance(one, str) and _UNDECODED.search(one) for one in record.values())


def _wrapped(value: Any, naming: Naming, origin: Origin) -> list[Any]:
    """The records of an object: itself, or the one list of objects that it is put around."""
    if not isinstance(value, dict) or is_item(value) or "text" in naming.renamed(value):
        return [value]
    at, path = value, ""
    for _ in range(3):
        lists = [
            key
            for key, inner in at.items()
            if isinstance(inner, list)
            and inner
            and all(isinstance(one, dict | InputRefused) for one in inner)
        ]
        if len(lists) == 1:
            origin.notify(f"{origin.source}: records taken from «{path}{lists[0]}»"[:300])
            return list(at[lists[0]])
        inner = [key for key, one in at.items() if isinstance(one, dict)]
        if lists or len(inner) != 1:
            break
        at, path = at[inner[0]], f"{path}{inner[0]}."
    return [value]
