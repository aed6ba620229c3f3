"""The methods whose results are kept, and what tells one version of them from another.

A version is a hash of the code and tables that do the work, so that nobody can forget to raise it
when they change what comes out. What only moves code about makes results stale too; they are made
anew, and are the same.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from retold.engines.encoders import Encoder
from retold.settings import Settings

__all__ = ["settings_of", "version_of"]

_HERE = Path(__file__).parent.parent
_READING = ("model", "text", "language", "segment", "attribute")
# Method -> what makes its results.
_ROOMS = {
    "quotations": _READING,
    "stories": ("model", "text", "language", "engines/encoders", "group"),
    "telling": (*_READING, "pipeline.py", "collate", "trace", "show/summary.py"),
}


@cache
def version_of(method: str) -> str:
    """16 hexadecimal digits over all that makes a method's results."""
    digest = blake2b(digest_size=8)
    for room in _ROOMS[method]:
        whole = _HERE / room
        files = [whole] if whole.is_file() else sorted(whole.rglob("*"))
        for file in files:
            if file.suffix in (".py", ".toml", ".json") and file.is_file():
                digest.update(f"{file.relative_to(_HERE).as_posix()}\0".encode())
                digest.update(blake2b(file.read_bytes(), digest_size=16).digest())
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
