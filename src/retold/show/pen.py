"""What the terminal is written with: words that are clean, and the few shapes they are set in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retold.model import Place, Telling
from retold.show.marks import encodable, visible
from retold.show.names import listed, ranges
from retold.show.view import Index, index
from retold.show.witnesses import labels

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["Pen"]

_SUPERSCRIPT = str.maketrans("0123456789,\u2013 ", "⁰¹²³⁴⁵⁶⁷⁸⁹·⁻\u2060")


def _can(encoding: str) -> bool:
    try:
        "─│└├→¹⁰⁻·“”…‸".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class Pen:
    """Words and small shapes for one telling, width (in cells) and encoding."""

    def __init__(self, telling: Telling, width: int, encoding: str) -> None:
        self.telling = telling
        self.width = width
        self.encoding = encoding
        self.rich_signs = _can(encoding)
        self.look: Index = index(telling)
        self.labels = labels(telling.stemma, self.look.names)

    # --- small things ---

    def text(self, words: str = "", style: str = "") -> Text:
        """Our own words or cleaned ones; never markup."""
        from rich.text import Text

        text = Text(overflow="fold")
        text.append(encodable(words, self.encoding), style or None)  # not for what is added later
        return text

    def words(self, raw: str) -> str:
        """Words from outside, cleaned."""
        return encodable(visible(raw).strip(), self.encoding)

    def note(self, numbers: Iterable[int]) -> str:
        """Footnote numbers as they stand behind a mark."""
        shown = ranges(numbers)
        if self.rich_signs:
            return shown.translate(_SUPERSCRIPT).replace("\u2060", "")
        return f"^{shown.replace(' ', '').replace(chr(0x2013), '-')}"

    def indented(self, part: RenderableType, by: int = 2) -> RenderableType:
        """A part, moved to the right."""
        from rich.padding import Padding

        return Padding(part, (0, 0, 0, by))

    def hanging(self, first: Text | str, rest: Text) -> RenderableType:
        """`rest` beside a short `first`, so that wrapped lines stand under `rest`."""
        from rich.table import Table

        lead = self.text(first) if isinstance(first, str) else first
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True, min_width=lead.cell_len)
        grid.add_column(overflow="fold")
        grid.add_row(lead, rest)
        return grid

    def heading(self, words: str) -> Iterable[RenderableType]:
        """A heading with a line behind it, and an empty line before."""
        from rich.rule import Rule

        yield self.text()
        yield Rule(
            self.text(f"{words} ", "bold"),
            align="left",
            characters="─" if self.rich_signs else "-",
            style="dim",
        )

    def letters(self, reports: Iterable[str]) -> str:
        """Letters of reports: "A, B and C"."""
        names = self.look.names
        return listed([names[key].letter for key in reports if key in names], 6)

    def where(self, place: Place) -> str:
        """ "A 3": report and sentence number, from 1."""
        at = self.look.sentence(place.report, place.span[0])
        name = self.look.names.get(place.report)
        return f"{name.letter if name else '?'} {at + 1 if at is not None else '?'}"
