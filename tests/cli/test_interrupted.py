"""Ctrl-C wherever it comes: said in a line, with its exit code."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from retold.cli import app as commands
from retold.cli import run
from retold.errors import ArchiveError


def interrupted() -> None:
    raise KeyboardInterrupt


def letting_go() -> None:
    """As a connection does that was cut off in the middle of a statement."""
    try:
        raise KeyboardInterrupt
    finally:
        raise sqlite3.ProgrammingError("Cannot operate on a closed database.")


def as_an_error_of_ours() -> None:
    try:
        letting_go()
    except sqlite3.Error as error:
        raise ArchiveError("the archive refused a statement") from error


@pytest.mark.parametrize("how", [interrupted, letting_go, as_an_error_of_ours])
def test_what_comes_of_an_interruption_is_one(how, monkeypatch, capsys):
    monkeypatch.setattr(commands, "app", command(how))
    assert run(["stories"]) == 130
    assert capsys.readouterr().err == "retold: interrupted\n"


def test_another_error_stays_what_it_is(monkeypatch, capsys):
    def fails() -> None:
        raise ValueError("of our own making")

    monkeypatch.setattr(commands, "app", command(fails))
    with pytest.raises(ValueError, match="of our own making"):
        run(["stories"])
    assert capsys.readouterr().err == ""


def command(does: Callable[[], None]) -> Callable[..., None]:
    def app(**_: object) -> None:
        does()

    return app
