"""`retold export` and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from retold.cli.options import ARCHIVE, FILE, choosing, reading
from retold.errors import UsageError
from retold.model import ChangeKind

__all__ = ["export"]


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option(
    "--format",
    "name",
    metavar="NAME",
    help="graphml, dot, newick, nexus, tei, collatex, prov, csv, svg or annotations.",
)
@click.option(
    "--output", "-o", type=FILE, metavar="FILE", help="Write here, not to standard output."
)
@click.option("--story", metavar="ID", help="Its id in the archive; or one to give to reports.")
@click.option("--archive", metavar="PATH", help=ARCHIVE)
@click.option(
    "--salvage", is_flag=True, help="Bring out of a damaged archive the reports that are whole."
)
@click.option("--raw", is_flag=True, help="Write the pages too that an archive's reports are from.")
@click.option(
    "--site",
    type=FILE,
    metavar="DIR",
    help="Write the archive's stories as web pages into this folder. INPUT is then a query, and "
    "--language a filter, as of `retold stories`; --story leaves one.",
)
@choosing
@reading
def export(
    inputs: tuple[str, ...],
    name: str | None,
    output: Path | None,
    story: str | None,
    archive: str | None,
    salvage: bool,
    raw: bool,
    site: Path | None,
    outlets: tuple[str, ...],
    people: tuple[str, ...],
    kinds: tuple[ChangeKind, ...],
    since: str | None,
    until: str | None,
    least: int,
    **how: Any,
) -> int:
    """Write a story in a format of the field, an archive's reports, or its stories as a site.

    INPUT is a telling that `retold compare --json` wrote, or the reports of one story; without
    one, --story names a story of the archive. Without both and without --format, the archive's
    reports are written, a line of JSON each, always in the same order; `retold add` reads them
    back.
    """
    from retold.cli import checking, exporting, setting

    filters: dict[str, Any] = {
        "outlets": outlets,
        "people": people,
        "kinds": kinds,
        "since": since,
        "until": until,
    }
    if site is not None:
        from retold.cli import publishing

        if name is not None or output is not None or salvage or raw:
            raise UsageError(
                "--site goes with neither --format, --output, --salvage nor --raw",
                advice="Call `retold export` twice",
            )
        language = how.pop("language")
        return publishing.publish(
            site,
            archive,
            setting.chosen(**how),
            story=story,
            words=inputs,
            language=language,
            least=least,
            **filters,
        )
    if any(filters.values()) or least > 1:
        raise UsageError("filters choose the stories of a site", advice="Name a folder with --site")
    if not inputs and name is None and story is None:
        return checking.export_all(archive, output=output, salvaging=salvage, raw=raw)
    chosen = setting.chosen(**how)
    return exporting.export(inputs, chosen, name=name, output=output, story=story, archive=archive)
