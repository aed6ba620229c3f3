"""Two invented tellings of one story as files, and a way to run a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from retold.cli import run

FIRST = """Ferry service at Orsholm halted after pier damage

ORSHOLM, March 3 (Norda) - Ferry crossings at Orsholm were halted on Tuesday after a barge \
struck the northern pier, the port authority said.

"We counted 14 cracked pillars and nobody should walk there," harbour engineer Lena Obrist told \
Norda. She said repairs would take at least three weeks.

Fishing boats were moved to the Lower Quay. The barge, owned by Karsten Lines, was not insured.
"""

SECOND = """Crossings stop at Orsholm as barge hits pier

Ferries at Orsholm were stopped on Tuesday when a barge struck the northern pier, according to \
the port authority.

“We counted 41 cracked pillars and nobody should walk there,” engineer Lena Obrist said. Repairs \
would take three weeks, she said.

Shops near the pier closed early.
"""

RECIPE = """Apple cake for a rainy day

Peel six apples. Mix butter, sugar and flour until the dough is smooth. Bake for fifty minutes.
"""


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def retold(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Done:
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return _written(tmp_path / "first.txt", FIRST)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return _written(tmp_path / "second.txt", SECOND)


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    return _written(tmp_path / "recipe.txt", RECIPE)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
