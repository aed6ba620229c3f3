"""What each format says beyond the contract that all of them share."""

from __future__ import annotations

import csv
import io
import json
import subprocess

import dendropy
import msgspec
import networkx
import pytest
from lxml import etree

from retold.model import Edge, Passage, Stemma, Witness
from retold.show.formats import FORMATS
from retold.show.formats.newick import tree
from retold.show.formats.sigla import signs
from retold.show.formats.table import LONGEST
from tests.show.formats.readers import READERS, TEI, tei
from tests.show.tellings import Builder, nasty, seas, segmented

NOTHING = Stemma((), (), (), ())


def pair(first: str, second: str, third: str = "Another story altogether."):
    """Two reports that share a passage, and one that has it not."""
    reports = [
        segmented(key, None, name, [[said]])
        for key, name, said in (("a", "Able", first), ("b", "Baker", second), ("c", "Cox", third))
    ]
    passage = Passage("P1", {"a": (0,), "b": (0,)}, "a", (), 0.9, ())
    return Builder(*reports).telling((passage,), (), (), (), NOTHING)


def with_stemma(*edges: tuple[str, str, float]):
    keys = dict.fromkeys(key for edge in edges for key in edge[:2])
    witnesses = tuple(Witness(key, "report" if key in "abc" else "lost", key) for key in keys)
    drawn = tuple(Edge(start, end, support, ()) for start, end, support in edges)
    return msgspec.structs.replace(
        pair("One two.", "One two."), stemma=Stemma(witnesses, drawn, (), ())
    )


# --- trees -----------------------------------------------------------------------------


def test_a_report_that_others_have_from_is_a_tip_of_length_0():
    made = tree(with_stemma(("a", "b", 0.9), ("a", "c", 0.8)))
    read = dendropy.Tree.get(data=made.text, schema="newick")
    tip = read.find_node_with_taxon_label("A Able")
    assert tip.edge.length == 0
    assert {leaf.taxon.label for leaf in tip.parent_node.leaf_iter()} == {
        "A Able", "B Baker", "C Cox",
    }  # fmt: skip


def test_of_two_sources_the_better_supported_stays_and_nexus_says_so():
    telling = with_stemma(("a", "c", 0.4), ("b", "c", 0.6))
    assert tree(telling).left_out == (("a", "c"),)
    assert "[ A tree has no room for these edges: A to C. ]" in FORMATS["nexus"](telling)


def test_a_circle_is_cut_open():
    telling = with_stemma(("a", "b", 0.5), ("b", "a", 0.5))
    read = dendropy.Tree.get(data=tree(telling).text, schema="newick")
    assert sorted(leaf.taxon.label for leaf in read.leaf_node_iter()) == [
        "A Able", "B Baker", "C Cox",
    ]  # fmt: skip


def test_nexus_tells_missing_from_without_these_words():
    telling = pair("The mayor said no.", "The mayor never said.")
    read = dendropy.DataSet.get(data=FORMATS["nexus"](telling), schema="nexus")
    matrix = read.char_matrices[0]
    rows = {taxon.label: str(row.symbols_as_string()) for taxon, row in matrix.items()}
    assert rows == {"A Able": "-0", "B Baker": "0-", "C Cox": "??"}
    assert "1 'P1.1' / 'never'," in FORMATS["nexus"](telling)


def test_nexus_without_a_difference_has_no_matrix():
    assert "CHARACTERS" not in FORMATS["nexus"](pair("One two.", "One two."))


# --- graphs ----------------------------------------------------------------------------


def test_graphviz_shows_labels_as_they_are():
    words = ["\\N", '"x"', "&amp; &lt; & < > &#65;", "<b>", "\\", '\\"', "{|}", "a\tb"]
    telling = nasty(" ".join(words))
    READERS["dot"](FORMATS["dot"](telling))  # skips, or fails, without Graphviz
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=FORMATS["dot"](telling).encode(), capture_output=True, check=True
    )
    texts = {
        one.text.replace("\xa0", " ") for one in etree.fromstring(drawn.stdout).iter("{*}text")
    }
    for sign in signs(telling).values():
        assert (sign.full if sign.report is not None else sign.label) in texts


def test_graphml_keeps_basis_and_evidence():
    graph = networkx.parse_graphml(FORMATS["graphml"](seas()))
    assert graph.edges["named1", "A"]["basis"] == "stated"
    assert graph.edges["lost1", "B"]["evidence"].startswith("textual 0.80: “bread and salt”")
    assert graph.edges["lost1", "B"]["support"] == pytest.approx(0.93)
    assert graph.graph["undecided"].startswith("B and C: Which of the two")
    assert graph.nodes["B"]["outlet"] == "Harbour Observer"


def test_prov_has_the_relations_that_news_needs():
    read = json.loads(FORMATS["prov"](seas()))
    relations = {one.get("prov:type", {}).get("$") for one in read["wasDerivedFrom"].values()}
    assert relations == {None, "prov:PrimarySource", "prov:Quotation"}
    agents = {one["prov:label"] for one in read["agent"].values()}
    assert {"Elan Doresch", "Marevian News Bureau (MNB)", "Harbour Observer"} <= agents


def test_versions_of_one_outlet_are_revisions():
    telling = with_stemma(("a", "b", 0.9))
    first, second, third = telling.reports
    telling = msgspec.structs.replace(
        telling, reports=(first, msgspec.structs.replace(second, outlet="Able"), third)
    )
    read = json.loads(FORMATS["prov"](telling))
    (edge,) = read["wasDerivedFrom"].values()
    assert edge["prov:type"]["$"] == "prov:Revision"


# --- texts -----------------------------------------------------------------------------


def test_tei_gives_every_report_its_own_words():
    telling = pair("“No,”  the mayor\nsaid.", "No, the Mayor said – twice!")
    assert tei(FORMATS["tei"](telling)).texts == {
        "A": ["“No,” the mayor said."],
        "B": ["No, the Mayor said – twice!"],
        "C": ["Another story altogether."],
    }


def test_tei_names_no_report_where_it_has_not_the_passage():
    root = etree.fromstring(FORMATS["tei"](pair("The mayor said no.", "The mayor said.")).encode())
    (passage,) = (one for one in root.iter(f"{TEI}p") if one.get("n") == "P1")
    told = [[(rdg.get("wit"), rdg.text) for rdg in app] for app in passage]
    assert told == [
        [("#A #B", "The mayor ")],
        [("#A", "said "), ("#B", "said. ")],
        [("#A", "no. "), ("#B", None)],
    ]


def test_tei_says_how_many_characters_xml_cannot_hold():
    made = FORMATS["tei"](pair("A\x01 b \ud800.", "A b."))
    assert "2 characters that XML 1.0 cannot hold" in made
    assert "⟨U+0001⟩" in made
    assert "⟨U+D800⟩" in made


def test_tei_calls_an_apparatus_after_the_change_in_it():
    root = etree.fromstring(FORMATS["tei"](seas()).encode("utf-8"))
    kinds = {
        app.get("type"): "".join(app.itertext())
        for app in root.iter(f"{TEI}app")
        if app.get("type")
    }
    assert kinds["number"] == "112 121 "
    assert "Doresch" in kinds["name"]


def test_collatex_has_equal_forms_in_one_row():
    table = json.loads(FORMATS["collatex"](pair("The MAYOR left.", "the mayor stayed.")))["table"]
    assert [[[token["n"] for token in cell] for cell in row] for row in table[-3:]] == [
        [["the"], ["the"], []],
        [["mayor"], ["mayor"], []],
        [["left"], ["stayed"], []],
    ]


def test_annotations_find_their_words():
    telling = seas()
    texts = {one.id: one.text for one in telling.reports}
    read = json.loads(FORMATS["annotations"](telling))
    items = read["first"]["items"]
    assert len(items) == len(telling.quotations) + sum(
        len(passage.changes) for passage in telling.passages
    )
    for item in items:
        for target in item["target"]:
            quoted, at = target["selector"]
            text = texts[target["source"]["id"].rsplit(":", 1)[1]]
            assert text[at["start"] : at["end"]] == quoted["exact"]
            assert text[: at["start"]].endswith(quoted["prefix"])
            assert text[at["end"] :].startswith(quoted["suffix"])


# --- table -----------------------------------------------------------------------------


def cells(telling) -> list[list[str]]:
    made = FORMATS["csv"](telling).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(made, newline="")))


@pytest.mark.parametrize(
    "payload",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "  =1",
        "\n=1",
        "＝1",
        "\u200b=1",
        "\ufeff=1",
    ],
)
def test_a_cell_is_never_computed(payload):
    for row in cells(pair(payload, "Words.")):
        for cell in row:
            assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    for row in cells(nasty(payload)):
        for cell in row:
            assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_no_cell_is_longer_than_excel_has_room_for():
    long = " ".join(["🚢 word"] * 9_000) + "."
    lengths = [
        len(cell.encode("utf-16-le")) // 2 for row in cells(pair(long, "Words.")) for cell in row
    ]
    assert LONGEST - 8 < max(lengths) <= LONGEST


def test_one_passage_a_row_one_report_a_column():
    rows = cells(seas())
    assert rows[0][5:] == ["A Corvane", "B Harbour Observer", "C Daily Tide"]
    assert [row[0] for row in rows[1:5]] == ["P1", "P2", "P3", "P4"]
    assert rows[3][4].startswith("number (A: 112; B, C: 121)")
    assert all(row[4].startswith("only in ") for row in rows[5:])
    assert len(rows) == 1 + 4 + 8
