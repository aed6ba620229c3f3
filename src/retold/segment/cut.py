"""Report to sentences: paragraphs, datelines, boundaries, and the length limit."""

from __future__ import annotations

from collections.abc import Iterator

from retold.errors import TooLarge
from retold.language.sentences import sentences
from retold.model import Report, Segmented, Sentence, Span
from retold.segment.boundaries import boundaries
from retold.segment.datelines import dateline_end
from retold.segment.lines import paragraphs
from retold.settings import DEFAULTS, Settings
from retold.text.words import words

__all__ = ["segment"]


def _pieces(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """`text[start:end]` in pieces of at most `limit` characters, at white space if possible."""
    while end - start > limit:
        cut = stop = start + limit
        if not text[stop].isspace():
            # Not more than half a piece is given up for a whole word.
            while cut > start + limit // 2 + 1 and not text[cut - 1].isspace():
                cut -= 1
            if not text[cut - 1].isspace():
                cut = stop
        last = cut
        while text[last - 1].isspace():
            last -= 1
        yield start, last
        start = cut
        while text[start].isspace():
            start += 1
    yield start, end


def _spans(report: Report, settings: Settings) -> Iterator[tuple[Span, int, bool]]:
    """(span, paragraph, cut at the length limit) of each sentence."""
    text = report.text
    table = sentences(settings.language or report.language)
    limit = settings.limits.sentence_characters
    # Reading knows datelines of more shapes, in the first lines of a report.
    read = report.dateline.span if report.dateline else (-1, -1)
    for number, (begin, end) in enumerate(paragraphs(text)):
        cuts = []
        start = dateline_end(text, begin, end, table)
        if start == begin == read[0] and read[1] < end:
            start = read[1]
        if start > begin:
            cuts.append(start)
        cuts.extend(boundaries(text, start, end, table))
        cuts.append(end)
        for cut in cuts:
            while begin < cut and text[begin].isspace():
                begin += 1
            if begin == cut:
                continue
            if cut - begin <= limit:
                yield (begin, cut), number, False
            else:
                for piece in _pieces(text, begin, cut, limit):
                    yield piece, number, True
            begin = cut


def segment(report: Report, settings: Settings = DEFAULTS) -> Segmented:
    """The sentences of a report, with their words.

    Every character that is not white space lies in exactly one sentence. A sentence never
    crosses a paragraph; a dateline is a unit of its own (see `retold.segment.datelines`); a
    quotation of several sentences is cut into them.

    Args:
        report: its `language` chooses the tables, unless `settings.language` is set.
        settings: `limits.sentence_characters` and `limits.report_sentences` are heeded.

    Raises:
        TooLarge: more sentences than `limits.report_sentences`.
    """
    text = report.text
    found = []
    for span, paragraph, hard in _spans(report, settings):
        found.append(Sentence(span, words(text, span[0], span[1]), paragraph, hard))
        if len(found) > settings.limits.report_sentences:
            raise TooLarge(
                f"the report has more than {settings.limits.report_sentences:,} sentences",
                where=report.source or report.id,
                advice="Cut it into parts, or raise limits.report_sentences",
            )
    return Segmented(report, tuple(found))
