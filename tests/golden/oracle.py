"""A telling made from a story's truth: what a reader who knew everything would write down."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from retold.model import (
    Actor,
    Change,
    Edge,
    Link,
    Passage,
    Place,
    Quotation,
    Span,
    Stemma,
    Telling,
    TellingReport,
    Witness,
)
from tests.golden.by_hand import Invented, spans


def telling(story: Invented) -> Telling:
    """Everything the truth lists, and nothing else; readings of tied passages in one."""
    truth = story.truth
    reports = tuple(_report(story, file) for file in story.files)
    by_file = {report.id: report for report in reports}
    actors = _actors(truth, reports)
    return Telling(
        retold="0",
        story=story.name,
        reports=reports,
        summary="",
        passages=tuple(_passages(truth, by_file)),
        only={},
        quotations=tuple(
            _quotation(number, quotation, by_file, actors)
            for number, quotation in enumerate(truth["quotations"])
        ),
        actors=tuple(actors.values()),
        statements=(),
        stemma=_stemma(truth["stemma"]),
    )


def _report(story: Invented, file: str) -> TellingReport:
    text, about = story.text(file), story.truth["reports"][file]
    facts: dict[str, Any] = dict.fromkeys(TellingReport.__struct_fields__)
    facts |= {"id": file, "source": f"somewhere/{file}", "text": text, "sentences": spans(text)}
    facts |= {"outlet": about["outlet"], "published": about.get("published")}
    facts |= {"credits": (), "notes": ()}
    return TellingReport(**facts)


def _find(report: TellingReport, words: str, inside: tuple[Span, ...] = ()) -> Span:
    at = -1
    while (at := report.text.find(words, at + 1)) >= 0:
        if not inside or any(start <= at < end for start, end in inside):
            return at, at + len(words)
    return inside[0] if inside else (0, 1)


def _sentence(report: TellingReport, words: str) -> int:
    at = report.text.index(words)
    return next(n for n, (start, end) in enumerate(report.sentences) if start <= at < end)


def _passages(truth: dict[str, Any], by_file: dict[str, TellingReport]) -> list[Passage]:
    numbers = {
        passage["id"]: {
            (file, _sentence(by_file[file], words))
            for file, phrases in passage["readings"].items()
            for words in phrases
        }
        for passage in truth["passages"]
    }
    tied: list[tuple[set[str], set[tuple[str, int]]]] = []
    for name, nodes in numbers.items():
        merged = ({name}, set(nodes))
        apart = []
        for names, others in tied:
            if others & merged[1]:
                merged[0].update(names)
                merged[1].update(others)
            else:
                apart.append((names, others))
        tied = [*apart, merged]
    found = []
    for names, nodes in tied:
        readings: dict[str, list[int]] = defaultdict(list)
        for file, number in sorted(nodes):
            readings[file].append(number)
        changes = tuple(
            _change(change, by_file, {f: tuple(n) for f, n in readings.items()})
            for change in truth["changes"]
            if change["passage"] in names
        )
        found.append(
            Passage(
                id=min(names),
                readings={file: tuple(own) for file, own in readings.items()},
                base=min(readings),
                moved=(),
                confidence=1.0,
                because=(),
                changes=changes,
            )
        )
    return found


def _change(
    change: dict[str, Any],
    by_file: dict[str, TellingReport],
    readings: dict[str, tuple[int, ...]],
) -> Change:
    places = []
    for side in "ab":
        file = change[f"{side}_in"][0]
        report = by_file[file]
        inside = tuple(report.sentences[number] for number in readings[file])
        places.append(Place(file, _find(report, change[side], inside)))
    return Change(change["kind"], places[0], places[1], 1.0, "")


def _actors(truth: dict[str, Any], reports: tuple[TellingReport, ...]) -> dict[str, Actor]:
    actors = {}
    speakers = [[q["speaker"]] for q in truth["quotations"] if q["speaker"]]
    known = {name for group in truth["one_actor"] for name in group}
    for group in truth["one_actor"] + [one for one in speakers if one[0] not in known]:
        longest = sorted(group, key=len, reverse=True)
        taken: set[tuple[str, int]] = set()
        mentions = []
        for name in longest:
            for report in reports:
                at = -1
                while (at := report.text.find(name, at + 1)) >= 0:
                    if (report.id, at) not in taken:
                        mentions.append(Place(report.id, (at, at + len(name))))
                        taken.add((report.id, at))
        actor = Actor(group[0], group[0], "unknown", tuple(mentions), tuple(group))
        actors.update({group[0]: actor})
        known.update(group)
    return actors


def _quotation(
    number: int,
    quotation: dict[str, Any],
    by_file: dict[str, TellingReport],
    actors: dict[str, Actor],
) -> Quotation:
    file = quotation["report"]
    speaker = next(
        (a.id for a in actors.values() if quotation["speaker"] in a.names), quotation["speaker"]
    )
    carriers = tuple(Link(None, name, "carrier", None) for name in quotation["relayed_by"])
    return Quotation(
        id=str(number),
        report=file,
        kind=quotation["kind"],
        content=(_find(by_file[file], quotation["words"]),),
        cue=(),
        source=(),
        speaker=speaker,
        chain=(Link(speaker, quotation["speaker"] or "", "utterer", None), *carriers),
        confidence=1.0,
    )


def _stemma(stemma: dict[str, Any]) -> Stemma:
    return Stemma(
        witnesses=tuple(Witness(w["id"], w["kind"], w["name"]) for w in stemma["witnesses"]),
        edges=tuple(Edge(e["from"], e["to"], 1.0, (), e["basis"]) for e in stemma["edges"]),
        undecided=(),
        alternatives=(),
    )
