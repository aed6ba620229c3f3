"""What holds for the telling of every story, however strange its texts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.errors import RetoldError
from retold.model import Report, Telling
from retold.pipeline import tell
from retold.show.records import telling_json
from retold.show.schemas import schema

_SENTENCES = [
    "The harbour minister said 14 cracked pillars were found.",
    "“We counted 41 pillars,” Lena Obrist told Norda on Tuesday.",
    "She added that repairs would not take three weeks.",
    "According to the port authority, nobody was hurt.",
    'Karsten Lines, which owns the barge, denied it was "at fault".',
    "Obrist: the pier may reopen on 3 March.",
    "In a statement carried by Norda, the council said it had no comment.",
    "The barge, quoted as “uninsured” by the Orsholm Post, was towed.",
    "Das Schiff wurde am Dienstag geborgen, sagte Obrist.",
    "Министр заявил: «Мы насчитали 14 свай».",
    "部长说：“我们没有评论。”",
    "ORSHOLM, March 3 (Norda) - ",
    "No. 5 was closed",
    "“",
    "' \"",
    "\n\n",
    "1,234.5% of £1.66m",
    "\u202e\u0301\x00\ufeff",
]
_PIECES = st.one_of(
    st.sampled_from(_SENTENCES),
    st.sampled_from(_SENTENCES),
    st.text(max_size=30),
    st.text(alphabet="ab .“”\"'«»()—-,:;\n1A", max_size=40),
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=8).map(" ".join).filter(lambda text: text.strip())
_REPORTS = st.builds(
    Report,
    id=st.just(""),
    text=_TEXTS,
    language=st.sampled_from([None, "en", "en", "de", "ru", "zh", "xx"]),
    outlet=st.sampled_from([None, "Norda", "Orsholm Post"]),
    published=st.sampled_from([None, "2021-03-03", "2021-03-02T10:00:00Z"]),
)
_STORIES = st.lists(_REPORTS, min_size=2, max_size=4).map(
    lambda reports: [_named(report, f"r{number}") for number, report in enumerate(reports)]
)
_SCHEMA = jsonschema.Draft202012Validator(schema("telling"))
_OFTEN = settings(
    max_examples=int(os.environ.get("RETOLD_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _named(report: Report, name: str) -> Report:
    return Report(
        id=name,
        text=report.text,
        language=report.language,
        outlet=report.outlet,
        published=report.published,
    )


def _spans(node: Any, report: str | None = None) -> Iterable[tuple[str | None, Any]]:
    """All spans of a telling's JSON with the report that they count in."""
    if isinstance(node, dict):
        inner = node.get("report") if isinstance(node.get("report"), str) else report
        for key, value in node.items():
            if key == "span" and value is not None:
                yield inner, value
            elif key in ("content", "cue", "source") and isinstance(value, list):
                yield from ((inner, span) for span in value)
            elif key == "sentences":
                yield from ((node["id"], span) for span in value)
            else:
                yield from _spans(value, node["id"] if key in ("dateline", "credits") else inner)
    elif isinstance(node, list):
        for one in node:
            yield from _spans(one, report)


def _check_spans(telling: dict[str, Any]) -> None:
    lengths = {report["id"]: len(report["text"]) for report in telling["reports"]}
    for report, (start, end) in _spans(telling):
        assert report is not None
        assert 0 <= start <= end <= lengths[report]


def _check_sentences(telling: dict[str, Any]) -> None:
    for report in telling["reports"]:
        placed = [
            number
            for passage in telling["passages"]
            for number in passage["readings"].get(report["id"], [])
        ]
        placed += telling["only"].get(report["id"], [])
        assert sorted(placed) == list(range(len(report["sentences"])))
        covered = [False] * len(report["text"])
        for start, end in report["sentences"]:
            covered[start:end] = [True] * (end - start)
        bare = [c for c, inside in zip(report["text"], covered, strict=True) if not inside]
        assert all(character.isspace() for character in bare)


def _check_ids(telling: dict[str, Any]) -> None:
    reports = {report["id"] for report in telling["reports"]}
    actors = {actor["id"] for actor in telling["actors"]}
    quotations = {quotation["id"] for quotation in telling["quotations"]}
    assert len(actors) == len(telling["actors"])
    assert len(quotations) == len(telling["quotations"])
    for passage in telling["passages"]:
        assert passage["readings"].keys() <= reports
        assert passage["base"] in passage["readings"]
        assert len(passage["readings"]) > 1
        assert set(passage["moved"]) <= passage["readings"].keys()
    for quotation in telling["quotations"]:
        assert quotation["report"] in reports
        assert (quotation["speaker"] is None) == (quotation["unknown"] is not None)
        named = {quotation["speaker"], *(link["actor"] for link in quotation["chain"])}
        assert named - {None} <= actors
    for statement in telling["statements"]:
        assert statement["speaker"] is None or statement["speaker"] in actors
        assert {variant["quotation"] for variant in statement["variants"]} <= quotations
    witnesses = {witness["id"] for witness in telling["stemma"]["witnesses"]}
    assert reports <= witnesses
    for edge in telling["stemma"]["edges"]:
        assert {edge["from"], edge["to"]} <= witnesses
    for doubt in telling["stemma"]["undecided"]:
        assert set(doubt["witnesses"]) <= witnesses


def _told(reports: list[Report]) -> dict[str, Any]:
    telling = tell(reports)
    assert isinstance(telling, Telling)
    return dict(json.loads(telling_json(telling)))


@_OFTEN
@given(_STORIES)
def test_a_telling_is_sound(reports: list[Report]) -> None:
    telling = _told(reports)
    _SCHEMA.validate(telling)
    assert [report["id"] for report in telling["reports"]] == [report.id for report in reports]
    assert [report["text"] for report in telling["reports"]] == [one.text for one in reports]
    _check_spans(telling)
    _check_sentences(telling)
    _check_ids(telling)


def _unordered(telling: dict[str, Any]) -> dict[str, Any]:
    """A telling without what the order of its reports may change: order, and P1, P2 …"""

    def key(one: Any) -> str:
        return json.dumps(one, sort_keys=True)

    passages = []
    for passage in telling["passages"]:
        # Evidence names a few of many readings, and compares them in the order of their content.
        passages.append({name: passage[name] for name in ("readings", "base", "confidence")})
        passages[-1]["moved"] = sorted(passage["moved"])
        passages[-1]["changes"] = sorted(passage["changes"], key=key)
    return {
        "story": telling["story"],
        "reports": sorted(telling["reports"], key=key),
        "passages": sorted(passages, key=key),
        "only": telling["only"],
        "quotations": sorted(telling["quotations"], key=key),
        "actors": sorted(
            (
                {**actor, "mentions": sorted(actor["mentions"], key=key)}
                for actor in telling["actors"]
            ),
            key=key,
        ),
        "edges": sorted(
            ([e["from"], e["to"], e["support"], e["basis"]] for e in telling["stemma"]["edges"]),
            key=key,
        ),
        "witnesses": sorted(
            [one["id"], one["kind"], one["name"]] for one in telling["stemma"]["witnesses"]
        ),
        "statements": sorted(
            sorted([one["report"], one["quotation"]] for one in statement["variants"])
            for statement in telling["statements"]
        ),
    }


@_OFTEN
@given(_STORIES, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_order_only(reports: list[Report], random: Any) -> None:
    other = list(reports)
    random.shuffle(other)
    assert _unordered(_told(reports)) == _unordered(_told(other))


@_OFTEN
@given(_TEXTS, st.integers(2, 4))
def test_one_text_told_again_shows_no_change(text: str, times: int) -> None:
    telling = _told([Report(id=f"r{n}", text=text, language="en") for n in range(times)])
    assert not any(passage["changes"] for passage in telling["passages"])
    assert not any(statement["differs"] for statement in telling["statements"])


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_reports_are_wrong_use(count: int) -> None:
    with pytest.raises(RetoldError):
        tell([Report(id=str(number), text="One.") for number in range(count)])


_PROCESS = """
import sys
from retold.model import Report
from retold.pipeline import tell
from retold.show.page import page
from retold.show.records import telling_json
from retold.show.terminal import render
texts = sys.argv[1:]
telling = tell([Report(id=str(n), text=text, language="en") for n, text in enumerate(texts)])
sys.stdout.buffer.write(telling_json(telling) + page(telling).encode("utf-8", "backslashreplace"))
sys.stdout.buffer.write(render(telling, 80).encode("utf-8", "backslashreplace"))
"""


def test_two_processes_write_the_same_bytes() -> None:
    texts = [
        " ".join(_SENTENCES[:10]),
        " ".join(reversed(_SENTENCES[:9])),
        " ".join(_SENTENCES[2:8]),
    ]

    def output(hash_seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", _PROCESS, *texts],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout

    assert output("1") == output("2")
