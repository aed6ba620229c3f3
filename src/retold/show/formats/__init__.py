"""Formats of the field: a telling as other programs read it.

| format        | what it is                                          | read by                    |
|---------------|-----------------------------------------------------|----------------------------|
| `graphml`     | the stemma as a graph with typed attributes         | networkx, Gephi, yEd       |
| `dot`         | the stemma in Stemmaweb's convention                | Graphviz, Stemmaweb        |
| `newick`      | the stemma as a tree                                | FigTree, dendropy, ape     |
| `nexus`       | taxa, a matrix of readings, the tree                | SplitsTree, PAUP, dendropy |
| `tei`         | TEI P5 critical apparatus, parallel segmentation    | Versioning Machine, teiphy |
| `collatex`    | CollateX's alignment table                          | Stemmaweb                  |
| `prov`        | W3C PROV-JSON                                       | prov                       |
| `csv`         | alignment table, a passage a row, a report a column | spreadsheets               |
| `svg`         | the stemma drawn                                    | browsers, Inkscape         |
| `annotations` | W3C Web Annotations of every quotation and change   | annotation tools           |

A writer is a pure function from a telling to text that UTF-8 can encode; the same telling gives
the same text. What each carries and loses stands in docs/reference/formats.md. A new format is a
file here and a line in `FORMATS`.

Witnesses are called alike in all of them (`sigla`): reports by their letter, the others "named1",
"lost1".
"""

from __future__ import annotations

from collections.abc import Callable

from retold.model import Telling
from retold.show.formats import (
    collatex,
    dot,
    drawn,
    graphml,
    newick,
    nexus,
    prov,
    table,
    tei,
    web_annotation,
)

__all__ = ["FORMATS"]

FORMATS: dict[str, Callable[[Telling], str]] = {
    "graphml": graphml.graphml,
    "dot": dot.dot,
    "newick": newick.newick,
    "nexus": nexus.nexus,
    "tei": tei.tei,
    "collatex": collatex.collatex,
    "prov": prov.prov,
    "csv": table.csv_table,
    "svg": drawn.svg,
    "annotations": web_annotation.web_annotations,
}
"""Name → writer, in the order in which they are listed."""
