"""Stopping a server is quiet and quick, whatever it is working out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from .corrected import story_of


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(
    ("page", "number", "code", "send"),
    [
        ("", "SIGINT", 130, os.killpg),  # as Ctrl-C in a terminal does
        ("story", "SIGINT", 130, os.kill),
        ("", "SIGTERM", 0, os.kill),
        ("story", "SIGTERM", 0, os.killpg),
    ],
)
def test_a_server_that_works_something_out_ends_quietly(two, page, number, code, send):
    address = f"story/{story_of(two, 'ferry-1')}" if page else page
    command = [sys.executable, "-m", "retold", "serve", "--archive", two.where, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    ) as serving:
        try:
            assert serving.stdout is not None
            where = serving.stdout.readline().decode().strip()
            with urllib.request.urlopen(where + address, timeout=60) as answer:
                assert answer.status == 200
            send(serving.pid, getattr(signal, number))
            # What it began has its standard error too, so this waits for all of it.
            _, said = serving.communicate(timeout=60)
        finally:
            serving.kill()
    assert said == b""
    assert serving.returncode == code


def test_a_signal_before_the_first_request_ends_it_too(two):
    command = [sys.executable, "-m", "retold", "serve", "--archive", two.where, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as serving:
        try:
            assert serving.stdout is not None
            assert serving.stdout.readline().startswith(b"http://")
            serving.terminate()
            _, said = serving.communicate(timeout=60)
        finally:
            serving.kill()
    assert (serving.returncode, said) == (0, b"")
