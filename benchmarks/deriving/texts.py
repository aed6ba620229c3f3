"""Texts as the stages take them."""

from __future__ import annotations

from retold.model import Report, Segmented
from retold.segment import segment


def segmented(name: str, text: str) -> Segmented:
    """An English report in sentences."""
    return segment(Report(name, text, source=name, language="en"))
