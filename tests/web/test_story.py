"""The pages of a story: what they show is in the reports, and nothing is said of what is not."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from retold.archive import open_archive, stories
from retold.archive.adding import Item, add
from retold.archive.stories import Asked
from retold.errors import UsageError
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.model import Edge, Report, Stemma, Undecided, Witness
from retold.show.gist import gist_of
from retold.web.app import create_app
from retold.web.drawings.tree import tree_drawing
from retold.web.links import Served
from retold.web.prepared import Prepared
from retold.web.serving import access_for
from retold.web.views.collation import passage_view, passages_view
from retold.web.views.columns import columns
from retold.web.views.digest import digest
from retold.web.views.matrix import matrix
from retold.web.views.tree import tree
from tests.show.tellings import seas

from .asking import ask, until

BODY = (
    "The swing bridge at Tolmere stuck half open on Monday evening. "
    "{number} carriages of the night train waited for four hours, the harbour office said. "
    "“Nobody was cold and nobody was hurt,” station master Ilse Varnholt told Corvane. "
)
EXTRA = "A baker from Tolmere carried 90 loaves to the passengers, said conductor Per Ollin. "
TELLINGS = (
    ("wire", "Corvane", "2024-03-04T18:00:00Z", BODY.format(number="Seven")),
    ("copy", "Tolmere Echo", "2024-03-04T19:00:00Z", BODY.format(number="Seven")),
    ("other", "Harbour Sheet", "2024-03-04T20:00:00Z", BODY.format(number="Nine") + EXTRA),
    ("late", "Night Observer", "2024-03-05T06:00:00Z", BODY.format(number="Seven")
     + "The bridge was built in 1911 by the Ostrand company of Tolmere. "),
)  # fmt: skip


def reports() -> list[Report]:
    return [
        Report(id=name, text=text, title="Night train waits at stuck bridge", outlet=outlet,
               published=when, language="en")
        for name, outlet, when, text in TELLINGS
    ]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    with open_archive(tmp_path_factory.mktemp("story") / "a.retold", create=True) as archive:
        add(archive, [Item(one) for one in reports()])
        refresh_quotations(archive)
        refresh_stories(archive)
        story = stories.listed(archive, Asked()).stories[0].id
        yield archive, story, Prepared(telling_of(archive, story))


@pytest.fixture(scope="module")
def bridge(told):
    return create_app(told[0], access_for("127.0.0.1", 8417, (), None))


def page(app, path: str):
    answer = ask(app, path)
    assert answer.status == 200, (path, answer.status)
    return html.document_fromstring(answer.body)


def test_the_telling_is_worked_out_apart_and_the_page_says_so_meanwhile(tmp_path):
    with open_archive(tmp_path / "a.retold", create=True) as archive:
        add(archive, [Item(one) for one in reports()])
        refresh_stories(archive)
        story = stories.listed(archive, Asked()).stories[0].id
        app = create_app(archive, access_for("127.0.0.1", 8417, (), None))
        first = page(app, f"/story/{story}")
        assert first.xpath("//meta[@http-equiv='refresh']")
        assert len(first.xpath("//ol[@class='members']/li")) == 4
        assert json.loads(ask(app, f"/story/{story}/passages.json").text)["state"] == "working"
        waiting = "//meta[@http-equiv='refresh']"
        until(lambda: not page(app, f"/story/{story}").xpath(waiting))
        assert page(app, f"/story/{story}").xpath("//table[contains(@class, 'matrix')]")


def test_what_is_no_story_passage_statement_kind_base_or_page_is_said(bridge, told):
    here = f"/story/{told[1]}"
    assert ask(bridge, "/story/none").status == 404
    assert ask(bridge, f"{here}/passage/P99").status == 404
    assert ask(bridge, f"{here}/statements?one=none").status == 404
    for query in ("kind=nonsense", "base=nonsense", "page=0", "page=99", "page=%D9%A1", "page=x"):
        assert ask(bridge, f"{here}/passages?{query}").status == 400, query
    assert ask(bridge, f"{here}/evidence?kind=nonsense").status == 400
    assert ask(bridge, f"{here}/evidence?about=nonsense").status == 400


def test_lines_of_the_digest_stand_in_the_reports_that_they_name(told):
    _, _, found = told
    lines = digest(found, columns(found))
    assert lines
    texts = {report.id: report.text for report in found.telling.reports}
    for line in lines:
        assert texts[line.place.report][slice(*line.place.span)].startswith(line.words[:-1])
        if line.kind == "all":
            assert line.have == line.of == 4
    assert [line.kind for line in lines] == sorted(
        (line.kind for line in lines), key=["all", "most", "some", "one"].index
    )
    alone = {line.letter for line in lines if line.kind == "one"}
    assert alone <= {"C", "D"}
    assert alone


def test_a_claim_that_differs_is_marked_in_its_column_and_copies_share_one(told):
    _, _, found = told
    shown = columns(found)
    assert [(one.report, [copy[0] for copy in one.copies]) for one in shown] == [
        ("wire", ["copy", "late"]),
        ("other", []),
    ]
    apart = columns(found, fold=False)
    assert [one.report for one in apart] == ["wire", "copy", "other", "late"]
    row = matrix(found, apart).rows[0]
    assert "carriages" in row.words
    assert row.cells.count("!") in (1, 3)  # nine against seven, from either side
    for one in matrix(found, apart).rows:
        passage = next(each for each in found.telling.passages if each.id == one.passage)
        for column, cell in zip(apart, one.cells, strict=True):
            assert (cell != "-") == (column.report in passage.readings)


def test_the_matrix_is_a_table_that_can_be_read_aloud(bridge, told):
    shown = page(bridge, f"/story/{told[1]}")
    (table,) = shown.xpath("//table[contains(@class, 'matrix')]")
    columns_ = table.xpath("./thead/tr/th[@scope='col']")
    for row in table.xpath("./tbody/tr"):
        assert len(row.xpath("./th[@scope='row']")) == 1
        cells = row.xpath("./td")
        assert len(cells) == len(columns_) - 1
        for cell in cells:
            assert cell.xpath(".//@aria-label")
    assert "not in this report" in shown.text_content()
    assert "omitted" not in shown.text_content()


def test_changes_are_counted_from_the_base_that_is_asked_for(bridge, told):
    archive, story, found = told
    kept = stories.get(archive, story)
    for base in ("wire", "other"):
        view = passages_view(kept, found, {"base": base, "kind": "number"})
        changes = [change for one in view.passages for change in one.passage.changes]
        assert changes
        assert {change.a.report for change in changes} == {base}
        assert {change.kind for change in changes} == {"number"}
    with pytest.raises(UsageError):
        passage_view(kept, found, "P1", {"base": "nobody"})
    shown = page(bridge, f"/story/{story}/passages?base=other")
    assert shown.xpath("//option[@selected][@value='other']")


def test_every_passage_statement_and_descent_can_be_stepped_to(bridge, told):
    here = f"/story/{told[1]}"
    for path, least in (("/passages", 3), ("/statements", 1), ("/descent", 4), ("/evidence", 1)):
        steps = page(bridge, here + path).xpath("//*[@data-step]")
        assert len(steps) >= least
        assert all(one.get("tabindex") == "-1" for one in steps)
    one = page(bridge, f"{here}/passage/P2")
    assert one.xpath("//a[@rel='next']")
    assert one.xpath("//a[@rel='prev']")


def test_links_of_the_pages_lead_somewhere(bridge, told):
    seen = {f"/story/{told[1]}"}
    waiting = list(seen)
    places: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting:
        path = waiting.pop()
        shown = page(bridge, path)
        places[path] = set(shown.xpath("//@id"))
        assert len(places[path]) == len(shown.xpath("//@id")), f"an id twice in {path}"
        for address in shown.xpath("//main//a/@href"):
            to, _, part = address.partition("#")
            to = to or path
            wanted.add((to, part))
            if to.startswith(("/story/", "/report/")) and to not in seen and "corr" not in to:
                seen.add(to)
                waiting.append(to)
    for to, part in wanted:
        if part and to in places:
            assert part in places[to], (to, part)


def test_evidence_is_filtered_and_leads_to_the_sentences(bridge, told):
    here = f"/story/{told[1]}/evidence"
    whole = json.loads(ask(bridge, f"{here}.json").text)
    assert sum(whole["kinds"].values()) == sum(whole["abouts"].values()) == whole["total"]
    for kind, number in whole["kinds"].items():
        part = json.loads(ask(bridge, f"{here}.json?kind={kind}").text)
        assert part["total"] == number
        assert {one["evidence"]["kind"] for one in part["findings"]} == {kind}


def test_a_report_says_where_its_passages_came_from_and_went_to(bridge):
    view = json.loads(ask(bridge, "/report/other.json").text)
    assert [len(one["before"]) for one in view["travels"]][:3] == [2, 2, 2]
    assert {each["report"] for one in view["travels"] for each in one["after"]} == {"late"}
    alone = [one for one in view["travels"] if one["passage"] is None]
    assert any("baker" in one["words"] for one in alone)
    differing = next(one for one in view["travels"] if one["words"].startswith("Nine"))
    assert not any(each["same"] for each in (*differing["before"], *differing["after"]))


def test_quotations_with_all_of_the_words_come_first(bridge):
    asked = "/quotations.json?q=Nobody+was+cold+and+nobody+was+hurt"
    view = json.loads(ask(bridge, asked).text)
    assert len(view["found"]) == 4
    assert view["variants"] == []
    view = json.loads(ask(bridge, f"{asked}+in+the+tunnel").text)
    assert view["found"] == []
    assert len(view["variants"]) == 4
    assert all(0.5 <= one["share"] < 1 for one in view["variants"])
    assert json.loads(ask(bridge, "/quotations.json?q=Nobody+-cold").text)["variants"] == []


def test_the_list_says_what_is_notable(bridge, told):
    (line,) = json.loads(ask(bridge, "/index.json").text)["found"]["stories"]
    assert {one["kind"] for one in line["gist"]["notable"]} >= {"number"}
    assert {"Seven", "Nine"} <= set(line["gist"]["notable"][0]["sides"])
    shown = page(bridge, "/")
    assert shown.xpath("//*[name()='svg'][@class='time']")
    assert stories.get(told[0], told[1]).line.gist is not None


def lineage(*edges: tuple[str, str, str, float]) -> Stemma:
    names = list(dict.fromkeys(name for edge in edges for name in edge[:2]))
    kinds = {"x": "lost", "n": "named"}
    return Stemma(
        tuple(Witness(name, kinds.get(name, "report"), name) for name in names),
        tuple(Edge(a, b, support, (), basis) for a, b, basis, support in edges),
        (Undecided(("wire", "copy"), "nothing shows which was first"),),
        (),
    )


def drawn(found: Prepared, *edges: tuple[str, str, str, float]):
    from msgspec.structs import replace

    return tree(Prepared(replace(found.telling, stemma=lineage(*edges))))


def test_time_runs_downward_and_the_lost_stand_above_what_descends_from_them(told):
    made = drawn(
        told[2],
        ("x", "wire", "textual", 0.9),
        ("x", "other", "textual", 0.7),
        ("wire", "copy", "stated", 1.0),
        ("n", "late", "stated", 1.0),
        ("copy", "late", "textual", 0.5),
    )
    rows = {one.id: one.row for one in made.nodes}
    assert [one.id for one in made.nodes] == ["x", "wire", "copy", "other", "n", "late"]
    assert sorted(rows.values()) == list(range(len(rows)))
    assert made.undated is None
    for one in made.lines:
        assert rows[one.from_] < rows[one.to]
        assert not one.late
        assert not one.against  # a named source that is no report contradicts nothing


def test_lanes_are_not_shared_while_a_line_goes_on(told):
    made = drawn(
        told[2],
        ("wire", "copy", "textual", 0.9),
        ("wire", "late", "textual", 0.9),
        ("copy", "other", "textual", 0.9),
    )
    at = {one.id: one for one in made.nodes}
    last = {one.id: one.row for one in made.nodes}
    for line in made.lines:
        last[line.from_] = max(last[line.from_], at[line.to].row)
    for one in made.nodes:
        for other in made.nodes:
            if one.id != other.id and one.lane == other.lane and one.row < other.row:
                assert last[one.id] <= other.row


def test_what_is_stated_against_the_wording_is_marked_on_both_sides(told):
    made = drawn(
        told[2],
        ("wire", "late", "stated", 0.2),
        ("other", "late", "textual", 0.9),
        ("late", "copy", "textual", 0.6),
    )
    against = {(one.from_, one.to): one.against for one in made.lines}
    assert against["wire", "late"] == ("e-D-C",)
    assert against["other", "late"] == ("e-D-A",)
    assert next(one for one in made.lines if one.to == "copy").late
    svg = tree_drawing(made, Served(), "s")
    assert svg is not None
    shown = html.fragment_fromstring(svg)
    stated, inferred = (
        shown.xpath(".//*[contains(@class, 'stated')]"),
        shown.xpath(".//path[contains(@class, 'inferred')]"),
    )
    assert len(stated) == 1
    assert len(inferred) == 2
    assert svg.count("\u2260</text>") == 2
    assert "solid line: stated" in svg


def test_most_are_drawn_and_the_others_counted(told):
    made = tree(told[2], 2)
    whole = tree(told[2])
    assert len(made.nodes) + made.left_out == len(whole.nodes)


def test_a_story_in_a_line(told):
    gist = gist_of(seas())
    assert gist.root in ("report", "named", "lost", "several", None)
    assert all(len(one.sides) > 1 for one in gist.notable)
    assert gist_of(told[2].telling).notable[0].kind == "number"


def test_no_page_is_styled_or_scripted_inline(bridge, told):
    for path in ("", "/passages", "/passage/P1", "/statements", "/descent", "/evidence"):
        text = ask(bridge, f"/story/{told[1]}{path}").text
        assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+)=", text)
        assert "<script>" not in text
