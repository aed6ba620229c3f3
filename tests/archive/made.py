"""Archives that are made once and copied: tables by six migrations cost forty milliseconds each."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from retold.archive import open_archive

__all__ = ["made"]


def made(place: str | Path) -> str:
    """The place, with an empty archive in it where that is a file; a server makes its own."""
    if "://" not in str(place) and not Path(place).exists():
        Path(place).write_bytes(_empty())
    return str(place)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.retold"
        open_archive(path, create=True).close()
        return path.read_bytes()


def is_held(place: str | Path) -> bool:
    """Whether another process finds SQLite's locks of this one on an archive that it has open."""
    program = (
        "import sqlite3,sys\n"
        "one=sqlite3.connect(sys.argv[1],timeout=0,isolation_level=None)\n"
        "try: print(one.execute('PRAGMA journal_mode=DELETE').fetchone()[0])\n"
        "except sqlite3.OperationalError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(place)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() in {"delete", "database is locked"}, done.stdout
    return done.stdout.strip() != "delete"
