"""The commands over an archive's stories, and those that correct what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from retold.cli.options import ARCHIVE, choosing

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path)
_FIELDS = ("title", "outlet", "published", "language", "byline")


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--archive", metavar="PATH", help=ARCHIVE)
@choosing
@click.option("--language", "languages", multiple=True, metavar="CODE", help="In this language.")
@click.option("--oldest", "order", flag_value="oldest", default="newest", help="The oldest first.")
@click.option("--limit", type=int, default=20, show_default=True, help="Stories on a page.")
@click.option("--after", metavar="PAGE", help="The page that begins where the last one ended.")
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def stories(words: tuple[str, ...], archive: str | None, **asked: Any) -> int:
    """List the stories of an archive, the one with the latest report first.

    QUERY and filters are those of `retold search`: a story is listed when one of its reports has
    all of them.
    """
    from retold.cli import telling

    return telling.list_stories(archive, words, **asked)


@click.command()
@click.argument("story")
@click.option("--archive", metavar="PATH", help=ARCHIVE)
@click.option("--settings", type=_FILE, metavar="FILE", help="A TOML file with settings.")
@click.option("--html", type=_FILE, metavar="FILE", help="Write the comparison as one HTML page.")
@click.option("--reports", is_flag=True, help="Only its reports, and why each is in it.")
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def show(
    story: str,
    archive: str | None,
    settings: Path | None,
    html: Path | None,
    reports: bool,
    json: bool,
) -> int:
    """Show a story of an archive: its reports, compared."""
    from retold.cli import setting, telling

    if reports:
        return telling.show_reports(archive, story, json=json)
    chosen = setting.chosen(settings=settings)
    return telling.show(archive, story, chosen, html=html, json=json)


@click.command()
@click.option("--archive", metavar="PATH", help=ARCHIVE)
@click.option("--json", is_flag=True, help="Write one JSON object a correction.")
def corrections(archive: str | None, json: bool) -> int:
    """List what people corrected in an archive, undone corrections too."""
    from retold.cli import correcting

    return correcting.list_corrections(archive, json=json)


@click.group()
def correct() -> None:
    """Correct what is wrong in an archive: signed, kept, and undone by `retold correct undo`.

    PLACE is REPORT:START-END, in characters of the report's text, or REPORT:WORDS, when the words
    stand in it once.
    """


def _signed(command: Callable[..., int]) -> Callable[..., int]:
    """Who says it, why, and where."""
    taken = [
        click.option("--by", required=True, metavar="NAME", help="Who signs it."),
        click.option("--note", metavar="TEXT", help="Why."),
        click.option("--archive", metavar="PATH", help=ARCHIVE),
        click.option("--json", is_flag=True, help="Write the correction as JSON."),
    ]

    def signed(by: str, note: str | None, archive: str | None, json: bool, **how: Any) -> int:
        return command((archive, by, note, json), **how)

    signed.__name__, signed.__doc__ = command.__name__, command.__doc__
    signed.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    whole: Callable[..., int] = signed
    for one in reversed(taken):
        whole = one(whole)
    return whole


@correct.command("join-stories")
@_signed
@click.argument("stories", nargs=-1, required=True, metavar="STORY STORY...")
def join_stories(signed: Any, stories: tuple[str, ...]) -> int:
    """These stories are one."""
    from retold.cli import correcting

    return correcting.join_stories(signed, stories)


@correct.command("part-stories")
@_signed
@click.argument("story")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
def part_stories(signed: Any, story: str, reports: tuple[str, ...]) -> int:
    """These reports of a story are a story of their own."""
    from retold.cli import correcting

    return correcting.part_stories(signed, story, reports)


@correct.command("move")
@_signed
@click.argument("report")
@click.option("--to", metavar="STORY", help="Where; without it, to a story of its own.")
def move(signed: Any, report: str, to: str | None) -> int:
    """A report belongs to another story."""
    from retold.cli import correcting

    return correcting.move(signed, report, to)


@correct.command("pin")
@_signed
@click.argument("story")
@click.argument("reports", nargs=-1, metavar="[REPORT...]")
def pin(signed: Any, story: str, reports: tuple[str, ...]) -> int:
    """These reports of a story (all, where none is named) stay together, whatever comes."""
    from retold.cli import correcting

    return correcting.pin(signed, story, reports)


def _edge(name: str, kind: str, said: str) -> None:
    @correct.command(name, help=said)
    @_signed
    @click.argument("source")
    @click.argument("to", metavar="REPORT")
    def command(signed: Any, source: str, to: str) -> int:
        from retold import holdings
        from retold.cli import correcting

        return correcting.edge(signed, getattr(holdings, kind), source, to)


_edge(
    "confirm-edge",
    "EdgeConfirmed",
    "REPORT descends from SOURCE, a report or the name of a source that is not here.",
)
_edge("reject-edge", "EdgeRejected", "REPORT does not descend from SOURCE.")


def _places(name: str, kind: str, said: str) -> None:
    @correct.command(name, help=said)
    @_signed
    @click.argument("a", metavar="PLACE")
    @click.argument("b", metavar="PLACE")
    def command(signed: Any, a: str, b: str) -> int:
        from retold import holdings
        from retold.cli import correcting

        return correcting.between_places(signed, getattr(holdings, kind), a, b)


_places("join-passages", "PassagesJoined", "The sentences there are readings of one passage.")
_places("part-passages", "PassagesParted", "The sentences there are not readings of one passage.")
_places("join-actors", "ActorsJoined", "The names there are one actor's.")
_places("part-actors", "ActorsParted", "The names there are those of two actors.")


@correct.command("field")
@_signed
@click.argument("report")
@click.argument("field", type=click.Choice(_FIELDS))
@click.argument("value", required=False)
def field(signed: Any, report: str, field: str, value: str | None) -> int:
    """A report's FIELD is VALUE; without VALUE it is not known."""
    from retold.cli import correcting

    return correcting.field(signed, report, field, value)


@correct.command("undo")
@_signed
@click.argument("number", type=int)
def undo(signed: Any, number: int) -> int:
    """Take a correction back; that can be undone too."""
    from retold.cli import correcting

    return correcting.undo(signed, number)


COMMANDS: tuple[click.Command, ...] = (stories, show, correct, corrections)
