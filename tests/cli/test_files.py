"""What is written is there whole, or what stood there before."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from retold.cli.files import require_writable, write
from retold.errors import UsageError


def broken() -> Iterator[bytes]:
    yield b"half"
    raise OSError(28, "No space left on device")


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path):
    file = tmp_path / "page.html"
    assert write(file, [b"a", b"b"]) == 2
    with pytest.raises(UsageError, match="No space left"):
        write(file, broken())
    assert file.read_bytes() == b"ab"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_what_is_no_plain_file_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, [b"through"])
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_a_place_that_cannot_be_is_said_before_the_work(tmp_path):
    with pytest.raises(UsageError, match="a folder"):
        require_writable(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        require_writable(tmp_path / "none" / "file")
