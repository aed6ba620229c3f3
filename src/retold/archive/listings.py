"""What hits are ordered and filtered by: the narrow row beside each report."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from retold.archive.identity import folded
from retold.archive.moments import nominal
from retold.model import Report

__all__ = ["listed_as", "outlet_number"]


def listed_as(report: Report, added: int) -> dict[str, Any]:
    """A report's columns in `listing`, but for its number.

    Args:
        report: with its corrections.
        added: when it was added; UTC, seconds. No report counts as later than that.
    """
    since, until = nominal(report.published, report.dating)
    first, behind = (since, until) if since is not None else nominal(report.fetched, None)
    return {
        "moment": added if first is None or behind is None else min((first + behind) // 2, added),
        "since": since,
        "until": until,
        "outlet": None if report.outlet is None else outlet_number(report.outlet),
        "language": report.language,
    }


def outlet_number(outlet: str) -> int:
    """A number equal for one outlet however its name is cased and spaced: 63 bits of blake2b."""
    key = folded(outlet).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=8).digest()) >> 1
