"""Input made to hurt goes through the whole of Retold: it ends, and what it says is right.

Sizes are small here; with the environment variable `RETOLD_BIG=1` they are 100 KB a shape, 5,000
sentences or reports, 5 MB without a full stop. Nothing is timed: a run that hangs is stopped, and
shows where it hung.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from retold.cli import run
from retold.errors import EmptyInput, InputRefused
from retold.model import Telling
from retold.pipeline import tell
from retold.read import read_text
from retold.settings import DEFAULTS
from retold.show.page import page
from retold.show.records import telling_json
from retold.show.terminal import render

_BIG = os.environ.get("RETOLD_BIG") == "1"
_CHARACTERS = 100_000 if _BIG else 4_000
_SHORT = {"lines of one letter": 2, "question marks": 2}  # characters of a sentence
_HANGS = 600.0 if _BIG else 240.0


def _shapes() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "shapes.py"
    spec = importlib.util.spec_from_file_location("shapes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


shapes = _shapes()


@pytest.fixture(autouse=True)
def _hang_guard() -> Iterator[None]:
    with open(os.dup(2), "w", encoding="utf-8") as stderr:  # noqa: PTH123
        faulthandler.dump_traceback_later(_HANGS, exit=True, file=stderr)
        yield
        faulthandler.cancel_dump_traceback_later()


def told(texts: list[str]) -> Telling:
    reports = [read_text(text, id=str(number), language="en") for number, text in enumerate(texts)]
    telling = tell(reports)
    sound(telling)
    return telling


def sound(telling: Telling) -> None:
    """Every sentence is in exactly one place, every span in its text, and all can be shown."""
    texts = {report.id: report.text for report in telling.reports}
    for report in telling.reports:
        placed = [n for passage in telling.passages for n in passage.readings.get(report.id, ())]
        placed += telling.only.get(report.id, ())
        assert sorted(placed) == list(range(len(report.sentences)))
        assert all(0 <= start < end <= len(report.text) for start, end in report.sentences)
    for passage in telling.passages:
        assert passage.base in passage.readings
        for change in passage.changes:
            for side in (change.a, change.b):
                assert 0 <= side.span[0] <= side.span[1] <= len(texts[side.report])
    for actor in telling.actors:
        assert all(
            0 <= place.span[0] < place.span[1] <= len(texts[place.report])
            for place in actor.mentions
        )
    assert json.loads(telling_json(telling))["story"] == telling.story
    shown = render(telling, 80)
    assert "\x1b" not in shown
    assert "\x00" not in shown
    html = page(telling)
    assert html.rstrip().endswith("</html>")
    assert "\x00" not in html


@pytest.mark.parametrize("name", sorted(shapes.CHARACTERS))
def test_a_hostile_text_against_a_normal_report(name: str) -> None:
    texts = shapes.CHARACTERS[name](_CHARACTERS)
    if not texts[0].strip():
        with pytest.raises(EmptyInput):
            told(texts)
        return
    if name in _SHORT and _CHARACTERS // _SHORT[name] > DEFAULTS.limits.report_sentences:
        with pytest.raises(InputRefused, match="sentences"):  # and one report is left
            told(texts)
        return
    telling = told(texts)
    if name == "lone surrogates":  # no text can hold them; replaced one for one, and said
        assert telling.reports[0].notes
        texts[0] = texts[0].replace("\ud800", "\ufffd")
    assert [report.text for report in telling.reports] == texts, "text is sacred"


@pytest.mark.parametrize("name", ["NULs", "lone surrogates", "bidirectional controls"])
def test_a_hostile_text_as_json_lines(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = shapes.CHARACTERS[name](_CHARACTERS)
    file = tmp_path / "story.jsonl"
    lines = [
        json.dumps({"id": str(number), "text": f"Read this. {text}"})
        for number, text in enumerate(texts)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ways: list[list[str]] = [[], ["--json"], ["--html", str(tmp_path / "page.html")]]
    for options in ways:
        assert run(["compare", str(file), *options]) in (0, 1, 3)
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        assert "\x00" not in captured.out


def test_one_sentence_again_and_again() -> None:
    count = 5_000 if _BIG else 300
    telling = told(shapes.STORIES["one sentence"](count))
    assert len(telling.passages) == count
    assert not any(passage.changes for passage in telling.passages)
    assert not any(passage.moved for passage in telling.passages)


def test_one_sentence_twice_so_often() -> None:
    count = 2_500 if _BIG else 200
    telling = told(shapes.STORIES["one sentence, twice so often"](count))
    assert len(telling.passages) == count
    assert len(telling.only["1"]) >= 0.95 * count  # at an end two may be one reading


def test_permuted_sentences_find_each_other() -> None:
    count = 2_000 if _BIG else 200
    telling = told(shapes.STORIES["permuted sentences"](count))
    assert len(telling.passages) == count
    for passage in telling.passages:
        words = {
            " ".join(
                report.text[slice(*report.sentences[number])]
                for number in passage.readings[report.id]
            )
            for report in telling.reports
        }
        assert len(words) == 1


def test_one_sentence_of_many_replaced() -> None:
    count = 2_000 if _BIG else 200
    telling = told(shapes.STORIES["one sentence replaced"](count))
    (other,) = telling.only["1"]
    start, end = telling.reports[1].sentences[other]
    assert "crane fell" in telling.reports[1].text[start:end]
    assert len(telling.passages) == count - 1


def test_identical_reports_show_no_change() -> None:
    count = 500 if _BIG else 60
    telling = told(shapes.STORIES["identical reports"](count))
    assert len(telling.passages) == 40
    assert all(len(passage.readings) == count for passage in telling.passages)
    assert not any(passage.changes for passage in telling.passages)


def test_a_story_of_very_many_short_reports() -> None:
    count = 5_000 if _BIG else 300
    telling = told(shapes.STORIES["short reports"](count))
    assert len(telling.passages) == 60
    assert sum(len(passage.readings) for passage in telling.passages) == 3 * count
    known = {one.id for one in telling.stemma.witnesses}
    assert known >= {report.id for report in telling.reports}
    assert {end for edge in telling.stemma.edges for end in (edge.from_, edge.to)} <= known


def test_megabytes_without_a_full_stop() -> None:
    size = 5_000_000 if _BIG else 200_000
    telling = told(shapes.CHARACTERS["one sentence without a full stop"](size))
    long = telling.reports[0]
    assert "".join(long.text[slice(*span)] for span in long.sentences).replace(" ", "") == (
        long.text.replace(" ", "")
    )


def test_a_text_in_which_every_character_is_another() -> None:
    text = "".join(chr(code) for code in range(0x20, 0x3000) if not 0xD800 <= code < 0xE000)
    assert told([text, shapes.NORMAL]).reports[0].text == text
