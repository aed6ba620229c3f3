"""What the page holds, and that it can be read by everyone."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest
from lxml import html

from retold.model import Stemma
from retold.show.html.palette import DARK, LIGHT, TEXT_ON
from retold.show.html.style import fragment_style, page_style
from retold.show.notebook import fragment
from retold.show.page import page
from tests.show.tellings import Builder, many, nasty, seas, segmented

EMPTY = Builder(segmented("a", None, None, []), segmented("b", None, None, [])).telling(
    (), (), (), (), Stemma((), (), (), ())
)
TELLINGS = {
    "empty": EMPTY,
    "two": seas("corvane", "harbour"),
    "three": seas(),
    "eight": many(8),
    "thirty": many(30),
    "odd": nasty("odd"),
}


@pytest.fixture(params=TELLINGS, scope="module")
def document(request: pytest.FixtureRequest) -> html.HtmlElement:
    return html.document_fromstring(page(TELLINGS[request.param]).encode("utf-8"))


def shown(document: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in document.xpath(selector)]


# --- for everyone ---


def test_there_is_one_h1_and_headings_nest(document):
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_and_a_way_past_them(document):
    assert len(document.xpath("//main")) == len(document.xpath("//body/div/header")) == 1
    assert (
        len(document.xpath("//nav[@aria-label]")) == len(document.xpath("//body/div/footer")) == 1
    )
    first = document.xpath("//body//a")[0]
    assert first.get("href") == "#main"
    assert document.xpath("//main")[0].get("id") == "main"
    assert document.get("lang") == "en"
    assert document.xpath("//title")[0].text


def test_ids_are_unique_and_every_link_in_the_page_arrives(document):
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {address[1:] for address in document.xpath("//a/@href") if address[0] == "#"}
    assert targets <= set(ids)
    labels = {label for found in document.xpath("//@aria-labelledby") for label in found.split()}
    assert labels <= set(ids)


def test_links_have_words(document):
    assert all(link.text_content().strip() for link in document.xpath("//a"))


def test_lists_tables_and_drawings_are_well_formed(document):
    assert not document.xpath("//ul/*[not(self::li)] | //ol/*[not(self::li)]")
    assert not document.xpath("//li[not(parent::ul or parent::ol)]")
    assert not document.xpath("//dl/*[not(self::div)]")
    for table in document.xpath("//table"):
        assert table.xpath("./caption")
        assert not table.xpath(".//th[not(@scope)]")
    for drawing in document.xpath("//svg"):
        assert drawing.get("role") == "img"
        assert [child.tag for child in drawing[:2]] == ["title", "desc"]
    assert not document.xpath("//*[contains(@class, 'scroll')][not(@tabindex) or not(@aria-label)]")


def test_marks_are_told_by_more_than_colour():
    style = page_style()
    assert re.search(r"mark\.claim \{[^}]*border-bottom: 2px solid", style)
    assert re.search(r"mark\.words \{[^}]*border-bottom: 2px dotted", style)
    document = html.document_fromstring(page(seas()))
    for mark in document.xpath("//section[@id='passages']//mark"):
        note = mark.getnext()
        while note.tag == "mark":
            note = note.getnext()
        assert note.get("class") == "n"
        assert re.search(r"difference \d+, \w", note.text_content())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(palette):
    """WCAG 2.2: text 4.5 to 1 (1.4.3), lines that carry meaning 3 to 1 (1.4.11)."""
    for ink, ground in TEXT_ON:
        assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for ground in ("paper", "raised", "sunk"):
        assert contrast(palette["line"], palette[ground]) >= 3, ground


def test_every_colour_of_the_style_is_in_the_palette():
    parts = page_style().split("\n", 2)[2]
    printed = parts.replace("{ --paper: #ffffff; --raised: #ffffff; }", "")  # on white
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", printed)
    assert set(re.findall(r"var\(--([\w-]+)\)", parts)) <= {*LIGHT, "serif", "sans", "mono"}
    assert set(LIGHT) == set(DARK)


def test_styles_of_the_notebook_stay_in_it():
    for selector in re.findall(r"(?:^|\})\s*([^{}@]+?)\s*\{", fragment_style()):
        ones = re.split(r",(?![^()]*\))", selector)
        assert all(re.search(r"(^| )\.rt\b", one.strip()) for one in ones), selector


# --- what it says ---


def test_order_of_the_page():
    document = html.document_fromstring(page(seas()))
    assert shown(document, "//h1") == [
        "How Corvane, Harbour Observer and Daily Tide tell one story"
    ]
    assert shown(document, "//main/section/h2") == [
        "The reports",
        "The differences that weigh most",
        "Passages side by side",
        "Only in one report",
        "Who is quoted",
        "Who descends from whom",
        "What cannot be told",
        "The reports in full",
    ]
    assert shown(document, "//nav//a") == shown(document, "//main/section/h2")
    summary = shown(document, "//p[@class='summary']")
    assert [words.split()[0] for words in summary] == ["A", "There", "7", "By"]
    assert " ".join(summary) == " ".join(seas().summary.split())


def test_a_summary_by_somebody_else_stays_in_one_piece():
    telling = msgspec.structs.replace(seas(), summary="Two of them agree. One does not.")
    document = html.document_fromstring(page(telling))
    assert shown(document, "//p[@class='summary']") == [telling.summary]


def test_a_passage_shows_readings_and_their_differences():
    document = html.document_fromstring(page(seas()))
    passage = document.get_element_by_id("p-3")
    assert shown(passage, ".//dt") == ["A Corvane", "B Harbour Observer", "C Daily Tide"]
    assert shown(passage, ".//dd//mark") == ["112", "in good health", "121", "healthy", "121"]
    assert shown(passage, ".//ol/li")[0].startswith("1 number A, Corvane: see in the text 112 B,")
    place = document.get_element_by_id("t-3-1-A")
    assert place.text == "112"
    assert place.getparent().get("id") == "s-A-4"


def test_quotations_lead_to_their_place_and_show_the_chain():
    document = html.document_fromstring(page(seas()))
    first = document.get_element_by_id("q-1")
    assert shown(first, ".//ol[@class='chain']/li") == [
        "Elan Doresch written “him” A 3",
        "Marevian News Bureau (MNB) A 3",
        "this page",
    ]
    place = document.get_element_by_id("w-1")
    assert place.text_content().startswith("We")
    assert "Q1" in place.getparent().text_content()


def test_an_agency_that_is_the_outlet_stands_at_the_end_of_the_chain():
    telling = seas()
    first, *others = telling.quotations
    text = telling.reports[0].text
    at = text.index("CORVANE")
    outlet = msgspec.structs.replace(first.chain[-1], name="CORVANE", span=(at, at + 7))
    changed = msgspec.structs.replace(first, chain=(*first.chain[:-1], outlet))
    telling = msgspec.structs.replace(telling, quotations=(changed, *others))
    quoted = html.document_fromstring(page(telling)).get_element_by_id("q-1")
    assert shown(quoted, ".//ol[@class='chain']/li") == [
        "Elan Doresch written “him” A 3",
        "Marevian News Bureau (MNB) A 3",
        "CORVANE A 2",
        "this page",
    ]


def test_the_number_of_open_questions_is_that_of_the_list(document):
    figures = dict(
        zip(
            shown(document, "//dl[@class='figures']//dt"),
            shown(document, "//dl[@class='figures']//dd"),
            strict=True,
        )
    )
    listed = document.xpath("//section[@id='open']/ul/li")
    assert int(figures.get("open questions") or figures["open question"]) == len(listed)


def test_what_differs_in_a_statement_is_named():
    document = html.document_fromstring(page(seas()))
    found = shown(document, "//ul[@aria-label='How they differ']/li")
    assert [words.split(" A,")[0] for words in found] == ["quotation marks", "attribution"]


def test_provenance_is_given():
    document = html.document_fromstring(page(seas()))
    origin = " ".join(shown(document, "//dl[@class='origin']"))
    for words in (
        "corvane.txt",
        "known to the day, from: dateline, “March 4”",
        "9f86d081884c7d65",
        "recognised with score 0.97",
        "https://harbour-observer.example/2025/03/05/no-welcome",
        "2025-03-06T10:00:00Z",
        "trafilatura 2.1.0",
    ):
        assert words in origin
    assert shown(document, "//ul[@class='notes']/li") == [
        "the page gives two dates; the earlier one is taken"
    ]
    assert "Date not known" in shown(document, "//p[@class='date']")


def test_the_stemma_is_drawn_and_written():
    document = html.document_fromstring(page(seas()))
    assert len(document.xpath("//svg//rect")) == 5
    assert len(document.xpath("//svg/path")) == 4
    written = " ".join(shown(document, "//ul[@class='witnesses']/li"))
    assert "C Daily Tidefrom lost telling, inferred from the wording, support 93" in written
    assert "Evidencestated Corvane names it. A 3 weight 100" in written


def test_identical_readings_are_shown_once():
    document = html.document_fromstring(page(many(30)))
    words = shown(document.get_element_by_id("p-1"), ".//dd")
    assert len(words) == len(set(words))


def test_a_story_without_anything_is_said_plainly():
    document = html.document_fromstring(page(EMPTY))
    assert shown(document, "//p[@class='empty']") == [
        "The reports have no passage in common.",
        "No sentence is in one report only.",
        "No quotation was found.",
        "Cannot tell: no descent was found in the wording.",
    ]
    assert "Every sentence" not in EMPTY.summary


def test_two_fragments_share_no_id():
    first, second = (
        html.document_fromstring(fragment(telling)).xpath("//@id") for telling in (seas(), many(3))
    )
    assert first
    assert not set(first) & set(second)


def test_the_same_telling_gives_the_same_page():
    assert page(seas()) == page(seas())


@pytest.mark.parametrize("make", [page, fragment], ids=["page", "fragment"])
def test_size_grows_with_the_telling_and_no_faster(make):
    """Times are in benchmarks/speed/show.py."""
    fixed = len(page_style())
    one, two = (len(make(many(number))) - fixed for number in (100, 200))
    assert two / one < 2.2
