"""Pages that are kept: the same for everybody, and never older than the archive."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.stories import of_reports
from retold.holdings import EdgeRejected, FieldCorrected, ReportMoved
from retold.keeping.correcting import correct, undo
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.desk import SIGNED
from retold.web.guard import form_token
from retold.web.handlers import reading
from retold.web.remembered import Answer, Remembered
from retold.web.serving import access_for
from retold.web.shelf import Shelf

from .asking import ask
from .corrected import keep_two, story_of
from .stories import several_scripts


@pytest.fixture(autouse=True)
def nothing_works_behind(monkeypatch):
    """Tellings are made when a test makes them: not for a page of a story, nor for the list.

    One that came in between would make the later of two askings that are compared another page.
    """
    monkeypatch.setattr(Shelf, "_work", lambda *_: None)
    monkeypatch.setattr(Shelf, "trace", lambda *_: frozenset())


def body(text: str, *, lasting: bool = True) -> Answer:
    return Answer(text.encode(), "text/html", lasting=lasting)


def key(path: str, query: str = "") -> tuple[str, bytes, bool]:
    return path, query.encode(), False


# What is kept, and for how long


def test_a_page_is_made_once_until_something_is_committed(empty):
    kept = Remembered(empty)
    made = iter(("first", "second"))

    def asked() -> bytes:
        return kept.answer(key("/"), None, lambda: body(next(made)))[0].body

    assert asked() == asked() == b"first"
    keep_two(empty)
    assert asked() == asked() == b"second"


def test_what_is_committed_elsewhere_is_noticed_and_what_is_not_touched_stays(empty, tmp_path):
    kept = Remembered(empty)
    prints = ["a"]
    made: list[str] = []

    def asked() -> None:
        def make() -> Answer:
            made.append(prints[0])
            return body(prints[0])

        kept.answer(key("/story/x"), lambda connection: prints[0], make)

    asked()
    with open_archive(empty.where) as other:
        add(other, [Item(several_scripts()[0])])
    asked()
    assert made == ["a"]
    prints[0] = "b"
    asked()
    assert made == ["a"]  # nothing was committed, so nothing was asked
    add(empty, [Item(several_scripts()[1])])
    asked()
    asked()
    assert made == ["a", "b"]


def test_what_is_committed_while_a_page_is_made_is_not_missed(empty):
    kept = Remembered(empty)
    texts = several_scripts()

    def make() -> Answer:
        found = len(texts)
        add(empty, [Item(texts.pop())])  # behind what the page saw
        return body(str(found))

    assert kept.answer(key("/"), None, make)[0].body == b"6"
    assert kept.answer(key("/"), None, make)[0].body == b"5"


def test_what_says_how_far_work_is_is_made_each_time(empty):
    kept = Remembered(empty)
    made = iter("123")
    for wanted in (b"1", b"2", b"3"):
        found, _ = kept.answer(key("/"), None, lambda: body(next(made), lasting=False))
        assert found.body == wanted


def test_an_error_is_not_kept(empty):
    kept = Remembered(empty)

    def fail() -> Answer:
        raise KeyError

    with pytest.raises(KeyError):
        kept.answer(key("/"), None, fail)
    assert kept.answer(key("/"), None, lambda: body("whole"))[0].body == b"whole"


def test_it_holds_a_bounded_number_of_bytes(empty):
    kept = Remembered(empty, most=10_000)
    made: list[str] = []

    def asked(path: str, size: int) -> None:
        def make() -> Answer:
            made.append(path)
            return body("x" * size)

        kept.answer(key(path), None, make)

    for number in range(50):
        asked(f"/{number}", 1_000)
    assert sum(len(one.answer.body) for one in kept._kept.values()) == kept._size <= 10_000
    made.clear()
    asked("/49", 1_000)
    assert made == []
    asked("/1", 1_000)
    asked("/large", 9_000)
    asked("/large", 9_000)  # larger than an eighth: it would push out too much
    kept.answer(("/", b"q=" + b"x" * 5_000, False), None, lambda: body("long question"))
    assert made == ["/1", "/large", "/large"]
    assert all(len(path) + len(query) < 5_000 for path, query, _ in kept._kept)


def test_of_those_who_ask_at_once_one_makes_the_page(empty):
    kept = Remembered(empty)
    made: list[int] = []
    begun = threading.Event()
    go_on = threading.Event()

    def make() -> Answer:
        made.append(1)
        begun.set()
        assert go_on.wait(20)
        return body("page")

    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(kept.answer, key("/"), None, make)
        assert begun.wait(20)
        others = [pool.submit(kept.answer, key("/"), None, make) for _ in range(5)]
        go_on.set()
        assert {one.result()[0].body for one in (first, *others)} == {b"page"}
    assert made == [1]
    assert kept._making == {}


# The app's pages


def addresses(archive) -> list[str]:
    story, pier = story_of(archive, "ferry-1"), story_of(archive, "pier")
    return [
        "/",
        "/?kind=number",
        "/?q=ferry",
        "/search?q=ferry",
        "/quotations?q=bang",
        "/person?name=Mara+Lindqvold",
        "/corrections",
        "/report/ferry-1",
        "/report/ferry-2",
        "/report/pier",
        f"/story/{pier}",
        f"/story/{story}",
        f"/story/{story}?rows=all",
        *(f"/story/{story}/{page}" for page in ("passages", "statements", "descent", "evidence")),
        f"/story/{story}/passage/P1",
        "/report/ferry-1.json",
        f"/story/{story}.json",
        "/index.json",
    ]


def changes(archive, other):
    """What people and programs do to an archive; `other` is another handle of it."""
    story = story_of(archive, "ferry-1")
    yield "a decision", correct(archive, EdgeRejected("ferry-1", "ferry-2"), by="Ana")
    yield "its telling", telling_of(other, story)
    yield "its undoing elsewhere", undo(other, 1, by="Ben")
    yield "the telling again", telling_of(archive, story)
    yield "a title", correct(other, FieldCorrected("ferry-1", "title", "Other words"), by="Ana")
    yield "quotations again", refresh_quotations(other, workers=1)
    yield "stories again", refresh_stories(other)
    yield "told again", telling_of(other, story_of(archive, "ferry-1"))
    again = several_scripts()[0]
    again = msgspec.structs.replace(again, id="again", text=f"{again.text} No ferry leaves today.")
    yield "a report", add(other, [Item(again)])
    yield "its quotations", refresh_quotations(archive, workers=1)
    yield "its story", refresh_stories(archive)
    yield (
        "moved",
        correct(archive, ReportMoved("ferry-2", "pier", ("ferry-1", "ferry-3")), by="Ana"),
    )
    for one in ("ferry-1", "pier"):
        yield "told", telling_of(archive, story_of(archive, one))


def test_no_page_is_older_than_the_archive(two):
    for one in ("ferry-1", "pier"):
        telling_of(two, story_of(two, one))
    access = access_for("127.0.0.1", 8417, (), None)
    app = create_app(two, access)
    every = addresses(two)
    with open_archive(two.where) as other:
        before = {one: ask(app, one).body for one in every}
        seen: set[str] = set()
        for what, _ in changes(two, other):
            fresh = create_app(two, access)
            for one in every:
                wanted, found = ask(fresh, one), ask(app, one)
                assert found.status == wanted.status, (what, one)
                assert found.body == wanted.body, (what, one)
                if found.body != before[one]:
                    seen.add(one)
                before[one] = found.body
        # The test would prove nothing of a page that nothing changed.
        assert seen == set(every)


def test_a_correction_that_was_sent_is_seen_on_the_next_load(two):
    telling_of(two, story_of(two, "ferry-1"))
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    before = ask(app, "/report/ferry-1")
    assert "Renamed by hand" not in before.text
    correct(two, FieldCorrected("ferry-1", "title", "Renamed by hand"), by="Ana")
    known = [("if-none-match", before.headers["etag"])]
    after = ask(app, "/report/ferry-1", headers=known)
    assert (after.status, "Renamed by hand" in after.text) == (200, True)


# What browsers keep


def test_a_reload_costs_no_page(two):
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    first = ask(app, "/")
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = ask(app, "/", headers=[("if-none-match", known)])
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert "content-security-policy" in again.headers
    assert ask(app, "/", headers=[("if-none-match", '"other"')]).status == 200
    as_json = ask(app, "/", headers=[("accept", "application/json"), ("if-none-match", tag)])
    assert as_json.status == 200
    assert as_json.headers["etag"] != tag
    assert "Accept" in first.headers["vary"]
    correct(two, ReportMoved("ferry-2", None, ("ferry-1", "ferry-3")), by="Ana")
    assert ask(app, "/", headers=[("if-none-match", tag)]).status == 200


def test_the_token_of_another_run_is_never_confirmed(empty):
    """The page of an empty archive has a form."""
    first, second = (access_for("127.0.0.1", 8417, (), None) for _ in range(2))
    before = ask(create_app(empty, first), "/")
    assert form_token(first) in before.text
    after = ask(create_app(empty, second), "/", headers=[("if-none-match", before.headers["etag"])])
    assert after.status == 200
    assert form_token(second) in after.text
    assert form_token(first) not in after.text


def test_what_one_reader_signed_with_is_shown_to_nobody_else(two):
    story = story_of(two, "ferry-1")
    telling_of(two, story)
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    signed = [("cookie", f"{SIGNED}=Ines%20Ott")]
    for one in [*addresses(two), f"/correct/edge?story={story}", "/correct/report?report=pier"]:
        mine = ask(app, one, headers=signed)
        others = ask(app, one)
        assert mine.status == others.status == 200
        assert "Ines Ott" not in others.text
        if one.startswith("/correct/"):
            assert "Ines Ott" in mine.text
            assert "etag" not in mine.headers
        else:
            assert mine.body == others.body
        assert "no-cache" in mine.headers["cache-control"]


def test_pages_that_are_kept_read_no_header(two, monkeypatch):
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    seen = []
    handler = reading.PAGES["/search"]

    def look(desk, request):
        seen.append(dict(request.headers))
        return handler(desk, request)

    monkeypatch.setitem(reading.PAGES, "/search", look)
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    ask(app, "/search?q=ferry", headers=[("cookie", "retold-name=Ines"), ("x-own", "1")])
    assert seen == [{}]


def test_who_has_no_token_gets_no_page_that_another_one_was_given(two):
    secret = "a token of enough letters"
    app = create_app(two, access_for("127.0.0.1", 8417, (), secret))
    let_in = ask(app, "/", headers=[("authorization", f"Bearer {secret}")])
    assert let_in.status == 200
    for known in ((), [("if-none-match", let_in.headers["etag"])]):
        refused = ask(app, "/", headers=list(known))
        assert refused.status == 401
        assert b"Stories" not in refused.body


def test_a_story_that_is_being_worked_out_is_not_kept(two):
    story = story_of(two, "ferry-1")
    app = create_app(two, access_for("127.0.0.1", 8417, (), None))
    pending = ask(app, f"/story/{story}")
    report = ask(app, "/report/ferry-1")
    assert pending.status == report.status == 200
    telling = telling_of(two, story)
    assert telling.passages
    with two.reading() as connection:
        assert of_reports(connection, ["ferry-1"]) == {"ferry-1": story}
    told = ask(app, f"/story/{story}")
    assert told.body != pending.body
    assert "Who has what" in told.text
    assert ask(app, "/report/ferry-1").body != report.body


def test_style_and_scripts_are_addressed_by_their_content(app):
    page = ask(app, "/").text
    for name in ("retold.css", "htmx.min.js", "keys.js"):
        start = page.index(f"/static/{name}?v=")
        address = page[start : page.index('"', start)]
        answer = ask(app, address)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
        other = ask(app, f"/static/{name}?v=other")
        assert other.body == answer.body
        assert other.headers["cache-control"] == "private, no-cache"
        known = [("if-none-match", answer.headers["etag"])]
        assert ask(app, f"/static/{name}", headers=known).status == 304
