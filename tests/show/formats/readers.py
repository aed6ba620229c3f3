"""The real readers of the formats, and what they find in an export.

Each gives `Found`: witnesses by siglum with their kind, edges with their support, and the words
of each report; None for what the format does not carry.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
MUST = bool(os.environ.get("RETOLD_REQUIRE_READERS"))


@dataclass
class Found:
    witnesses: dict[str, str | None]
    edges: dict[tuple[str, str], float | None] | None = None
    texts: dict[str, list[str]] | None = None


def squeezed(words: str) -> str:
    return " ".join(words.split())


def graphml(made: str) -> Found:
    import networkx

    graph = networkx.parse_graphml(made)
    for _, known in graph.nodes(data=True):
        assert isinstance(known["extant"], bool)
        assert isinstance(known.get("sentences", 0), int)
    return Found(
        {node: known["kind"] for node, known in graph.nodes(data=True)},
        {(a, b): known["support"] for a, b, known in graph.edges(data=True)},
    )


def dot(made: str) -> Found:
    if shutil.which("dot") is None:
        if MUST:
            pytest.fail("Graphviz is not installed")
        pytest.skip("Graphviz is not installed")
    done = subprocess.run(
        ["dot", "-Tdot_json"], input=made.encode("utf-8"), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    graph = json.loads(done.stdout)
    assert graph["directed"]
    nodes = graph.get("objects", [])
    for node in nodes:
        assert node["class"] == ("extant" if node["kind"] == "report" else "hypothetical")
    return Found(
        {node["name"]: node["kind"] for node in nodes},
        {
            (nodes[edge["tail"]]["name"], nodes[edge["head"]]["name"]): float(edge["support"])
            for edge in graph.get("edges", [])
        },
    )


def _of_tree(tree) -> Found:
    """A tip of length 0 stands for the node above it."""
    names = {}
    kinds: dict[str, str | None] = {}
    for node in tree.preorder_node_iter():
        called = node.taxon.label if node.taxon is not None else node.label
        if called:
            siglum = called.split(" ", 1)[0]
            at = node.parent_node if node.is_leaf() and node.edge.length == 0 else node
            names[at if at is not None else node] = siglum
            kinds[siglum] = node.annotations.get_value("kind")
    edges = {}
    for node in tree.preorder_node_iter():
        above = node.parent_node
        support = node.annotations.get_value("support")
        if above in names and node in names and support is not None:
            edges[names[above], names[node]] = float(support)
    return Found(kinds, edges)


def newick(made: str) -> Found:
    import dendropy

    return _of_tree(dendropy.Tree.get(data=made, schema="newick", preserve_underscores=True))


def nexus(made: str) -> Found:
    import dendropy

    data = dendropy.DataSet.get(data=made, schema="nexus")
    assert len(data.taxon_namespaces) == 1
    for matrix in data.char_matrices:
        assert len(matrix) == len(data.taxon_namespaces[0])
        assert {len(row) for row in matrix.values()} == {matrix.max_sequence_size}
    return _of_tree(data.tree_lists[0][0])


def collatex(made: str) -> Found:
    read = json.loads(made)
    sigla = read["witnesses"]
    texts: dict[str, list[tuple[int, str]]] = {siglum: [] for siglum in sigla}
    for row in read["table"]:
        assert len(row) == len(sigla)
        assert any(row)
        for siglum, cell in zip(sigla, row, strict=True):
            for token in cell:
                assert isinstance(token["t"], str)
                assert isinstance(token["n"], str)
                texts[siglum].append((token["span"][0], token["t"]))
    return Found(
        dict.fromkeys(sigla, "report"),
        None,
        {key: [squeezed("".join(t for _, t in sorted(told)))] for key, told in texts.items()},
    )


def tei(made: str) -> Found:
    root = etree.fromstring(made.encode("utf-8"))
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(ids) == len(set(ids))
    witnesses = {
        witness.get(ID): witness.getparent().get("n") for witness in root.iter(f"{TEI}witness")
    }
    reports = [key for key, kind in witnesses.items() if kind == "report"]
    for node in root.iter(f"{TEI}node"):
        assert node.get("value")[1:] in witnesses
    texts: dict[str, list[str]] = {key: [] for key in reports}
    for paragraph in root.iter(f"{TEI}p"):
        if paragraph.getparent().get("type") != "collation":
            continue
        said = dict.fromkeys(reports, paragraph.text or "")
        for app in paragraph:
            assert app.tag == f"{TEI}app"
            seen = [key for rdg in app for key in rdg.get("wit").split()]
            assert len(seen) == len(set(seen))
            for rdg in app:
                for key in rdg.get("wit").split():
                    said[key.removeprefix("#")] += rdg.text or ""
            for key in reports:
                said[key] += app.tail or ""
        for key, words in said.items():
            if words.strip():
                texts[key].append(squeezed(words))
    edges = {}
    for arc in root.iter(f"{TEI}arc"):
        ends = tuple(arc.get(end).removeprefix("#node-") for end in ("from", "to"))
        edges[ends] = float(arc.find(f"{TEI}label").text.split()[1])
    return Found(witnesses, edges, texts)


def prov(made: str) -> Found:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the reader's own dependencies
        from prov.model import ProvDerivation, ProvDocument, ProvEntity

    read = ProvDocument.deserialize(content=made, format="json")
    kinds = {"Report": "report", "NamedWitness": "named", "LostWitness": "lost"}
    witnesses = {
        str(one.identifier.localpart): kinds[kind.localpart]
        for one in read.get_records(ProvEntity)
        for kind in one.get_asserted_types()
        if kind.localpart in kinds
    }
    edges = {}
    for one in read.get_records(ProvDerivation):
        known = {str(name): value for name, value in one.attributes}
        if "retold:support" in known:
            ends = (known["prov:usedEntity"].localpart, known["prov:generatedEntity"].localpart)
            edges[ends] = float(known["retold:support"])
    assert read.get_provn()
    return Found(witnesses, edges)


def csv_table(made: str) -> Found:
    raw = made.encode("utf-8")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    head = [cell.lstrip("'").split(" ", 1)[0] for cell in rows[0][5:]]
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
    texts = {
        siglum: [row[5 + at].removeprefix("'") for row in rows[1:] if row[5 + at]]
        for at, siglum in enumerate(head)
    }
    return Found(dict.fromkeys(head, "report"), None, texts)


def svg(made: str) -> Found:
    root = etree.fromstring(made.encode("utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    allowed = {"svg", "title", "desc", "style", "rect", "g", "path", "text"}
    assert {etree.QName(one).localname for one in root.iter()} <= allowed
    for one in root.iter():
        assert not [name for name in one.attrib if name.startswith("on") or "href" in name]
    style = root.find("{*}style").text
    assert not re.search(r"url\(|@import|var\(", style)
    boxes = [one for one in root.iter("{*}g") if (one.get("class") or "").startswith("node ")]
    return Found(
        {f"{number}": box.get("class").split()[1] for number, box in enumerate(boxes)}, None
    )


def annotations(made: str) -> Found:
    read = json.loads(made)
    assert read["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = read["first"]["items"]
    assert read["total"] == len(items) == len({item["id"] for item in items})
    sources = {}
    for item in items:
        assert item["type"] == "Annotation"
        assert item["target"]
        for target in item["target"]:
            assert target["type"] == "SpecificResource"
            quoted, position = target["selector"]
            assert quoted["type"] == "TextQuoteSelector"
            assert len(quoted["exact"]) == position["end"] - position["start"]
            sources[target["source"]["label"].split(" ", 1)[0]] = "report"
            assert re.fullmatch(r"[!-~]+", target["source"]["id"])
    return Found(sources)


READERS: dict[str, Callable[[str], Found]] = {
    "graphml": graphml,
    "dot": dot,
    "newick": newick,
    "nexus": nexus,
    "tei": tei,
    "collatex": collatex,
    "prov": prov,
    "csv": csv_table,
    "svg": svg,
    "annotations": annotations,
}
