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
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

__all__ = ["Pen"]

_SUPERSCRIPT = str.maketrans("0123456789,\u2013 ", "⁰¹²³⁴⁵⁶⁷⁸⁹·⁻\u2060")


def _can(encoding: str) -> bool:
    try:
        "─│└├→¹⁰⁻·“”…‸".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class _Hanging:
    """A lead and a text beside it. Several times faster than a grid of rich, and there are many."""

    def __init__(self, lead: Text, text: Text) -> None:
        self.lead = lead
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment

        margin = self.lead.cell_len + 1
        for number, line in enumerate(
            self.text.wrap(console, max(options.max_width - margin, 1), overflow="fold")
        ):
            if number == 0:
                yield from self.lead.render(console)
                yield Segment(" ")
            else:
                yield Segment(" " * margin)
            yield from line.render(console)
            yield Segment.line()


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
        return _Hanging(self.text(first) if isinstance(first, str) else first, rest)

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
