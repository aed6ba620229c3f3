"""Quotations: found, of the right kind, with the right speaker and carriers; and spurious ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from retold.model import Actor, Link, Quotation
from stories.truth import Located

__all__ = [
    "Said",
    "any_same",
    "carriers",
    "names_of",
    "own_names",
    "said",
    "same_name",
    "speaker_names",
]

_PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "er", "sie", "ihm", "ihr", "man"}
_ARTICLES = ("the ", "der ", "die ", "das ", "des ", "den ", "dem ")


@dataclass
class Said:
    """Counts over the quotations of a truth.

    Attributes:
        marked, marked_found: those that are direct or mixed.
        predicted: all that the telling has; spurious: those that nobody says there.
        fired: scare quotes, titles and the like taken for quotations.
    """

    truth: int = 0
    found: int = 0
    marked: int = 0
    marked_found: int = 0
    kind: int = 0
    speaker: int = 0
    carriers: int = 0
    predicted: int = 0
    spurious: int = 0
    fired: int = 0


def _plain(name: str) -> str:
    plain = " ".join(name.casefold().replace("’", "'").split())
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return plain


def same_name(a: str, b: str) -> bool:
    """One of the names is the other, or its words in one piece."""
    one, other = _plain(a), _plain(b)
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def names_of(located: Located, name: str) -> list[str]:
    """All names that the truth knows for the actor of this name."""
    for group in located.story.truth["one_actor"]:
        if any(_plain(name) == _plain(other) for other in group):
            return list(group)
    return [name]


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _speaker_right(
    located: Located, entry: dict[str, Any], quotation: Quotation, actors: dict[str, Actor]
) -> bool:
    if entry["speaker"] is None:
        return quotation.speaker is None
    names = speaker_names(quotation, actors)
    wanted = names_of(located, entry["speaker"])
    if any_same(names, wanted):
        return True
    grouped = any(entry["speaker"] in group for group in located.story.truth["one_actor"])
    mention = entry["mention"] or ""
    return not grouped and _plain(mention) not in _PRONOUNS and any_same(names, [mention])


def _carriers_right(
    located: Located, entry: dict[str, Any], quotation: Quotation, actors: dict[str, Actor]
) -> bool:
    own = own_names(located, entry["report"])
    links = [link for link in carriers(quotation) if not any_same([link.name], own)]
    wanted = [name for name in entry["relayed_by"] if not any_same([name], own)]
    if len(links) != len(wanted):
        return False
    for link, name in zip(links, wanted, strict=True):
        aliases = names_of(located, name)
        names = [link.name]
        if link.span is not None:
            text = next(r.text for r in located.telling.reports if r.id == quotation.report)
            names.append(text[slice(*link.span)])
        if link.actor in actors:
            names += [actors[link.actor].name, *actors[link.actor].names]
        if not any_same(names, aliases):
            return False
    return True


def speaker_names(quotation: Quotation, actors: dict[str, Actor]) -> list[str]:
    """All names of the speaker; none where there is no speaker."""
    actor = actors.get(quotation.speaker or "")
    return [] if actor is None else [actor.name, *actor.names]


def carriers(quotation: Quotation) -> list[Link]:
    """The links between the utterer and the page."""
    return [link for link in quotation.chain if link.role == "carrier"]


def any_same(names: Iterable[str], others: Iterable[str]) -> bool:
    """One of the names is one of the others (`same_name`)."""
    return any(same_name(one, other) for one, other in product(names, others))


def own_names(located: Located, file: str) -> list[str]:
    """Who gives the report as a whole: carriers of all it says, so not asked for one by one."""
    report = located.report[file]
    names: list[str | None] = [credit.name for credit in report.credits]
    names += [located.story.truth["reports"].get(file, {}).get("outlet"), report.outlet]
    if report.dateline is not None:
        names.append(report.dateline.agency)
    return [name for name in names if name]


def said(located: Located, errors: list[str]) -> Said:
    """All quotations of a truth looked for, all of the telling looked at."""
    truth = located.story.truth
    actors = {actor.id: actor for actor in located.telling.actors}
    by_file: dict[str, list[Quotation]] = {file: [] for file in located.report}
    for quotation in located.telling.quotations:
        by_file[located.file[quotation.report]].append(quotation)
    result = Said(predicted=len(located.telling.quotations))
    explained: dict[str, set[int]] = {file: set() for file in located.report}
    for entry in truth["quotations"] + truth["debatable_quotations"]:
        span = located.span(entry["report"], entry["words"])
        if span is None:
            continue
        for number, bounds in enumerate(located.report[entry["report"]].sentences):
            if _overlap(bounds, span):
                explained[entry["report"]].add(number)
    for entry in truth["quotations"]:
        file = entry["report"]
        result.truth += 1
        marked = entry["kind"] != "indirect"
        result.marked += marked
        span = located.span(file, entry["words"])
        best = None
        if span is not None:
            reach = {
                place: sum(_overlap(part, span) for part in quotation.content)
                for place, quotation in enumerate(by_file[file])
            }
            enough = [place for place, n in reach.items() if 2 * n >= span[1] - span[0]]
            best = max(
                enough,
                key=lambda p: (by_file[file][p].kind == entry["kind"], reach[p]),
                default=None,
            )
        if best is None:
            errors.append(f"quotation missed ({entry['kind']}): {file} {entry['words']!r}")
            continue
        quotation = by_file[file][best]
        result.found += 1
        result.marked_found += marked
        checks = {
            "kind": quotation.kind == entry["kind"],
            "speaker": _speaker_right(located, entry, quotation, actors),
            "carriers": _carriers_right(located, entry, quotation, actors),
        }
        for name, right in checks.items():
            setattr(result, name, getattr(result, name) + right)
            if not right:
                wanted = entry["relayed_by"] if name == "carriers" else entry[name]
                given = _given(name, quotation, actors)
                errors.append(f"{name}: {file} {entry['words']!r}: {given!r}, truth {wanted!r}")
    for file, quotations in by_file.items():
        sentences = located.report[file].sentences
        for quotation in quotations:
            held = {
                number
                for number, bounds in enumerate(sentences)
                if any(_overlap(bounds, part) for part in quotation.content)
            }
            if not held & explained[file]:
                result.spurious += 1
                shown = located.report[file].text[slice(*quotation.content[0])][:80]
                errors.append(f"quotation spurious ({quotation.kind}): {file} {shown!r}")
    for entry in truth["not_quotations"]:
        for start, end in located.spans(entry["report"], entry["words"]):
            if any(
                start <= part[0] and part[1] <= end
                for quotation in by_file[entry["report"]]
                for part in quotation.content
            ):
                result.fired += 1
                errors.append(f"not a quotation: {entry['report']} {entry['words']!r}")
    return result


def _given(name: str, quotation: Quotation, actors: dict[str, Actor]) -> object:
    if name == "kind":
        return quotation.kind
    if name == "speaker":
        actor = actors.get(quotation.speaker or "")
        return actor.name if actor is not None else None
    return [link.name for link in carriers(quotation)]
