"""TEI P5 (tei-c.org): a critical apparatus by internal parallel segmentation, chapter 12.

Each passage is a paragraph. Words that every report has, and writes alike, stand bare; all else
is an `app` with one `rdg` for each wording and no `lem`, for no report is the true one. A report
that has not the passage is in none of its readings (a reader such as teiphy takes that for
missing data); one that has the passage without these words is in an empty `rdg`. The witnesses,
lost ones too, stand in `listWit`, the reports in the first of them (the only one that teiphy
reads), the stemma as a `graph` in `standOff`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retold.model import Span, Telling, TellingReport
from retold.show.formats.alignment import Column, Unit, segments, units
from retold.show.formats.sigla import Sign, edges, reasons, signs
from retold.show.formats.writing import xml_safe, xml_text
from retold.show.marks import visible
from retold.show.names import LABELS, count

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["tei"]

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_ADDRESS = re.compile(r"https?://[!-;=?-Z_a-z~]+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ORDER = {kind: number for number, kind in enumerate(LABELS)}
_GROUPS = (
    ("report", "Reports"),
    ("named", "Sources that reports name and that are not among them"),
    ("lost", "Lost tellings, inferred from the wording"),
)


def _sub(parent: Element, tag: str, words: str | None = None, **attributes: str) -> Element:
    from xml.etree.ElementTree import SubElement

    made = SubElement(parent, tag, {key: xml_safe(value) for key, value in attributes.items()})
    if words is not None:
        made.text = xml_safe(words)
    return made


def tei(telling: Telling) -> str:
    """The whole document."""
    from xml.etree.ElementTree import Element

    called = signs(telling)
    root = Element("TEI", xmlns=_NAMESPACE)
    found = units(telling)
    _header(root, telling, called)
    body = _sub(_sub(root, "text"), "body")
    main = _sub(body, "div", type="collation")
    number = 0
    for unit in found:
        number += unit.passage is not None
        _paragraph(main, unit, number, called, len(telling.reports))
    if not found:
        _sub(main, "p", "These reports hold no words.")
    _graph(_sub(root, "standOff"), telling, called)
    return xml_text(root)


# --- header ----------------------------------------------------------------------------


def _header(root: Element, telling: Telling, called: dict[str, Sign]) -> None:
    header = _sub(root, "teiHeader")
    file = _sub(header, "fileDesc")
    title = f"Story {visible(telling.story)}: {count(len(telling.reports), 'report')} collated"
    _sub(_sub(file, "titleStmt"), "title", title)
    _sub(_sub(file, "publicationStmt"), "p", f"Made with Retold {visible(telling.retold)}.")
    sources = _sub(file, "sourceDesc")
    for kind, heading in _GROUPS:
        members = [one for one in called.values() if _kind(one) == kind]
        if members:
            group = _sub(sources, "listWit", n=kind)
            _sub(group, "head", heading)
            for sign in members:
                _witness(group, sign)
    if not called:
        _sub(sources, "p", "There is no report.")
    encoding = _sub(header, "encodingDesc")
    declared = _sub(encoding, "editorialDecl")
    _sub(_sub(declared, "normalization"), "p", _normalised(telling))
    _sub(encoding, "variantEncoding", method="parallel-segmentation", location="internal")
    if telling.summary:
        _sub(_sub(_sub(header, "profileDesc"), "abstract"), "p", visible(telling.summary))


def _kind(sign: Sign) -> str:
    if sign.report is not None:
        return "report"
    return "lost" if sign.witness.kind == "lost" else "named"


def _normalised(telling: Telling) -> str:
    texts = [report.text for report in telling.reports]
    marked = sum(xml_safe(char) != char for text in texts for char in text)
    said = "Runs of white space are one space. Paragraphs are those of the collation."
    if marked:
        said += (
            f" {count(marked, 'character')} that XML 1.0 cannot hold (controls, lone surrogates) "
            "are given as marks such as \u27e8U+0001\u27e9."
        )
    return said


def _witness(group: Element, sign: Sign) -> None:
    made = _sub(group, "witness", sign.label, n=sign.siglum)
    made.set(_ID, sign.siglum)
    report = sign.report
    if report is not None:
        _described(made, report)
    elif sign.witness.because:
        _sub(made, "note", reasons(sign.witness.because), type="because")


def _described(made: Element, report: TellingReport) -> None:
    described = _sub(made, "bibl")
    if report.title:
        _sub(described, "title", visible(report.title))
    if report.outlet:
        _sub(described, "publisher", visible(report.outlet))
    if report.published:
        exact = {"when-iso": report.published} if _DATE.fullmatch(report.published) else {}
        _sub(described, "date", visible(report.published), **exact)
    if report.language and _LANGUAGE.fullmatch(report.language):
        _sub(described, "textLang", report.language, mainLang=report.language)
    for credit in report.credits:
        _sub(described, "respStmt").extend(_credit(credit.name))
    if report.url:
        safe = {"target": report.url} if _ADDRESS.fullmatch(report.url) else {}
        _sub(described, "ref", visible(report.url), **safe)
    _sub(described, "idno", visible(report.id), type="report")


def _credit(name: str) -> list[Element]:
    from xml.etree.ElementTree import Element

    did, who = Element("resp"), Element("name")
    did.text, who.text = "credited with the words", xml_safe(visible(name))
    return [did, who]


# --- text ------------------------------------------------------------------------------


def _paragraph(
    main: Element, unit: Unit, number: int, called: dict[str, Sign], reports: int
) -> None:
    passage = unit.passage
    if passage is not None:
        made = _sub(main, "p", n=f"P{number}")
        made.set(_ID, f"p{number}")
    else:
        token = next(iter(unit.columns[0].values()))
        made = _sub(main, "p", n=f"{called[unit.reports[0]].siglum} {token.sentence + 1}")
    kinds = _kinds(unit)
    made.text = ""
    for columns in segments(unit, lambda token: token.written):
        readings: dict[str, list[str]] = {}
        for key in unit.reports:
            words = "".join(column[key].written for column in columns if key in column)
            readings.setdefault(words, []).append(key)
        if len(readings) == 1 and len(unit.reports) == reports:
            _append(made, next(iter(readings)))
            continue
        kind = _kind_of(columns, kinds) if len(readings) > 1 else None
        app = _sub(made, "app", n=f"{made.get('n')}.{len(made) + 1}")
        if kind:
            app.set("type", kind)
        for words, keys in readings.items():
            _sub(app, "rdg", words or None, wit=" ".join(f"#{called[key].siglum}" for key in keys))
    _trimmed(made)


def _append(made: Element, words: str) -> None:
    if len(made):
        made[-1].tail = xml_safe((made[-1].tail or "") + words)
    else:
        made.text = xml_safe((made.text or "") + words)


def _trimmed(made: Element) -> None:
    """No space at the end of a paragraph's bare words."""
    if len(made):
        made[-1].tail = (made[-1].tail or "").rstrip(" ") or None
    else:
        made.text = (made.text or "").rstrip(" ")


def _kinds(unit: Unit) -> dict[tuple[str, Span], str]:
    """(report, span of a token) → the kind of the heaviest change that touches it."""
    if unit.passage is None:
        return {}
    spans: dict[str, list[Span]] = {key: [] for key in unit.reports}
    for column in unit.columns:
        for key, token in column.items():
            spans[key].append(token.span)
    for ordered in spans.values():
        ordered.sort()
    found: dict[tuple[str, Span], str] = {}
    for change in unit.passage.changes:
        for place in (change.a, change.b):
            ordered = spans.get(place.report, [])
            start, end = place.span
            at = max(bisect_right(ordered, start, key=lambda span: span[0]) - 1, 0)
            while at < len(ordered) and ordered[at][0] < end:
                if ordered[at][1] > start:
                    found.setdefault((place.report, ordered[at]), change.kind)
                at += 1
    return found


def _kind_of(columns: Sequence[Column], kinds: dict[tuple[str, Span], str]) -> str | None:
    there = {
        kinds[key, token.span]
        for column in columns
        for key, token in column.items()
        if (key, token.span) in kinds
    }
    return min(there, key=lambda kind: _ORDER[kind]) if there else None  # type: ignore[index]


# --- stemma ----------------------------------------------------------------------------


def _graph(stand_off: Element, telling: Telling, called: dict[str, Sign]) -> None:
    drawn = edges(telling)
    graph = _sub(stand_off, "graph", type="directed", order=str(len(called)), size=str(len(drawn)))
    _sub(graph, "label", "Stemma")
    for sign in called.values():
        node = _sub(graph, "node", value=f"#{sign.siglum}", type=_kind(sign))
        node.set(_ID, f"node-{sign.siglum}")
        _sub(node, "label", sign.full)
    for edge in drawn:
        arc = _sub(
            graph,
            "arc",
            **{
                "from": f"#node-{called[edge.from_].siglum}",
                "to": f"#node-{called[edge.to].siglum}",
            },
        )
        _sub(arc, "label", f"{edge.basis} {edge.support:.3f}")
        if edge.evidence:
            _sub(arc, "label", reasons(edge.evidence))
