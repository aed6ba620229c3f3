"""The style sheets, put together from the palette and the files beside this one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from retold.show.html.palette import DARK, LIGHT, variables

__all__ = ["drawing_style", "fragment_style", "page_style"]

_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
_COMMENT = re.compile(r"/\*[^*]*\*/")


@cache
def _sheet(name: str) -> str:
    css = files(__package__).joinpath(name).read_text("utf-8")
    return "\n".join(line for line in _COMMENT.sub("", css).splitlines() if line.strip())


@cache
def page_style() -> str:
    """Of the page: light, or dark where the reader's system asks for it; light on paper."""
    light, dark = variables(LIGHT), variables(DARK)
    return (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"{_sheet('parts.css')}\n{_sheet('stemma.css')}\n{_sheet('document.css')}\n"
    )


@cache
def fragment_style() -> str:
    """Of the fragment: as the notebook's theme is, else as the reader's system is."""
    light, dark = variables(LIGHT), variables(DARK)
    dark_themes = ",".join(
        f"{theme} .rt"
        for theme in (
            '[data-jp-theme-light="false"]',
            ".vscode-dark",
            ".vscode-high-contrast:not(.vscode-high-contrast-light)",
            "html[theme=dark]",
        )
    )
    light_themes = ",".join(
        f"{theme} .rt"
        for theme in ('[data-jp-theme-light="true"]', ".vscode-light", "html[theme=light]")
    )
    return (
        f".rt{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{.rt{{{dark}}}}}\n"
        f"{light_themes}{{{light}}}\n{dark_themes}{{{dark}}}\n"
        f"{_sheet('parts.css')}\n{_sheet('stemma.css')}\n"
    )


@cache
def drawing_style() -> str:
    """Of a drawing that stands alone: light, without variables, which not every editor knows."""
    return _VARIABLE.sub(lambda match: LIGHT[match[1]], _sheet("stemma.css"))
