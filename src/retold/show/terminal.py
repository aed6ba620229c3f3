"""A telling for the terminal.

Differences are set in square brackets with the number of the change, so that they can be read
without colour, in a pipe and on a screen that knows ASCII only. Text from outside is never
handed to rich as markup, and passes through `marks.visible` first.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from retold.model import Place, Quotation, Telling, TellingReport
from retold.show.dates import as_read
from retold.show.footnotes import Footnote, Side, footnotes, telling_ones
from retold.show.marks import clip, encodable, visible
from retold.show.names import (
    LABELS,
    STRONG,
    chain,
    closed,
    count,
    listed,
    named,
    other_names,
    percent,
    quoted,
    remarks,
    shared_remarks,
)
from retold.show.overlaps import numbered, told_elsewhere
from retold.show.pen import Pen
from retold.show.sources import froms, in_one_line
from retold.show.view import PassageView, Reading, Spot, passage_views, pieces, speakers
from retold.show.witnesses import Node, differences, nature, outline

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["render", "show"]

NARROWEST = 24
_COLUMN = 32  # narrowest column in which a reading is still read with ease
_COLUMNS = 4  # more readings are stacked
_SIDES = 8  # different words listed for one point
_DIFFERS = 3  # differences named for one statement
_LISTED = 12  # changes listed under a passage; the others are marked in its text all the same


def render(telling: Telling, width: int, *, colour: bool = False, encoding: str = "utf-8") -> str:
    """The telling as text whose lines are at most `width` cells wide.

    Args:
        telling: what to show.
        width: of the terminal in cells; less than 24 counts as 24.
        colour: whether to write ANSI styles; the text says the same without.
        encoding: of the place it goes to; where it lacks a sign, a plainer one is written.
    """
    from rich.console import Console

    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="\n") as file:
        console = Console(
            file=file,
            width=max(width, NARROWEST),
            force_terminal=colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        show(telling, console)
        file.flush()
        lines = raw.getvalue().decode(encoding).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines)


def show(telling: Telling, console: Console) -> None:
    """Print the telling with rich, in the console's own width, colours and encoding."""
    writer = _Writer(telling, max(console.width, NARROWEST), console.encoding or "utf-8")
    for part in writer.parts():
        console.print(part, markup=False, highlight=False, emoji=False, soft_wrap=False)


class _Writer(Pen):
    """Makes the parts of one telling for one width and encoding."""

    # --- the whole ---

    def parts(self) -> Iterable[RenderableType]:
        telling = self.telling
        yield self.text(f"{count(len(telling.reports), 'report')} of one story", "bold")
        yield self.text()
        yield self.text(visible(telling.summary))
        yield from self.reports()
        yield from self.passages()
        yield from self.only()
        yield from self.quoted()
        yield from self.descent()
        yield from self.refused()

    def reports(self) -> Iterable[RenderableType]:
        yield from self.heading("Reports")
        several = shared_remarks(self.telling.reports, self.look.names)
        for report in self.telling.reports:
            letter = self.text(self.look.names[report.id].letter, "bold")
            yield self.hanging(letter, self.report(report, several))
        for note, whose in several.items():
            yield self.text(f"note on {whose}: {self.words(note)}", "dim")

    def report(self, report: TellingReport, elsewhere: Container[str]) -> Text:
        name = self.look.names[report.id]
        line = self.text(name.name, "bold")
        published = as_read(report.published) if report.published else "date not known"
        line.append(self.text(f", {published}, {count(len(report.sentences), 'sentence')}"))
        credited = list(dict.fromkeys(self.words(credit.name) for credit in report.credits))
        if credited:
            line.append(self.text(f", credits {listed(credited, 3)}"))
        if report.title:
            line.append(self.text(f"\n\u201c{clip(self.words(report.title), 120)}\u201d"))
        for note in remarks(report, name):
            if note not in elsewhere:
                line.append(self.text(f"\nnote: {self.words(note)}", "dim"))
        return line

    # --- passages ---

    def passages(self) -> Iterable[RenderableType]:
        yield from self.heading(f"Passages side by side ({len(self.telling.passages)})")
        if not self.telling.passages:
            yield self.text("The reports have no passage in common.")
        views = passage_views(self.look)
        if any(view.footnotes for view in views):
            mark = f"[words]{self.note([1])}"
            point = f"{self.point()}{self.note([2])}"
            yield self.text(
                f"{mark} differ between the reports; {point} marks where words are not in a "
                "report. Numbers before a sentence count its report's sentences.",
                "dim",
            )
        for number, view in enumerate(views, start=1):
            yield self.text()
            yield from self.passage(number, view)

    def point(self) -> str:
        return "‸" if self.rich_signs else "_"

    def passage(self, number: int, view: PassageView) -> Iterable[RenderableType]:
        from rich.table import Table

        title = self.text(f"Passage {number}", "bold")
        if view.footnotes:
            changed = count(len(view.footnotes), "change")
        else:
            changed = "same words" if len(view.readings) == 1 else "no change found"
        title.append(self.text(f"  {changed}", "dim"))
        have, total = len(view.passage.readings), len(self.telling.reports)
        if view.absent:
            title.append(self.text(f"; not in {self.letters(view.absent)}", "dim"))
        elif have < total:
            title.append(self.text(f"; in {have} of {total} reports", "dim"))
        if view.passage.moved:
            moved = self.letters(view.passage.moved)
            title.append(self.text(f"; stands elsewhere in the order of {moved}", "dim"))
        yield title
        readings = view.readings
        if 1 < len(readings) <= min(_COLUMNS, self.width // _COLUMN):
            from rich import box

            table = Table(
                box=box.MINIMAL, show_edge=False, pad_edge=False, expand=True, border_style="dim"
            )
            for reading in readings:
                table.add_column(self.who(reading), ratio=1, overflow="fold")
            table.add_row(*(self.reading(reading) for reading in readings))
            yield table
        else:
            for reading in readings:
                yield self.who(reading)
                yield self.indented(self.reading(reading))
        yield from self.footnotes(view.footnotes)
        found = froms(self.look.derivations.get(view.passage.id, ()))
        if found and total > 2:  # Of two reports the tree says as much.
            line = in_one_line(found, lambda key: self.letters([key]), self.witness)
            yield self.indented(self.text(f"Who has it from whom: {line}.", "dim"))

    def who(self, reading: Reading) -> Text:
        names = [self.look.names[key] for key in reading.reports]
        if len(names) == 1:
            return self.text(f"{names[0].letter} {names[0].name}", "bold")
        return self.text(
            listed([f"{name.letter} {clip(name.name, 24)}" for name in names], 6), "bold"
        )

    def reading(self, reading: Reading) -> Text:
        report = self.look.reports[reading.reports[0]]
        text = self.text()
        for place, at in enumerate(reading.sentences):
            text.append(self.text(f"{' ' if place else ''}{at + 1} ", "dim"))
            text.append(self.marked(report, report.sentences[at], reading.spots))
        return text

    def marked(self, report: TellingReport, span: tuple[int, int], spots: Sequence[Spot]) -> Text:
        text = self.text()
        for piece in pieces(span, spots):
            if piece.start == piece.end:
                numbers = [number for spot in piece.opening for number in spot.numbers]
                text.append(self.text(f"{self.point()}{self.note(numbers)}", "bold"))
                continue
            style = ""
            if piece.kinds:
                strong = not STRONG.isdisjoint(piece.kinds)
                light = "" if set(piece.kinds) == {"order"} else "underline cyan"
                style = "bold underline red" if strong else light
            text.append(self.text("[" * len(piece.opening), "dim"))
            inner = encodable(visible(report.text[piece.start : piece.end]), self.encoding)
            text.append(self.text(inner, style))
            for spot in piece.closing:
                text.append(self.text("]", "dim"))
                text.append(self.text(self.note(spot.numbers), "bold"))
        return text

    def footnotes(self, notes: Sequence[Footnote]) -> Iterable[RenderableType]:
        size = len(str(len(notes)))
        for footnote in notes[:_LISTED]:
            line = self.text(f"{LABELS[footnote.kind]}: ", "bold")
            line.append(self.sides(footnote))
            line.append(self.text(self.why(footnote), "dim"))
            yield self.indented(self.hanging(f"{footnote.number:>{size}}", line))
        if len(notes) > _LISTED:
            more = count(len(notes) - _LISTED, "lighter change is", "lighter changes are")
            yield self.indented(self.text(f"{more} marked in the text only.", "dim"))

    def sides(self, footnote: Footnote) -> Text:
        shown = named(len(footnote.sides), _SIDES)
        text = self.text("; ".join(self.side(side) for side in footnote.sides[:shown]))
        if shown < len(footnote.sides):
            text.append(self.text(f"; and {len(footnote.sides) - shown} more"))
        return text

    def why(self, footnote: Footnote) -> str:
        notes = " ".join(closed(self.words(note)) for note in footnote.notes[:2])
        return f". {notes}" if notes else "."

    def side(self, side: Side) -> str:
        words = clip(self.words(side.words), 90)
        letters = self.letters(place.report for place in side.places)
        return f"{letters} {quoted(words)}" if words else f"{letters} without these words"

    # --- what one report has ---

    def only(self) -> Iterable[RenderableType]:
        only = self.telling.only
        if not any(only.values()):
            return
        yield from self.heading("Only in one report")
        elsewhere = told_elsewhere(self.telling)
        for report in self.telling.reports:
            numbers = only.get(report.id, ())
            if not numbers:
                continue
            name = self.look.names[report.id]
            yield self.text(f"{name.letter} {name.name}", "bold")
            size = len(str(numbers[-1] + 1))
            for at in numbers:
                words = self.text(self.words(report.text[slice(*report.sentences[at])]))
                if places := elsewhere.get((report.id, at)):
                    words.append(self.text(f" (part of it: {numbered(self.look, places)})", "dim"))
                yield self.indented(self.hanging(self.text(f"{at + 1:>{size}}", "dim"), words))

    # --- quotations ---

    def quoted(self) -> Iterable[RenderableType]:
        yield from self.heading(f"Who is quoted ({len(self.telling.quotations)})")
        if not self.telling.quotations:
            yield self.text("No quotation was found.")
        for view in speakers(self.look):
            if view.actor is None:
                yield self.text("Cannot tell who speaks", "bold")
            else:
                line = self.text(self.words(view.actor.name), "bold")
                others = [self.words(name) for name in other_names(view.actor)]
                if others:
                    written = listed([f"\u201c{name}\u201d" for name in others], 4)
                    line.append(self.text(f", also written {written}", "dim"))
                yield line
            for statement, quotations in view.statements:
                if statement is not None and len(quotations) > 1:
                    letters = self.letters(dict.fromkeys(one.report for one in quotations))
                    line = self.text(f"One statement in {letters}")
                    found = footnotes(statement.differs, self.look.order, self.look.text)
                    for note in telling_ones(found, _DIFFERS):
                        line.append(self.text(f"\n{LABELS[note.kind]}: ", "bold"))
                        line.append(self.sides(note))
                    yield self.indented(line)
                    yield from (
                        self.indented(self.hanging("-", self.quotation(one)), 4)
                        for one in quotations
                    )
                else:
                    yield from (
                        self.indented(self.hanging("-", self.quotation(one))) for one in quotations
                    )

    def quotation(self, one: Quotation) -> Text:
        report = self.look.reports.get(one.report)
        parts = [
            self.words(report.text[start:end]) for start, end in one.content if report is not None
        ]
        start = one.content[0][0] if one.content else 0
        content = clip(" \u2026 ".join(parts), 240)
        line = self.text(f"{self.where(Place(one.report, (start, start)))} ", "bold")
        line.append(self.text(f"{one.kind}: ", "dim"))
        line.append(self.text(quoted(content) if one.kind == "direct" else content))
        if one.status != "asserted":
            line.append(self.text(f" ({one.status})", "bold"))
        arrow = " \u2192 " if self.rich_signs else " -> "
        if one.chain or not one.unknown:
            line.append(self.text(f"\n{arrow.join(chain(one.chain, self.look.actors))}"))
        if one.unknown:
            line.append(self.text(f"\ncannot tell who speaks: {self.words(one.unknown)}", "dim"))
        return line

    # --- descent ---

    def descent(self) -> Iterable[RenderableType]:
        stemma = self.telling.stemma
        yield from self.heading("Who descends from whom")
        if not stemma.edges:
            yield self.text("Cannot tell: no descent was found in the wording.")
        else:
            yield from self.tree(outline(stemma))
        for question in stemma.undecided:
            who = listed([self.witness(key) for key in question.witnesses], 6)
            yield self.text(f"Cannot tell ({who}): {closed(self.words(question.note))}")
        for other in stemma.alternatives:
            called = {key: self.witness(key) for key in self.labels}
            what = listed(differences(other, called), 6)
            share = f" ({percent(other.support)})" if other.support else ""
            yield self.text(f"Also possible{share}: {what}. {closed(self.words(other.note))}")

    def witness(self, key: str) -> str:
        if key in self.look.names:
            return self.look.names[key].letter
        return encodable(self.labels.get(key, "unknown"), self.encoding)

    def tree(self, nodes: Sequence[Node]) -> Iterable[RenderableType]:
        from rich.tree import Tree

        deepest = max((self.width - _COLUMN) // 4, 1)
        branches: list[Tree] = []
        trees: list[Tree] = []
        for node in nodes:
            line = self.text(self.labels[node.witness.id], "bold")
            kind = nature(node.witness)
            details = [kind] if kind else []
            if node.edge is not None:
                details.append(self.support(node.edge.basis, node.edge.support))
            if node.depth > deepest:
                parent = self.witness(node.edge.from_) if node.edge else ""
                details.append(f"from {parent}")
            details.extend(
                f"also from {self.witness(edge.from_)} ({self.support(edge.basis, edge.support)})"
                for edge in node.also[:4]
            )
            if node.again:
                details.append("see above")
            if details:
                line.append(self.text(f"  {'; '.join(details)}", "dim"))
            depth = min(node.depth, deepest)
            del branches[depth:]
            if branches:
                branches.append(branches[-1].add(line))
            else:
                branches.append(Tree(line, highlight=False))
                trees.append(branches[0])
        yield from trees

    def support(self, basis: str, share: float) -> str:
        return "stated" if basis == "stated" else f"support {percent(share)}"

    def refused(self) -> Iterable[RenderableType]:
        if not self.telling.refused:
            return
        yield from self.heading(f"Not used ({len(self.telling.refused)})")
        for one in self.telling.refused:
            where = f", {self.words(one.where)}" if one.where else ""
            yield self.text(
                f"{self.words(one.source)}{where}: {self.words(one.reason)}. "
                f"{self.words(one.advice)}"
            )
