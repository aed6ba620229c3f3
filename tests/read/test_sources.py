"""Files, standard input, and the settings that bear on them."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pytest

from retold.errors import TooLarge
from retold.read import read, read_bytes, read_text
from retold.settings import Limits, Settings

TEXT = "The harbour council said on Monday that the ferry would sail again.\r\nIt was late.\rSo."


def test_a_text_file_is_its_content_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode())
    (report,), refused = read([str(file)])
    assert refused == ()
    assert report.text == TEXT
    assert report.source == str(file)
    assert report.raw_sha256 == sha256(TEXT.encode()).hexdigest()
    assert (report.encoding, report.extractor, report.language) == ("utf-8", "plain text", "en")
    assert report.fetched is None


def test_order_is_kept_and_a_bad_input_does_not_stop_the_rest(tmp_path: Path) -> None:
    one, two, empty, binary = (tmp_path / name for name in ("1.txt", "2.txt", "3.txt", "4.txt"))
    one.write_text("The first report says that the ferry has sailed.", "utf-8")
    two.write_text("The second report says that it has not.", "utf-8")
    empty.write_bytes(b"")
    binary.write_bytes(b"\x00\x01\x02" * 9)
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    sources = [str(two), str(nothing), str(empty), "-", str(binary), "a\0b", "", str(one), "/x/y"]
    reports, refused = read(sources, stdin=io.BytesIO(b"Standard input says nothing at all."))
    assert [report.source for report in reports] == [str(two), "-", str(one)]
    assert [(r.source, r.error) for r in refused] == [
        (str(nothing), "EmptyInput"),
        (str(empty), "EmptyInput"),
        (str(binary), "NotText"),
        ("a\0b", "MissingInput"),
        ("", "MissingInput"),
        ("/x/y", "MissingInput"),
    ]
    assert all(r.reason and r.advice for r in refused)


def test_the_order_of_sources_changes_only_the_order(tmp_path: Path) -> None:
    files = []
    for number in range(3):
        file = tmp_path / f"{number}.txt"
        file.write_text("The same report in two files." if number else "Another report.", "utf-8")
        files.append(str(file))
    forward, _ = read(files)
    backward, _ = read(files[::-1])
    assert sorted(report.id for report in forward) == sorted(report.id for report in backward)


def test_limits() -> None:
    small = Settings(limits=Limits(page_bytes=10))
    with pytest.raises(TooLarge):
        read_bytes(b"a" * 11, "a.txt", small)
    with pytest.raises(TooLarge):
        read_text("a" * 11, small)
    _, (refusal,) = read(["-"], small, stdin=io.BytesIO(b"a" * 100_000))
    assert refusal.error == "TooLarge"


def test_a_set_language_is_taken() -> None:
    report = read_text(TEXT, Settings(language="ru"))
    assert (report.language, report.language_score) == ("ru", None)


def test_a_failing_parser_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object) -> object:
        raise ZeroDivisionError("in the middle of a parser")

    monkeypatch.setattr("retold.read.documents.decode", fails)
    _, (refusal,) = read(["-"], stdin=io.BytesIO(b"text"))
    assert refusal.error == "InputRefused"
    assert "ZeroDivisionError" in refusal.reason


def test_a_text_about_markup_or_braces_is_a_text() -> None:
    for text in ("The tag <p> opens a paragraph, he said.", "{ he said", "a < b, she said"):
        (report,), _ = read(["-"], stdin=io.BytesIO(text.encode()))
        assert report.text == text
        assert report.extractor == "plain text"
