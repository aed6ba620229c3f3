"""The pages in a real browser: nothing runs, nobody is kept out, everything by keyboard."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.stories import Asked
from retold.keeping.refreshing import refresh_quotations
from retold.web.links import Served
from retold.web.site import write_site
from tests.show.payloads import PAYLOADS
from tests.show.test_browser import CHROMIUM

from .served import Serving
from .stories import nasty
from .visited import ADDRESSES

AXE = os.environ.get("RETOLD_AXE")
WIDTHS = (320, 768, 1400)
FORMS = ("/add", "/correct")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("RETOLD_REQUIRE_BROWSER"),
        reason="no Chromium found; set CHROMIUM to the path of one",
    ),
]
needs_axe = pytest.mark.skipif(
    AXE is None and not os.environ.get("RETOLD_REQUIRE_AXE"),
    reason="no axe-core; set RETOLD_AXE to the path of axe.min.js",
)


@pytest.fixture(scope="session")
def address(kept, telling_app):
    with Serving(kept) as where:
        yield where


@pytest.fixture(scope="session")
def pages(telling_app):
    """The address of each page that needs no work in the background of one server."""
    return {
        path: telling_app.address(one)
        for path, one in ADDRESSES.items()
        if path != "/adding/{number}"
    }


def watch(page, where: str) -> list[str]:
    """All that a page should not do, as it happens."""
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    ours = urlsplit(where).netloc

    def asked(request) -> None:
        if not request.url.startswith("data:") and urlsplit(request.url).netloc != ours:
            seen.append(f"request {request.url}")

    page.on("request", asked)
    return seen


def test_the_browser_would_tell(browser):
    page = browser.new_page()
    seen = watch(page, "http://127.0.0.1:1")
    page.set_content("<script>console.log('pwned');alert(1)</script><img src=http://127.0.0.2:9/>")
    assert any("pwned" in one for one in seen)
    assert any(one.startswith("dialog") for one in seen)
    assert any("127.0.0.2" in one for one in seen)
    page.close()


def test_five_hundred_payloads_neither_run_nor_ask(browser, tmp_path):
    """All in the lists that a search gives; each sort on a page of its own too."""
    ways = ("", "x ", "'\"> ", "</p>", "&lt;")
    every = [f"{way}{one}" for way in ways for one in PAYLOADS][:500]
    reports = [nasty(one, number)[number % 2] for number, one in enumerate(every)]
    with open_archive(tmp_path / "a.retold", create=True) as archive:
        add(archive, [Item(one) for one in reports])
        refresh_quotations(archive, workers=1)
        with Serving(archive) as where:
            page = browser.new_page()
            seen = watch(page, where)
            page.goto(where + Served().search({"q": "Velmora"}))
            shown = page.locator(".rows > li").count()
            while page.locator("a[rel=next]").count():
                page.click("a[rel=next]")
                page.wait_for_load_state()
                shown += page.locator(".rows > li").count()
            for report in reports[: len(PAYLOADS)]:
                answer = page.goto(where + Served().report(report.id))
                assert answer.status == 200
            page.close()
    assert shown >= 450
    assert seen == []


def test_no_page_runs_asks_or_breaks_the_policy(browser, address, pages):
    page = browser.new_page()
    seen = watch(page, address)
    for one in pages.values():
        answer = page.goto(address + one, wait_until="load")
        assert answer.status == 200, one
        page.wait_for_timeout(50)  # for what a script would do behind that
    page.close()
    assert seen == []


def test_a_site_opens_from_the_disk_as_it_is_meant(browser, kept, tmp_path):
    write_site(kept, tmp_path / "site", Asked())
    page = browser.new_page()
    seen = watch(page, "file://")
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page.goto(path.as_uri(), wait_until="load")
        serif = page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight")
        assert serif == "600", "the style sheet was refused"
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.click(".stories h2 a")
    page.wait_for_selector(".story-head")
    page.click("nav.parts a:has-text('Passages')")
    assert page.url.endswith("passages.html")
    page.close()
    assert seen == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(browser, address, pages, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for one in pages.values():
        page.goto(address + one, wait_until="load")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append((one, page.evaluate(_WIDE, width)))
    page.close()
    assert wide == []


_WIDE = """width => [...document.querySelectorAll('body *')].filter(
  one => one.getBoundingClientRect().right > width + 1 && !one.closest('.scroll, .vh, .skip'))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 160))"""


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious(browser, address, pages, width, scheme):
    assert AXE, "RETOLD_AXE names no axe.min.js"
    script = Path(AXE).read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    for one in pages.values():
        page.goto(address + one, wait_until="load")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.evaluate(script)
        found += [(one, *violation) for violation in page.evaluate(_AXE)]
    context.close()
    assert found == []


_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(one => one.impact === 'serious' || one.impact === 'critical')
  .map(one => [one.id, one.impact, one.nodes.length, one.nodes[0].html.slice(0, 200),
               one.nodes[0].failureSummary.slice(0, 300)])"""


def test_everything_is_reached_by_keyboard(browser, address, pages):
    """In the order of the page, each with a mark that is seen, and out again at the end."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    for one in pages.values():
        page.goto(address + one, wait_until="load")
        number = page.evaluate(_REACHABLE)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", one
        seen = [page.evaluate(_FOCUS)]
        for _ in range(min(number, 60) - 1):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(_FOCUS))
        assert all(step["mark"] for step in seen), (one, [s for s in seen if not s["mark"]][:2])
        places = [step["place"] for step in seen]
        assert places == sorted(places), one
        dates = page.locator("input[type=date]").count()  # each of four parts
        assert len(set(places)) + 3 * dates >= len(places), one
    page.goto(address + pages["/"], wait_until="load")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("/")
    assert page.input_value("input[name=q]") == "/"
    page.close()


_REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility() && one.tabIndex >= 0)
  // of those that exclude each other, one
  .filter((one, at, all) => one.type !== 'radio' || at === all.findIndex(
    other => other.type === 'radio' && other.name === one.name)).length"""
# The button of a date's calendar is marked inside its field, where scripts do not see it.
_FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  return {
    what: one.outerHTML.slice(0, 120),
    mark: one === document.body || one.type === 'date' && !one.matches(':focus-visible')
      || look.outlineStyle !== 'none' && look.outlineWidth !== '0px',
    place: one === document.body ? 1e9 : [...document.querySelectorAll('*')].indexOf(one),
  };
}"""
