"""The join gives the same pairs wherever it runs, and those of comparing every pair."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.join import SQL, Ints, Run, Tables, identical, pairs
from retold.group.copies.shingles import fingerprint
from retold.group.copies.streaming import CAP

from .test_streaming import edited, invented, obvious


def on_sqlite(sql: str, tables: Tables) -> list[Ints]:
    connection = sqlite3.connect(":memory:")
    for name, columns in tables.items():
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} BIGINT' for c in columns)})")
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    found = connection.execute(sql).fetchall()
    connection.close()
    return [np.array([row[k] for row in found], np.int64) for k in range(6)]


def on_duckdb(sql: str, tables: Tables) -> list[Ints]:
    pytest.importorskip("duckdb")
    from retold.engines.tables import query

    return query(sql, tables)


def on_spark(sql: str, tables: Tables) -> list[Ints]:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").getOrCreate()
    for name, columns in tables.items():
        rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
        schema = ", ".join(f"{column} BIGINT" for column in columns)
        session.createDataFrame(rows, schema).createOrReplaceTempView(name)
    found = session.sql(sql).collect()
    return [np.array([row[k] for row in found], np.int64) for k in range(6)]


engines = pytest.mark.parametrize("run", [on_duckdb, on_sqlite, on_spark])


def rows(reports: Sequence[Sequence[str]], cap: int, run: Run | None) -> list[tuple[int, ...]]:
    found = pairs([fingerprint(forms) for forms in reports], cap=cap, run=run)
    columns = (found.a, found.b, found.shared, found.of_a, found.of_b, found.coarse)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def messy(seed: int) -> list[list[str]]:
    """Wires, their cut and edited copies, long ones, a footer under all, repeats, empty ones."""
    rng = random.Random(seed)
    footer = [f"footer{k}" for k in range(12)]
    reports: list[list[str]] = [[], [], ["one"], ["one"]]
    for _ in range(30):
        wire = invented(rng, rng.choice((20, 120, 400)), 10**5)
        reports.append(wire)
        for _ in range(rng.randrange(4)):
            cut = edited(rng, wire[: len(wire) // rng.choice((1, 2, 3))], rng.choice((0, 0.1, 0.2)))
            reports.append(cut + rng.choice(([], footer, invented(rng, 60, 10**5))))
    much = invented(rng, 40, 10**5)
    reports += [edited(rng, much, 0.02) for _ in range(20)]
    rng.shuffle(reports)
    return reports


@engines
@pytest.mark.parametrize("cap", [CAP, 8])
def test_the_query_and_its_twin_give_the_same_pairs(run: Run, cap: int) -> None:
    reports = messy(cap)
    expected = rows(reports, cap, None)
    assert len(expected) > 20
    assert any(row[5] for row in expected)
    assert rows(reports, cap, run) == expected


@engines
def test_nothing_gives_no_pairs(run: Run) -> None:
    assert rows([], CAP, run) == rows([[]], CAP, run) == []
    assert rows([], CAP, None) == rows([[]], CAP, None) == []


texts = st.lists(
    st.lists(st.sampled_from("abcdef"), max_size=14).map(lambda t: [f"{x}{x}" for x in t]),
    max_size=14,
)


@given(texts)
def test_pairs_are_those_of_comparing_every_pair(reports: list[list[str]]) -> None:
    first = identical([fingerprint(forms) for forms in reports])
    expected = {}
    for a, b in combinations([n for n, f in enumerate(first) if f == n], 2):
        found = obvious([reports[b]], reports[a])
        if found:
            expected[a, b] = found[0]
    got = {(a, b): (s / x, s / y, s) for a, b, s, x, y, _ in rows(reports, CAP, None)}
    assert got == expected


@given(texts, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order(reports: list[list[str]], rng: random.Random) -> None:
    def named(order: list[int]) -> set[frozenset[tuple[object, ...]]]:
        return {
            frozenset([(tuple(given[a]), of_a, s), (tuple(given[b]), of_b, s)])
            for given in [[reports[k] for k in order]]
            for a, b, s, of_a, of_b, _ in rows(given, CAP, None)
        }

    order = list(range(len(reports)))
    shuffled = list(order)
    rng.shuffle(shuffled)
    assert named(order) == named(shuffled)


def test_boilerplate_makes_no_pairs_and_reprints_of_reprints_do() -> None:
    rng = random.Random(2)
    footer = [f"footer{k}" for k in range(30)]
    different = [invented(rng, 60, 10**6) + footer for _ in range(50)]
    assert rows(different, 20, None) == []
    wire = invented(rng, 200, 10**6)
    reprints = [edited(rng, wire, 0.005) for _ in range(50)]
    assert {b for _, b, *_ in rows([wire, *reprints], 20, None)} >= {
        n + 1 for n, copy in enumerate(reprints) if copy != wire
    } - {0}


def test_the_query_is_one_portable_text() -> None:
    lowered = SQL.lower()
    for word in ("least(", "greatest(", "::", " // ", "unnest", "qualify", "using", "div("):
        assert word not in lowered
