"""The door of the stage."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from retold.collate.features import Features, extract
from retold.collate.story import Draft, join
from retold.language import table
from retold.language.words import Words
from retold.model import Actor, Collation, Passage, Segmented
from retold.settings import DEFAULTS, Settings

__all__ = ["align"]


def align(
    reports: Sequence[Segmented], actors: Sequence[Actor] = (), settings: Settings = DEFAULTS
) -> Collation:
    """Lines up the sentences of a story's reports.

    Args:
        reports: of one story, each with its own id. Their order does not matter.
        actors: what is known of names; their mentions make "DPRK" and "North Korea" one.
        settings: of the run.

    Returns:
        Passages with readings of two reports at least, numbered from "P1" as they come in the
        fullest report, those it lacks after what they follow elsewhere; and the rest.
    """
    canonical = sorted(reports, key=_content)
    features = extract(canonical, actors, _function_words(canonical))
    order = sorted(range(len(canonical)), key=lambda number: (-_fullness(features, number), number))
    joined = join(features, order)
    ids = [segmented.report.id for segmented in canonical]
    shared = [draft for draft in joined.drafts if len(draft.readings) > 1]
    passages = tuple(_passage(number, draft, ids) for number, draft in enumerate(shared, start=1))
    taken: dict[str, set[int]] = {name: set() for name in ids}
    for passage in passages:
        for name, sentences in passage.readings.items():
            taken[name].update(sentences)
    only = {
        segmented.report.id: tuple(
            number
            for number in range(len(segmented.sentences))
            if number not in taken[segmented.report.id]
        )
        for segmented in reports
    }
    return Collation(passages, only)


def _content(segmented: Segmented) -> tuple[str, str]:
    text = segmented.report.text.encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest(), segmented.report.id


def _function_words(reports: Sequence[Segmented]) -> dict[str | None, frozenset[str]]:
    languages = sorted({segmented.report.language or "" for segmented in reports})
    return {
        language or None: frozenset(table(Words, language or None).function_words)
        for language in languages
    }


def _fullness(features: Features, number: int) -> float:
    kinds = features.kinds[number]
    return round(float(-features.against[kinds[kinds >= 0]].sum()), 6)


def _passage(number: int, draft: Draft, ids: list[str]) -> Passage:
    readings = {ids[report]: tuple(sorted(found)) for report, found in draft.readings.items()}
    return Passage(f"P{number}", readings, next(iter(readings)), (), 0.5, ())
