"""Chains: the agents that a report itself names, from the utterer to the page."""

from __future__ import annotations

from dataclasses import dataclass

from stories.quotations import any_same, carriers, names_of, own_names, speaker_names
from stories.truth import Located

__all__ = ["Chains", "chains"]


@dataclass
class Chains:
    """Reports, and those of which one quotation has the chain that the report states."""

    truth: int = 0
    right: int = 0


def chains(located: Located, errors: list[str]) -> Chains:
    """One quotation with the whole chain is enough: a report states it once.

    Agencies that stand for the whole report (dateline, byline, footer) may be in it or not.
    """
    truth = located.story.truth
    actors = {actor.id: actor for actor in located.telling.actors}
    result = Chains()
    for file, stated in truth["stated_chain"].items():
        report = located.report[file]
        own = own_names(located, file)
        said = [q["relayed_by"] for q in truth["quotations"] if q["report"] == file]
        inner = [
            name
            for name in stated[1:]
            if not any_same([name], own) and any(name in relayed for relayed in said)
        ]
        found = []
        for quotation in located.telling.quotations:
            if quotation.report != report.id or not any_same(
                speaker_names(quotation, actors), names_of(located, stated[0])
            ):
                continue
            links = [
                link
                for link in carriers(quotation)
                if not any_same([link.name], [*own, *set(stated[1:]).difference(inner)])
            ]
            found.append([link.name for link in links])
            if len(links) == len(inner) and all(
                any_same(names_of(located, name), [link.name])
                for link, name in zip(links, inner, strict=True)
            ):
                result.right += 1
                break
        else:
            errors.append(f"chain of {file}: {stated}, found {found}")
        result.truth += 1
    return result
