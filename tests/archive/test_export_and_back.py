"""What is exported and added again is what was kept, to the last byte."""

from __future__ import annotations

import json
import random

import pytest

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.exporting import canonical
from retold.archive.getting import each
from retold.archive.verifying import verify
from retold.keeping.adding import add as add_sources
from retold.read import read
from retold.settings import DEFAULTS

from .items import FULL, report

ITEMS = [
    Item(FULL, b"<p>page \xff\0</p>" * 40, "a story"),
    Item(report("with \0 and \ud800 and \udc80 in it", id="given \ud800", notes=("\ud83d",))),
    Item(report("Same id, first text.", id="7"), b""),
    Item(report("Same id, second text.", id="7"), b"a page"),
    Item(report("A text with white space at its ends. \n\n ", title=" T ", outlet=" O", url="x")),
    Item(report("Published some day.", published="some day", language="xx-Latn", byline=" ")),
    Item(report("‮ bidi", fetched="2025", language_score=1.0), b"raw", "12"),
]


def exported(place: str, *, raw: bool) -> bytes:
    with open_archive(place) as archive:
        assert list(verify(archive)) == []
        return b"".join(canonical(archive, raw=raw))


@pytest.mark.parametrize("raw", [True, False])
def test_export_add_export_is_the_same_bytes(places, tmp_path, raw):
    first, second = places(), places()
    with open_archive(first, create=True) as archive:
        add(archive, ITEMS)
    whole = exported(first, raw=raw)
    assert len(whole.splitlines()) == len(ITEMS)
    assert (b'"raw":{' in whole) == raw
    lines = whole.splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"".join(lines))
    refused: list[object] = []
    with open_archive(second, create=True) as archive:
        sums = add_sources(archive, [str(file)], refuse=refused.append)
        assert (sums.known, refused) == (0, [])
    assert exported(second, raw=raw) == whole
    with open_archive(second) as archive:
        kept = {one.as_given.text: one for one in each(archive)}
        assert kept[FULL.text].as_given == FULL
        again = add_sources(archive, [str(file)])
        assert (again.added, again.versions, again.known) == (0, 0, len(ITEMS))


def test_one_line_alone_is_read_too(tmp_path):
    with open_archive(str(tmp_path / "a"), create=True) as archive:
        add(archive, ITEMS[1:2])
        line = b"".join(canonical(archive))
    file = tmp_path / "one.json"
    for number, ending in enumerate((line, line.rstrip(), b"\xef\xbb\xbf" + line)):
        file.write_bytes(ending)
        (found,), refused = read([str(file)], DEFAULTS)
        assert refused == ()
        # What compares reports gets no half characters, which only an archive can keep.
        assert found.text == "with \0 and \ufffd and \ufffd in it"
        assert found.notes == ("\ufffd", "half characters are shown as U+FFFD")
        with open_archive(str(tmp_path / f"{number}"), create=True) as archive:
            assert add_sources(archive, [str(file)]).added == 1
            assert b"".join(canonical(archive)) == line


_WHOLE = {"retold_archive": 1, "id": "1", "text": "Some words.", "story": None}
_RAW = {"sha256": "0" * 64, "base64": "AAAA"}


@pytest.mark.parametrize(
    "broken",
    [
        {"retold_archive": 2},
        {"retold_archive": True},
        {"retold_archive": "1"},
        {"retold_archive": None},
        {"text": None},
        {"text": " \n"},
        {"id": 7},
        {"id": " "},
        {"body": "unknown"},
        {"story": 5},
        {"language_score": "high"},
        {"credits": [{"name": "NNA", "found_in": "meta", "span": [5, 12]}]},
        {"credits": [{"name": "NNA", "found_in": "meta", "span": [5, 4]}]},
        {"credits": [{"name": "NNA", "found_in": "meta", "span": [-1, 4]}]},
        {"dateline": {"span": [0, 99], "place": None, "date": None, "agency": None}},
        {"dating": {"precision": "week", "zone": None, "found_in": "given", "raw": ""}},
        {"notes": "one"},
        {"raw": "AAAA"},
        {"raw": _RAW},
        {"raw": {**_RAW, "base64": "A*AA"}},
        {"raw": {**_RAW, "base64": 3}},
    ],
)
def test_lines_that_were_changed_are_refused_with_their_place(tmp_path, broken):
    sound, other = (json.dumps({**_WHOLE, "id": name}) for name in "23")
    file = tmp_path / "lines.jsonl"
    file.write_text(f"{sound}\n{json.dumps({**_WHOLE, **broken})}\n{other}\n")
    reports, refused = read([str(file)], DEFAULTS)
    assert [one.id for one in reports] == ["2", "3"]
    assert [(one.where, one.error) for one in refused] == [
        ("line 2", "EmptyInput" if broken.get("text") else "BadRecord")
    ]
