from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from retold.keeping.computing import Apart, Broken, in_order

DOUBLED = "tests.keeping.working:doubled"
WAITS = "tests.keeping.working:waits"
ASKS = f"""
import signal, sys
from retold.keeping.computing import Apart, in_order
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
try:
    if sys.argv[1] == "one":
        Apart().do({WAITS!r}, sys.argv[2])
    else:
        list(in_order({WAITS!r}, [[sys.argv[2]]], 2))
except KeyboardInterrupt:
    sys.exit(130)
"""


def run(batches, workers):
    return [(list(batch), found) for batch, found in in_order(DOUBLED, batches, workers)]


def test_results_come_in_the_order_of_the_batches():
    batches = [[n, n + 1] for n in range(0, 12, 2)]
    wanted = [(batch, [2 * n for n in batch]) for batch in batches]
    assert run(batches, 1) == run(batches, 3) == wanted


def test_an_item_that_ends_its_process_is_named_and_the_rest_is_done():
    found = run([[1, 2], [12, 13, 14], [3]], 2)
    assert found[0] == ([1, 2], [2, 4])
    assert [type(one) for one in found[1][1]] == [int, Broken, int]
    assert found[2] == ([3], [6])


def test_nothing_to_do_is_done():
    assert run([], 2) == []


def test_single_items_are_done_apart():
    apart = Apart()
    assert [apart.do(DOUBLED, one) for one in (4, 5)] == [8, 10]
    assert isinstance(apart.do(DOUBLED, 13), Broken)


def test_what_is_done_apart_ends_when_it_is_told_to(tmp_path):
    apart, file, found = Apart(), tmp_path / "begun", []
    doing = threading.Thread(target=lambda: found.append(apart.do(WAITS, str(file))), daemon=True)
    doing.start()
    process = begun(file, doing.is_alive)
    apart.close()
    doing.join(20)
    assert [type(one) for one in found] == [Broken]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert isinstance(apart.do(DOUBLED, 4), Broken)  # nothing more is begun


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("how", ["one", "several"])
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_processes_end_quietly_with_the_one_that_began_them(how, number, tmp_path):
    file = tmp_path / "begun"
    with subprocess.Popen(
        [sys.executable, "-c", ASKS, how, str(file)], stderr=subprocess.PIPE, process_group=0
    ) as asking:
        try:
            begun(file, lambda: asking.poll() is None)
            os.killpg(asking.pid, getattr(signal, number))  # as Ctrl-C in a terminal does
            # They have its standard error too, so this waits for all of them.
            _, said = asking.communicate(timeout=60)
        finally:
            asking.kill()
    assert said == b""


def begun(file, alive) -> int:
    """The number of the process that has begun its work."""
    until = time.monotonic() + 60
    while not file.exists():
        assert alive()
        assert time.monotonic() < until
        time.sleep(0.01)
    return int(file.read_text())
