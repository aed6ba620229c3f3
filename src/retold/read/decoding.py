"""Bytes to text, saying how: never repaired silently, never a character dropped.

Order: a byte order mark; UTF-8; UTF-16 without a mark; the declared charset; UTF-8 with lines in
another encoding, or with a few damaged bytes (shown as U+FFFD, and counted in a note);
charset-normalizer's guess, with a note.
No newline is translated and nothing is normalised, so spans count in what the file holds.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from retold.errors import EmptyInput, NotText

__all__ = ["Decoded", "decode", "misread", "unmarked_utf16", "without_surrogates"]

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
_HIGH = bytes(range(128, 256))
# Fewer are damage rather than words in another encoding.
_FEWEST_HIGH = 8
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Zeros among the pairs of a text: 0.4 and more in Latin letters, in others as many as blanks and
# line ends; and bytes that ASCII texts do not hold.
_LATIN_ZEROS = 0.4
_FEWEST_ZEROS = 0.005
_FEWEST_ODD = 0.15
_PRINTED = bytes([*range(32, 127), 9, 10, 12, 13])
# Control characters, halves of characters, private and unassigned ones.
_STRANGE = frozenset(["Cc", "Cs", "Co", "Cn"])
# So many lines with sound characters of several bytes make a file UTF-8 whose other lines are not.
_FEWEST_SOUND_LINES = 2
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
        encoding_found = None if len(raw) % 2 else unmarked_utf16(raw)
        if encoding_found is None:
            raise _binary()
        return _finish(raw, encoding_found, ("decoded as UTF-16, which it does not say",))
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
    return _other_lines(raw) or _damaged_utf8(raw, first) or _guess(raw)


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


def unmarked_utf16(raw: bytes) -> str | None:
    """ "utf-16-le" or "utf-16-be", if `raw` is UTF-16 without a mark; else None.

    Blanks, digits and line ends have their zero on one side of each pair in every script, Latin
    letters too. Other data read as UTF-16 is full of characters that no text holds.
    """
    head = raw[:_GUESSED_FROM]
    even = head[0::2].count(0)
    odd = head[1::2].count(0)
    zeros = max(odd, even) / max(1, len(head) // 2)
    if min(odd, even) * 8 > max(odd, even) or zeros < _FEWEST_ZEROS:
        return None
    narrow = head.replace(b"\0", b"")
    if 2 * _sound_bytes(narrow) > len(narrow) - len(narrow.translate(None, _HIGH)) > 0:
        return None  # UTF-8 with zeros in it
    if zeros < _LATIN_ZEROS and len(head.translate(None, _PRINTED)) < _FEWEST_ODD * len(head):
        return None  # ASCII with zeros in it
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    strange = sum(1 for c in text if c not in "\t\r\n\f" and unicodedata.category(c) in _STRANGE)
    if strange > _LARGEST_CONTROL_SHARE * len(text):
        return None
    return encoding


def _other_lines(raw: bytes) -> Decoded | None:
    """UTF-8 with whole lines in one older encoding, as files put together from others have them.

    None where the lines do not say so clearly: where few are sound UTF-8, or where the others
    have few characters that are not ASCII (damage, not an encoding).
    """
    lines = raw.splitlines(keepends=True)
    others = {number for number, line in enumerate(lines) if not _is_utf8(line)}
    sound = sum(1 for n, line in enumerate(lines) if n not in others and not line.isascii())
    rest = b"".join(lines[number] for number in sorted(others))
    high = len(rest) - len(rest.translate(None, _HIGH))
    if sound < _FEWEST_SOUND_LINES or high < _FEWEST_HIGH or 2 * _sound_bytes(rest) > high:
        return None
    guessed = _guess(rest)
    text = "".join(
        line.decode(guessed.encoding if number in others else "utf-8", "replace")
        for number, line in enumerate(lines)
    )
    note = (
        f"{len(others)} line(s), the first line {min(others) + 1}, are not UTF-8 as the others: "
        f"{', '.join(guessed.notes)}"
    )
    clean, damaged = without_surrogates(text)
    return Decoded(clean, "utf-8", (note, *damaged, *misread(clean)))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sound_bytes(raw: bytes) -> int:
    return sum(len(match.group()) for match in _MULTIBYTE.finditer(raw))


def _damaged_utf8(raw: bytes, first: int) -> Decoded | None:
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(1 for _ in _MULTIBYTE.finditer(raw))
    if sound < _SOUND_PER_DAMAGED * damaged:
        return None
    note = f"{damaged} damaged character(s) in UTF-8, the first at byte {first}, shown as U+FFFD"
    clean, halves = without_surrogates(text)
    return Decoded(clean, "utf-8", (note, *halves, *misread(clean)))


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
