"""Column types that mean the same on every engine, and lose nothing.

* `Number`: 64 bits. `Real`: double precision. `Bytes`.
* `Words`: a text, compared byte by byte. Servers refuse U+0000, and lone surrogates cannot be
  written in UTF-8; both stand in the archive as U+FDD0 (a noncharacter) and four hexadecimal
  digits, and so does U+FDD0 itself.
* `Json`: what `json` can write, as `Words`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import REAL, BigInteger, Dialect, Double, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from retold.errors import ArchiveDamaged

__all__ = ["TABLE", "Bytes", "Json", "Number", "Real", "Words", "escaped", "unescaped"]

# STRICT tables of SQLite know INTEGER, REAL, TEXT and BLOB only.
Number: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
Real: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
Bytes = LargeBinary
# What every table is made with.
TABLE: dict[str, Any] = {"sqlite_strict": True}

_ADVICE = (
    "Run `retold verify` to see what else is damaged; `retold export --salvage` saves the rest"
)
_UNWRITABLE = re.compile("[\0\ud800-\udfff\ufdd0]")
_ESCAPE = re.compile("\ufdd0([0-9a-f]{4})")


def escaped(text: str) -> str:
    """`text` without what not every engine can hold."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNWRITABLE.sub(lambda found: f"\ufdd0{ord(found.group()):04x}", text)


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    if "\ufdd0" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def _sound(value: object) -> str:
    """A damaged file gives bytes or numbers where a text was kept."""
    if isinstance(value, str):
        return value
    raise ArchiveDamaged("what should be a text is not", advice=_ADVICE)


class Words(TypeDecorator[str]):
    """Any Python string. Ordering and comparing are by bytes: only equality has a meaning."""

    # Without "C" a server orders by its language, and an index breaks when the rules change.
    impl = Text().with_variant(Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the archive."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Out of the archive."""
        return None if value is None else unescaped(_sound(value))


class Json(TypeDecorator[Any]):
    """Lists, dictionaries with string keys, strings, numbers, booleans; None is NULL."""

    impl = Text().with_variant(Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Into the archive."""
        if value is None:
            return None
        return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Out of the archive."""
        if value is None:
            return None
        try:
            return json.loads(unescaped(_sound(value)))
        except (ValueError, RecursionError):
            raise ArchiveDamaged("what should be JSON is not", advice=_ADVICE) from None
