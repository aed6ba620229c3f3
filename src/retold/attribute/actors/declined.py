"""One name in different cases, over the reports of a story.

A report that has "Тарасова" alone cannot say whether a woman Tarasova acts or a man Tarasov is
spoken of; another report that has "Тарасов сообщил" can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retold.attribute.actors.inflected import common
from retold.attribute.actors.story import Node, Story, latin
from retold.text.declensions import Reading

__all__ = ["join_declined", "of_two_genders"]

_ONE_READING, _OF_SEVERAL = 0.9, 0.7
"""Weight of a join by case forms, where a form can be nothing else, and where it can."""
_COMPARED = 100
"""Nodes of one lemma that a node is held against, at most."""


def of_two_genders(one: Sequence[Reading], other: Sequence[Reading]) -> bool:
    """Whether no reading of one has a gender that a reading of the other has."""
    ours = {gender for reading in one for gender in reading.genders}
    theirs = {gender for reading in other for gender in reading.genders}
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def join_declined(story: Story, against: Callable[[Node, Node], bool]) -> None:
    """Gives every name the lemma that most reports allow, and joins those of one lemma.

    Args:
        story: of one language mostly; names without readings are left alone.
        against: whether something speaks against two being one.
    """
    nodes = sorted(
        (node for node in story.nodes.values() if node.readings),
        key=lambda node: node.id,
    )
    whole: dict[tuple[str, ...], list[Node]] = {}
    tail: dict[tuple[str, ...], int] = {}
    for node in nodes:
        for reading in node.readings:
            whole.setdefault(reading.words, []).append(node)
        for words in sorted({one for reading in node.readings for one in _tails(reading.words)}):
            tail[words] = tail.get(words, 0) + 1
    for node in nodes:
        scored = [
            (_support(node, reading, whole, tail), -at) for at, reading in enumerate(node.readings)
        ]
        best, at = max(scored)
        chosen = node.readings[-at if best else 0]
        node.readings = (chosen, *(one for one in node.readings if one is not chosen))
        node.forms = latin(" ".join(chosen.words))
    by_lemma: dict[tuple[str, ...], list[Node]] = {}
    for node in nodes:
        by_lemma.setdefault(node.readings[0].words, []).append(node)
    for group in by_lemma.values():
        _join(story, group[:_COMPARED], against)
    _titled(story, by_lemma, against)


def _tails(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A name without its first word, or words: they may be a title."""
    return [words[at:] for at in range(1, min(len(words), _TITLES + 1))]


_TITLES = 3


def _titled(
    story: Story,
    by_lemma: dict[tuple[str, ...], list[Node]],
    against: Callable[[Node, Node], bool],
) -> None:
    """ "Лікарка Марія Коваль" and "Марія Коваль": given name and surname, after a title."""
    for lemma in sorted(by_lemma, key=lambda words: (-len(words), words)):
        for tail in _tails(lemma):
            if len(tail) < _FULL or tail not in by_lemma:
                continue
            one = story.nodes.get(story.find(by_lemma[lemma][0].id))
            other = story.nodes.get(story.find(by_lemma[tail][0].id))
            if one is None or other is None or one is other:
                continue
            if (
                _people(story, one, other)
                and not story.apart(one, other)
                and not against(one, other)
            ):
                why = f"“{one.name}” and “{other.name}” share given name and surname"
                story.join(one, other, why, "name", _OF_SEVERAL)
                break


def _people(story: Story, one: Node, other: Node) -> bool:
    """Whether two names are people's: one is known to be, or no table tells people from others."""
    kinds = {one.kind, other.kind}
    return "person" in kinds or (kinds == {"unknown"} and not story.look.names.given.male)


_FULL = 2


def _support(
    node: Node,
    reading: Reading,
    whole: dict[tuple[str, ...], list[Node]],
    tail: dict[tuple[str, ...], int],
) -> int:
    """How many other names allow a reading; those that stand in the nominative count double."""
    count = 2 * tail.get(reading.words, 0)
    for other in whole[reading.words][:_COMPARED]:
        if other is node:
            continue
        fitting = [
            one
            for one in other.readings
            if one.words == reading.words and one.genders & reading.genders
        ]
        count += max((1 + one.plain for one in fitting), default=0)
    return count


def _join(story: Story, group: list[Node], against: Callable[[Node, Node], bool]) -> None:
    kept: list[Node] = []
    for node in group:
        for one in kept:
            shared = common(one.readings, node.readings)
            lemma = node.readings[0].words
            if not any(reading.words == lemma for reading in shared):
                continue
            if story.apart(one, node) or against(one, node):
                continue
            if one.kind != node.kind and "unknown" not in (one.kind, node.kind):
                continue  # "Киров" the town, "Кирова" the man
            sure = all(len({r.words for r in both.readings if r.plain}) == 0
                       or both.readings[0].plain for both in (one, node))  # fmt: skip
            why = f"“{node.name}” and “{one.name}” are forms of one name"
            one.readings = shared
            story.join(one, node, why, "name", _ONE_READING if sure else _OF_SEVERAL)
            break
        else:
            kept.append(node)
