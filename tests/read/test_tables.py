"""CSV, TSV, Parquet and mapped JSON: columns found or named, broken rows listed."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.settings import Columns, Limits, Settings

ONE = "The harbour council said on Monday that the ferry would sail again after repairs."
TWO = "„Wir wissen es“, sagte die Bürgermeisterin über die Fähre am Montag; niemand klagte."


def given(
    raw: bytes | str, said: list[str] | None = None, settings: Settings | None = None
) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    data = raw.encode() if isinstance(raw, str) else raw
    notify = [].append if said is None else said.append
    return read(["-"], settings or Settings(), stdin=io.BytesIO(data), notify=notify)


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dialects_and_encodings(delimiter: str, encoding: str, tmp_path: Path) -> None:
    text = f'{TWO}\r\n\r\nSecond "paragraph", with; every | mark\tin it.'
    rows = [
        ["Headline", "Body", "Pub_Date", "Publisher"],
        ["Fähre", text, "2031-03-04T08:15+09:00", "Courier"],
        ["Ferry", ONE, "2031-03-04", "Tide"],
    ]
    said: list[str] = []
    file = tmp_path / "reports.csv"
    file.write_bytes(table(rows, delimiter).encode(encoding))
    reports, refused = read([str(file)], notify=said.append)
    assert refused == ()
    assert [one.text for one in reports] == [text, ONE]
    first = reports[0]
    assert (first.title, first.outlet, first.published) == (
        "Fähre",
        "Courier",
        "2031-03-04T08:15+09:00",
    )
    assert said == [
        f"{file}: guessed text=«Body», title=«Headline», outlet=«Publisher», "
        "published=«Pub_Date»; --map FIELD=COLUMN says otherwise"
    ]
    assert read(["-"], stdin=io.BytesIO(file.read_bytes()))[0] == tuple(
        type(one)(**{**{n: getattr(one, n) for n in one.__struct_fields__}, "source": "-"})
        for one in reports
    )


def test_what_is_named_is_taken_and_the_rest_guessed() -> None:
    raw = table([["k", "words", "content", "headline"], ["7", ONE, "x", "Ferry"]])
    said: list[str] = []
    settings = Settings(columns=Columns(text="words", id="k"))
    (report,), _ = given("k,words,content,headline\r\n" + raw.split("\r\n", 1)[1], said, settings)
    assert (report.text, report.id, report.title) == (ONE, "7", "Ferry")
    assert any("not used from the record: «content»" in note for note in report.notes)
    assert said == ["-: guessed title=«headline»; --map FIELD=COLUMN says otherwise"]
    _, (refusal,) = given(raw, [], Settings(columns=Columns(text="missing")))
    assert "«missing»" in refusal.reason
    assert "«words»" in refusal.advice


def test_dates_that_cannot_be_read_are_told_of_once() -> None:
    raw = "text,date\n" + "".join(f"{ONE},0{day}.03.31\n" for day in range(1, 4))
    said: list[str] = []
    reports, refused = given(raw, said, Settings(columns=Columns(published="date")))
    assert [one.published for one in reports] == [None] * 3
    assert not refused
    (about,) = [one for one in said if "is no date" in one]
    assert "«date»" in about


def test_a_text_in_parts_is_refused_under_the_name_that_the_user_gave() -> None:
    raw = json.dumps({"paragraphs": [ONE, TWO]}) + "\n" + json.dumps({"paragraphs": ONE})
    (report,), (refusal,) = given(raw, [], Settings(columns=Columns(text="paragraphs")))
    assert report.text == ONE
    assert "«paragraphs» is no string" in refusal.reason
    assert "--map text=" in refusal.advice


def test_a_table_without_a_known_column_says_how_to_name_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("alpha,beta\r\n1,2\r\n")
    _, (refusal,) = read([str(file)])
    assert "--map text=COLUMN" in refusal.advice
    assert "«alpha», «beta»" in refusal.advice


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('2,"unclosed quote', "broken row"),
        ('2,"closed" too early",x', "broken row"),
        ("2,too,many", "3 cells"),
        ("2", "1 cells"),
        ('2," "', "no «text»"),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_the_rest_goes_on(row: str, reason: str) -> None:
    raw = f'id,text\n1,"{ONE}\nIn two lines."\n{row}\n3,"{ONE} 3"\n4,{ONE} 4\n'
    reports, refused = given(raw)
    assert [one.id for one in reports] == ["1", "3", "4"]
    assert [one.where for one in refused] == ["line 4"]
    assert reason in refused[0].reason


def test_a_formula_and_its_apostrophe_are_text() -> None:
    cells = ["=1+1 said the mayor", "'=cmd|' /C calc'!A0", '="0012"', "@SUM(1)", "-2+3", "+1"]
    raw = table([["id", "text"], *[[str(n), cell] for n, cell in enumerate(cells)]])
    reports, refused = given(raw)
    assert refused == ()
    assert [one.text for one in reports] == cells


def test_excel_and_bytes_of_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"sep=;\r\nid;text\r\n1;The ferry sails, they said\r\n")
    (report,), _ = read([str(file)])
    assert report.text == "The ferry sails, they said"
    rows = b"".join(b"%d,%s\n" % (n, ONE.encode()) for n in range(2000))
    reports, refused = given(b"id,text\n" + rows + b"x,caf\xe9 closed\n9999,last one\n")
    assert len(reports) == 2001
    assert [one.where for one in refused] == ["line 2002"]


def test_limits_of_a_table() -> None:
    raw = f"id,text\n1,{ONE}\n2,{'a' * 5000}\n3,{ONE} 3\n"
    reports, refused = given(raw, None, Settings(limits=Limits(page_bytes=2000)))
    assert [one.id for one in reports] == ["1", "3"]
    assert [(one.where, one.error) for one in refused] == [("line 3", "TooLarge")]


def test_lost_quotes_without_end_are_read_in_linear_time() -> None:
    # Each line opens a quote; a row of them all would be read again for every line.
    lines = 20_000
    raw = "id,text\n" + '1,"a\n' * lines
    reports, refused = given(raw)
    assert len(reports) + len(refused) >= lines // 3


def test_a_report_is_no_table() -> None:
    for text in (
        "Ferry, boat, title\nThe harbour council, they said, agreed.",
        "Text, title\n",
        "By Anna Holm, Reuters\nPORT VALE, March 4, Monday - The council said so.",
    ):
        (report,), refused = given(text)
        assert (report.text, refused) == (text, ())


def test_records_of_other_names_and_shapes() -> None:
    said: list[str] = []
    record = {
        "headline": "Ferry",
        "maintext": ONE,
        "date_publish": "2031-03-04",
        "url": "https://c.example/1",
    }
    (report,), refused = given(json.dumps(record), said)
    assert refused == ()
    assert (report.text, report.title, report.url) == (ONE, "Ferry", record["url"])
    assert said == [
        "-: guessed text=«maintext», title=«headline»; --map FIELD=COLUMN says otherwise"
    ]
    wrapped = {"status": "ok", "response": {"total": 1, "results": [record, record]}}
    said.clear()
    reports, _ = given(json.dumps(wrapped), said)
    assert [one.text for one in reports] == [ONE, ONE]
    assert said[0] == "-: records taken from «response.results»"
    nested = {"webTitle": "Ferry", "fields": {"body": ONE}}
    settings = Settings(columns=Columns(text="fields.body", title="webTitle"))
    (report,), _ = given(json.dumps(nested) + "\n", None, settings)
    assert (report.text, report.title) == (ONE, "Ferry")


def test_a_table_with_a_text_column_has_the_others_guessed() -> None:
    said: list[str] = []
    (report,), _ = given(table([["text", "headline", "date"], [ONE, "Ferry", "2031-03-04"]]), said)
    assert (report.text, report.title, report.published) == (ONE, "Ferry", "2031-03-04")
    assert said == [
        "-: guessed title=«headline», published=«date»; --map FIELD=COLUMN says otherwise"
    ]


def test_passim() -> None:
    said: list[str] = []
    rows = [
        {"id": f"tide/{n}", "text": f"{n} {ONE}", "series": "tide", "date": "1891-03-04"}
        for n in range(3)
    ]
    reports, refused = given("\n".join(json.dumps(row) for row in rows), said)
    assert refused == ()
    assert [(one.id, one.outlet, one.published) for one in reports] == [
        (f"tide/{n}", "tide", "1891-03-04") for n in range(3)
    ]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("name", "raw", "urls"),
    [
        ("list.txt", "# mine\nhttps://a.example/1\n\nhttps://b.example/2\n", 2),
        (
            "mediacloud.csv",
            "id,publish_date,title,url,language,media_name\n"
            "1,2031-03-04,Ferry,https://a.example/1,en,Tide\n",
            1,
        ),
        (
            "gdelt.json",
            json.dumps({"articles": [{"url": "https://a.example/1", "title": "Ferry"}]}),
            1,
        ),
        ("20310304.export.CSV", "1\t20310304\tUSA\thttps://a.example/1\n" * 3, 1),
        (
            "20310304.gkg.csv",
            "20310304-1\t20310304\t1\ta.example\thttps://a.example/1\tX\thttps://a.example/1.jpg\n",
            1,
        ),
    ],
)
def test_lists_of_addresses_are_not_fetched_unasked(
    name: str, raw: str, urls: int, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(raw)
    reports, refused = read([str(file)])
    assert reports == ()
    assert [one.error for one in refused] == ["NotFetched"] * urls
    assert "https://a.example/1" in refused[0].reason
    assert "--fetch" in refused[0].advice


def test_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "odd [name]*.parquet"
    duckdb.sql(
        f"COPY (SELECT 'r' || i AS doc_id, '{ONE} ' || i AS body, DATE '2031-03-04' AS date, "
        f"NULL AS title FROM range(500) t(i)) TO '{file}' (FORMAT parquet)"
    )
    said: list[str] = []
    reports, refused = read([str(file)], notify=said.append)
    assert refused == ()
    assert len(reports) == 500
    assert (reports[7].id, reports[7].text, reports[7].published) == (
        "r7",
        f"{ONE} 7",
        "2031-03-04",
    )
    assert "text=«body»" in said[0]
    again, _ = given(file.read_bytes())
    assert [one.text for one in again] == [one.text for one in reports]
    damaged = file.read_bytes()[:-40]
    reports, (refusal,) = given(damaged)
    assert (reports, refusal.error) == ((), "Damaged")


def test_parquet_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    _, (refusal,) = given(b"PAR1" + b"\0" * 40)
    assert refusal.error == "NotText"
    assert "retold[tables]" in refusal.advice


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_table_without_a_name_is_read_as_a_file_is(delimiter: str, encoding: str) -> None:
    raw = table(
        [["Hörfunk", "Notiz", "Nr"], [ONE, "x", "1"], [TWO, "y, z", "2"]], delimiter
    ).encode(encoding)
    # Nothing says which column it is: so it is asked for.
    reports, (refusal,) = given(raw)
    assert not reports
    assert "--map text=COLUMN" in str(refusal.advice)
    assert "«Hörfunk», «Notiz», «Nr»" in str(refusal.advice)
    named = Settings(columns=Columns(text="Hörfunk", title="Notiz"))
    reports, refused = given(raw, settings=named)
    assert refused == ()
    assert [one.text for one in reports] == [ONE, TWO]
    assert [one.title for one in reports] == ["x", "y, z"]
    _, (refusal,) = given(raw, settings=Settings(columns=Columns(text="Fernsehen")))
    assert "no column is called «Fernsehen»" in f"{refusal.reason}"


def test_one_known_column_is_enough() -> None:
    told: list[str] = []
    reports, _ = given(table([["body", "x"], [ONE, "1"], [TWO, "2"]]), told)
    assert [one.text for one in reports] == [ONE, TWO]
    assert "guessed text=«body»" in told[0]


@pytest.mark.parametrize(
    "text",
    [
        f"Harbour, Monday\n\n{ONE}\n\n{TWO}\n",
        "Ferry, ferry\nburning bright, or so\nin the harbours, of the night\n",
        "Ferry sails, mayor says\nThe mayor, who knows, spoke.\nNobody, it is said, wept.\n",
        f'"Ferry sails", says mayor\n{ONE}\n"Yes", he said.\n',
        f"Ferry; harbour\n{ONE}",
    ],
)
def test_a_text_without_a_name_stays_a_text(text: str) -> None:
    reports, refused = given(text)
    assert refused == ()
    assert len(reports) == 1


def test_a_name_of_a_file_says_more_than_its_shape(tmp_path: Path) -> None:
    file = tmp_path / "verse.txt"
    file.write_text('Ferry, ferry\n"burning bright", "or so"\n"in the", "night"\n')
    assert len(read([str(file)])[0]) == 1
