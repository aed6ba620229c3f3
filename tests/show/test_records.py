from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import msgspec
import pytest

from retold.errors import UsageError
from retold.model import Attribution, Collation, Segmented, Sentence, Telling
from retold.show.records import (
    collation_record,
    quotes_record,
    record,
    stemma_record,
    telling_json,
)
from retold.show.schemas import NAMES, schema
from tests.show.tellings import SEAS, nasty, seas, segmented


def pieces() -> tuple[list[Segmented], Telling]:
    return [segmented(key, *SEAS[key]) for key in SEAS], seas()


def check(name: str, written: bytes) -> dict:
    shape = schema(name)
    jsonschema.Draft202012Validator.check_schema(shape)
    found = json.loads(written)
    jsonschema.validate(found, shape, cls=jsonschema.Draft202012Validator)
    return found


@pytest.mark.parametrize("telling", [seas(), nasty("<b>\x00\n\u202e")], ids=["seas", "nasty"])
def test_a_telling_keeps_to_its_schema_and_comes_back(telling):
    written = telling_json(telling)
    found = check("telling", written)
    assert msgspec.json.decode(written, type=Telling) == telling
    assert {
        "story", "reports", "passages", "quotations", "actors", "statements", "stemma", "refused",
    } <= set(found)  # fmt: skip
    assert {"from", "to", "support", "evidence"} <= set(found["stemma"]["edges"][0])
    assert {"report", "span"} == set(found["actors"][0]["mentions"][0])
    assert found["quotations"][0]["report"] == found["reports"][0]["id"]
    report = found["reports"][0]
    start, end = report["sentences"][1]
    assert report["text"][start:end] == telling.reports[0].text[start:end]


def test_quotes_are_of_one_report_with_plain_spans():
    reports, telling = pieces()
    attribution = Attribution(
        "corvane",
        tuple(one for one in telling.quotations if one.report == "corvane"),
        telling.actors,
    )
    found = check("quotes", quotes_record(reports[0], attribution))
    assert list(found) == ["report", "language", "sentences", "quotations", "actors"]
    text = reports[0].report.text
    assert [text[slice(*span)] for span in found["actors"][0]["mentions"]] == ["Ilan Doresh"]
    assert "report" not in found["quotations"][0]
    assert {"kind", "content", "cue", "source", "speaker", "chain", "confidence"} <= set(
        found["quotations"][0]
    )


def test_collation_and_stemma():
    reports, telling = pieces()
    found = check(
        "collation", collation_record("s", reports, Collation(telling.passages, telling.only))
    )
    assert [one["id"] for one in found["reports"]] == list(SEAS)
    assert found["passages"][0]["readings"] == {"corvane": [1], "harbour": [1, 2], "tide": [1]}
    assert found["only"]["tide"] == [0, 5, 6]
    found = check("stemma", stemma_record("s", telling.stemma))
    assert list(found) == [
        "story",
        "witnesses",
        "edges",
        "undecided",
        "alternatives",
        "derivations",
    ]


def test_a_refused_input_and_a_report():
    telling = nasty("x")
    check("refused", record(telling.refused[0]))
    shape = schema("report")
    jsonschema.validate({"text": "words"}, shape)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"title": "no text"}, shape)


def test_there_is_a_schema_for_each_name_and_no_other():
    for name in NAMES:
        jsonschema.Draft202012Validator.check_schema(schema(name))
    with pytest.raises(UsageError, match="Names are: report, telling"):
        schema("tale")


def test_lone_surrogates_are_kept_as_escapes_and_the_rest_is_as_before():
    written = telling_json(nasty("a\ud800ü"))
    assert b"a\\ud800\xc3\xbc" in written
    written.decode("utf-8")
    found = json.loads(written)
    assert found["reports"][0]["title"] == "a\ud800ü"
    odd, plain = (record(nasty(words).reports[0]) for words in ("a\ud800ü", "aXü"))
    assert odd.replace(b"\\ud800", b"X") == plain


def test_bytes_do_not_depend_on_the_process_or_on_the_order_of_readings():
    script = (
        "import sys; from tests.show.tellings import seas; "
        "from retold.show.records import telling_json; from retold.show.page import page; "
        "sys.stdout.buffer.write(telling_json(seas()) + page(seas()).encode())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    telling = seas()
    first = telling.passages[0]
    turned = msgspec.structs.replace(first, readings=dict(reversed(first.readings.items())))
    again = msgspec.structs.replace(telling, passages=(turned, *telling.passages[1:]))
    assert telling_json(again) == telling_json(telling)


def test_a_report_without_sentences():
    empty = Segmented(segmented("a", None, None, [["x"]]).report, ())
    assert json.loads(quotes_record(empty, Attribution("a", (), ())))["sentences"] == []
    one = Segmented(empty.report, (Sentence((0, 1), (), 0),))
    assert json.loads(quotes_record(one, Attribution("a", (), ())))["sentences"] == [[0, 1]]
