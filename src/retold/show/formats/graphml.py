"""GraphML (graphml.graphdrawing.org): the stemma as a directed graph with typed attributes."""

from __future__ import annotations

from retold.model import Telling
from retold.show.formats.sigla import edges, reasons, signs
from retold.show.formats.writing import xml_safe, xml_text
from retold.show.marks import visible
from retold.show.names import listed

__all__ = ["graphml"]

Value = str | int | float | bool | None

_TYPES: dict[str, dict[str, str]] = {
    "graph": {
        "story": "string",
        "retold": "string",
        "undecided": "string",
        "alternatives": "string",
    },
    "node": {
        "label": "string",
        "siglum": "string",
        "kind": "string",
        "extant": "boolean",
        "witness": "string",
        "name": "string",
        "outlet": "string",
        "title": "string",
        "published": "string",
        "language": "string",
        "url": "string",
        "sentences": "int",
        "only_here": "int",
        "because": "string",
    },
    "edge": {
        "support": "double",
        "weight": "double",
        "basis": "string",
        "passages": "int",
        "evidence": "string",
    },
}


def graphml(telling: Telling) -> str:
    """The stemma; attributes that are not known are left out."""
    from xml.etree.ElementTree import Element, SubElement

    called = signs(telling)
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for domain, types in _TYPES.items():
        for name, kind in types.items():
            SubElement(
                root,
                "key",
                {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind},
            )
    graph = SubElement(root, "graph", id="stemma", edgedefault="directed")

    def data(parent: Element, domain: str, values: dict[str, Value]) -> None:
        assert values.keys() <= _TYPES[domain].keys()
        for name, value in values.items():
            if value is not None:
                told = str(value).lower() if isinstance(value, bool) else str(value)
                SubElement(parent, "data", key=f"{domain}-{name}").text = xml_safe(told)

    data(graph, "graph", _of_graph(telling, {key: one.siglum for key, one in called.items()}))
    shared = {key: set[str]() for key in called}
    for passage in telling.passages:
        for reader in passage.readings:
            if reader in shared:
                shared[reader].add(passage.id)
    for key, sign in called.items():
        report = sign.report
        values: dict[str, Value] = {
            "label": sign.label,
            "siglum": sign.siglum,
            "kind": "report" if report is not None else sign.witness.kind,
            "extant": report is not None,
            "witness": visible(key),
            "name": visible(sign.witness.name),
            "because": reasons(sign.witness.because) or None,
        }
        if report is not None:
            for name in ("outlet", "title", "published", "language", "url"):
                known = getattr(report, name)
                values[name] = None if known is None else visible(known)
            values["sentences"] = len(report.sentences)
            values["only_here"] = len(telling.only.get(key, ()))
        data(SubElement(graph, "node", id=sign.siglum), "node", values)
    for number, edge in enumerate(edges(telling), start=1):
        start, end = called[edge.from_], called[edge.to]
        both = shared[edge.from_] & shared[edge.to]
        data(
            SubElement(graph, "edge", id=f"e{number}", source=start.siglum, target=end.siglum),
            "edge",
            {
                "support": edge.support,
                "weight": edge.support,  # the name that Gephi and networkx look for
                "basis": edge.basis,
                "passages": len(both)
                if start.report is not None and end.report is not None
                else None,
                "evidence": reasons(edge.evidence) or None,
            },
        )
    return xml_text(root)


def _of_graph(telling: Telling, sigla: dict[str, str]) -> dict[str, Value]:
    undecided = [
        f"{listed([sigla.get(key, '?') for key in one.witnesses])}: {visible(one.note)}"
        for one in telling.stemma.undecided
    ]
    new = dict.fromkeys(lost.id for one in telling.stemma.alternatives for lost in one.witnesses)
    called = {key: f"other{number}" for number, key in enumerate(new, start=1)} | sigla

    def edge(ends: tuple[str, str]) -> str:
        return " -> ".join(called.get(end, "?") for end in ends)

    others = [
        f"{', '.join(edge(ends) for ends in one.edges)} ({one.support:.2f}): {visible(one.note)}"
        for one in telling.stemma.alternatives
    ]
    return {
        "story": visible(telling.story),
        "retold": visible(telling.retold),
        "undecided": " | ".join(undecided) or None,
        "alternatives": " | ".join(others) or None,
    }
