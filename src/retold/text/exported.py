"""The line of JSON that stands for a kept report: written by export, read back by every command.

    {"retold_archive":1,"id":…,"text":…, (all fields of the noun) …,"story":…,"raw":…}

What is read back equals what was written: nothing is guessed, detected or cleaned anew. `raw`, the
bytes that the report was read from, is there only where they were asked for.
"""

from __future__ import annotations

import json
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from retold.errors import BadRecord, EmptyInput
from retold.model import Report

__all__ = ["Exported", "is_exported", "line", "parsed"]

_MARK = "retold_archive"
_FORM = 1
_ADVICE = "Export the archive again (retold export), and leave its lines as they are"


@dataclass(frozen=True, slots=True)
class Exported:
    """A report as it was kept.

    Attributes:
        story: as its record named it.
        raw: the bytes it was read from, where the line carries them.
    """

    report: Report
    story: str | None
    raw: bytes | None


def line(report: Report, story: str | None, raw: bytes | None = None) -> bytes:
    """One line. Characters beyond ASCII are escaped, so that every Python string can be written."""
    record = {_MARK: _FORM, **msgspec.to_builtins(report), "story": story}
    if raw is not None:
        record["raw"] = {"sha256": sha256(raw).hexdigest(), "base64": b64encode(raw).decode()}
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def is_exported(record: Mapping[str, Any]) -> bool:
    """Whether a record says that it is such a line."""
    return _MARK in record


def parsed(record: Mapping[str, Any]) -> Exported:
    """What a line stands for.

    Raises:
        BadRecord: another form, a field that is lacking, unknown or of another type, a span beyond
            the text, bytes that are not those that were written.
        EmptyInput: no text.
    """
    form = record[_MARK]
    if isinstance(form, bool) or form != _FORM:
        raise BadRecord(
            f"an exported report of another form than {_FORM}", advice="Update Retold, and read it"
        )
    fields = {name: value for name, value in record.items() if name not in (_MARK, "story", "raw")}
    try:
        report = msgspec.convert(fields, Report)
    except msgspec.ValidationError as error:
        raise BadRecord(f"no exported report: {error}"[:300], advice=_ADVICE) from None
    story = record.get("story")
    if story is not None and not isinstance(story, str):
        raise BadRecord("«story» is no string", advice=_ADVICE)
    if not report.text.strip():
        raise EmptyInput("the report holds no text", advice=_ADVICE)
    if not report.id.strip():
        raise BadRecord("«id» is empty", advice=_ADVICE)
    spans = [credit.span for credit in report.credits]
    spans.append(None if report.dateline is None else report.dateline.span)
    for span in spans:
        if span is not None and not 0 <= span[0] <= span[1] <= len(report.text):
            raise BadRecord(f"the span {span} is not in the text", advice=_ADVICE)
    return Exported(report, story, _bytes(record.get("raw")))


def _bytes(raw: Any) -> bytes | None:
    if raw is None:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("base64"), str):
        raise BadRecord("«raw» has no «base64»", advice=_ADVICE)
    try:
        found = a2b_base64(raw["base64"], strict_mode=True)
    except (Error, ValueError):
        raise BadRecord("«raw» is no base64", advice=_ADVICE) from None
    if sha256(found).hexdigest() != raw.get("sha256"):
        raise BadRecord("«raw» has not the hash that it was written with", advice=_ADVICE)
    return found
