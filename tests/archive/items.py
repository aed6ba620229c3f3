"""Reports to keep, made for these tests."""

from __future__ import annotations

import msgspec

from retold.model import Credit, Dateline, Dating, Report
from retold.text.content import content_id

__all__ = ["FULL", "report"]


def report(text: str, **fields) -> Report:
    """A report; its id is the content hash unless one is given."""
    made = Report(**{"id": "", "text": text, **fields})
    return made if made.id else msgspec.structs.replace(made, id=content_id(made))


FULL = report(
    "BRACKWATER, March 4. /NNA/. The ferry did not sail.\n\nNobody said why.",
    source="a folder/ferry.html",
    title="Ferry stays",
    url="https://www.example.org/ferry?utm_source=x&page=2",
    outlet="Brackwater Evening Post",
    published="2025-03-04T05:06:00+09:00",
    dating=Dating("minute", "+09:00", "json-ld", "2025-03-04 05:06"),
    language="en",
    language_score=0.1 + 0.2,
    byline="Ada Quill",
    dateline=Dateline((0, 27), "BRACKWATER", "March 4", "NNA"),
    credits=(Credit("NNA", "dateline", (23, 26)), Credit("NNA", "meta", None)),
    raw_sha256="0" * 64,
    fetched="2025-03-05T00:00:00Z",
    encoding="utf-8",
    extractor="trafilatura 2.1.0",
    notes=("decoded as windows-1251", "a\0b"),
)
