"""THE NOUNS of what is kept and found again. Data only; the conventions of `retold.model` hold.

Their JSON is what the commands over an archive write with `--json`.
"""

from __future__ import annotations

from retold.model import Noun, Span

__all__ = ["Found", "Hit"]


class Hit(Noun, frozen=True):
    """A report that a search found.

    Attributes:
        report: its id.
        number: in the order of adding.
        title, outlet, published, language, url, added: of the report.
        version, versions: which version of its page it is, of how many; 1 of 1 where its page
            is not known.
        span: the piece of the report's text that is shown.
        excerpt: that piece, unaltered.
        marks: where what was looked for stands, in the report's text.
        occurrences: in the whole text, up to 1,000 for each word or phrase.
    """

    report: str
    number: int
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    url: str | None
    added: str
    version: int
    versions: int
    span: Span
    excerpt: str
    marks: tuple[Span, ...]
    occurrences: int


class Found(Noun, frozen=True):
    """One page of what a search found.

    Attributes:
        query: as typed.
        total: how many reports there are in all.
        hits: of this page, in order.
        next: where the next page begins, to be given back as it is; None when this is the last.
            Reports that are added meanwhile do not shift it.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    next: str | None
