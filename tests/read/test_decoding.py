"""Bytes to text: every encoding of the press, no character lost, nothing repaired silently."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import EmptyInput, InputRefused, NotText
from retold.read import read_bytes
from retold.read.decoding import decode, misread, without_surrogates

ENGLISH = "The ferry “Solveig” sailed again – after 4 months.\r\nMayor Renée Dahl said so.\n"
RUSSIAN = (
    "Паром «Сольвейг» снова вышел в море в понедельник после четырёх месяцев ремонта.\n"
    "Об этом сообщила мэр города Ингрид Сольхейм на встрече с журналистами.\n"
)
GERMAN = "Die Fähre läuft am Montag wieder aus. Die Bürgermeisterin grüßte die Gäste.\n" * 3
POLISH = "Prom wypłynął w poniedziałek. Burmistrz podziękowała załodze za cztery miesiące.\n" * 3
UKRAINIAN = "Пором знову вийшов у море в понеділок. Її слова передала міська рада.\n" * 3
JAPANESE = "フェリーは月曜日に再び出航した。市長は乗組員に感謝した。修理には四か月かかった。\n" * 3
CHINESE = "渡轮星期一再次出航。市长向船员表示感谢。修理花了四个月的时间。\n" * 3
KOREAN = "여객선이 월요일 다시 출항했다. 시장은 선원들에게 감사했다. 수리에는 넉 달이 걸렸다.\n" * 3
GREEK = "Το πλοίο απέπλευσε ξανά τη Δευτέρα. Η δήμαρχος ευχαρίστησε το πλήρωμα.\n" * 3

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
OLD = [
    (ENGLISH, "cp1252"),
    (GERMAN, "cp1252"),
    (GERMAN, "iso8859-1"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN.replace("«", '"').replace("»", '"'), "koi8-r"),
    (RUSSIAN.replace("«", '"').replace("»", '"'), "cp866"),
    (UKRAINIAN, "cp1251"),
    (POLISH, "cp1250"),
    (POLISH, "iso8859-2"),
    (GREEK, "cp1253"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (CHINESE, "gb18030"),
    (KOREAN, "euc_kr"),
]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, GERMAN])
def test_unicode_is_read_unchanged(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    if encoding.startswith("utf-16-"):  # without a mark: told by its zeros, English and German
        if text is RUSSIAN:
            raw = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
        decoded = decode(raw)
    else:
        decoded = decode(raw)
    assert decoded.text == text
    assert encoding[:5] == decoded.encoding[:5]


@pytest.mark.parametrize(("text", "encoding"), OLD)
def test_old_encodings_are_recognised_and_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert any(note.startswith("decoded as ") for note in decoded.notes)


@pytest.mark.parametrize(("text", "encoding"), OLD)
def test_a_declared_encoding_is_used(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), encoding)
    assert decoded.text == text
    assert decoded.notes == ()


@pytest.mark.parametrize("declared", ["utf-7x", "base64", "rot13", "idna", "\0", "utf-16", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(ENGLISH.encode(), declared).text == ENGLISH
    assert decode(RUSSIAN.encode("cp1251"), declared).text


def test_a_damaged_byte_is_shown_and_counted() -> None:
    raw = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    decoded = decode(raw)
    assert decoded.text == RUSSIAN + "\ufffd" + RUSSIAN
    assert (
        f"1 damaged character(s) in UTF-8, the first at byte {len(RUSSIAN.encode())}"
        in (decoded.notes[0])
    )


def test_a_character_cut_at_the_end_is_shown() -> None:
    assert decode(RUSSIAN.encode()[:-3]).text.endswith("\ufffd")


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_mojibake_is_noted_and_left(wrong: str) -> None:
    text = "Паром «Сольвейг» вышел – мэр".encode().decode(wrong, "replace")
    accents = "La mairie a déclaré l’été à Évry".encode().decode(wrong, "replace")
    assert decode(accents.encode()).text == accents
    assert misread(accents)
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, GERMAN, POLISH, UKRAINIAN, JAPANESE, GREEK])
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert misread(text) == ()


@pytest.mark.parametrize(
    "raw", [b"", b" ", b"\r\n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\0\0\0", b"\xff\xfe"]
)
def test_nothing_is_refused_as_empty(raw: bytes) -> None:
    with pytest.raises(EmptyInput):
        decode(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03" * 50,
        b"text" + b"\0" * 7 + b"text",
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + b"\0" * 40,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"{\\rtf1\\ansi Ferry sails}",
        b"PK\x03\x04\x14\0\6\0",
        b"\x1f\x8b\x08\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20,
        b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x",
    ],
)
def test_what_is_no_text_is_refused_with_advice(raw: bytes) -> None:
    with pytest.raises(NotText) as refusal:
        read_bytes(raw, "report.txt")
    assert refusal.value.advice


def test_half_characters_keep_their_place() -> None:
    text, notes = without_surrogates("a\ud800b\udfffc")
    assert text == "a\ufffdb\ufffdc"
    assert len(notes) == 1
    assert decode("a\ud800b".encode("utf-16", "surrogatepass")).text == "a\ufffdb"


@given(st.text(min_size=1))
def test_what_was_written_as_utf8_is_read_as_it_was(text: str) -> None:
    try:
        decoded = decode(text.encode("utf-8", "surrogatepass"))
    except InputRefused:
        assert not text.strip() or any(ord(c) < 32 or ord(c) == 127 for c in text)
        return
    if max(text) < "\ud800" or min(text) > "\udfff":
        assert decoded.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_typed_refusal(raw: bytes) -> None:
    with suppress(InputRefused):
        assert decode(raw).text.strip()
