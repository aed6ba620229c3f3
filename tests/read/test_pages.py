"""Pages: what they say of themselves, the text, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retold.errors import InputRefused, NoArticle, TooLarge, TooSlow
from retold.model import Report
from retold.read import read, read_bytes
from retold.read.dates import parse_iso
from retold.read.guard import is_unusual, shape_of
from retold.settings import Limits, Settings
from tests.read.pages import BODY, page

PRECISION = """\
2031|2031|year|-
2031-03|2031-03|month|-
2031-03-04|2031-03-04|day|-
20310304|2031-03-04|day|-
2031-03-04T08:15|2031-03-04T08:15|minute|-
2031-03-04 08:15|2031-03-04T08:15|minute|-
2031-03-04T08:15Z|2031-03-04T08:15Z|minute|Z
2031-03-04T08:15:16|2031-03-04T08:15:16|second|-
2031-03-04T08:15:16Z|2031-03-04T08:15:16Z|second|Z
2031-03-04T08:15:16.789Z|2031-03-04T08:15:16Z|second|Z
2031-03-04T08:15:16+09:00|2031-03-04T08:15:16+09:00|second|+09:00
2031-03-04T08:15:16+0900|2031-03-04T08:15:16+09:00|second|+09:00
2031-03-04T08:15:16-03|2031-03-04T08:15:16-03:00|second|-03:00
2031-03-04 08:15:16 UTC|2031-03-04T08:15:16Z|second|Z
20310304T081516Z|2031-03-04T08:15:16Z|second|Z
2031-02-30|-|-|-
2031-13-01|-|-|-
2031-03-04T25:00|-|-|-
2031-03-04T08:61|-|-|-
0000-00-00|-|-|-
yesterday|-|-|-
03/04/2031|-|-|-
2031-3-4|-|-|-
|-|-|-
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.splitlines()]


def one(markup: str, settings: Settings | None = None) -> Report:
    return read_bytes(markup.encode(), "page.html", settings or Settings())


def linked_data(**fields: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def shown(value: str | None) -> str:
    return "-" if value is None else value


@pytest.mark.parametrize(("raw", "iso", "precision", "zone"), rows(PRECISION))
def test_dates_keep_exactly_the_precision_found(
    raw: str, iso: str, precision: str, zone: str
) -> None:
    found = parse_iso(raw, "meta")
    if iso == "-":
        assert found is None
        return
    assert found is not None
    assert found[0] == iso
    assert (found[1].precision, shown(found[1].zone), found[1].raw) == (precision, zone, raw)


@pytest.mark.parametrize(
    ("head", "above", "published", "found_in"),
    [
        (linked_data(datePublished="2031-03-04T08:15:00+09:00"), "", "2031-03-04T08:15:00+09:00", "json-ld"),  # noqa: E501
        (linked_data(datePublished="2031-03-04"), "", "2031-03-04", "json-ld"),
        (
            '<meta property="article:published_time" content="2031-03-04T08:15:16Z">',
            "",
            "2031-03-04T08:15:16Z",
            "meta",
        ),
        ('<meta name="DC.date.issued" content="2031-03-04">', "", "2031-03-04", "meta"),
        (
            '<meta name="pubdate" content="Tue, 04 Mar 2031 08:15:16 +0900">',
            "",
            "2031-03-04T08:15:16+09:00",
            "meta",
        ),
        (
            '<meta name="pubdate" content="Tue, 04 Mar 2031 08:15 GMT">',
            "",
            "2031-03-04T08:15Z",
            "meta",
        ),
        ("", '<time datetime="2031-03-04T08:15">4 March</time>', "2031-03-04T08:15", "time element"),  # noqa: E501
        (
            "",
            '<time datetime="2031-03-09">updated</time>'
            '<time class="published" datetime="2031-03-04">4 March</time>',
            "2031-03-04",
            "time element",
        ),
        (
            '<link rel="canonical" href="https://courier.example/2031/03/04/ferry">',
            "",
            "2031-03-04",
            "url",
        ),
        (
            linked_data(datePublished="soon")
            + '<meta property="article:published_time" content="2031-03-04">',
            "",
            "2031-03-04",
            "meta",
        ),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_where_the_date_is_found(
    head: str, above: str, published: str | None, found_in: str | None
) -> None:
    report = one(page(head=head, above=above))
    assert report.published == published
    assert (report.dating.found_in if report.dating else None) == found_in
    if published is not None and len(published) == 10:
        assert report.dating is not None
        assert report.dating.precision == "day"


def test_midnight_exactly_is_noted() -> None:
    report = one(page(head=linked_data(datePublished="2031-03-04T00:00:00Z")))
    assert any("midnight" in note for note in report.notes)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type":"NewsArticle","headline":"Told","datePublished":"2031-03-04",}',
        '{"@type":"NewsArticle","headline":"Told","datePublished":"2031-03-04","x":"a\nb"}',
        '<!-- {"@type":"NewsArticle","headline":"Told","datePublished":"2031-03-04"} -->',
        '[{"@type":"WebSite"},{"@type":["NewsArticle"],"headline":"Told","datePublished":"2031-03-04"}]',
        '{"@graph":[{"@type":"Person","name":"x"},{"@type":"Article","headline":"Told","datePublished":"2031-03-04"}]}',
        '{"@type":"NewsArticle","headline":"Told", broken "datePublished":"2031-03-04"',
        '{"@type":"http://schema.org/NewsArticle","headline":"Told","datePublished":"2031-03-04"};',
    ],
)
def test_json_ld_is_read_as_pages_write_it(block: str) -> None:
    report = one(page(head=f'<script type="application/ld+json">{block}</script>'))
    assert (report.title, report.published) == ("Told", "2031-03-04")


@pytest.mark.parametrize(
    "block",
    ["", "null", "[]", "[" * 5000, '{"@type":' * 5000, '{"@type":5}', '{"@graph":{}}', "{}"],
)
def test_json_ld_that_says_nothing_does_no_harm(block: str) -> None:
    report = one(page(head=f'<script type="application/ld+json">{block}</script>'))
    assert report.title == "Ferry sails again"


def test_the_article_with_the_pages_address_is_taken() -> None:
    related = linked_data(headline="Related", url="https://courier.example/other")
    own = linked_data(headline="Own", mainEntityOfPage={"@id": "https://courier.example/own"})
    link = '<link rel="canonical" href="https://courier.example/own">'
    assert one(page(head=related + own + link)).title == "Own"


@pytest.mark.parametrize(
    ("head", "above", "below", "name", "found_in"),
    [
        (linked_data(creditText="Norwick Press Agency"), "", "", "Norwick Press Agency", "json-ld"),
        (linked_data(sourceOrganization={"name": "TASS"}), "", "", "TASS", "json-ld"),
        (linked_data(author=[{"name": "Reuters"}]), "", "", "Reuters", "json-ld"),
        ('<meta name="author" content="Anna Holm, AFP">', "", "", "AFP", "meta"),
        ('<meta name="source" content="dpa">', "", "", "dpa", "meta"),
        ("", '<p class="byline">By Anna Holm, Associated Press</p>', "", "Associated Press", "byline"),  # noqa: E501
        ("", '<div class="article-source">Source: Xinhua</div>', "", "Xinhua", "page"),
        ("", '<header><span>Yonhap</span></header>', "", "Yonhap", "page"),
        ("", "", '<div class="credit">© 2031 Agence France-Presse</div>', "Agence France-Presse", "page"),  # noqa: E501
    ],
)  # fmt: skip
def test_credits_of_the_raw_page(
    head: str, above: str, below: str, name: str, found_in: str
) -> None:
    report = one(page(head=head, above=above, below=below))
    found = [credit for credit in report.credits if credit.name == name]
    assert found
    assert found[0].found_in == found_in or found[0].span is not None


def test_a_credit_in_the_text_has_a_span_and_is_not_repeated() -> None:
    body = BODY.replace("<p>The harbour", "<p>PORT VALE (Reuters) - The harbour", 1)
    report = one(page(body=body, above='<p class="source">Reuters</p>'))
    credits = [credit for credit in report.credits if credit.name == "Reuters"]
    assert credits
    for credit in credits:
        assert credit.span is not None
        assert report.text[slice(*credit.span)] == "Reuters"
    assert report.dateline is not None
    assert report.dateline.place == "PORT VALE"


def test_a_picture_is_credited_in_a_note_only() -> None:
    figure = "<figure><img src='a'><figcaption>The ferry. AP Photo/Per Lund</figcaption></figure>"
    report = one(page(above=figure))
    assert report.credits == ()
    assert "picture credited to AP" in report.notes


def test_related_stories_credit_nobody() -> None:
    aside = '<aside><p class="byline">By X, Reuters</p></aside>'
    related = '<div class="related"><span class="source">TASS</span></div>'
    assert one(page(below=aside + related)).credits == ()


def test_what_a_page_says_of_itself() -> None:
    head = (
        '<meta property="og:site_name" content="The Courier">'
        '<meta property="og:url" content="https://courier.example/a">'
        '<meta name="author" content="https://social.example/anna">'
        '<meta name="byl" content="By Anna Holm">'
    )
    report = one(page(head=head, lang="en-GB"))
    assert (report.title, report.outlet) == ("Ferry sails again", "The Courier")
    assert (report.url, report.source) == ("https://courier.example/a", "page.html")
    assert (report.language, report.encoding) == ("en", "utf-8")
    assert report.extractor is not None
    assert report.extractor.startswith("trafilatura ")
    assert report.raw_sha256 is not None
    paragraphs = [line for line in report.text.split("\n") if line.startswith(("The", "“We"))]
    assert len(paragraphs) == 4
    assert "Home" not in report.text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8", "utf-16"])
def test_a_pages_own_charset_is_used(encoding: str) -> None:
    text = "Паром снова вышел в море в понедельник, сообщил городской совет после ремонта. " * 4
    markup = page(body=f"<p>{text}</p>", lang="ru").replace("“", "").replace("”", "")
    raw = markup.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding)
    report = read_bytes(raw, "a.html")
    assert text.strip() in report.text
    assert report.language == "ru"


def test_a_page_is_known_by_its_content(tmp_path: Path) -> None:
    for name in ("page.txt", "page", "page.php"):
        (tmp_path / name).write_text("\n \ufeff" + page() if name == "page" else page(), "utf-8")
    reports, refused = read([str(tmp_path / name) for name in ("page.txt", "page.php")])
    assert refused == ()
    assert {report.title for report in reports} == {"Ferry sails again"}


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<!doctype html>",
        "<html><body><script>let a = 1</script></body></html>",
        "<html><body><p>Please wait</p></body></html>",
        "<p>",
        "<html><head><title>Only a title</title></head></html>",
    ],
)
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(NoArticle) as refusal:
        one(markup)
    assert refusal.value.advice


HOSTILE = {
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x</p>",
    "bare attributes": "<p" + " a" * 50_000 + ">x</p>",
    "deep div": "<div>" * 3000 + "x",
    "deep span": "<span>" * 3000 + "x",
    "deep font": "<b><i><font>" * 1000 + "x",
    "deep tables": "<table><tr><td>" * 1000 + "x",
    "deep lists": "<ul><li>" * 1000 + "x",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_what_hangs_parsers_is_refused_at_once(shape: str) -> None:
    with pytest.raises(TooLarge):
        one(page(below=HOSTILE[shape]))


ODD = {
    "open comment": "<!-- " * 20_000,
    "open tag": "<p " * 20_000,
    "open quote": '<p a="' * 20_000,
    "quotes": "<p " + "\"'" * 50_000,
    "less than": "<" * 100_000,
    "ampersands": "&" * 100_000,
    "entities": "&lt;" * 30_000,
    "closings": "</div>" * 20_000,
    "cdata": "<![CDATA[" * 10_000,
    "doctype": "<!DOCTYPE " * 10_000,
    "scripts": "<script>" * 10_000,
    "script ends": "<script></" + "</scrip" * 10_000,
    "void": "<br>" * 4_000,
    "NUL": "\0" * 1000 + "a",
    "entity declarations": '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]>&z;&x;',
    "bidi": "\u202e\u2066\u200b" * 1000,
}


@pytest.mark.parametrize("shape", ODD)
def test_odd_markup_gives_a_report_or_a_typed_refusal(shape: str) -> None:
    """Also in front of the page, where it can swallow all of it."""
    for markup in (page(below=ODD[shape]), "<html>" + ODD[shape] + page()):
        try:
            report = one(markup)
        except InputRefused:
            continue
        assert "root:" not in report.text


def test_shapes() -> None:
    ordinary = shape_of(page())
    assert (ordinary.nesting < 10, ordinary.attributes < 5) == (True, True)
    assert not is_unusual(ordinary)
    assert shape_of("<p a=1 b='2 3' c=\"4>5\" d e=6/>").attributes == 5
    assert shape_of("<div><p><p><p><br><div></div></div>").nesting == 2
    assert shape_of("<script>" + "<div>" * 500 + "</script><b>").nesting == 1
    assert shape_of("<!-- " + "<div>" * 500 + "--><b>").nesting == 1


def test_an_unusual_page_is_parsed_apart_with_the_same_result() -> None:
    usual = one(page())
    unusual = one(page(below="<div>" * 150 + "</div>" * 150))
    assert is_unusual(shape_of(page(below="<div>" * 150)))
    assert unusual.text == usual.text
    assert unusual.title == usual.title


def test_an_unusual_page_that_takes_too_long_is_stopped() -> None:
    impatient = Settings(limits=Limits(parse_seconds=0.01))
    with pytest.raises(TooSlow):
        one(page(below="<div>" * 150), impatient)
    with pytest.raises(NoArticle):
        one("<html><body>" + "<div>" * 150 + "</body></html>")
