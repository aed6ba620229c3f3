"""Where the labelled data lies, how it is read, and how it is named in a result."""

from __future__ import annotations

import gzip
import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

__all__ = ["fingerprint", "path", "records"]


def path(name: str) -> Path:
    """A file of the labelled data: `RETOLD_SHARED`, else the folder `shared` beside the project."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    found = Path(os.environ.get("RETOLD_SHARED", beside)) / "data" / name
    if not found.exists():
        raise SystemExit(f"{found} is not there: set RETOLD_SHARED to the folder that holds data/")
    return found


def records(name: str) -> list[dict[str, Any]]:
    """All records of a gzipped JSON Lines file."""
    with gzip.open(path(name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fingerprint(name: str) -> str:
    """Hash of a file, to be printed beside every figure that comes from it."""
    return blake2b(path(name).read_bytes(), digest_size=8).hexdigest()
