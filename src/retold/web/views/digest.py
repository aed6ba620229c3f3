"""A story in five lines: what all, most, or only one of its reports say.

A line is a sentence of a report as it stands. Of what all or most say, the sentences are taken
whose words are the story's own: that many of its reports use (centrality, as in Erkan and Radev,
"LexRank", 2004, with one pass instead of an eigenvector), those near the beginning first, as news
puts first what matters. Of what one report says alone, the sentence with the most of the story's
words that adds a figure, a name or a quotation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.model import Noun, Passage, Place, Telling
from retold.show.marks import clip
from retold.text.terms import terms
from retold.web.prepared import CLAIM, Prepared
from retold.web.views.columns import Column

__all__ = ["Line", "digest"]

_LINES = 5
_ALONE = 2  # lines that one report alone says, at most
_SHORTEST, _LONGEST = 30, 320  # characters of a sentence worth showing; longer ones are clipped
_SAMPLE = 60  # reports from which the story's words are counted, evenly over time
_ENDS = '.!?…。！？”"»'
_FAR = 0.5  # weight that the last sentence loses against the first


class Line(Noun, frozen=True):
    """A sentence, and how many say so.

    Attributes:
        kind: "all", "most", "some" or "one": only one telling has it, with its copies.
        place: the sentence.
        letter: of its report.
        sentence: its number in the report, from 1.
        words: as they stand, long ones clipped.
        language: of its report.
        have, of: reports that have the passage, of how many.
        passage: its id; None for a sentence that is in no passage.
        claims: letters of the reports in which a claim of it differs.
    """

    kind: str
    place: Place
    letter: str
    sentence: int
    words: str
    language: str | None
    have: int
    of: int
    passage: str | None
    claims: tuple[str, ...]


def digest(found: Prepared, shown: Sequence[Column]) -> tuple[Line, ...]:
    """Five lines, or fewer where there is less; none for a single report.

    Args:
        found: the telling.
        shown: its columns: reports and their copies are one telling.
    """
    telling = found.telling
    total = len(telling.reports)
    if total < 2:
        return ()
    common = _common(found)
    telling_of = {
        report: column.report
        for column in shown
        for report in (column.report, *(copy[0] for copy in column.copies))
    }
    together: list[tuple[float, Line]] = []
    apart = _alone(found, common)
    for passage in telling.passages:
        tellings = {telling_of.get(report, report) for report in passage.readings}
        line = _shared(found, passage, common, one=len(tellings) == 1 and len(shown) > 1)
        if line is not None:
            (apart if line[1].kind == "one" else together).append(line)
    shared = sorted(together, key=lambda one: (-one[0], one[1].passage or ""))
    apart.sort(key=lambda one: (-one[0], found.look.order[one[1].place.report]))
    alone = [line for _, line in _distinct(apart)[:_ALONE]]
    lines = [line for _, line in _distinct(shared)[: _LINES - len(alone)]]
    order = {"all": 0, "most": 1, "some": 2, "one": 3}
    return tuple(sorted([*lines, *alone], key=lambda line: (order[line.kind], -line.have)))


def _distinct(lines: Sequence[tuple[float, Line]]) -> list[tuple[float, Line]]:
    """Without those that say what one before them says."""
    kept: list[tuple[float, Line]] = []
    seen: list[set[str]] = []
    for score, line in lines:
        words = set(terms(line.words))
        if all(len(words & other) < 0.5 * min(len(words), len(other)) for other in seen):
            kept.append((score, line))
            seen.append(words)
        if len(kept) == _LINES:
            break
    return kept


def _common(found: Prepared) -> dict[str, float]:
    """Term -> share of the reports that have it; terms of one report only are left out.

    Little words, which every report has several times, count nothing.
    """
    every = found.telling.reports
    reports = every[:: -(-len(every) // _SAMPLE)]
    have: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in reports:
        there = Counter(terms(one.text))
        have.update(there.keys())
        times.update(there)
    # A word that stands in a text more than twice, on average, is a little word or a name that
    # every sentence has: it tells no sentence from another.
    return {
        term: number / len(reports)
        for term, number in have.items()
        if number > 1 and times[term] <= 2 * number
    }


def _centre(words: str, common: dict[str, float]) -> float:
    said = set(terms(words))
    return sum(common.get(term, 0.0) for term in said) / (8 + len(said))


def _alone_score(words: str, common: dict[str, float]) -> float:
    return _centre(words, common) + 0.1 * any(char.isdigit() for char in words)


def _sound(words: str) -> bool:
    return len(words) >= _SHORTEST and words[-1:] in _ENDS


def _shared(
    found: Prepared, passage: Passage, common: dict[str, float], *, one: bool
) -> tuple[float, Line] | None:
    look = found.look
    total, have = len(found.telling.reports), len(passage.readings)
    candidates: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    far = 0.0
    for report, numbers in passage.readings.items():
        there = look.reports[report]
        far += numbers[0] / max(len(there.sentences) - 1, 1)
        for number in numbers:
            words = " ".join(there.text[slice(*there.sentences[number])].split())
            if _sound(words):
                candidates[words] += 1
                first.setdefault(words, (report, number))
    if not candidates:
        return None
    words = max(candidates, key=lambda each: (candidates[each], -look.order[first[each][0]]))
    kind = "all" if have == total else "most" if 2 * have > total else "some"
    if one:
        kind, score = "one", _alone_score(words, common)
        return score, _line(found, *first[words], kind, have, passage.id, ())
    tier = {"all": 2.0, "most": 1.0, "some": 0.0}[kind] + have / total
    score = tier + 2 * _centre(words, common) * (1 - _FAR * far / have)
    states = found.states[passage.id]
    claims = [look.names[key].letter for key in look.reports if states.get(key) == CLAIM]
    return score, _line(found, *first[words], kind, have, passage.id, tuple(claims))


def _alone(found: Prepared, common: dict[str, float]) -> list[tuple[float, Line]]:
    """Sentences of one report only, at most one of each, the most telling first."""
    telling: Telling = found.telling
    scored: list[tuple[float, Line]] = []
    quoted = {(one.report, span[0]) for one in telling.quotations for span in one.content}
    starts: dict[str, list[int]] = {}
    for report, start in sorted(quoted):
        starts.setdefault(report, []).append(start)
    for one in telling.reports:
        best: tuple[float, int] | None = None
        for number in telling.only.get(one.id, ()):
            first, last = one.sentences[number]
            words = " ".join(one.text[first:last].split())
            if not _sound(words):
                continue
            score = _alone_score(words, common)
            score += 0.15 * any(first <= start < last for start in starts.get(one.id, ()))
            if best is None or score > best[0]:
                best = score, number
        if best is not None:
            line = _line(found, one.id, best[1], "one", 1, None, ())
            scored.append((best[0], line))
    return scored


def _line(
    found: Prepared,
    report: str,
    number: int,
    kind: str,
    have: int,
    passage: str | None,
    claims: tuple[str, ...],
) -> Line:
    one = found.look.reports[report]
    span = one.sentences[number]
    return Line(
        kind=kind,
        place=Place(report, span),
        letter=found.look.names[report].letter,
        sentence=number + 1,
        words=clip(" ".join(one.text[slice(*span)].split()), _LONGEST),
        language=one.language,
        have=have,
        of=len(found.telling.reports),
        passage=passage,
        claims=claims,
    )
