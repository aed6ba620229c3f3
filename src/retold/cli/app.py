"""The commands and their options. What they do is in the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from retold.cli.app_export import export
from retold.cli.app_stories import COMMANDS
from retold.cli.options import ARCHIVE as _ARCHIVE
from retold.cli.options import reading
from retold.cli.sections import Sections
from retold.version import __version__

__all__ = ["app"]

_FILE = click.Path(path_type=Path)


def _reads(command: Callable[..., int]) -> Callable[..., int]:
    """What every command that reads reports takes, in the order in which help shows it."""
    command = click.option("--json", is_flag=True, help="Write JSON to standard output.")(
        reading(command)
    )
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


@click.group(
    cls=Sections,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="INPUT is a text file, an HTML page, a folder, a URL, a feed, a table or JSON Lines of "
    "reports, a web archive or a newswire item; - is standard input.",
)
@click.version_option(__version__, prog_name="retold", message="%(prog)s %(version)s")
def app() -> None:
    """One statement, many tellings: compare news reports of one story."""


@app.command()
@_reads
@click.option("--html", type=_FILE, metavar="FILE", help="Write the comparison as one HTML page.")
@click.option("--story", metavar="ID", help="An id for the story; else a hash of its reports.")
def compare(
    inputs: tuple[str, ...], html: Path | None, json: bool, story: str | None, **how: Any
) -> int:
    """Compare two or more reports of one story: the main job."""
    from retold.cli import comparing, setting

    chosen = setting.chosen(**how)
    return comparing.compare(inputs, chosen, html=html, json=json, story=story, table=html is None)


@app.command()
@click.argument("folder", type=_FILE, default=Path("retold-demo"))
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def demo(folder: Path, json: bool) -> int:
    """Write an invented story of three reports into FOLDER, and compare them."""
    from retold.cli import comparing

    return comparing.demo(folder, json=json)


@app.command()
@_reads
def quotes(inputs: tuple[str, ...], json: bool, **how: Any) -> int:
    """Find who is quoted in each report, and through whom: one JSON object a line."""
    from retold.cli import setting, stages

    return stages.quotes(inputs, setting.chosen(**how))


@app.command()
@_reads
@click.option("--stories", is_flag=True, help="Write one JSON object a story instead.")
@click.option(
    "--encoder",
    metavar="MODEL",
    help="Let sentence vectors help: a folder with a model, an installed package or a name.",
)
@click.option("--download-encoder", is_flag=True, help="Fetch that model where it is not at hand.")
def group(inputs: tuple[str, ...], json: bool, stories: bool, **how: Any) -> int:
    """Find which reports tell the same story: one JSON object a report, one a line."""
    from retold.cli import grouping, setting

    return grouping.group(inputs, setting.chosen(**how), stories=stories)


@app.command()
@_reads
def copies(inputs: tuple[str, ...], json: bool, **how: Any) -> int:
    """Find which reports carry the words of which: one JSON object a story, one a line."""
    from retold.cli import copying, setting

    return copying.copies(inputs, setting.chosen(**how))


@app.command()
@_reads
def collate(inputs: tuple[str, ...], json: bool, **how: Any) -> int:
    """Line up the reports of each story: one JSON object a story, one a line."""
    from retold.cli import setting, stages

    return stages.collate(inputs, setting.chosen(**how))


@app.command()
@_reads
def trace(inputs: tuple[str, ...], json: bool, **how: Any) -> int:
    """Find which report of each story descends from which: one JSON object a story."""
    from retold.cli import setting, stages

    return stages.trace(inputs, setting.chosen(**how))


@app.command()
@_reads
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that read; by default two for what is large.",
)
@click.option(
    "--later",
    is_flag=True,
    help="Only keep them; `retold refresh` then finds quotations and stories.",
)
def add(
    inputs: tuple[str, ...],
    json: bool,
    archive: str | None,
    workers: int | None,
    later: bool,
    **how: Any,
) -> int:
    """Add reports to an archive, which is made where there is none.

    What is there already stays as it is; another version of a page is added beside it.
    """
    from retold.cli import keeping, setting

    chosen = setting.chosen(**how)
    return keeping.add(inputs, chosen, archive=archive, json=json, workers=workers, later=later)


@app.command()
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def verify(archive: str | None, json: bool) -> int:
    """Check that an archive still holds what was kept: every text and page has its hash."""
    from retold.cli import checking

    return checking.verify(archive, json=json)


@app.command()
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def upgrade(archive: str | None, json: bool) -> int:
    """Bring an archive of an older version up to date.

    A file is copied first. Copy a database yourself (pg_dump), and tell those who share it.
    """
    from retold.cli import keeping

    return keeping.upgrade(archive, json=json)


@app.command()
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Of this outlet.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="In this language.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="Naming this person.")
@click.option("--speaker", metavar="NAME", help="Quoting this speaker.")
@click.option("--quoted", metavar="QUERY", help="With these words in a quotation.")
@click.option("--since", metavar="DATE", help="Published on this date or later.")
@click.option("--until", metavar="DATE", help="Published on this date or earlier.")
@click.option("--oldest", "order", flag_value="oldest", default="newest", help="The oldest first.")
@click.option("--limit", type=int, default=20, show_default=True, help="Reports on a page.")
@click.option("--after", metavar="PAGE", help="The page that begins where the last one ended.")
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def search(words: tuple[str, ...], archive: str | None, **asked: Any) -> int:
    """Find reports in an archive, the newest first.

    QUERY is words, "phrases", beginnings of words (harvest*), words to be left out (-deal; write
    -- before the first), OR between two, title:word. Without it the filters alone decide.
    """
    from retold.cli import searching

    return searching.find(archive, words, **asked)


@app.command()
@click.argument("feeds", nargs=-1, metavar="[FEEDS...]")
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--once", is_flag=True, help="Do what is due and end, for cron.")
@click.option("--list", "lists", is_flag=True, help="Show the archive's feeds and their state.")
@click.option("--again", is_flag=True, help="Ask feeds once more that were given up as gone.")
@click.option("--log", type=_FILE, metavar="FILE", help="Append the log here, not to stderr.")
@click.option("--json", is_flag=True, help="Write the log (or the list) as lines of JSON.")
@click.option("--contact", metavar="TEXT", help="Mail or URL of yours, sent with every fetch.")
@click.option("--settings", type=_FILE, metavar="FILE", help="A TOML file with settings.")
@click.option(
    "--allow-private-network", is_flag=True, help="Fetch from private and local addresses too."
)
def watch(feeds: tuple[str, ...], archive: str | None, lists: bool, json: bool, **how: Any) -> int:
    """Watch feeds and add what they bring to an archive, until told to stop (Ctrl-C).

    FEEDS are OPML files, files with one address on each line, or addresses; without any, the
    feeds that the archive knows.
    """
    from retold.cli import watching

    if lists:
        return watching.list_feeds(archive, json=json)
    return watching.watch(feeds, archive=archive, json=json, **how)


@app.command()
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--settings", type=_FILE, metavar="FILE", help="A TOML file with settings.")
@click.option("--workers", type=int, metavar="N", help="Processes; by default one for each core.")
@click.option("--json", is_flag=True, help="Write JSON to standard output.")
def refresh(archive: str | None, settings: Path | None, json: bool, workers: int | None) -> int:
    """Bring what is derived from an archive's reports up to date.

    `retold add` and `retold watch` do so at their end; after an upgrade of Retold, or with other
    settings, this makes anew what is stale. It may be interrupted, and goes on where it was.
    """
    from retold.cli import refreshing, setting

    chosen = setting.chosen(settings=settings)
    return refreshing.refresh(archive, chosen, json=json, workers=workers)


@app.command()
@click.option("--archive", metavar="PATH", help=_ARCHIVE)
@click.option("--settings", type=_FILE, metavar="FILE", help="A TOML file with settings.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8417, show_default=True)
@click.option("--name", "names", multiple=True, help="Another name under which it is reached.")
@click.option("--token", envvar="RETOLD_TOKEN", help="What others have to know to read it.")
def serve(archive: str | None, settings: Path | None, **where: Any) -> int:
    """Show an archive in the browser: stories, reports, quotations, search.

    Only this machine reaches it, unless --host names another address and --token guards it.
    """
    from retold.cli import serving, setting

    return serving.run(archive, setting.chosen(settings=settings), **where)


@app.command()
@click.argument("name")
@click.option("--json", is_flag=True, help="Write JSON, as it does in any case.")
def schema(name: str, json: bool) -> int:
    """Print the JSON Schema of what a command reads or writes.

    NAME is one of report, telling, quotes, group, story, copies, collation, stemma, refused,
    stories, story-reports, search, correction, add, verify, refresh, upgrade, feed, event.
    """
    from retold.cli import schemas

    return schemas.write(name)


for command in (export, *COMMANDS):
    app.add_command(command)
