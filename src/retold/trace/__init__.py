"""Stage 6, trace: a story's collation → its stemma.

Versions of one text are joined first (`folding`) and told apart again at the end (`unfolding`).
Wording gives an unrooted tree with support (`tree`, `shape`); reworded quotations and stated
sources say what stands between the reports (`retelling`, `sources`); `orient` says which way.
Where none of them tells, the answer is "cannot tell", with the alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.model import (
    Actor,
    Collation,
    Quotation,
    Segmented,
    Stemma,
    Undecided,
    Witness,
)
from retold.settings import DEFAULTS, Settings
from retold.trace.alternatives import settle
from retold.trace.characters import Characters, characters
from retold.trace.coding import coded
from retold.trace.crowd import MOST_WITNESSES, crowd, within, without
from retold.trace.days import Shift, add_days, shifts
from retold.trace.doubts import add_exemplar_doubts
from retold.trace.draft import Draft, label
from retold.trace.folding import Fold, folded, folds
from retold.trace.orient import rooted
from retold.trace.origin import with_origin
from retold.trace.passages import derivations
from retold.trace.relation import add_relations
from retold.trace.retelling import told_again
from retold.trace.rewriting import rewritten, spanning_shape
from retold.trace.shape import shape
from retold.trace.sources import stated_sources
from retold.trace.stated import add_sources
from retold.trace.unfolding import unfold
from retold.trace.wording import add_pair, add_tree

__all__ = ["trace"]


def trace(
    reports: Sequence[Segmented],
    collation: Collation,
    quotations: Sequence[Quotation] = (),
    actors: Sequence[Actor] = (),
    settings: Settings = DEFAULTS,
) -> Stemma:
    """Who descends from whom.

    Args:
        reports: of one story.
        collation: of these reports.
        quotations, actors: of the whole story; without them no source is stated.
        settings: `seed` is that of the resamplings.

    Returns:
        every report as a witness; lost and named ones where there is evidence for them.
    """
    if len(reports) > MOST_WITNESSES:
        gathered = crowd(reports, collation)
        some = [one for one in reports if one.report.id in gathered.chosen]
        said = [one for one in quotations if one.report in gathered.chosen]
        traced = trace(some, within(collation, gathered.chosen), said, actors, settings)
        return without(traced, reports, collation, gathered)
    ordered = sorted(reports, key=lambda one: one.report.id)
    whole = characters(collation, ordered, quotations)
    sources = stated_sources(ordered, quotations, actors)
    versions = folds(ordered, sources, settings.seed)
    signs = folded(whole, versions)
    draft = Draft.of(
        ordered, signs, whole, {one.head: one.rows for one in versions}, sources, settings.seed
    )
    moved = shifts(ordered, collation, quotations)
    for group in _kin(ordered, collation, versions):
        if len(group) == 2:
            add_pair(draft, group[0], group[1])
        elif len(group) > 2:
            part = _rows(signs, group)
            told = told_again(part)
            first = _within(group, moved)
            tree = None
            if rewritten(part):
                tree = spanning_shape(draft.texts(group), part, settings.seed)
            if tree is None:
                code = coded(part, len(collation.passages))
                # Not rewriters, as far as their quotations tell: who differ everywhere translate.
                tree = shape(code, told_again(part, unquoted=True), settings.seed)
                tree = with_origin(tree, part, told, first)
            way = rooted(tree, [*draft.stated_pairs(group), *first], told)
            add_tree(draft, group, part, tree, way)
    unfold(draft, versions)
    add_days(draft, moved)
    add_relations(draft)
    add_sources(draft)
    add_exemplar_doubts(draft)
    settle(draft, versions)
    return _stemma(draft, reports, collation)


def _kin(
    reports: Sequence[Segmented], collation: Collation, versions: Sequence[Fold]
) -> list[list[int]]:
    """Rows of reports that share passages, directly or through others; versions count as one.

    Reports in two languages are not kin by their words: those cannot be compared.
    """
    head = {row: one.head for one in versions for row in one.rows}
    row = {one.report.id: head.get(number, number) for number, one in enumerate(reports)}
    language = {one.report.id: one.report.language for one in reports}
    group = list(range(len(reports)))

    def find(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for passage in collation.passages:
        first: dict[str | None, int] = {}
        for report in passage.readings:
            own = row[report]
            group[find(own)] = find(first.setdefault(language[report], own))
    kin: dict[int, list[int]] = {}
    for number in sorted(set(row.values())):
        kin.setdefault(find(number), []).append(number)
    return sorted(kin.values())


def _within(group: Sequence[int], moved: Sequence[Shift]) -> list[tuple[int, int]]:
    """Places in a group of the reports of which one was written a day before the other."""
    place = {row: number for number, row in enumerate(group)}
    return [
        (place[one.rows[0]], place[one.rows[1]]) for one in moved if place.keys() >= set(one.rows)
    ]


def _rows(signs: Characters, rows: list[int]) -> Characters:
    return Characters(
        states=signs.states[rows],
        starts=signs.starts[rows],
        ends=signs.ends[rows],
        phrase=signs.phrase[rows],
        weights=signs.weights,
        passages=signs.passages,
        quoted=signs.quoted,
        content=signs.content,
    )


def _stemma(draft: Draft, reports: Sequence[Segmented], collation: Collation) -> Stemma:
    related = {end for edge in draft.edges.values() for end in (edge.from_, edge.to)}
    in_doubt = {witness for doubt in draft.undecided for witness in doubt.witnesses}
    for one in draft.reports:
        if one.report.id not in related | in_doubt:
            draft.undecided.append(
                Undecided(
                    witnesses=(one.report.id,),
                    note=f"{label(one)} shares no passage with the other reports",
                )
            )
    own = tuple(Witness(one.report.id, "report", label(one)) for one in reports)
    return Stemma(
        witnesses=(*own, *(draft.extra[key] for key in sorted(draft.extra))),
        edges=tuple(draft.edges[key] for key in sorted(draft.edges)),
        undecided=tuple(draft.undecided),
        alternatives=tuple(sorted(draft.alternatives, key=lambda one: (-one.support, one.edges))),
        derivations=derivations(draft, collation),
    )
