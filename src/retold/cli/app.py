"""The commands and their options. What they do is in the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from retold.version import __version__

__all__ = ["app"]

app = typer.Typer(
    name="retold",
    help="One statement, many tellings: compare news reports of one story.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Text files, HTML pages, URLs, JSON Lines files of reports; - is standard input.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to standard output.")]
Language = Annotated[
    Optional[str],  # noqa: UP045 -- typer reads this at run time
    typer.Option(help="Language of all reports (ISO 639-1); by default it is identified."),
]
Config = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--settings", help="A TOML file with settings for this run."),
]
Private = Annotated[
    bool,
    typer.Option(
        "--allow-private-network",
        help="Fetch URLs on private and local addresses too.",
    ),
]
Html = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--html", metavar="FILE", help="Write the comparison as one HTML page."),
]


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """One statement, many tellings: compare news reports of one story."""
    if version:
        typer.echo(f"retold {__version__}")
        raise typer.Exit


@app.command()
def compare(
    inputs: Inputs,
    html: Html = None,
    json: Json = False,
    story: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="An id for the story; by default a hash of its reports."),
    ] = None,
    language: Language = None,
    settings: Config = None,
    allow_private_network: Private = False,
) -> int:
    """Compare two or more reports of one story: the main job."""
    from retold.cli import comparing, setting

    chosen = setting.chosen(settings, language, allow_private_network)
    return comparing.compare(inputs, chosen, html=html, json=json, story=story, table=html is None)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the story and its page.")] = Path(
        "retold-demo"
    ),
    json: Json = False,
) -> int:
    """Write an invented story of three reports into a folder, and compare them."""
    from retold.cli import comparing

    return comparing.demo(folder, json=json)


@app.command()
def quotes(
    inputs: Inputs,
    json: Json = False,
    language: Language = None,
    settings: Config = None,
    allow_private_network: Private = False,
) -> int:
    """Find who is quoted in each report, and through whom: one JSON object a line."""
    from retold.cli import setting, stages

    return stages.quotes(inputs, setting.chosen(settings, language, allow_private_network))


@app.command()
def collate(
    inputs: Inputs,
    json: Json = False,
    language: Language = None,
    settings: Config = None,
    allow_private_network: Private = False,
) -> int:
    """Line up the reports of each story: one JSON object a story, one a line."""
    from retold.cli import setting, stages

    return stages.collate(inputs, setting.chosen(settings, language, allow_private_network))


@app.command()
def trace(
    inputs: Inputs,
    json: Json = False,
    language: Language = None,
    settings: Config = None,
    allow_private_network: Private = False,
) -> int:
    """Find which report of each story descends from which: one JSON object a story."""
    from retold.cli import setting, stages

    return stages.trace(inputs, setting.chosen(settings, language, allow_private_network))


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(help="report, telling, quotes, collation, stemma or refused.")
    ],
    json: Json = False,
) -> int:
    """Print the JSON Schema of what a command reads or writes."""
    from retold.cli import stages

    return stages.schema(name)
