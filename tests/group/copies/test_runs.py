"""Shared runs of words against what one would find by looking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.runs import Run, covered, runs, stretches

forms = st.lists(st.sampled_from("abcd"), max_size=30)


@given(forms, forms)
def test_runs_are_equal_words_and_do_not_overlap(a: list[str], b: list[str]) -> None:
    end = 0
    for run in runs(a, b):
        assert run.a >= end
        assert a[run.a : run.a + run.size_a] == b[run.b : run.b + run.size_b]
        end = run.a + run.size_a
    for shares in (covered(found, len(a), len(b)) for found in (runs(a, b),)):
        assert all(0 <= share <= 1 for share in shares)


@given(forms, forms, forms)
def test_every_shared_run_of_a_shingle_is_seen(a: list[str], b: list[str], c: list[str]) -> None:
    shared = ["one", "two", "three", "four", "five", "six"]
    found = runs(a + shared + b, c + shared)
    assert any(run.a <= len(a) and run.a + run.size_a >= len(a) + len(shared) for run in found)


def test_an_edited_copy_is_one_stretch_and_a_moved_paragraph_another() -> None:
    head = [f"head{k}" for k in range(20)]
    tail = [f"tail{k}" for k in range(20)]
    edited = [*head[:9], "changed", *head[10:]]
    found = runs(tail + edited, head + tail)
    assert found == [Run(0, 20, 20, 20), Run(20, 0, 9, 9), Run(30, 10, 10, 10)]
    assert stretches(found) == [Run(0, 20, 20, 20), Run(20, 0, 20, 20)]
    assert covered(stretches(found), 40, 40) == (1.0, 1.0)


def test_briefs_shorter_than_a_shingle() -> None:
    assert runs([], ["a"]) == []
    assert runs(["port", "closed"], ["the", "port", "closed", "today", "again", "x"]) == [
        Run(0, 1, 2, 2)
    ]
    assert runs(["port", "open"], ["the", "port", "closed"]) == []


def test_repetition_takes_no_long_time() -> None:
    assert runs(["la"] * 50_000, ["la"] * 50_000) == [Run(0, 0, 50_000, 50_000)]
    a = [word for k in range(8000) for word in ("la", "le", "li", "lo", "lu", f"x{k}")]
    b = [word for k in range(8000) for word in ("la", "le", "li", "lo", "lu", f"y{k}")]
    assert len(runs(a, b)) == 8000
