"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click

from retold.model import ChangeKind

__all__ = ["ARCHIVE", "FILE", "choosing", "reading"]

FILE = click.Path(path_type=Path)
ARCHIVE = (
    "The archive: a file, or postgresql://…; by default what RETOLD_ARCHIVE names, else "
    "retold.archive."
)


def reading(command: Callable[..., int]) -> Callable[..., int]:
    """How reports are read."""
    taken = [
        click.option(
            "--language",
            metavar="CODE",
            help="Language of all reports (ISO 639-1); by default it is identified.",
        ),
        click.option(
            "--settings", type=FILE, metavar="FILE", help="A TOML file with settings for this run."
        ),
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            help="Which column or key holds a field, such as text=body; may be given often.",
        ),
        click.option(
            "--dates",
            type=click.Choice(["dmy", "mdy"]),
            help="How 04/03/2031 is meant: day first or month first; else such dates are unknown.",
        ),
        click.option(
            "--fetch",
            is_flag=True,
            help="Fetch the reports of which a feed, sitemap or list gives only the address.",
        ),
        click.option(
            "--allow-private-network",
            is_flag=True,
            help="Fetch URLs on private and local addresses too.",
        ),
    ]
    for one in reversed(taken):
        command = one(command)
    return command


def choosing(command: Callable[..., int]) -> Callable[..., int]:
    """Which stories of an archive, but for their language."""
    kinds = get_args(ChangeKind)
    taken = [
        click.option(
            "--outlet", "outlets", multiple=True, metavar="NAME", help="With this outlet."
        ),
        click.option(
            "--person", "people", multiple=True, metavar="NAME", help="Naming this person."
        ),
        click.option(
            "--change",
            "kinds",
            multiple=True,
            type=click.Choice(kinds),
            metavar="KIND",
            help=f"Whose telling has such a change: {', '.join(kinds)}. Only stories that were "
            "shown once are known.",
        ),
        click.option("--since", metavar="DATE", help="Published on this date or later."),
        click.option("--until", metavar="DATE", help="Published on this date or earlier."),
        click.option(
            "--least", type=click.IntRange(1), default=1, metavar="N", help="Reports at least."
        ),
    ]
    for one in reversed(taken):
        command = one(command)
    return command
