"""Bytes to text, saying how: never repaired silently, never a character dropped.

Order: a byte order mark; UTF-8; UTF-16 without a mark; the declared charset; UTF-8 with a few
damaged bytes (shown as U+FFFD, and counted in a note); charset-normalizer's guess, with a note.
No newline is translated and nothing is normalised, so spans count in what the file holds.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from retold.errors import EmptyInput, NotText

__all__ = ["Decoded", "decode", "misread", "without_surrogates"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the world's press is saved in. charset-normalizer knows 90 encodings; on short texts the
# exotic ones win by accident.
_USUAL = (
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "iso8859_2",
    "iso8859_5",
    "iso8859_7",
    "iso8859_9",
    "iso8859_15",
    "koi8_r",
    "koi8_u",
    "cp866",
    "mac_roman",
    "shift_jis",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "cp949",
    "tis_620",
)
_GUESSED_FROM = 40_000
# A few damaged bytes in UTF-8: at most one to this many sound multi-byte characters.
_SOUND_PER_DAMAGED = 3
# Control characters that text files do hold: tab, line feed, form feed, carriage return, escape,
# and 0x19, which news agency systems leave as a paragraph mark.
_CONTROL = bytes(set(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x19, 0x1A, 0x1B}) + b"\x7f"
_LARGEST_CONTROL_SHARE = 0.02
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN = "A-Za-z\u00c0-\u024f"
_CYRILLIC = "\u0400-\u04ff"
_WIDE = "\u3000-\u9fff\uac00-\ud7af\uff66-\uff9f"
_LETTERS = f"{_LATIN}{_CYRILLIC}\u0370-\u03ff"
# Latin letters touch Japanese ones in good texts ("CanCamモデル"), but one such letter between two
# Latin ones is an umlaut misread, and half-width kana are Cyrillic or umlauts misread.
_ODD = re.compile(
    f"[{_LETTERS}][\u00a1-\u00bf\u00d7\u00f7\u2020-\u2030\u20ac\u2116\u2122\u2190-\u25ff](?=[{_LETTERS}])"
    "|[a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f\u03ac-\u03ce](?=[A-Z\u00c0-\u00d6\u00d8-\u00de\u0410-\u042f])"
    f"|[{_LATIN}](?=[{_CYRILLIC}\u0370-\u03ff])|[{_CYRILLIC}\u0370-\u03ff](?=[{_LATIN}])"
    f"|[{_LATIN}](?=[{_WIDE}][a-z])|[{_CYRILLIC}](?=[{_WIDE}])|[{_WIDE}](?=[{_CYRILLIC}])"
    "|[\x80-\x9f\ue000-\uf8ff\u2500-\u259f\uff66-\uff9f]"
)
# UTF-8 bytes shown as cp1252: "â€œ", "Ã©"; as cp1251: "вЂњ", "Р°Рё". Three make a finding.
_MISREAD = re.compile(
    "\u00e2\u20ac[\u0153\u2122\u02dc\u201c\u201d\u00a6\u009d\u00a2]|\u00c3[\u00a0-\u00bf]"
    "|\u00c2[\u00a0-\u00bf]|\u0432\u0402[\u045a\u045c\u2122\u201c\u201d\u00a6]"
    "|[\u0420\u0421][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u2018-\u2022]"
)
_FEWEST_MISREAD = 2


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with (a Python codec name), and notes for the user."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Text of `raw`.

    Args:
        raw: the whole input.
        declared: a charset that a header or the page itself names; tried after UTF-8, because
            declarations lie more often than UTF-8 decodes by accident.

    Raises:
        EmptyInput: nothing but white space.
        NotText: binary data.
    """
    if not raw.strip(b" \t\r\n\0\f\v\xef\xbb\xbf"):
        raise EmptyInput("the input holds no text", advice="Check that the file was saved")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _finish(raw[len(mark) :], encoding, ())
    if b"\0" in raw:
        return _finish(raw, _unmarked_utf16(raw), ("decoded as UTF-16, which it does not say",))
    head = raw[:_GUESSED_FROM]
    if len(head) - len(head.translate(None, _CONTROL)) > _LARGEST_CONTROL_SHARE * len(head):
        raise _binary()
    try:
        return _finish(raw, "utf-8", (), strict=True)
    except UnicodeDecodeError as error:
        first = error.start
    named = _codec(declared)
    if named is not None and named != "utf-8":
        try:
            return _finish(raw, named, (), strict=True)
        except (UnicodeDecodeError, UnicodeError):
            pass
    return _damaged_utf8(raw, first) or _guess(raw)


def _finish(raw: bytes, encoding: str, notes: tuple[str, ...], strict: bool = False) -> Decoded:
    if strict:
        text = raw.decode(encoding)
    else:
        text = raw.decode(encoding, "replace")
        if "\ufffd" in text:
            notes = (*notes, f"{text.count(chr(0xFFFD))} character(s) could not be decoded")
    if not text.strip():
        raise EmptyInput("the input holds no text", advice="Check that the file was saved")
    text, damaged = without_surrogates(text)
    wrong = misread(text)
    return Decoded(text, encoding, (*notes, *damaged, *wrong))


def _unmarked_utf16(raw: bytes) -> str:
    """UTF-16 without a mark has its zeros on one side of each pair; other data has not."""
    head = raw[:_GUESSED_FROM]
    even = head[0::2].count(0)
    odd = head[1::2].count(0)
    half = max(1, len(head) // 2)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(raw) % 2 or max(odd, even) < 0.4 * half or min(odd, even) > 0.05 * half:
        raise _binary()
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    unprintable = sum(1 for c in text if (c < " " and c not in "\t\r\n\f") or c == "\ufffd")
    if unprintable > _LARGEST_CONTROL_SHARE * len(text):
        raise _binary()
    return encoding


def _damaged_utf8(raw: bytes, first: int) -> Decoded | None:
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(1 for _ in _MULTIBYTE.finditer(raw))
    if sound < _SOUND_PER_DAMAGED * damaged:
        return None
    note = f"{damaged} damaged character(s) in UTF-8, the first at byte {first}, shown as U+FFFD"
    return _finish(text.encode("utf-8"), "utf-8", (note,))


def _guess(raw: bytes) -> Decoded:
    """The encoding whose reading looks most like words.

    Readings with the fewest marks of a wrong one (see `_oddities`) are kept; among them
    charset-normalizer, which knows letter frequencies, has the choice.
    """
    from charset_normalizer import from_bytes  # 40 ms

    head = raw[:_GUESSED_FROM]
    odd = {name: count for name in _USUAL if (count := _oddities(head, name)) is not None}
    best = from_bytes(head, cp_isolation=list(_USUAL)).best()
    if not odd:
        # Every byte but five is a character in windows-1252; those are shown as U+FFFD.
        return _finish(raw, "cp1252", ("encoding unknown, decoded as windows-1252",))
    fewest = min(odd.values())
    kept = [name for name, count in odd.items() if count == fewest]
    name = best.encoding if best is not None and best.encoding in kept else kept[0]
    # Where several read the same, the commonest name is given.
    shared = head.decode(name, "replace")
    name = next(one for one in kept if head.decode(one, "replace") == shared)
    confidence = max(0.0, 1.0 - 10 * fewest / len(head)) / (1 if len(kept) == 1 else 1.25)
    shown = "windows-" + name[2:] if name.startswith("cp125") else name.replace("_", "-")
    return _finish(raw, name, (f"decoded as {shown}, confidence {confidence:.2f}",))


def _oddities(head: bytes, encoding: str) -> int | None:
    """Marks of a wrong reading: symbols and capitals inside words, scripts mixed in a word.

    None when the bytes are not valid in the encoding.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return sum(1 for _ in _ODD.finditer(text))


def _codec(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    # What pages call Latin-1 or ASCII is windows-1252 (WHATWG Encoding Standard, "names and
    # labels"); codecs that are no character sets (base64, rot13, punycode) are not for pages.
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    known = getattr(codecs.lookup(name), "_is_text_encoding", True)
    return name if known and name not in ("idna", "punycode", "undefined") else None


def without_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with each lone surrogate shown as U+FFFD, and a note if there was one.

    A lone surrogate is half a character; no encoding can write it. The length stays the same.
    """
    if text.isascii():
        return text, ()
    clean, count = _LONE_SURROGATE.subn("\ufffd", text)
    return clean, (f"{count} half character(s) shown as U+FFFD",) if count else ()


def misread(text: str) -> tuple[str, ...]:
    """A note if `text` looks like UTF-8 that was once read as something else."""
    if text.isascii():
        return ()
    found = [match.group() for match in _MISREAD.finditer(text[: 10 * _GUESSED_FROM])]
    if len(found) < _FEWEST_MISREAD:
        return ()
    return (
        f"looks like UTF-8 once read in another encoding, {len(found)} places, "
        f"first «{found[0]}»; left as it is",
    )


def _binary() -> NotText:
    return NotText(
        "the input is binary data, not text", advice="Give plain text, HTML or JSON Lines"
    )
