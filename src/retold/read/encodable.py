"""Reports that can be written out: an archive keeps half characters, nothing else can."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec

from retold.model import Report
from retold.read.decoding import without_surrogates
from retold.read.found import Found

__all__ = ["encodable"]


def encodable(found: Found) -> Found:
    """The same, with each lone surrogate shown as U+FFFD; spans stay where they are."""
    try:
        msgspec.json.encode([found.report, found.story])
    except UnicodeEncodeError:
        report = msgspec.convert(_cleaned(msgspec.to_builtins(found.report)), Report)
        report = msgspec.structs.replace(
            report, notes=(*report.notes, "half characters are shown as U+FFFD")
        )
        return dataclasses.replace(found, report=report, story=_cleaned(found.story))
    return found


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)[0]
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value
