"""The JSON Lines contract, and that ids stay distinct."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from retold.errors import BadRecord, EmptyInput
from retold.model import Refusal, Report
from retold.read import from_records, read, read_bytes, read_text, stream
from retold.settings import Limits, Settings

TEXT = "The harbour council said on Monday that the ferry would sail again after repairs."
OTHER = "The opposition asked for an inquiry into the contract with the yard, the mayor said."


def lines(*records: Any) -> io.BytesIO:
    rows = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    return io.BytesIO("\n".join(rows).encode("utf-8", "surrogatepass"))


def given(*records: Any, **limits: int) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    return read(["-"], Settings(limits=Limits(**limits)), stdin=lines(*records))


def test_every_field_comes_back_as_given() -> None:
    record = {
        "text": TEXT + "\r\n",
        "id": "A 1/2",
        "title": "Ferry sails",
        "url": "https://courier.example/1",
        "outlet": "The Port Vale Courier",
        "published": "2031-03-04T08:15+09:00",
        "language": "en-GB",
    }
    (report,), refused = given(record)
    assert refused == ()
    assert report.text == record["text"]
    assert (report.id, report.title, report.url, report.outlet, report.published) == (
        "A 1/2",
        "Ferry sails",
        "https://courier.example/1",
        "The Port Vale Courier",
        "2031-03-04T08:15+09:00",
    )
    assert (report.language, report.language_score) == ("en", None)
    assert report.dating is not None
    assert (report.dating.precision, report.dating.found_in) == ("minute", "given")
    assert (report.source, report.raw_sha256, report.fetched, report.encoding) == (
        "-",
        None,
        None,
        None,
    )


def test_other_fields_are_not_used_and_noted() -> None:
    (report,), _ = given({"text": TEXT, "byline": "X", "date": "2031-01-01", "label": {"a": [1]}})
    assert report.byline is None
    assert report.published is None
    assert "not used from the record: «byline», «date», «label»" in report.notes


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"text": "a"', "not JSON"),
        ("{'text': 'a'}", "not JSON"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ('"text"', "not an object"),
        ("3", "not an object"),
        ("{}", "no «text»"),
        ('{"id": "A"}', "no «text»"),
        ('{"text": null}', "«text» is no string"),
        ('{"text": 3}', "«text» is no string"),
        ('{"text": ["a"]}', "«text» is no string"),
        ('{"text": ""}', "no text"),
        ('{"text": " \\n "}', "no text"),
        ('{"text": "a", "id": ""}', "«id» is empty"),
        ('{"text": "a", "id": "a\\u0000b"}', "«id» is empty or holds control"),
        ('{"text": "a", "id": {}}', "«id» is no string"),
        ('{"text": "a", "title": 1}', "«title» is no string"),
        ('{"text": "a", "story": [1]}', "«story» is no string"),
        ('{"text": "a", "text": "b"}', "a key occurs twice"),
        ('{"text": "a", "x": ' + "[" * 300 + "]" * 300 + "}", "nested deeper"),
        ('{"text": "a", "x": ' + '{"a":' * 5000 + "1" + "}" * 5000 + "}", "nested deeper"),
        ('{"text": NaN}', "«text» is no string"),
        ('{"text": "a", "id": "' + "x" * 300 + '"}', "longer than 200"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_on(line: str, reason: str) -> None:
    reports, refused = given({"text": TEXT}, line, "", {"text": OTHER})
    assert [report.text for report in reports] == [TEXT, OTHER]
    (refusal,) = refused
    assert (refusal.source, refusal.where) == ("-", "line 2")
    assert refusal.error in ("BadRecord", "EmptyInput")
    assert reason in refusal.reason
    assert refusal.advice


def test_lines_that_are_no_utf8_or_too_long() -> None:
    raw = json.dumps({"text": TEXT}).encode() + b'\n{"text": "\xff"}\n'
    raw += b'{"text": "' + b"a" * 3000 + b'"}\n' + json.dumps({"text": OTHER}).encode()
    settings = Settings(limits=Limits(page_bytes=2000))
    reports, refused = read(["-"], settings, stdin=io.BytesIO(raw))
    assert [report.text for report in reports] == [TEXT, OTHER]
    assert [(r.where, r.error) for r in refused] == [
        ("line 2", "BadRecord"),
        ("line 3", "TooLarge"),
    ]


def test_marks_and_line_ends_of_other_systems() -> None:
    raw = b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode() + b"\r\n\r\n"
    raw += json.dumps({"text": OTHER}).encode() + b"\r\n"
    reports, refused = read(["-"], stdin=io.BytesIO(raw))
    assert [report.text for report in reports] == [TEXT, OTHER]
    assert refused == ()


@pytest.mark.parametrize("shape", ["object", "list"])
def test_one_json_value_over_several_lines(shape: str, tmp_path: Path) -> None:
    records = [{"text": TEXT}, {"text": OTHER}, {"id": "no text"}]
    file = tmp_path / "reports.json"
    value: Any = records if shape == "list" else records[0]
    file.write_text(json.dumps(value, indent=2), "utf-8")
    reports, refused = read([str(file)])
    if shape == "list":
        assert [report.text for report in reports] == [TEXT, OTHER]
        assert [(r.where, r.error) for r in refused] == [("record 3", "BadRecord")]
    else:
        assert [report.text for report in reports] == [TEXT]
        assert refused == ()


def test_ids_are_content_hashes_and_equal_contents_are_both_kept() -> None:
    reports, refused = given({"text": TEXT}, {"text": OTHER}, {"text": TEXT}, {"text": TEXT})
    first, second, copy, third = reports
    assert refused == ()
    assert len(first.id) == 16
    assert set(first.id) <= set("0123456789abcdef")
    assert first.id != second.id
    assert (copy.id, third.id) == (f"{first.id}~2", f"{first.id}~3")
    assert any(first.id in note for note in copy.notes)
    assert first.id == read_text(TEXT).id


def test_the_same_id_with_another_text_is_refused_and_the_same_record_noted() -> None:
    reports, refused = given(
        {"text": TEXT, "id": "A"}, {"text": OTHER, "id": "A"}, {"text": TEXT, "id": "A"}
    )
    assert [report.id for report in reports] == ["A", "A~2"]
    assert "the same report as A" in reports[1].notes[0]
    assert [(r.where, r.error) for r in refused] == [("line 2", "BadRecord")]
    assert "'A'" in refused[0].reason


def test_stories_have_ids_of_their_own() -> None:
    refused: list[Refusal] = []
    data = lines(
        {"text": TEXT, "id": "A", "story": "s1"},
        {"text": OTHER, "id": "A", "story": 2},
        {"text": OTHER, "id": "A"},
    )
    found = list(stream(["-"], refused.append, stdin=data))
    assert [(report.id, story) for report, story in found] == [
        ("A", "s1"),
        ("A", "2"),
        ("A", None),
    ]
    assert refused == []


def test_reading_many_stories_holds_one_report_at_a_time() -> None:
    taken = 0

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            nonlocal taken
            taken += 1
            row = (json.dumps({"text": f"{TEXT} {taken}"}) + "\n").encode()
            buffer[: len(row)] = row
            return len(row)

    source = stream(["-"], lambda refusal: None, stdin=io.BufferedReader(Endless(), 1000))
    assert [next(source)[0].text.endswith(f" {n}") for n in range(1, 6)] == [True] * 5
    assert taken < 2000


def test_records_from_python() -> None:
    refused: list[Refusal] = []
    records: list[Any] = [{"text": TEXT, "story": "s"}, {"text": 1}, None, {"text": OTHER}]
    found = list(from_records(records, refused.append))
    assert [(report.text, story) for report, story in found] == [(TEXT, "s"), (OTHER, None)]
    assert [(r.source, r.where) for r in refused] == [
        ("records", "record 2"),
        ("records", "record 3"),
    ]


def test_text_from_python() -> None:
    report = read_text(TEXT, title="Ferry", published="2031-03")
    assert (report.title, report.published, report.source) == ("Ferry", "2031-03", None)
    with pytest.raises(BadRecord, match="byline"):
        read_text(TEXT, byline="X")
    with pytest.raises(EmptyInput):
        read_text("  \n")
    with pytest.raises(BadRecord):
        read_bytes(b'{"text": "a"}', "x.jsonl")


def test_a_date_that_is_none_is_noted() -> None:
    (report,), _ = given({"text": TEXT, "published": "last Tuesday"})
    assert report.published is None
    assert report.dating is None
    assert any("last Tuesday" in note for note in report.notes)


def test_half_characters_in_records() -> None:
    (report,), _ = given('{"text": "The ferry \\ud83d sails again.", "title": "\\udc00"}')
    assert report.text == "The ferry \ufffd sails again."
    assert report.title == "\ufffd"
    json.dumps(report.text).encode("utf-8")
