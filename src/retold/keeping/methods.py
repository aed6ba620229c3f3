"""The methods whose results are kept, and what tells one version of them from another.

A version is a hash of three things (`docs/decisions/0011-when-results-are-stale.md`):

* what the method makes of the project's examples and labelled sentences, kept in `outcomes.toml`;
  a test fails when it makes something else, until that is accepted there;
* the tables of words and weights that it reads, because no example has all of their words;
* for what goes on from a state that it kept, the code too, without comments and docstrings: a
  state made by other code cannot be gone on from.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from retold.engines.encoders import Encoder
from retold.settings import Settings

__all__ = ["OUTCOMES", "settings_of", "version_of"]

OUTCOMES = Path(__file__).with_name("outcomes.toml")
_HERE = Path(__file__).parent.parent
_DATA = (".toml", ".json")
# Method -> the rooms whose tables it reads.
_TABLES = {
    "quotations": ("language", "text", "attribute"),
    "stories": ("language", "text", "group"),
    "telling": ("language", "text", "attribute", "collate", "trace", "group/copies"),
}
# Method -> the rooms in whose form it keeps what it goes on from.
_STATES = {"stories": ("group",)}


@cache
def version_of(method: str) -> str:
    """16 hexadecimal digits, equal for versions of a method with the same results."""
    digest = blake2b(digest_size=8)
    digest.update(msgspec.json.encode(_outcome(method)))
    for room in _TABLES[method]:
        digest.update(_tables(_HERE / room))
    for room in _STATES.get(method, ()):
        digest.update(_code(_HERE / room))
    return digest.hexdigest()


def settings_of(settings: Settings, encoder: Encoder | None = None) -> tuple[str, str]:
    """A hash of the settings that matter to what is derived, and the settings as JSON.

    Args:
        settings: of the run.
        encoder: the model of sentence vectors that the method uses, if it does.
    """
    limits = settings.limits
    mattering: dict[str, int | str | None] = {
        "language": settings.language,
        "report_sentences": limits.report_sentences,
        "seed": settings.seed,
        "sentence_characters": limits.sentence_characters,
    }
    if encoder is not None:
        mattering["encoder"] = encoder.fingerprint
    written = msgspec.json.encode(mattering, order="deterministic")
    return blake2b(written, digest_size=8).hexdigest(), written.decode()


def _outcome(method: str) -> tuple[str, int]:
    known = tomllib.loads(OUTCOMES.read_text("utf-8"))[method]
    return str(known["outcome"]), int(known["raised"])


@cache
def _tables(room: Path) -> bytes:
    return _whole(room, _DATA, lambda file: file.read_bytes())


@cache
def _code(room: Path) -> bytes:
    return _whole(room, (".py",), lambda file: _what_runs(file.read_text("utf-8")).encode())


def _whole(room: Path, endings: tuple[str, ...], content: Callable[[Path], bytes]) -> bytes:
    digest = blake2b(digest_size=8)
    for file in sorted(room.rglob("*")):
        if file.suffix in endings and file.is_file():
            digest.update(f"{file.relative_to(room).as_posix()}\0".encode())
            digest.update(blake2b(content(file), digest_size=16).digest())
    return digest.digest()


def _what_runs(code: str) -> str:
    """Code without comments, layout and docstrings."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [one for one in node.body if not _is_text(one)]
    return ast.dump(tree)


def _is_text(node: ast.stmt) -> bool:
    """A docstring, or one of an attribute."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
