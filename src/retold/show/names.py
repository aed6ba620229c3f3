"""What reports, actors and kinds are called in every output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from msgspec import Struct

from retold.model import Actor, ChangeKind, Link, Report, TellingReport
from retold.show.marks import clip, mixed, visible
from retold.text.counting import count, listed, named
from retold.text.words import fold

__all__ = [
    "COUNTED",
    "LABELS",
    "STRONG",
    "Name",
    "bare",
    "chain",
    "closed",
    "count",
    "listed",
    "named",
    "names",
    "other_names",
    "percent",
    "quoted",
    "ranges",
    "remarks",
    "sentence",
    "shared_remarks",
    "steps",
]

LABELS: dict[ChangeKind, str] = {
    "number": "number",
    "date": "date",
    "name": "name",
    "place": "place",
    "negation": "negation",
    "modality": "modality",
    "quantity": "quantity word",
    "quotation-marks": "quotation marks",
    "attribution": "attribution",
    "wording": "wording",
    "order": "order",
}
COUNTED: dict[ChangeKind, tuple[str, str]] = {
    kind: (label, f"{label}s")
    if kind not in ("quotation-marks", "modality", "wording", "order")
    else (f"change of {label}", f"changes of {label}")
    for kind, label in LABELS.items()
}
# Kinds that touch what is claimed; the others touch how it is put.
STRONG: frozenset[ChangeKind] = frozenset(
    {"number", "date", "name", "place", "negation", "modality", "quantity"}
)
_NAME_LENGTH = 48
_DOUBLE = frozenset('"“”„‟')
_MARKS = frozenset('"«»‘’‚‛“”„‟‹›「」')


class Name(Struct, frozen=True):
    """How a report is called: a letter, and the outlet or what is nearest to it.

    Attributes:
        id: of the report.
        order: its number, from 0.
        letter: "A", "B" … "Z", "AA", in the order of the reports.
        name: outlet, else host of the URL, else file, else title, else "report".
    """

    id: str
    order: int
    letter: str
    name: str

    @property
    def full(self) -> str:
        """For running text: "A (Yonder Herald)"."""
        return f"{self.letter} ({self.name})"


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _called(report: Report | TellingReport) -> str:
    if report.outlet and report.outlet.strip():
        return report.outlet
    for address in (report.url, report.source):
        if address and "://" in address:
            try:
                host = urlsplit(address).hostname
            except ValueError:  # not an address after all
                host = None
            if host:
                return host.removeprefix("www.")
    if report.source == "-":
        return "standard input"
    if report.source:
        return PurePosixPath(report.source.replace("\\", "/")).name or report.source
    return report.title or "report"


def names(reports: Sequence[Report | TellingReport]) -> dict[str, Name]:
    """Report id -> its name, in the order of the reports."""
    return {
        report.id: Name(
            report.id, number, _letter(number), clip(visible(_called(report)).strip(), _NAME_LENGTH)
        )
        for number, report in enumerate(reports)
    }


def other_names(actor: Actor) -> list[str]:
    """The names of an actor that a reader sees as others than the one it is called by."""
    called = {fold(actor.name)}
    found = []
    for name in actor.names:
        if fold(name) not in called:
            called.add(fold(name))
            found.append(visible(name))
    return found


def remarks(report: Report | TellingReport, name: Name) -> tuple[str, ...]:
    """What reading noted of a report, and a name that may pass for another."""
    scripts = mixed(name.name)
    if not scripts:
        return report.notes
    return (f"this name has {listed(scripts)} letters in one word", *report.notes)


def shared_remarks(reports: Sequence[TellingReport], known: Mapping[str, Name]) -> dict[str, str]:
    """Remark → "all reports" or the letters of those that share it: what two have is said once."""
    noted: dict[str, list[str]] = {}
    for report in reports:
        name = known[report.id]
        for note in dict.fromkeys(remarks(report, name)):
            noted.setdefault(note, []).append(name.letter)
    return {
        note: "all reports" if len(letters) == len(reports) else listed(letters, 8)
        for note, letters in noted.items()
        if len(letters) > 1
    }


def ranges(numbers: Iterable[int]) -> str:
    """ "1, 3–5": ascending numbers, runs of three and more drawn together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts: list[str] = []
    for first, last in runs:
        if last - first > 1:
            parts.append(f"{first}\u2013{last}")
        else:
            parts.extend(str(number) for number in range(first, last + 1))
    return ", ".join(parts)


def bare(words: str) -> bool:
    """Whether words begin or end with a quotation mark, so that a second pair would confuse."""
    return words[:1] in _MARKS or words[-1:] in _MARKS


def quoted(words: str) -> str:
    """Words in quotation marks, unless they bring their own; single ones around marks within."""
    if bare(words):
        return words
    if _DOUBLE.isdisjoint(words):
        return f"\u201c{words}\u201d"
    return f"\u2018{words}\u2019"


def closed(words: str) -> str:
    """A sentence with its full stop."""
    words = words.strip()
    return words if not words or words[-1] in ".?!\u2026" else f"{words}."


def sentence(words: str) -> str:
    """Words as a sentence: with a capital and a full stop."""
    words = closed(words)
    return words[:1].upper() + words[1:]


def percent(share: float) -> str:
    """A share as whole per cent, never rounded up to certainty or down to nothing."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}\u00a0%"


def steps(
    links: Sequence[Link], actors: Mapping[str, Actor]
) -> tuple[tuple[str, Link | None], ...]:
    """The agents from the utterer (or "cannot tell") to this page, each with its link.

    The utterer is called by the actor's name, for the text often says "he"; carriers are called
    as they are written. "Cannot tell" and the page itself have no link.
    """
    shown: list[tuple[str, Link | None]] = []
    if not any(link.role == "utterer" for link in links):
        shown.append(("cannot tell", None))
    for link in links:
        if link.role == "outlet" and link.span is None:
            continue  # the page itself
        actor = actors.get(link.actor or "")
        name = actor.name if actor is not None and link.role == "utterer" else link.name
        shown.append((visible(name).strip() or "unnamed", link))
    return (*shown, ("this page", None))


def chain(links: Sequence[Link], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """The agents from the utterer to this page, for people."""
    return tuple(name for name, _ in steps(links, actors))
