"""Actors: which names the telling takes for one, against the lists of the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from stories.truth import Located

__all__ = ["Joined", "joined"]


@dataclass
class Joined:
    """Pairs of names.

    Attributes:
        false_merges: pairs of `never_one_actor` that the telling merges.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    false_merges: int = 0


def _actor_of(located: Located, name: str) -> str | None:
    """The actor most of the name's places belong to.

    Exact mentions count first; then mentions that end with the name and lack its title or
    article; then those with more before or behind the name.
    """
    exact: Counter[str] = Counter()
    untitled: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for file, report in located.report.items():
        for span in located.spans(file, name):
            around, inside = [], []
            for actor in located.telling.actors:
                for mention in actor.mentions:
                    if mention.report != report.id:
                        continue
                    if mention.span == span:
                        exact[actor.id] += 1
                    elif span[0] < mention.span[0] and mention.span[1] == span[1]:
                        inside.append((mention.span[0], actor.id))
                    elif mention.span[0] <= span[0] and _ends_with(report.text, span, mention.span):
                        around.append((mention.span[1] - mention.span[0], actor.id))
            if inside:
                untitled[min(inside)[1]] += 1
            if around:
                within[min(around)[1]] += 1
    for votes in (exact, untitled, within):
        if votes:
            return min(votes, key=lambda actor: (-votes[actor], actor))
    return None


def _ends_with(text: str, name: tuple[int, int], mention: tuple[int, int]) -> bool:
    """The mention is the name with something before it, or with a comma or bracket behind.

    "Mayor Edda Lohrmann" names Edda Lohrmann; "Tessary Chronicle" does not name Tessary.
    """
    rest = text[name[1] : mention[1]]
    return name[1] <= mention[1] and (not rest or rest[0] in ",('’")


def joined(located: Located, errors: list[str]) -> Joined:
    """Pairwise counts over all names the truth lists."""
    truth = located.story.truth
    groups = [[name for name in group if _written(located, name)] for group in truth["one_actor"]]
    for place, actor in truth["stands_for"].items():
        for group in groups:
            if actor in group and _written(located, place):
                group.append(place)
    group_of = {name: at for at, group in enumerate(groups) for name in group}
    id_of = {name: _actor_of(located, name) for name in group_of}
    result = Joined()
    for one, other in combinations(sorted(group_of), 2):
        same = id_of[one] is not None and id_of[one] == id_of[other]
        truly = group_of[one] == group_of[other]
        result.right += same and truly
        result.wrong += same and not truly
        result.missed += truly and not same
        if same != truly:
            errors.append(f"names {'merged' if same else 'apart'}: {one!r} / {other!r}")
    for one, other in truth["never_one_actor"]:
        first, second = _actor_of(located, one), _actor_of(located, other)
        if first is not None and first == second:
            result.false_merges += 1
            errors.append(f"never one actor: {one!r} / {other!r}")
    return result


def _written(located: Located, name: str) -> bool:
    return any(located.spans(file, name) for file in located.report)
