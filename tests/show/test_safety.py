"""Text from outside stays text, whatever it holds and wherever it stands."""

from __future__ import annotations

import re

import pytest
from lxml import html

from retold.show.html.markup import el, text
from retold.show.html.style import page_style
from retold.show.notebook import fragment
from retold.show.page import page
from tests.show.payloads import PAYLOADS
from tests.show.tellings import nasty, seas

ATTRIBUTES = {
    "a": {"href", "class", "rel", "dir"},
    "article": {"id", "class", "aria-labelledby", "tabindex"},
    "b": {"class"},
    "bdi": {"class"},
    "blockquote": {"class", "lang", "dir"},
    "body": {"class"},
    "caption": set(),
    "code": set(),
    "dd": {"lang", "dir"},
    "desc": {"id"},
    "details": {"class", "open"},
    "div": {"class", "lang", "dir", "tabindex", "role", "aria-label"},
    "dl": {"class"},
    "dt": set(),
    "figcaption": set(),
    "figure": {"class"},
    "footer": {"class"},
    "g": {"class"},
    "h1": set(),
    "h2": {"id"},
    "h3": {"id"},
    "head": set(),
    "header": set(),
    "html": {"lang"},
    "li": {"id", "class", "tabindex"},
    "main": {"id", "tabindex"},
    "mark": {"id", "class", "tabindex"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "nav": {"class", "aria-label"},
    "ol": {"class", "aria-label"},
    "p": {"class", "lang", "dir"},
    "path": {"d", "class"},
    "q": {"class", "lang", "dir"},
    "rect": {"x", "y", "width", "height", "rx"},
    "section": {"id", "aria-labelledby", "tabindex"},
    "span": {"id", "class", "tabindex", "aria-hidden", "dir"},
    "strong": set(),
    "style": set(),
    "summary": set(),
    "svg": {"class", "viewbox", "width", "height", "role", "aria-labelledby"},
    "table": {"class"},
    "tbody": set(),
    "td": {"class"},
    "text": {"x", "y", "class"},
    "th": {"scope"},
    "thead": set(),
    "time": {"datetime"},
    "title": {"id"},
    "tr": set(),
    "ul": {"class", "lang", "dir", "aria-label"},
}


def elements(made: str) -> list[html.HtmlElement]:
    # As a file is read: lone surrogates would fail here, so there are none.
    return list(html.document_fromstring(made.encode("utf-8")).iter())


def check(made: str) -> None:
    for element in elements(made):
        assert isinstance(element.tag, str), "a comment or an instruction"
        assert element.tag in ATTRIBUTES, element.tag
        extra = {name.lower() for name in element.attrib} - ATTRIBUTES[element.tag]
        assert not extra, (element.tag, extra)
        address = element.get("href")
        assert address is None or re.match(r"#[\w.-]+$|https?://", address), address
        own = element.get("id")
        assert own is None or re.fullmatch(r"[\w.-]+", own), own


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_beyond_the_template_is_in_the_page(payload):
    made = page(nasty(payload))
    check(made)
    found = elements(made)
    assert [element.text for element in found if element.tag == "style"] == [page_style()]
    assert sum(element.tag in ("h1", "main", "body") for element in found) == 3


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_beyond_the_template_is_in_the_notebook(payload):
    check(fragment(nasty(payload)))


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if one.isprintable()])
def test_the_text_is_all_there(payload):
    """Escaped, not removed."""
    found = html.document_fromstring(page(nasty(payload)).encode("utf-8"))
    sentence = found.get_element_by_id("s-A-2")
    for added in sentence.xpath(".//*[@class='vh' or @class='n' or @class='gap' or @class='sn']"):
        added.drop_tree()
    assert "".join(sentence.text_content().split()) == "".join(f"Before{payload}afterx.".split())


def test_what_is_allowed_is_what_is_made():
    """The list above holds nothing that the template does not use."""
    used: dict[str, set[str]] = {}
    for made in (page(seas()), fragment(seas()), page(nasty("http://x.example/"))):
        for element in elements(made):
            used.setdefault(element.tag, set()).update(name.lower() for name in element.attrib)
    unused = {
        (tag, name) for tag, names in ATTRIBUTES.items() for name in names - used.get(tag, set())
    }
    assert not unused - {("bdi", "class"), ("a", "rel")}
    assert set(ATTRIBUTES) == set(used)


def test_the_policy_allows_one_style_sheet_and_nothing_else():
    made = page(seas())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made)
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;; style-src &#x27;sha256-")
    assert made.index("Content-Security-Policy") < made.index("<style>")
    assert "unsafe" not in policy[1]
    assert not re.search(r"\sstyle=|\son\w+=|@import|url\(|<script|<link|<img|src=", made)


def test_an_address_leads_into_the_page_or_to_the_web():
    assert el("a", "x", href="javascript:1") == "<a>x</a>"
    assert el("a", "x", href=" https://x.example") == "<a>x</a>"
    assert el("a", "x", href="HTTPS://x.example/?a=1&b=2") == (
        '<a href="HTTPS://x.example/?a=1&amp;b=2">x</a>'
    )


def test_hidden_characters_are_marked():
    assert text("a\u202eb\u200bc") == (
        'a<span class="ctl">⟨RLO⟩</span>b<span class="ctl">⟨ZWSP⟩</span>c'
    )
