"""Stories of an archive, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.holdings import Gist, KeptStory, StoriesFound, StoryLine, StoryMember
from retold.show.dates import as_read
from retold.show.marks import encodable, visible
from retold.show.names import count

__all__ = ["root_of", "stories", "story"]

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def stories(page: StoriesFound, *, colour: bool = False, encoding: str = "utf-8") -> str:
    """One page of stories.

    Args:
        page: what to show.
        colour: whether to write ANSI styles.
        encoding: of the place it goes to.
    """
    bold, dim, plain = _styles(colour)
    lines = [count(page.total, "story", "stories")]
    for one in page.stories:
        lines.append("")
        lines.append(f"{bold}{visible(one.title or 'no title')}{plain}")
        lines.append(f"  {_counts(one)}")
        if one.reports > 1:
            lines.append(f"  {visible(_traced(one))}")
        lines.append(f"  {dim}{visible(one.id)}{plain}")
    if page.next is not None:
        lines += ["", f"more: --after {page.next}"]
    return encodable("\n".join(lines), encoding) + "\n"


def story(
    found: KeptStory,
    *,
    colour: bool = False,
    encoding: str = "utf-8",
    reasons: bool = False,
    local: bool = False,
) -> str:
    """What a story is, and its reports; a copy stands under what it has the words of.

    Args:
        found: the story.
        colour: whether to write ANSI styles.
        encoding: of the place it goes to.
        reasons: whether to say why each report is in it.
        local: times as the clock of this machine shows them, else as they were given.
    """
    bold, dim, plain = _styles(colour)
    line = found.line
    lines = [f"{bold}{visible(line.title or 'no title')}{plain}", _counts(line)]
    if line.reports > 1:
        lines.append(visible(_traced(line)))
    if found.asked != line.id:
        lines.append(f"{visible(found.asked)} is part of this story now")
    lines.append(f"{dim}{visible(line.id)}{plain}")
    lines.append("")
    lines += _members(found.members, dim, plain, reasons, local)
    return encodable("\n".join(lines), encoding) + "\n"


def _styles(colour: bool) -> tuple[str, str, str]:
    return (_BOLD, _DIM, _PLAIN) if colour else ("", "", "")


def _counts(one: StoryLine) -> str:
    parts = [count(one.reports, "report")]
    if one.reports > 1:
        parts.append(count(one.outlets, "outlet") if one.outlets else "no outlet named")
        parts.append(count(one.tellings, "independent telling"))
    parts.append(", ".join(one.languages) or "no language known")
    days = list(dict.fromkeys(day[:10] for day in (one.first, one.last) if day))
    parts.append(" to ".join(days) or "no date")
    if one.round_up:
        parts.append("a round-up")
    if one.by_hand:
        parts.append("people decided what is in it")
    return visible(" · ".join(parts))


def _traced(one: StoryLine) -> str:
    """What it goes back to, and how its reports differ; or that nobody looked yet."""
    if one.kinds is None:
        return "not yet traced"
    parts = []
    if one.gist is not None and one.gist.root is not None:
        parts.append(f"goes back to {root_of(one.gist)}")
    if one.gist is not None and one.gist.changes is not None:
        parts.append(count(one.gist.changes, "change"))
    if one.kinds:
        parts.append(f"differs in {', '.join(one.kinds)}")
    return " · ".join(parts) or "no change was found"


def root_of(gist: Gist) -> str:
    """What a story goes back to, for people."""
    if gist.root == "named":
        return f"{gist.name}, named and not among the reports"
    return {"lost": "a lost telling", "several": "several sources"}.get(gist.root or "", gist.name)


def _members(
    members: Sequence[StoryMember], dim: str, plain: str, reasons: bool, local: bool
) -> Iterator[str]:
    here = {one.report for one in members}
    copies: dict[str, list[StoryMember]] = {}
    for one in members:
        if one.copy_of in here and one.copy_of is not None:
            copies.setdefault(one.copy_of, []).append(one)
    for one in members:
        if one.copy_of not in here:
            yield from _member(one, "", dim, plain, reasons, local)
            for copy in copies.get(one.report, ()):
                yield from _member(copy, "  ", dim, plain, reasons, local)


def _member(
    one: StoryMember, indent: str, dim: str, plain: str, reasons: bool, local: bool
) -> Iterator[str]:
    source = (one.source or "").rstrip("/").rpartition("/")[2]
    when = as_read(one.published, local=local) if one.published else "no date"
    named = [when, one.outlet or source or "no outlet named"]
    named.append(one.title or "no title")
    if indent:
        named.append("has most of these words")
    if one.round_up:
        named.append("round-up")
    if one.probably:
        named.append("probably the same story")
    if one.by_hand:
        named.append("as people decided")
    yield f"{indent}{visible(' · '.join(named))}"
    yield f"{indent}  {dim}{visible(one.report)}{plain}"
    if reasons:
        for reason in one.because:
            yield f"{indent}  {visible(reason.note)}"
