"""Tables that large news archives give out, known by their shape. Data: `und/exports.toml`."""

from __future__ import annotations

from msgspec import Struct

from retold.language import table

__all__ = ["Export", "Exports", "headed", "headless"]


class Export(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of table, of which each row leads to one report or several.

    Attributes:
        name: as its makers call it.
        header: names of columns that no other table has together, folded as those in
            `und/aliases.toml`; empty for a table without a header.
        cells: of a row in a table without a header.
        digits: columns of such a table that hold digits only, counted from 0.
        url, outlet, title: folded names of columns, or their numbers from 0.
        between: what stands between several addresses in one cell.
    """

    name: str
    header: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    digits: tuple[int, ...] = ()
    url: str | int = ""
    outlet: str | int | None = None
    title: str | int | None = None
    between: str = ""


class Exports(Struct, frozen=True, forbid_unknown_fields=True):
    """The table."""

    export: tuple[Export, ...] = ()


def headed(names: frozenset[str]) -> Export | None:
    """The export whose header this is, its names folded."""
    for one in table(Exports, "und").export:
        if one.header and names.issuperset(one.header):
            return one
    return None


def headless(cells: tuple[str, ...]) -> Export | None:
    """The export without a header of which this is a row."""
    for one in table(Exports, "und").export:
        if len(cells) in one.cells and all(
            cells[number].isascii() and cells[number].isdigit() for number in one.digits
        ):
            return one
    return None
