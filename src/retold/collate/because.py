"""Why readings are one passage, in words that can be checked in the texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from retold.collate.features import Features
from retold.model import Actor, Evidence, Place, Segmented, Span

__all__ = ["Reasons"]

_WORDS = 6  # of one evidence: the weightiest, as many as a line shows


class Reasons:
    """Evidence for two readings of one passage."""

    def __init__(
        self,
        reports: Sequence[Segmented],
        languages: Sequence[str | None],
        actors: Sequence[Actor],
        features: Features,
    ) -> None:
        self._reports = reports
        self._languages = languages
        self._features = features
        self._worth: list[float] = features.worth.tolist()
        self._common: list[bool] = features.common.tolist()
        self._mentions: dict[str, list[tuple[Span, str]]] = {}
        for actor in actors:
            for mention in actor.mentions:
                self._mentions.setdefault(mention.report, []).append((mention.span, actor.id))
        for mentions in self._mentions.values():
            mentions.sort()
        self._texts = {segmented.report.id: segmented.report.text for segmented in reports}
        self._names = {actor.id: actor.name for actor in actors}

    def shared(self, a: int, mine: Sequence[int], b: int, other: Sequence[int]) -> list[Evidence]:
        """What the sentences `mine` of report a have in common with `other` of report b."""
        left, right = self._words(a, mine), self._words(b, other)
        worth, common = self._worth, self._common
        both = sorted(
            (feature for feature in left if feature in right and not common[feature]),
            key=lambda feature: (-round(worth[feature], 9), left[feature].span),
        )
        found = []
        if both:
            words = [feature for feature in both if self._features.names[feature][0] != "#"]
            numbers = [feature for feature in both if self._features.names[feature][0] == "#"]
            total = sum([worth[feature] for feature in left if not common[feature]])
            for what, features in (("words", words), ("numbers", numbers)):
                chosen = features[:_WORDS]
                if not chosen:
                    continue
                weight = sum([worth[feature] for feature in features]) / max(total, 1e-9)
                note = f"shared {what}: " + ", ".join(
                    _pair(self._text(left[feature]), self._text(right[feature]))
                    for feature in chosen
                )
                if len(features) > len(chosen):
                    note += f" and {len(features) - len(chosen)} more"
                spans = tuple(
                    place for feature in chosen for place in (left[feature], right[feature])
                )
                found.append(Evidence("textual", round(min(weight, 1.0), 3), note, spans))
        found.extend(self._named(a, mine, b, other))
        return found

    def neighbours(self, a: int, mine: int, b: int, other: int, side: str) -> Evidence:
        """That the sentences before or after two readings are one passage as well."""
        note = f"the sentences {side} are one passage too"
        return Evidence("position", 0.2, note, (self._sentence(a, mine), self._sentence(b, other)))

    def _words(self, report: int, sentences: Sequence[int]) -> dict[int, Place]:
        """The first place of each word."""
        segmented = self._reports[report]
        number, language = self._features.number, self._languages[report]
        found: dict[int, Place] = {}
        for sentence in sentences:
            for word in segmented.sentences[sentence].words:
                feature = number[word.form, language]
                if feature not in found:
                    found[feature] = Place(segmented.report.id, (word.start, word.end))
        return found

    def _named(self, a: int, mine: Sequence[int], b: int, other: Sequence[int]) -> list[Evidence]:
        """Actors that the readings call by different names."""
        left, right = self._actors(a, mine), self._actors(b, other)
        found = []
        for actor in sorted(left.keys() & right.keys()):
            one, two = self._text(left[actor]), self._text(right[actor])
            if one.casefold() != two.casefold():
                note = f"{_pair(one, two)} name {self._names[actor]}"
                found.append(Evidence("name", 0.3, note, (left[actor], right[actor])))
        return found[:_WORDS]

    def _actors(self, report: int, sentences: Sequence[int]) -> dict[str, Place]:
        segmented = self._reports[report]
        mentions = self._mentions.get(segmented.report.id, [])
        found: dict[str, Place] = {}
        for sentence in sentences:
            start, end = segmented.sentences[sentence].span
            at = bisect_left(mentions, ((start, start), ""))
            while at < len(mentions) and mentions[at][0][0] < end:
                span, actor = mentions[at]
                found.setdefault(actor, Place(segmented.report.id, span))
                at += 1
        return found

    def _sentence(self, report: int, sentence: int) -> Place:
        segmented = self._reports[report]
        return Place(segmented.report.id, segmented.sentences[sentence].span)

    def _text(self, place: Place) -> str:
        return self._texts[place.report][slice(*place.span)]


def _pair(one: str, two: str) -> str:
    return f"“{one}”" if one.casefold() == two.casefold() else f"“{one}” / “{two}”"
