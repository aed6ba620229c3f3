"""The hash of a report's content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from retold.model import Report

__all__ = ["content_id", "written"]


def content_id(report: Report) -> str:
    """16 hexadecimal digits of blake2b over text, title, URL, outlet and date."""
    content = [report.text, report.title, report.url, report.outlet, report.published]
    return blake2b(written(content), digest_size=8).hexdigest()


def written(parts: Sequence[str | None]) -> bytes:
    """Texts as the bytes to hash: a JSON list in UTF-8, lone surrogates as they are."""
    try:
        return msgspec.json.encode(parts)
    except UnicodeEncodeError:
        whole = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return whole.encode("utf-8", "surrogatepass")
