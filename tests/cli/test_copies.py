"""`retold copies`: copies folded under one telling, and three numbers."""

from __future__ import annotations

import json

from tests.cli.conftest import FIRST, RECIPE, SECOND


def written(tmp_path, records) -> str:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return str(path)


def test_copies_are_folded_and_counted(retold, tmp_path):
    done = retold(
        "copies",
        written(
            tmp_path,
            [
                {"id": "wire", "text": FIRST, "outlet": "Quay News Service"},
                {"id": "copy", "text": FIRST, "outlet": "Marl Evening Post"},
                {"id": "own", "text": RECIPE, "outlet": "Harbour Gazette"},
                {"id": "again", "text": RECIPE, "outlet": "Harbour Gazette"},
            ],
        ),
    )
    assert done.code == 0
    (one,) = map(json.loads, done.out.splitlines())
    assert (one["reports"], one["outlets"], one["independent"]) == (4, 3, 2)
    assert sorted(sorted(telling["reports"]) for telling in one["tellings"]) == [
        ["again", "own"],
        ["copy", "wire"],
    ]
    (match,) = one["tellings"][0]["copies"]
    assert match["kind"] == "identical text"
    start, end = match["because"][0]["spans"][0]["span"]
    assert FIRST[start:end].split()[0] == FIRST.split()[0]


def test_two_reports_with_one_id_are_refused_by_name(retold, tmp_path):
    records = [{"id": "same", "text": FIRST}, {"id": "same", "text": SECOND}]
    done = retold("copies", written(tmp_path, records))
    assert done.code == 3
    assert "'same'" in done.err
    assert json.loads(done.out)["reports"] == 1


def test_nothing_to_read_is_no_success(retold, tmp_path):
    assert retold("copies", written(tmp_path, [])).code != 0
