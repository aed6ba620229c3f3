"""What the reports state about their sources, hung onto what their wording shows.

A source that a report names and that is not in the story becomes a *named* witness. It is hung
above the highest telling under which every report names it. Where the stated source and the
wording disagree, both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from retold.model import Alternative, Edge, Evidence, Place, Undecided, Witness
from retold.trace.draft import Draft, label
from retold.trace.sources import Source

__all__ = ["add_sources", "named_in_third_person"]


def add_sources(draft: Draft) -> None:
    """Hang every stated source onto the draft."""
    for source in draft.sources:
        if source.own:
            _add_present(draft, source)
        else:
            _add_absent(draft, source)


def named_in_third_person(sources: Sequence[Source], reports: Sequence[str]) -> list[Evidence]:
    """Carriers that two or more of these reports name: they did not write what these share."""
    found = []
    for source in sources:
        naming = [
            report
            for report in reports
            if report in source.named and "carrier" in source.named[report][0]
        ]
        if len(naming) >= 2:
            found.append(
                Evidence(
                    kind="stated",
                    weight=0.8,
                    note=f"The tellings name {source.name} in the third person, so the text they "
                    f"share is not {source.name}'s own",
                    spans=_places(source, naming),
                )
            )
    return found


def _add_present(draft: Draft, source: Source) -> None:
    """The source published a report of this story itself."""
    for own in sorted(source.own):
        for report in sorted(source.named.keys() - source.own):
            if _above(draft, own, report):
                _add_evidence(draft, source, own, report)
            elif not _parents(draft, report) and not _above(draft, report, own):
                evidence = (_statement(source, [report]),)
                draft.connect(Edge(own, report, 1.0, evidence, "stated"))
            else:
                names = {one.report.id: label(one) for one in draft.reports}
                draft.undecided.append(
                    Undecided(
                        witnesses=(own, report),
                        note=f"{names[report]} names {source.name} as its source; its wording "
                        f"does not follow {names[own]}",
                    )
                )


def _add_absent(draft: Draft, source: Source) -> None:
    tops = _tops(draft, set(source.named))
    if not tops:
        return
    digest = blake2b(source.key.encode("utf-8", "surrogatepass"), digest_size=8, person=b"named")
    key = f"named-{digest.hexdigest()}"
    naming = sorted(source.named)
    draft.extra[key] = Witness(key, "named", source.name, (_statement(source, naming),))
    for top in tops:
        under = sorted(_reports_under(draft, top) & source.named.keys())
        draft.connect(Edge(key, top, 1.0, (_statement(source, under),), "stated"))
        if len(under) > 1:
            _note_credited_sibling(draft, source, top, under)
            draft.alternatives.append(
                Alternative(
                    edges=tuple((key, report) for report in under),
                    support=0.0,
                    note=f"Each has its text from {source.name} alone: it cannot have supplied "
                    "what they share outside its quotations",
                )
            )


def _note_credited_sibling(draft: Draft, source: Source, top: str, under: Sequence[str]) -> None:
    """Reports that name the same source, one of them filed by an agency: whose telling is it?"""
    one_of = {one.report.id: one for one in draft.reports}
    filed = {
        report: agency.name
        for agency in draft.sources
        if agency.key != source.key
        for report in under
        if report in agency.own
    }
    for report in under:
        if report in filed or (top, report) not in draft.edges:
            continue
        for sibling, agency_name in sorted(filed.items()):
            draft.connect(
                Edge(
                    top,
                    report,
                    draft.edges[top, report].support,
                    (
                        Evidence(
                            kind="textual",
                            weight=0.8,
                            note=f"{label(one_of[report])} says {source.name}; its text follows "
                            f"the telling that {label(one_of[sibling])}, filed by "
                            f"{agency_name}, carries",
                            spans=_places(source, [report]),
                        ),
                    ),
                )
            )


def _tops(draft: Draft, naming: set[str]) -> list[str]:
    """The highest tellings under which all reports name the source."""
    every = [one.report.id for one in draft.reports] + sorted(
        key for key, witness in draft.extra.items() if witness.kind == "lost"
    )
    whole = [node for node in every if (under := _reports_under(draft, node)) and under <= naming]
    return [node for node in whole if not any(parent in whole for parent in _parents(draft, node))]


def _parents(draft: Draft, node: str) -> list[str]:
    """Textual parents: a stated source above a node does not hide it."""
    return sorted(
        edge.from_ for edge in draft.edges.values() if edge.to == node and edge.basis == "textual"
    )


def _above(draft: Draft, source: str, node: str) -> bool:
    return any(
        parent == source or _above(draft, source, parent) for parent in _parents(draft, node)
    )


def _reports_under(draft: Draft, node: str) -> set[str]:
    own = {one.report.id for one in draft.reports}
    under = set()
    stack = [node]
    seen = set()
    while stack:
        here = stack.pop()
        if here in seen:
            continue
        seen.add(here)
        if here in own:
            under.add(here)
        stack.extend(
            edge.to
            for edge in draft.edges.values()
            if edge.from_ == here and edge.basis == "textual"
        )
    return under


def _add_evidence(draft: Draft, source: Source, own: str, report: str) -> None:
    child = report
    while own not in _parents(draft, child):
        child = next(
            parent
            for parent in _parents(draft, child)
            if parent == own or _above(draft, own, parent)
        )
    edge = draft.edges[own, child]
    draft.connect(Edge(own, child, edge.support, (_statement(source, [report]),)))


def _statement(source: Source, reports: Sequence[str]) -> Evidence:
    hows = sorted({how for report in reports for how in source.named[report][0]})
    said = " and ".join(hows)
    return Evidence(
        kind="stated",
        weight=1.0,
        note=f"{source.name} is named as source ({said}) in {len(reports)} report(s)",
        spans=_places(source, reports),
    )


def _places(source: Source, reports: Sequence[str]) -> tuple[Place, ...]:
    return tuple(place for report in reports for place in source.named[report][1][:3])
