"""Adding and correcting in a real browser, as people do it: pages, forms, keys; with and without
scripts."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time

import pytest

from retold.archive import corrections
from retold.archive.getting import count, each
from retold.holdings import FieldCorrected
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.serving import access_for

from .corrected import members, story_of
from .test_adding import TEXT

CHROMIUM = next(
    filter(
        None,
        (
            os.environ.get("CHROMIUM"),
            *map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome")),
        ),
    ),
    None,
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium found; set CHROMIUM to the path of one"
    ),
]


@pytest.fixture
def served(two_told):
    """The app on a free port; gives its address."""
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = create_app(two_told, access_for("127.0.0.1", port, (), None))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request, browser, served):
    """A page of the app; nothing on it may fail, and nothing be asked of elsewhere."""
    context = browser.new_context(java_script_enabled=request.param, base_url=served)
    context.set_default_timeout(30_000)
    one = context.new_page()
    wrong: list[str] = []
    one.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    one.on("pageerror", lambda error: wrong.append(str(error)))
    one.on(
        "request",
        lambda asked: None if asked.url.startswith(served) else wrong.append(asked.url),
    )
    yield one
    context.close()
    assert [each for each in wrong if "409" not in each and "400" not in each] == []


def sign(page, name: str = "Ines Ott", note: str = "asked them") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Note, if you like").fill(note)


def send(page, button) -> None:
    """Click it, and wait until the server has done what it says."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        button.click()


def undo_last(page, which: int = 0) -> None:
    """As people find it: the list, its first entry, its undoing."""
    page.goto("/corrections")
    page.locator(".decision a.correct").nth(which).click()
    assert page.get_by_label("Your name").input_value() == "Ines Ott"  # remembered
    send(page, page.locator("form.correcting button"))
    page.wait_for_url("**/corrections*")


def test_stories_merged_from_the_story_and_undone(page, two_told):
    ferry = story_of(two_told, "ferry-1")
    page.goto(f"/story/{ferry}")
    page.get_by_role("link", name="Merge, part, move or pin").click()
    page.get_by_role("radio", name="Pier burns").check()
    sign(page)
    send(page, page.get_by_role("button", name="Merge this whole story"))
    page.wait_for_url("**/story/**")
    assert "pier" in members(two_told, "ferry-1")
    undo_last(page)
    assert members(two_told, "pier") == {"pier"}


def test_a_report_parted_off_pinned_and_moved(page, two_told):
    ferry = story_of(two_told, "ferry-1")
    for button, chosen, after in (
        ("Part the chosen", ["Ferry collides"], {"ferry-2"}),
        ("Keep the chosen", ["Ferry collides", "Nachtf"], {"ferry-1", "ferry-2", "ferry-3"}),
        ("Move the chosen", ["Ferry collides"], {"ferry-2", "pier"}),
    ):
        page.goto(f"/correct/story?story={ferry}")
        for name in chosen:
            page.get_by_role("checkbox", name=name).check()
        page.get_by_role("radio", name="Pier burns").check()
        sign(page)
        send(page, page.get_by_role("button", name=button))
        page.wait_for_url("**/story/**")
        assert members(two_told, "ferry-2") == after
        undo_last(page)
        assert members(two_told, "ferry-2") == {"ferry-1", "ferry-2", "ferry-3"}


def test_a_reading_parted_off_and_joined_again(page, two_told):
    story = story_of(two_told, "ferry-1")
    telling = telling_of(two_told, story)
    whole = next(one for one in telling.passages if len(one.readings) == 3)
    page.goto(f"/story/{story}/passage/{whole.id}")
    page.get_by_role("link", name="Part its readings").click()
    page.get_by_role("checkbox", name="Daily Pontoon").check()
    sign(page)
    send(page, page.get_by_role("button", name="Part the chosen readings off"))
    page.wait_for_url("**/story/**")
    parted = telling_of(two_told, story)
    same = [one for one in parted.passages if set(one.readings) == set(whole.readings)]
    assert len(same) < sum(set(one.readings) == set(whole.readings) for one in telling.passages)
    passage = next(one for one in parted.passages if "ferry-2" not in one.readings)
    page.goto(f"/correct/passage?story={story}&passage={passage.id}")
    page.get_by_role("radio", name="in no other report").first.check()
    sign(page)
    send(page, page.get_by_role("button", name="Join with the chosen one"))
    page.wait_for_url("**/story/**")
    assert telling_of(two_told, story).passages != parted.passages
    undo_last(page)
    assert telling_of(two_told, story).passages == parted.passages
    undo_last(page, 1)
    assert telling_of(two_told, story).passages == telling.passages


def test_descent_confirmed_and_rejected(page, two_told):
    story = story_of(two_told, "ferry-1")
    before = telling_of(two_told, story).stemma.edges
    page.goto(f"/correct/edge?story={story}")
    page.get_by_label("This report").select_option("ferry-1")
    page.get_by_label("has text from").select_option("ferry-3")
    sign(page)
    send(page, page.get_by_role("button", name="Confirm"))
    page.wait_for_url("**/story/**")
    edges = telling_of(two_told, story).stemma.edges
    assert any((one.from_, one.to) == ("ferry-3", "ferry-1") for one in edges)
    page.goto(f"/story/{story}")
    page.get_by_text("What people decided").wait_for()
    page.goto(f"/story/{story}/descent")
    page.get_by_role("link", name="Confirm or reject").first.click()
    sign(page)
    send(page, page.get_by_role("button", name="Reject"))
    page.wait_for_url("**/story/**")
    assert len(telling_of(two_told, story).stemma.edges) < len(edges)
    undo_last(page)
    undo_last(page, 1)
    assert telling_of(two_told, story).stemma.edges == before


def test_names_joined_and_parted(page, two_told):
    story = story_of(two_told, "ferry-1")
    before = telling_of(two_told, story).actors
    page.goto(f"/correct/actors?story={story}")
    page.get_by_role("checkbox", name="Tobin Harrach").check()
    page.get_by_role("checkbox", name="Mara Lindqvold").check()
    sign(page)
    send(page, page.get_by_role("button", name="The chosen are one"))
    page.wait_for_url("**/story/**")
    assert len(telling_of(two_told, story).actors) == len(before) - 1
    undo_last(page)
    assert telling_of(two_told, story).actors == before
    page.goto(f"/correct/actors?story={story}&q=Lindqvold")
    page.get_by_role("radio").last.check()
    sign(page)
    send(page, page.get_by_role("button", name="another’s"))
    page.wait_for_url("**/story/**")
    assert len(telling_of(two_told, story).actors) == len(before) + 1
    undo_last(page)
    assert telling_of(two_told, story).actors == before


def test_a_speaker_is_the_same_as_another(page, two_told):
    page.goto("/person?name=Mara+Lindqvold")
    page.get_by_role("link", name="The same person under another name").click()
    page.get_by_label("Find the other name").fill("Reyl")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Ana Reyl").check()
    sign(page)
    send(page, page.get_by_role("button", name="The chosen are the same"))
    page.wait_for_url("**/person?*")
    page.get_by_text("We saved the lamps").first.wait_for()
    undo_last(page)
    page.goto("/person?name=Mara+Lindqvold")
    assert page.get_by_text("We saved the lamps").count() == 0


def test_fields_corrected_and_undone_and_an_overtaken_one(page, two_told):
    page.goto("/report/pier")
    page.get_by_role("link", name="Correct outlet, date, language, title").click()
    page.get_by_label("Outlet").fill("Solmund Evening Post")
    sign(page, note="<b>it says so</b>")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url("**/report/pier")
    page.get_by_text("Solmund Evening Post").first.wait_for()
    page.get_by_text("<b>it says so</b>").wait_for()
    page.get_by_role("link", name="Undo").click()
    send(page, page.get_by_role("button", name="Undo"))
    page.get_by_text("Solmund Evening Post").first.wait_for(state="detached")
    page.goto("/correct/report?report=pier")
    page.get_by_label("Outlet").fill("Mine")
    sign(page, note="my reasons")
    corrections.correct(two_told, FieldCorrected("pier", "outlet", "Theirs"), by="Ben")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_text("Ben decided about the same meanwhile").wait_for()
    assert page.get_by_label("Outlet").input_value() == "Mine"
    assert page.get_by_label("Note, if you like").input_value() == "my reasons"
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url("**/report/pier")
    page.get_by_text("Mine").first.wait_for()


def test_a_text_is_pasted_and_a_file_chosen(page, two_told, tmp_path):
    before = count(two_told)
    page.goto("/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Outlet").fill("Anser Courier")
    page.get_by_role("button", name="Add the text").click()
    page.get_by_text("are up to date").wait_for()
    page.get_by_role("link", name="its story").click()
    page.goto("/add")
    file = tmp_path / "nets.csv"
    file.write_text("Headline;Body\nNets;The nets were mended on Friday, the crews said.\n")
    page.locator("input[type=file]").set_input_files([str(file)])
    page.get_by_role("button", name="Add the files").click()
    page.get_by_text("are up to date").wait_for()
    page.get_by_role("link", name="Nets").wait_for()
    assert count(two_told) == before + 2
    assert {one.report.source for one in each(two_told)} >= {"pasted text", "nets.csv"}


def test_by_the_keys_alone(page, two_told):
    page.goto("/correct/report?report=pier")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():
            continue
        name = focused.get_attribute("name")
        seen.append(name)
        if name == "outlet":
            page.keyboard.press("Control+A")
            page.keyboard.type("By Keys")
        elif name == "by":
            page.keyboard.type("Ines Ott")
        elif focused.evaluate("one => one.tagName") == "BUTTON":
            page.keyboard.press("Enter")
            break
    page.wait_for_url("**/report/pier")
    assert {"title", "outlet", "published", "language", "byline", "by", "note"} <= set(seen)
    page.get_by_text("By Keys").first.wait_for()


@pytest.fixture
def scripted(browser, served):
    """A page with scripts."""
    context = browser.new_context(base_url=served)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_a_form_opens_in_place_by_the_keys_and_escape_closes_it(scripted):
    page = scripted
    page.goto("/report/pier")
    link = page.get_by_role("link", name="Correct outlet, date, language, title")
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("region", name="What is known of this report")
    box.wait_for()
    assert page.url.endswith("/report/pier")
    assert focused(page) == "What is known of this report"
    assert link.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("name") == "title"
    page.keyboard.press("Escape")
    box.wait_for(state="detached")
    assert focused(page) == "Correct outlet, date, language, title"
    assert link.get_attribute("aria-expanded") is None
    link.click()
    page.get_by_role("button", name="Cancel").click()
    box.wait_for(state="detached")
    assert focused(page) == "Correct outlet, date, language, title"


def test_what_is_decided_in_place_shows_in_place(scripted, two_told):
    page = scripted
    page.goto("/report/pier")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Correct outlet, date, language, title").click()
    page.get_by_label("Outlet").fill("Solmund Evening Post")
    sign(page)
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_text("What people decided").wait_for()
    assert page.evaluate("window.same") is True
    assert page.get_by_role("button", name="Cancel").count() == 0
    assert focused(page) == "Correct outlet, date, language, title"
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("What people decided").wait_for(state="detached")
    assert page.evaluate("window.same") is True
    assert not [
        one
        for one in corrections.listed(two_told)
        if one.holds and one.what.__class__ is FieldCorrected
    ]


def test_what_cannot_be_done_is_said_in_place_with_all_that_was_typed(scripted, two_told):
    page = scripted
    page.goto("/report/pier")
    page.get_by_role("link", name="Correct outlet, date, language, title").click()
    page.get_by_label("Outlet").fill("Mine")
    sign(page, note="my reasons")
    corrections.correct(two_told, FieldCorrected("pier", "outlet", "Theirs"), by="Ben")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert "Ben decided about the same meanwhile" in focused(page)
    assert page.get_by_label("Outlet").input_value() == "Mine"
    assert page.get_by_label("Note, if you like").input_value() == "my reasons"
    assert page.url.endswith("/report/pier")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("alert").wait_for(state="detached")
    page.get_by_text("Mine").first.wait_for()


def test_a_story_is_worked_out_anew_behind_the_form(scripted, two_told):
    page = scripted
    story = story_of(two_told, "ferry-1")
    page.goto(f"/story/{story}/descent")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Confirm or reject").first.click()
    sign(page)
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("being worked out").wait_for()
    page.get_by_role("button", name="Cancel").wait_for(state="detached", timeout=90_000)
    assert page.evaluate("window.same") is True
    assert page.url.endswith("/descent")
    page.goto(f"/story/{story}")
    page.get_by_text("What people decided").wait_for()
