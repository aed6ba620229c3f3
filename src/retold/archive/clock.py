"""When something was done, as the archive writes it."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["now"]


def now() -> str:
    """UTC, ISO 8601, to the second ("2025-03-04T05:06:07Z")."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
