"""SVG: the drawing of the stemma as a file of its own, without script or anything to load."""

from __future__ import annotations

import msgspec

from retold.model import Telling
from retold.show.formats.sigla import whole
from retold.show.formats.writing import xml_safe
from retold.show.html.context import context
from retold.show.html.drawing import described, picture
from retold.show.html.markup import Html, el, join
from retold.show.html.palette import LIGHT
from retold.show.html.style import drawing_style

__all__ = ["svg"]

_LINE = 17  # of the key
_FONT = "Liberation Sans, Noto Sans, Arial, sans-serif"


def svg(telling: Telling) -> str:
    """The same drawing as in the page, with its key below; every report has a box."""
    page = context(msgspec.structs.replace(telling, stemma=whole(telling)))
    made = picture(page)
    top = made.height + 14
    key = join(
        el("text", words, x=8, y=top + _LINE * number, class_="second key")
        for number, words in enumerate(made.key)
    )
    width = max(made.width, 8 * max(map(len, made.key), default=0))
    height = top + _LINE * len(made.key)
    drawn = el(
        "svg",
        el("title", "Who descends from whom"),
        el("desc", described(page) or "Cannot tell: no descent was found in the wording."),
        Html(f"<style>{drawing_style()}\n.rt .stemma .key {{ text-anchor: start; }}</style>"),
        el("rect", width="100%", height="100%", fill=LIGHT["paper"]),
        el("g", made.parts, key, class_="stemma"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        class_="rt",
        font_family=_FONT,
        role="img",
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml_safe(drawn)}\n'
