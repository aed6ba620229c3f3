"""JSON Lines of reports: `{"text", "id"?, "title"?, "url"?, "outlet"?, "published"?, "language"?}`.

For commands that work on many stories a record may also name its `story`. Whatever else a record
holds is not used, and a note on the report says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from retold.errors import BadRecord
from retold.model import Report
from retold.read.building import Known, build
from retold.read.decoding import without_surrogates
from retold.read.written_dates import unix
from retold.settings import Settings
from retold.text import exported

__all__ = ["FIELDS", "beside", "is_jsonl", "nesting", "parse", "story_of", "to_report"]

FIELDS = ("text", "id", "title", "url", "outlet", "published", "language", "story")
_TEXTUAL = ("id", "title", "url", "outlet", "published", "language")
_LARGEST = 10**15
_LONGEST = {"id": 200, "language": 35}
_ADVICE = "A record is a JSON object with the report's words under «text»"
_AS_STRING = "Write it as a string, in quotes; a date as 2031-03-04"
_OPENS = re.compile(rb"(?:\[\s{0,200}+)?\{\s{0,200}+[\"}]")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Quotes and brackets only: the depth is counted before a recursive parser sees the line.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.?)*+"?|[\[\]{}]', re.DOTALL)


def is_jsonl(head: bytes) -> bool:
    """Whether an input that begins with these bytes is JSON Lines (or one JSON value)."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _OPENS.match(begins) is not None:
        return True
    # First lines that are damaged do not make a text of the records after them.
    following = begins.split(b"\n", 13)[1:13]
    sound = sum(1 for line in following if _OPENS.match(line) and line.rstrip().endswith(b"}"))
    return sound > 1 and 2 * sound > len(following)


def parse(line: str, depth: int) -> dict[str, Any]:
    """One line as a JSON object.

    Raises:
        BadRecord: not JSON, not an object, nested deeper than `depth`, or a key given twice.
    """
    if len(line) > depth and nesting(line) > depth:
        raise BadRecord(f"nested deeper than {depth} levels", advice=_ADVICE)
    try:
        record = json.loads(line, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"not JSON: {str(error)[:120]}", advice=_ADVICE) from None
    if not isinstance(record, dict):
        raise BadRecord(f"a JSON {type(record).__name__}, not an object", advice=_ADVICE)
    return record


def to_report(
    record: Mapping[str, Any], source: str | None, settings: Settings
) -> tuple[Report, str | None]:
    """A record's report, and the story it names.

    Raises:
        BadRecord: no text, or a field that is not a string.
        EmptyInput, TooLarge: see `build`.
    """
    if exported.is_exported(record):
        kept = exported.parsed(record)
        return kept.report, kept.story
    text = record.get("text")
    if not isinstance(text, str):
        what = "no «text»" if "text" not in record else "«text» is no string"
        raise BadRecord(what, advice=_ADVICE)
    fields: dict[str, str | None] = {}
    for name in _TEXTUAL:
        fields[name] = _string(record, name)
    story = story_of(record)
    notes = []
    ignored = sorted(str(name) for name in record if name not in FIELDS)
    if ignored:
        shown = ", ".join(f"«{_UNSHOWN.sub('?', name[:40])}»" for name in ignored[:8])
        more = f" and {len(ignored) - 8} more" if len(ignored) > 8 else ""
        notes.append(f"not used from the record: {shown}{more}")
    language = fields["language"]
    if language is not None:
        fields["language"] = language.replace("_", "-").partition("-")[0].lower() or None
    return build(text, source, Known(**fields, notes=tuple(notes)), settings), story  # type: ignore[arg-type]


def story_of(record: Mapping[str, Any]) -> str | None:
    """The story that a record names.

    Raises:
        BadRecord: it is no string and no whole number.
    """
    story = record.get("story")
    if isinstance(story, int) and not isinstance(story, bool):
        story = str(story)
    if story is not None and not isinstance(story, str):
        raise BadRecord("«story» is no string", advice=_AS_STRING)
    return None if story is None else without_surrogates(story)[0]


def beside(record: Mapping[str, Any]) -> Known:
    """What a record without a text says of the report that its address leads to.

    Raises:
        BadRecord: a field that is not a string.
    """
    return Known(
        title=_string(record, "title"),
        outlet=_string(record, "outlet"),
        published=_string(record, "published"),
    )


def _string(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name == "published" and isinstance(value, int | float) and not isinstance(value, bool):
        # Whoever writes numbers means Unix time; others are no dates, which `build` says.
        return (unix(float(value)) if abs(value) < _LARGEST else None) or str(value)[:40]
    if not isinstance(value, str):
        raise BadRecord(f"«{name}» is no string", advice=_AS_STRING)
    limit = _LONGEST.get(name, 10_000)
    if len(value) > limit:
        raise BadRecord(f"«{name}» is longer than {limit} characters", advice=_ADVICE)
    if name == "id" and (not value.strip() or _CONTROL.search(value)):
        raise BadRecord("«id» is empty or holds control characters", advice=_ADVICE)
    clean, _ = without_surrogates(value)
    return clean if name == "id" else clean.strip() or None


def nesting(line: str) -> int:
    """How deeply brackets and braces outside strings nest."""
    deepest = depth = 0
    for match in _STRUCTURE.finditer(line):
        first = match.group()[0]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key occurs twice")
    return record
