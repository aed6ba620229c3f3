"""Tellings of the archive's stories: made when somebody looks, kept until something changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import Connection, update

from retold.archive import Archive, corrections, deriving, stories
from retold.archive.getting import many_in
from retold.archive.tables_stories import story as story_table
from retold.errors import ArchiveDamaged, ArchiveReadOnly, BadRecord
from retold.holdings import Correction, KeptStory, Run
from retold.keeping.methods import settings_of, version_of
from retold.keeping.refreshing import present
from retold.model import Refusal, Report, Telling
from retold.pipeline import tell
from retold.settings import DEFAULTS, Settings
from retold.show.gist import gist_of
from retold.show.records import telling_json
from retold.show.records import telling_of as telling_from

__all__ = [
    "METHOD",
    "MOST",
    "Told",
    "is_fresh",
    "kept_telling",
    "made_from",
    "telling_of",
    "told",
]

METHOD = "telling"
MOST = 200
"""Reports that are compared. Of a larger story copies are left out first, then the latest."""

_ABOUT_A_TELLING = (
    "join-passages",
    "part-passages",
    "join-actors",
    "part-actors",
    "confirm-edge",
    "reject-edge",
)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What a telling is made from.

    Attributes:
        reports: ids of those that are compared, the earliest first.
        left: those that are not, and why.
        decisions: of people about the story.
        hash: of all that.
    """

    reports: Sequence[str]
    left: tuple[Refusal, ...]
    decisions: tuple[Correction, ...]
    hash: str


class Told(NamedTuple):
    """A telling, and a hash of what it was made from (see `made_from`)."""

    telling: Telling
    inputs: str


def telling_of(
    archive: Archive, story_id: str, settings: Settings = DEFAULTS, *, keep: bool = True
) -> Telling:
    """Everything Retold says of a story: what is kept, or made now; see `told`."""
    return told(archive, story_id, settings, keep=keep).telling


def told(
    archive: Archive, story_id: str, settings: Settings = DEFAULTS, *, keep: bool = True
) -> Told:
    """Everything Retold says of a story, and what that was made from.

    Args:
        archive: open; one that cannot be written keeps nothing.
        story_id: of the story, or one that it had.
        settings: of the run.
        keep: whether to keep what is made.

    Raises:
        NothingFound: there is no such story.
        InputRefused: none of its reports can be used.
    """
    one = stories.get(archive, story_id)
    # In one snapshot: what is corrected in between must not be taken for what was read before.
    with archive.reading() as connection:
        inputs = _inputs(connection, one)
        reports = _reports(connection, inputs.reports)
    kept = _kept(archive, one.line.id, inputs.hash, settings)
    if kept is not None:
        return Told(kept, inputs.hash)
    telling = tell(
        reports,
        settings,
        story=one.line.id,
        refused=inputs.left,
        decisions=inputs.decisions,
        least=1,
    )
    if keep:
        try:
            run = present(archive, METHOD, settings)
            with archive.writing() as connection:
                _keep(connection, run, telling, inputs.hash)
        except ArchiveReadOnly:
            pass
    return Told(telling, inputs.hash)


def is_fresh(archive: Archive, story_id: str, settings: Settings = DEFAULTS) -> bool:
    """Whether the telling of a story is kept and up to date.

    Raises:
        NothingFound: there is no such story.
    """
    one = stories.get(archive, story_id)
    return _kept(archive, one.line.id, made_from(archive, one), settings) is not None


def made_from(archive: Archive, one: KeptStory) -> str:
    """A hash of what the telling of a story is made from; it is found without making it."""
    with archive.reading() as connection:
        return _inputs(connection, one).hash


def kept_telling(
    archive: Archive, one: KeptStory, inputs: str, settings: Settings = DEFAULTS
) -> Telling | None:
    """The telling of a story, where one is kept that is up to date.

    Args:
        archive: open.
        one: the story, as it is now.
        inputs: see `made_from`.
        settings: of the run.
    """
    return _kept(archive, one.line.id, inputs, settings)


def _inputs(connection: Connection, one: KeptStory) -> _Inputs:
    members = [member.report for member in one.members]
    copies = {member.report: member.copy_of for member in one.members}
    chosen = members
    left: list[Refusal] = []
    if len(members) > MOST:
        here = set(members)
        first = [name for name in members if copies[name] not in here]
        chosen = first[:MOST]
        taken = set(chosen)
        left = [_left(name, copies[name]) for name in members if name not in taken]
    about = corrections.about(connection, chosen)
    decisions = tuple(each for each in about if _kind(each) in _ABOUT_A_TELLING)
    digest = blake2b(digest_size=8)
    for name in (*chosen, "", *(each.source for each in left), ""):
        digest.update(name.encode("utf-8", "surrogatepass") + b"\0")
    for each in about:
        if _kind(each) in (*_ABOUT_A_TELLING, "field"):
            digest.update(f"{each.number}\0".encode())
    return _Inputs(chosen, tuple(left), decisions, digest.hexdigest())


def _reports(connection: Connection, ids: Sequence[str]) -> list[Report]:
    """With what people corrected."""
    kept = corrections.as_corrected(connection, many_in(connection, ids))
    return [each.report for each in kept]


def _left(report: str, copy_of: str | None) -> Refusal:
    """How a report is listed that is not compared."""
    reason = f"the story has more than {MOST} reports"
    if copy_of is not None:
        reason = f"it has the words of report {copy_of}, which stands for it"
    return Refusal(report, "", "StoryTooLarge", reason, "`retold show` lists it")


def _kind(correction: Correction) -> str:
    return str(correction.what.__struct_config__.tag)


def _run(archive: Archive, settings: Settings) -> Run | None:
    """The present run, where there is one: nothing is written."""
    version, digest = version_of(METHOD), settings_of(settings)[0]
    for run in deriving.runs_of(archive, METHOD):
        if (run.version, run.settings) == (version, digest):
            return run
    return None


def _kept(archive: Archive, story: str, inputs: str, settings: Settings) -> Telling | None:
    run = _run(archive, settings)
    if run is None:
        return None
    with archive.reading() as connection:
        try:
            found = next(iter(deriving.get(connection, METHOD, [story])), None)
        except ArchiveDamaged:
            return None  # made anew
    if found is None or found[1] != run.number or found[0].inputs != inputs:
        return None
    try:
        return telling_from(found[0].payload, story)
    except BadRecord:
        return None


def _keep(connection: Connection, run: Run, telling: Telling, inputs: str) -> None:
    result = deriving.Result(telling.story, None, inputs, telling_json(telling))
    deriving.keep(connection, run, [result])
    kinds = {change.kind for passage in telling.passages for change in passage.changes}
    connection.execute(
        update(story_table)
        .where(story_table.c.id == telling.story)
        .values(kinds=stories.bits(sorted(kinds)))
    )
    stories.keep_gist(connection, telling.story, gist_of(telling))
