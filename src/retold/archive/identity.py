"""What is the same: the same thing again, a version of a page, the same outlet."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b

from retold.model import Report
from retold.text.content import content_id, written

__all__ = ["content_of", "folded", "given_id", "page_number"]


def given_id(report: Report) -> str | None:
    """The id that a report came with; None when it is the hash of its content."""
    return None if report.id == content_id(report) else report.id


def content_of(report: Report, story: str | None) -> bytes:
    """16 bytes, equal for what is the same thing again.

    The same thing has the same text, title, URL, outlet, date, given id, and story that its
    record names. When it was fetched, and from which file, makes no other thing of it.
    """
    same = [
        report.text,
        report.title,
        report.url,
        report.outlet,
        report.published,
        given_id(report),
        story,
    ]
    return blake2b(written(same), digest_size=16).digest()


def page_number(canonical_url: str | None, given: str | None) -> int | None:
    """A number equal for versions of one page: of one address, or without one of one given id.

    63 bits of blake2b: among a million pages two share a number by accident once in 18 million
    archives.
    """
    if canonical_url is not None:
        key = ["url", canonical_url]
    elif given is not None:
        key = ["id", given]
    else:
        return None
    return int.from_bytes(blake2b(written(key), digest_size=8).digest()) >> 1


def folded(name: str) -> str:
    """A name without differences of case, width and spacing."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
