"""Disks that fill up, processes that are killed, many at once: nothing acknowledged is lost."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.exporting import canonical
from retold.archive.getting import count

from .items import report


def started(program: str, *arguments: str, **how) -> subprocess.Popen[str]:
    """Another process, for whatever must not happen in this one."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        **how,
    )


def test_a_full_disk_is_said_and_what_was_kept_is_whole(tmp_path):
    """A limit on the size of files stands for the disk's end."""
    path = tmp_path / "a.retold"
    with open_archive(path, create=True) as archive:
        add(archive, [Item(report(f"Text {n}.")) for n in range(50)])
        before = b"".join(canonical(archive))
    limit = path.stat().st_size + 200_000

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    program = (
        "import sys, os\n"
        "from retold.archive import open_archive\n"
        "from retold.archive.adding import Item, add\n"
        "from tests.archive.items import report\n"
        "with open_archive(sys.argv[1]) as archive:\n"
        "    add(archive, [Item(report(f'{n}'), os.urandom(2000)) for n in range(2000)])\n"
    )
    running = started(program, str(path), preexec_fn=limited)
    _, said = running.communicate()
    assert "ArchiveFull" in said
    with open_archive(path) as archive:
        assert b"".join(canonical(archive)) == before
        add(archive, [Item(report("There is space again."))])


_WRITES = """
import sys
from retold.archive import open_archive
from retold.archive.adding import Item, add
from tests.archive.items import report
with open_archive(sys.argv[1]) as archive:
    for n in range(10):
        add(archive, [Item(report(f"{sys.argv[2]}, {n}.")), Item(report(f"Shared {n}."))])
"""


def test_many_write_and_read_at_once_and_nothing_is_lost(place):
    """Two processes and two threads write, one reads."""
    with open_archive(place, create=True) as archive:
        running = [started(_WRITES, place, f"Process {n}") for n in range(2)]

        def write(name: str) -> None:
            for n in range(10):
                add(archive, [Item(report(f"{name}, {n}.")), Item(report(f"Shared {n}."))])

        with ThreadPoolExecutor() as pool:
            threads = [pool.submit(write, f"Thread {n}") for n in range(2)]
            while not all(one.done() for one in threads) or running[0].poll() is None:
                lines = list(canonical(archive))
                assert len(lines) == len(set(lines))
            for one in threads:
                one.result()
        for process in running:
            _, said = process.communicate()
            assert process.returncode == 0, said
        assert count(archive) == 4 * 10 + 10


def test_killed_while_adding_every_acknowledged_batch_is_there(tmp_path):
    path = tmp_path / "a.retold"
    program = (
        "import sys\n"
        "from retold.archive import open_archive\n"
        "from retold.archive.adding import Item, add\n"
        "from tests.archive.items import report\n"
        "with open_archive(sys.argv[1], create=True) as archive:\n"
        "    for n in range(10_000):\n"
        "        add(archive, [Item(report(f'{n}.{m}'), b'raw') for m in range(7)])\n"
        "        print(n, flush=True)\n"
    )
    running = started(program, str(path))
    assert running.stdout is not None
    last = -1
    while last < 12:
        last = int(running.stdout.readline())
    running.kill()
    last = max([last, *(int(line) for line in running.stdout.read().split())])
    running.communicate()
    with open_archive(path) as archive:
        total = count(archive)
        assert total % 7 == 0
        assert total >= 7 * (last + 1)
        assert len(list(canonical(archive))) == total
