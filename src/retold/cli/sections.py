"""The list of commands, by what they are for."""

from __future__ import annotations

import click

__all__ = ["Sections"]

_SECTIONS = {
    "Compare reports": ("compare", "demo", "export"),
    "Keep reports": ("add", "watch", "search", "stories", "show", "serve"),
    "Look after an archive": (
        "correct",
        "corrections",
        "refresh",
        "verify",
        "upgrade",
    ),
    "Single stages, on JSON Lines": ("quotes", "group", "copies", "collate", "trace", "schema"),
}


class Sections(click.Group):
    """A group whose help names its commands in sections; what is in none comes last."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections."""
        left = dict.fromkeys(self.list_commands(context))
        width = max(map(len, left), default=0)
        for title, names in _SECTIONS.items():
            self._write(context, formatter, title, [name for name in names if name in left], width)
            for name in names:
                left.pop(name, None)
        self._write(context, formatter, "Others", list(left), width)

    def _write(
        self,
        context: click.Context,
        formatter: click.HelpFormatter,
        title: str,
        names: list[str],
        width: int,
    ) -> None:
        rows = []
        for name in names:
            command = self.get_command(context, name)
            if command is not None and not command.hidden:
                rows.append((name.ljust(width), command.get_short_help_str(limit=100)))
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)
