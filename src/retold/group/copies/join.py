"""All pairs of reports that share text, at once: one join on keys.

`SQL` is the join, written so that the same text runs on DuckDB, SQLite and Spark SQL: common
table expressions, no dialect, integers only. `by_arrays` is its twin in numpy; both give the
same pairs, which a contract test holds them to. Both read two tables:

    postings(shingle BIGINT, report BIGINT)       one row a key and report, distinct
    reports(report BIGINT, sampled BIGINT, fine BIGINT, coarse BIGINT)
                                                  `sampled` 0 or 1; how many keys, and how many
                                                  of them belong to the sample

Document frequency is capped: keys of more than `cap` reports (footers, notices) make no pairs, or
one would cost cap² rows, and are left out of the count, unless they are four fifths of a report
on both sides: then the report is a reprint of much-reprinted text, and is paired with the
earliest report that has it. Reports with the same words are folded before the join (`identical`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from retold.group.copies.shingles import SAMPLE, Fingerprint
from retold.group.copies.streaming import CAP, LEAST_CONTAINMENT, LEAST_SHARED

__all__ = ["SQL", "Pairs", "Run", "Tables", "by_arrays", "by_query", "identical", "pairs", "tables"]

Ints = npt.NDArray[np.int64]
Tables = Mapping[str, Mapping[str, Ints]]
Run = Callable[[str, Tables], Sequence[Ints]]
"""Runs a query over tables of named columns and gives its columns."""

_CHUNK = 1 << 22
_CARRIED = (4, 5)


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of reports, as columns, ordered by `a`, then `b`.

    Attributes:
        a, b: numbers of reports, a before b.
        shared: keys that both have, of those that count.
        of_a, of_b: keys of each that count; `shared / of_a` is the containment of a in b.
        coarse: 1 where the keys are those of the sample.
    """

    a: Ints
    b: Ints
    shared: Ints
    of_a: Ints
    of_b: Ints
    coarse: Ints

    def __len__(self) -> int:
        return len(self.a)


_TEMPLATE = """
WITH holders AS (
  SELECT shingle, COUNT(*) AS tellings, MIN(report) AS earliest
  FROM postings
  GROUP BY shingle
  HAVING COUNT(*) > 1
), held AS (
  SELECT p.shingle, p.report, h.tellings, h.earliest
  FROM postings p
  JOIN holders h ON h.shingle = p.shingle
), common AS (
  SELECT report, COUNT(*) AS fine, SUM(CASE WHEN shingle % {sample} = 0 THEN 1 ELSE 0 END) AS coarse
  FROM held
  WHERE tellings > {cap}
  GROUP BY report
), marks AS (
  SELECT r.report, r.sampled, r.fine, r.coarse,
         COALESCE(c.fine, 0) AS common_fine, COALESCE(c.coarse, 0) AS common_coarse,
         CASE WHEN COALESCE(c.fine, 0) * {of} >= r.fine * {share} THEN 1 ELSE 0 END AS carried
  FROM reports r
  LEFT JOIN common c ON c.report = r.report
), links AS (
  SELECT x.report AS a, y.report AS b, 1 AS rare
  FROM held x
  JOIN held y ON y.shingle = x.shingle
  WHERE x.tellings <= {cap} AND x.report < y.report
  UNION ALL
  SELECT earliest AS a, report AS b, 0 AS rare
  FROM held
  WHERE tellings > {cap} AND earliest < report
), tallies AS (
  SELECT a, b, COUNT(*) AS either, SUM(rare) AS rare
  FROM links
  GROUP BY a, b
), chosen AS (
  SELECT t.a, t.b,
         CASE WHEN m.carried + n.carried = 2 THEN t.either ELSE t.rare END AS shared,
         CASE WHEN m.sampled + n.sampled > 0 THEN 1 ELSE 0 END AS coarse,
         m.carried + n.carried AS carried,
         m.fine AS fine_a, m.coarse AS coarse_a,
         m.common_fine AS common_a, m.common_coarse AS common_coarse_a,
         n.fine AS fine_b, n.coarse AS coarse_b,
         n.common_fine AS common_b, n.common_coarse AS common_coarse_b
  FROM tallies t
  JOIN marks m ON m.report = t.a
  JOIN marks n ON n.report = t.b
), sized AS (
  SELECT a, b, shared, coarse,
         CASE WHEN coarse = 1 THEN coarse_a ELSE fine_a END
           - CASE WHEN carried = 2 THEN 0 WHEN coarse = 1 THEN common_coarse_a ELSE common_a END
           AS of_a,
         CASE WHEN coarse = 1 THEN coarse_b ELSE fine_b END
           - CASE WHEN carried = 2 THEN 0 WHEN coarse = 1 THEN common_coarse_b ELSE common_b END
           AS of_b
  FROM chosen
)
SELECT a, b, CAST(shared AS BIGINT) AS shared, CAST(of_a AS BIGINT) AS of_a,
       CAST(of_b AS BIGINT) AS of_b, CAST(coarse AS BIGINT) AS coarse
FROM sized
WHERE shared > 0
  AND (shared * 1000 >= of_a * {least} OR shared * 1000 >= of_b * {least})
  AND (shared * CASE WHEN coarse = 1 THEN {sample} ELSE 1 END >= {shared}
       OR shared >= of_a OR shared >= of_b)
ORDER BY a, b
"""


def _query(cap: int, least: int, shared: int) -> str:
    of = _CARRIED
    return _TEMPLATE.format(
        cap=int(cap), least=int(least), shared=int(shared), sample=SAMPLE, share=of[0], of=of[1]
    )


_PER_MILLE = round(LEAST_CONTAINMENT * 1000)
SQL = _query(CAP, _PER_MILLE, LEAST_SHARED)
"""The join with the default cap and thresholds."""


def identical(marks: Sequence[Fingerprint]) -> list[int]:
    """For each report the first one with the same words; itself where it is the first."""
    first: dict[int, int] = {}
    return [
        first.setdefault(mark.identity, number) if len(mark.keys) else number
        for number, mark in enumerate(marks)
    ]


def tables(marks: Sequence[Fingerprint]) -> dict[str, dict[str, Ints]]:
    """The two tables of the join; reports are numbered from 0, and repeated ones left out."""
    chosen = [n for n, first in enumerate(identical(marks)) if n == first and len(marks[n].keys)]
    kept = [marks[number] for number in chosen]
    numbers = np.array(chosen, np.int64)
    sizes = np.array([len(mark.keys) for mark in kept], np.int64)
    return {
        "postings": {
            "shingle": np.concatenate([np.empty(0, np.int64), *(mark.keys for mark in kept)]),
            "report": np.repeat(numbers, sizes),
        },
        "reports": {
            "report": numbers,
            "sampled": np.array([mark.sampled for mark in kept], np.int64),
            "fine": sizes,
            "coarse": np.array([mark.coarse for mark in kept], np.int64),
        },
    }


def pairs(
    marks: Sequence[Fingerprint],
    *,
    cap: int = CAP,
    least_containment: float = LEAST_CONTAINMENT,
    least_shared: int = LEAST_SHARED,
    run: Run | None = None,
) -> Pairs:
    """All pairs of reports that share text; of identical reports only the first takes part.

    Args:
        marks: fingerprints; a report's number is its place.
        cap: keys of more reports than this are boilerplate.
        least_containment: on one side at least, in thousandths.
        least_shared: shingles (scaled where sampled), or all of one side's.
        run: where the query runs; None for arrays.
    """
    least = round(least_containment * 1000)
    if run is None:
        return by_arrays(tables(marks), cap=cap, least=least, shared=least_shared)
    return by_query(tables(marks), run, cap=cap, least=least, shared=least_shared)


def by_query(
    given: Tables,
    run: Run,
    *,
    cap: int = CAP,
    least: int = _PER_MILLE,
    shared: int = LEAST_SHARED,
) -> Pairs:
    """The join, on an engine."""
    return Pairs(*run(_query(cap, least, shared), given))


def by_arrays(
    given: Tables, *, cap: int = CAP, least: int = _PER_MILLE, shared: int = LEAST_SHARED
) -> Pairs:
    """The join, in numpy: postings sorted by key, then pairs inside each key's run."""
    reports = given["reports"]
    posted = given["postings"]
    count = len(reports["report"])
    # Reports by their place among the reports, so that a pair fits into one number.
    place_of = np.zeros(int(reports["report"].max(initial=0)) + 1, np.int64)
    place_of[reports["report"]] = np.arange(count)
    order = np.argsort(posted["shingle"])
    keys = posted["shingle"][order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    alone = new & np.append(new[1:], True)
    order, keys = order[~alone], keys[~alone]  # most keys: they make no pair
    coded = (np.cumsum(new[~alone]) - 1) * count + place_of[posted["report"][order]]
    coded.sort()
    groups, places = np.divmod(coded, max(count, 1))
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(starts, len(keys)))

    common = np.repeat(sizes > cap, sizes)
    common_fine = np.bincount(places[common], minlength=count)
    common_coarse = np.bincount(places[common & (keys % SAMPLE == 0)], minlength=count)
    carried = common_fine * _CARRIED[1] >= reports["fine"] * _CARRIED[0]

    codes, rare = _tally(_within(places, starts, sizes, cap, count))
    starred, over = _tally([_stars(places, starts, sizes, cap, count)])
    every = np.union1d(codes, starred)
    a, b = np.divmod(every, max(count, 1))
    few = np.zeros(len(every), np.int64)
    few[np.searchsorted(every, codes)] = rare
    either = few.copy()
    either[np.searchsorted(every, starred)] += over

    both = carried[a] & carried[b]
    together = np.where(both, either, few)
    coarse = (reports["sampled"][a] + reports["sampled"][b]) > 0
    of = []
    for side in (a, b):
        size = np.where(coarse, reports["coarse"][side], reports["fine"][side])
        left_out = np.where(coarse, common_coarse[side], common_fine[side])
        of.append(size - np.where(both, 0, left_out))
    scale = np.where(coarse, SAMPLE, 1)
    keep = (
        (together > 0)
        & ((together * 1000 >= of[0] * least) | (together * 1000 >= of[1] * least))
        & ((together * scale >= shared) | (together >= of[0]) | (together >= of[1]))
    )
    number = reports["report"]
    columns = (number[a], number[b], together, of[0], of[1], coarse.astype(np.int64))
    return Pairs(*(column[keep] for column in columns))


def _within(places: Ints, starts: Ints, sizes: Ints, cap: int, count: int) -> list[Ints]:
    """Codes (a · count + b) of the pairs inside runs of two to `cap` reports, in bounded chunks."""
    found = []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= cap)]).tolist():
        first, second = np.triu_indices(size, 1)
        begin = starts[sizes == size]
        step = max(1, _CHUNK // len(first))
        for at in range(0, len(begin), step):
            part = begin[at : at + step, None]
            found.append((places[part + first] * count + places[part + second]).ravel())
    return found


def _stars(places: Ints, starts: Ints, sizes: Ints, cap: int, count: int) -> Ints:
    """Codes of the pairs of each over-long run's earliest report with the others."""
    over = sizes > cap
    first = np.repeat(places[starts[over]], sizes[over])
    others = places[np.repeat(over, sizes)]
    codes: Ints = (first * count + others)[first != others]
    return codes


def _tally(parts: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Distinct codes, sorted, and how often each occurs."""
    codes, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    waiting: list[Ints] = []
    held = 0
    for place, part in enumerate(parts):
        waiting.append(part)
        held += len(part)
        if held < _CHUNK and place + 1 < len(parts):
            continue
        some, times = np.unique(np.concatenate(waiting), return_counts=True)
        every = np.union1d(codes, some)
        sums = np.zeros(len(every), np.int64)
        sums[np.searchsorted(every, codes)] += counts
        sums[np.searchsorted(every, some)] += times
        codes, counts, waiting, held = every, sums, [], 0
    return codes, counts
