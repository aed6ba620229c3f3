"""All that is inferred of a story, with what it rests on: one list, filtered by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from retold.errors import UsageError
from retold.holdings import KeptStory, StoryLine
from retold.model import Evidence, Noun
from retold.show.names import LABELS, listed, quoted
from retold.show.witnesses import labels
from retold.web.prepared import Prepared
from retold.web.views.collation import page_of

__all__ = ["About", "EvidenceView", "Finding", "evidence_view"]

About = Literal[
    "descent", "witnesses", "derivations", "passages", "changes", "people", "quotations", "story"
]
_PAGE = 80


class Finding(Noun, frozen=True):
    """An inference and one reason for it.

    Attributes:
        about: of what kind the inference is.
        what: the inference, in words.
        part: where it stands on the story's pages: a page, and a part of it.
        evidence: kind, weight, note, and the spans it rests on.
    """

    about: About
    what: str
    part: tuple[str, str]
    evidence: Evidence


class EvidenceView(Noun, frozen=True):
    """A page of the log.

    Attributes:
        story: it is of.
        kind, about: what is shown; None for all.
        kinds, abouts: how many reasons there are of each.
        page, pages: from 1.
        total: reasons that were asked for.
        findings: of this page.
    """

    story: StoryLine
    kind: str | None
    about: About | None
    kinds: dict[str, int]
    abouts: dict[str, int]
    page: int
    pages: int
    total: int
    findings: tuple[Finding, ...]


def evidence_view(story: KeptStory, found: Prepared, query: Mapping[str, str]) -> EvidenceView:
    """The page for an address.

    Raises:
        UsageError: a kind or page that is none.
    """
    every = list(_every(story, found))
    kinds = Counter(one.evidence.kind for one in every)
    abouts = Counter(one.about for one in every)
    kind = query.get("kind", "") or None
    if kind is not None and kind not in kinds:
        raise UsageError(f"there is no evidence of the kind {kind[:40]!r} here")
    about = _about(query.get("about", ""))
    wanted = [
        one
        for one in every
        if (kind is None or one.evidence.kind == kind) and (about is None or one.about == about)
    ]
    pages = max(1, -(-len(wanted) // _PAGE))
    page = page_of(query.get("page", ""), pages)
    return EvidenceView(
        story=story.line,
        kind=kind,
        about=about,
        kinds=dict(sorted(kinds.items())),
        abouts={key: abouts[key] for key in get_args(About) if abouts[key]},
        page=page,
        pages=pages,
        total=len(wanted),
        findings=tuple(wanted[(page - 1) * _PAGE : page * _PAGE]),
    )


def _about(about: str) -> About | None:
    if not about:
        return None
    for known in get_args(About):
        if about == known:
            found: About = known
            return found
    raise UsageError(f"nothing is inferred about {about[:40]!r}")


def _every(story: KeptStory, found: Prepared) -> Iterator[Finding]:
    telling = found.telling
    called = labels(telling.stemma, found.look.names)
    anchors = found.anchors
    for edge in telling.stemma.edges:
        if edge.from_ not in anchors or edge.to not in anchors:
            continue
        part = "descent", f"e-{anchors[edge.to]}-{anchors[edge.from_]}"
        for reason in edge.evidence:
            yield Finding("descent", f"{called[edge.to]} from {called[edge.from_]}", part, reason)
    for witness in telling.stemma.witnesses:
        for reason in witness.because:
            part = "descent", f"w-{anchors[witness.id]}"
            yield Finding("witnesses", f"There was {called[witness.id]}", part, reason)
    for one in telling.stemma.derivations:
        if one.passage in found.number and one.report in found.look.names:
            source = "an unknown source" if one.source is None else called[one.source]
            what = f"{called[one.report]} has passage {found.number[one.passage]} from {source}"
            part = f"passage/{one.passage}", f"r-{found.look.names[one.report].letter}"
            for reason in one.evidence:
                yield Finding("derivations", what, part, reason)
    for passage in telling.passages:
        number = found.number[passage.id]
        for reason in passage.because:
            part = f"passage/{passage.id}", f"p-{number}"
            yield Finding("passages", f"Passage {number} is one passage", part, reason)
    for passage in telling.passages:
        number = found.number[passage.id]
        for change in passage.changes:
            reason = Evidence("textual", change.weight, change.note, (change.a, change.b))
            part = f"passage/{passage.id}", f"p-{number}"
            yield Finding("changes", f"{LABELS[change.kind]} in passage {number}", part, reason)
    for actor in telling.actors:
        names = listed([quoted(name) for name in actor.names], 4)
        for reason in actor.because:
            part = "statements", ""
            yield Finding("people", f"{names} are one: {actor.name}", part, reason)
    for said in telling.quotations:
        if said.unknown:
            at = found.look.sentence(said.report, said.content[0][0]) if said.content else None
            part = "statements", ""
            yield Finding(
                "quotations",
                f"Who speaks in {found.look.names[said.report].letter}"
                + (f" {at + 1}" if at is not None else "")
                + " cannot be told",
                part,
                Evidence("textual", said.confidence, said.unknown, ()),
            )
    for member in story.members:
        name = found.look.names.get(member.report)
        shown = name.full if name is not None else member.title or member.report
        for reason in member.because:
            yield Finding("story", f"{shown} is of this story", ("", f"m-{member.report}"), reason)
