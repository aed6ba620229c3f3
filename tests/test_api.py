"""`retold.compare` from Python."""

from __future__ import annotations

import pytest

import retold
from retold.errors import UsageError
from retold.read import read_text
from tests.cli.conftest import FIRST, SECOND


def test_mappings_files_and_reports_are_compared_alike(tmp_path):
    file = tmp_path / "first.txt"
    file.write_text(FIRST, encoding="utf-8")
    by_file = retold.compare(file, {"text": SECOND})
    by_report = retold.compare(read_text(FIRST), {"text": SECOND})
    passages = [
        [passage.readings.values() for passage in one.telling.passages]
        for one in (by_file, by_report)
    ]
    assert [list(map(tuple, one)) for one in passages[0]] == [
        list(map(tuple, one)) for one in passages[1]
    ]


def test_a_comparison_shows_itself():
    comparison = retold.compare({"text": FIRST}, {"text": SECOND})
    assert "<script" not in comparison._repr_html_()
    assert "Lena Obrist" in comparison._repr_html_()
    assert "Lena Obrist" in comparison.text()
    assert comparison.page().startswith("<!DOCTYPE html>")
    assert comparison.json().startswith(b"{")
    assert "2 reports" in repr(comparison)


def test_what_is_refused_is_listed():
    comparison = retold.compare({"text": FIRST}, {"text": ""}, {"text": SECOND})
    assert [one.error for one in comparison.telling.refused] == ["EmptyInput"]


def test_one_report_is_not_enough():
    with pytest.raises(UsageError, match="two or more"):
        retold.compare({"text": FIRST})


def test_what_is_no_report_is_a_type_error():
    with pytest.raises(TypeError, match="int"):
        retold.compare({"text": FIRST}, 7)


def test_a_comparison_is_exported():
    comparison = retold.compare({"text": FIRST}, {"text": SECOND})
    assert comparison.export("dot").startswith("digraph stemma {")
    with pytest.raises(UsageError, match="no format 'docx'"):
        comparison.export("docx")
