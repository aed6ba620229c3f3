"""Words from outside stay words on every page, of the server and of a site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from retold.archive import open_archive
from retold.archive.stories import Asked
from retold.web.site import write_site
from tests.show.payloads import PAYLOADS

from .asking import ask
from .stories import keep, nasty, several_scripts
from .visited import ADDRESSES, Visited, visited

HEADERS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
}
# What an address may begin with: our own pages, their parts, and the web.
SOUND = re.compile(r"/(?!/)|#|\?|https?://|data:,$")
RELATIVE = re.compile(r"(\.\./)*[a-z0-9][a-z0-9/_-]*\.(html|css)(#|$)|#|https?://|data:,$")


def together(payloads) -> list:
    """A report for each payload; all tell one event."""
    return [nasty(payload, number)[number % 2] for number, payload in enumerate(payloads)]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """An app whose every word from outside is a payload."""
    with open_archive(tmp_path_factory.mktemp("hostile") / "a.retold", create=True) as one:
        reports = together(PAYLOADS)
        keep(one, reports)
        yield one, visited(one, reports[0].id, PAYLOADS[0], PAYLOADS[0]), reports


@pytest.fixture(scope="session")
def harmless(tmp_path_factory):
    """The same with words that are only words: what the templates have."""
    with open_archive(tmp_path_factory.mktemp("harmless") / "a.retold", create=True) as one:
        reports = together([f"harmless{number}" for number in range(12)])
        keep(one, [*reports, *several_scripts()])
        yield one, visited(one, reports[0].id, "harmless0", "harmless0"), reports


def shape(page: bytes) -> set[tuple[str, str]]:
    """The elements of a page, and their attributes."""
    found = set()
    for element in html.document_fromstring(page).iter():
        assert isinstance(element.tag, str), "a comment or an instruction"
        found.add((element.tag, ""))
        found.update((element.tag, name) for name in element.attrib)
    return found


def check(page: bytes, sound: re.Pattern[str]) -> None:
    for element in html.document_fromstring(page).iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name != "style"
            if name in ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"):
                assert sound.match(value), (element.tag, name, value)
            if name == "id":
                assert not re.search(r"\s", value), value
        if element.tag in ("script", "iframe", "object", "embed", "base"):
            assert element.tag == "script"
            assert not (element.text or "").strip()
            assert element.get("src", "").startswith("/static/")


def addresses(one: Visited, reports) -> list[str]:
    from retold.web.links import Served

    links = Served()
    return [
        *(one.address(address) for address in ADDRESSES.values()),
        *(links.report(report.id) for report in reports),
        *(links.person(report.title or "x") for report in reports[:12]),
    ]


def test_nothing_beyond_the_template_is_on_any_page(hostile, harmless, telling_app):
    allowed = {found for one in ADDRESSES.values() for found in shape(telling_app.ask(one).body)}
    for _, one, reports in (harmless,):
        for address in addresses(one, reports):
            allowed |= shape(ask(one.app, address).body)
    _, one, reports = hostile
    for address in addresses(one, reports):
        answer = ask(one.app, address)
        assert answer.status in (200, 400), (address, answer.text[:200])
        check(answer.body, SOUND)
        extra = shape(answer.body) - allowed
        assert not extra - ALSO, (address, extra)


# What the pages of few and tidy reports happen not to have: marks of what cannot be seen, and
# tables that are drawn as strips where there are many.
ALSO = {
    *((tag, "") for tag in ("code", "details", "summary", "span", "rect", "g", "title", "desc")),
    *(("rect", name) for name in ("class", "x", "y", "width", "height")),
    *(("mark", name) for name in ("", "class", "id", "tabindex")),
    *(("q", name) for name in ("", "class", "dir", "lang")),
    ("span", "class"),
    ("details", "class"),
    ("table", "class"),
    ("ul", "aria-label"),
    ("td", "colspan"),
    ("h1", ""),
}


def test_nothing_beyond_the_template_is_in_a_site(hostile, tmp_path):
    archive, _, reports = hostile
    sums = write_site(archive, tmp_path / "site", Asked())
    assert sums.reports >= len(reports) - 1
    pages = sorted((tmp_path / "site").rglob("*.html"))
    tags = set()
    for page in pages:
        assert re.fullmatch(r"[a-z0-9_./-]+", page.relative_to(tmp_path).as_posix())
        content = page.read_bytes()
        check(content, RELATIVE)
        tags |= {tag for tag, _ in shape(content)}
    assert not tags & {"script", "form", "input", "button", "img", "iframe", "object", "embed"}
    assert {path.name for path in Path(tmp_path).iterdir()} == {"site"}


def test_the_words_are_all_there(hostile):
    """Escaped, not removed."""
    _, one, reports = hostile
    for payload, report in zip(PAYLOADS, reports, strict=True):
        if not payload.isprintable():
            continue
        page = html.document_fromstring(ask(one.app, _address(report.id)).body)
        (title,) = page.xpath("//main//h1")
        assert " ".join(title.text_content().split()) == " ".join(report.title.split())


def _address(report: str) -> str:
    from retold.web.links import Served

    return Served().report(report)


def test_every_answer_has_the_headers_that_keep_scripts_out(hostile):
    _, one, reports = hostile
    asked = [
        *addresses(one, reports[:3]),
        "/static/retold.css",
        "/static/keys.js",
        "/static/none.js",
        "/static/../app.py",
        "/openapi.json",
        "/nothing",
        "/search?q=-x",
        "/index.json",
    ]
    for address in asked:
        answer = ask(one.app, address)
        assert set(answer.headers) >= HEADERS, address
        assert "unsafe" not in answer.headers["content-security-policy"]
    for answer in (
        ask(one.app, "/", host="evil.example"),
        ask(one.app, "/demo", method="POST"),
        ask(one.app, "/", method="PUT"),
    ):
        assert answer.status >= 400
        assert set(answer.headers) >= HEADERS


def test_a_file_beside_the_static_ones_is_not_handed_out(hostile):
    _, one, _ = hostile
    for address in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/....//app.py",
        "/static/",
        "/static",
    ):
        answer = ask(one.app, address)
        assert answer.status in (404, 405, 307), address
        assert b"create_app" not in answer.body


def test_the_page_that_a_report_came_from_is_never_shown(tmp_path):
    """Only its text is: the bytes are kept, and no address leads to them."""
    from retold.archive.adding import Item, add
    from retold.read import read_bytes
    from retold.settings import DEFAULTS
    from retold.web.app import create_app
    from retold.web.serving import access_for

    raw = (
        b"<html><head><title>Bridge opened</title></head><body><article><h1>Bridge opened</h1>"
        b"<p>The mayor opened the bridge on Friday, thousands came to see it and to cross it."
        b"<script>mark1()</script></p><p onclick=mark2()>She said that it had cost forty million "
        b"crowns and that the town would pay for thirty years.</p></article></body></html>"
    )
    with open_archive(tmp_path / "a.retold", create=True) as one:
        report = read_bytes(raw, "bridge.html", DEFAULTS)
        add(one, [Item(report, raw)])
        app = create_app(one, access_for("127.0.0.1", 8417, (), None))
        page = ask(app, _address(report.id))
        assert page.status == 200
        assert "forty million" in page.text
        assert "mark1" not in page.text
        assert "mark2" not in page.text
