"""A PostgreSQL server of the tests' own: one a session, a database for each test.

Other rooms use it too: `pytest_plugins` is not needed, import `server` and `database` into a
conftest.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

__all__ = ["Server", "running"]


class Server:
    """A running server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self._folder), safe='')}"

    def database(self) -> str:
        """The URL of a new place without tables: a schema, which costs less than a database."""
        name = f"archive{next(self._numbers)}"
        self.run(f'CREATE SCHEMA "{name}"')
        return f"{self.url('postgres')}&options=-csearch_path%3D{name}"

    def run(self, statement: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _missing(reason: str) -> None:
    if os.environ.get("RETOLD_REQUIRE_POSTGRES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _as(user: str | None, arguments: list[str]) -> None:
    """Run a program; the server refuses to run as root."""
    how: dict[str, object] = {}
    if user is not None:
        account = pwd.getpwnam(user)
        how = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **how,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[0]}: {done.stdout}{done.stderr}")


def _unprivileged() -> str | None:
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return None


def _place() -> str:
    """In memory where there is enough of it: thousands of small files are made and removed."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2e9:
        return str(memory)
    return "/tmp"


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block runs; skips where there is none."""
    programs = _programs()
    if programs is None:
        _missing("no PostgreSQL server is installed")
    assert programs is not None
    pytest.importorskip("psycopg")
    user = _unprivileged()
    # A socket's path may have 107 characters only: a short folder of its own.
    folder = Path(tempfile.mkdtemp(prefix="rtpg", dir=_place()))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = folder / "data"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    # Nothing here has to survive a power cut; no port is opened.
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60 "
        "-c shared_buffers=32MB"
    )
    try:
        _as(
            user,
            [
                str(programs / "initdb"),
                *("-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"),
                *("--locale=C", "-N"),
            ],
        )
        access = data / "pg_hba.conf"
        access.write_text("local all locked scram-sha-256\n" + access.read_text())
        _as(user, [*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield Server(folder)
        finally:
            _as(user, [*control, "-W", "-m", "immediate", "stop"])
            end = time.monotonic() + 5
            while (data / "postmaster.pid").exists() and time.monotonic() < end:
                time.sleep(0.02)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
