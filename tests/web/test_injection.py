"""SQL, full-text and other injection: over all pages and forms nothing breaks, nothing changes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from retold.archive import open_archive
from retold.archive.tables import report
from retold.archive.tables_corrections import correction
from retold.archive.tables_stories import story
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.handlers.reading import PAGES
from retold.web.handlers.writing import FORMS
from retold.web.serving import access_for

from .asking import ask
from .corrected import keep_two, story_of
from .hostile import NASTY
from .sending import but, form, send

# What an address may ask, of any page.
QUERIES = [
    "q", "outlet", "language", "person", "speaker", "quoted", "since", "until", "order",
    "after", "kind", "least", "name", "base", "page", "rows", "copies", "one", "sort", "story",
    "report", "passage", "at", "from", "to", "number", "before", "back",
]  # fmt: skip


def sent(words: str) -> str:
    return quote(words.encode("utf-8", "surrogatepass"), safe="")


def contents(archive):
    with archive.reading() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table))
            for table in (report, correction, story)
        ] + [sorted(connection.scalars(select(report.c.id)))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    with open_archive(tmp_path_factory.mktemp("web") / "a.retold", create=True) as one:
        keep_two(one)
        yield one


@pytest.fixture(scope="module")
def app(kept):
    return create_app(kept, access_for("127.0.0.1", 8417, (), None))


@pytest.fixture(scope="module")
def telling(kept):
    name = story_of(kept, "ferry-1")
    telling_of(kept, name)
    return name


@pytest.mark.parametrize("path", sorted(PAGES))
def test_pages(app, kept, telling, path):
    before = contents(kept)
    whole = path.replace("{story}", telling).replace("{report}", "ferry-1")
    whole = whole.replace("{passage}", "P1").replace("{number}", "1")
    turn = sorted(PAGES).index(path)  # each page its share of them, in another field
    for order, words in enumerate(NASTY[turn % 5 :: 5]):
        name = QUERIES[(order + turn) % len(QUERIES)]
        addresses = [f"{whole}?{name}={sent(words[:2_000])}"]
        if order % 4 == 0:
            needed = {"story": telling, "report": "ferry-1", "name": "Mara", "passage": "P1"}
            asked = {**needed, "number": "1", **dict.fromkeys(("q", "at", "from"), words[:500])}
            addresses.append(whole + "?" + "&".join(f"{k}={sent(v)}" for k, v in asked.items()))
        if "{" in path:
            at = path
            for part in ("story", "report", "passage", "number"):
                at = at.replace(f"{{{part}}}", sent(words[:2_000]))
            addresses.append(at)
        for address in addresses:
            answer = ask(app, address)
            assert answer.status in (200, 303, 400, 404), (address, answer.text)
            assert "<script>alert('hostile')" not in answer.text
            assert "set-cookie" not in answer.headers
    assert contents(kept) == before


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_field_of_a_page(app, kept, telling, path):
    before = contents(kept)
    whole = path.replace("{story}", telling).replace("{report}", "ferry-1")
    whole = whole.replace("{passage}", "P1").replace("{number}", "1")
    for order, name in enumerate(QUERIES):
        words = ("' OR 1=1 --", "\x00", '"(NEAR', "\ud800")[order % 4]
        answer = ask(app, f"{whole}?{name}={sent(words)}")
        assert answer.status in (200, 400, 404), (path, name, words, answer.text)
    assert contents(kept) == before


FIELDS = [
    "story", "report", "do", "other", "named", "of", "reading", "at", "from", "to", "actor",
    "form", "name", "outlet", "title", "published", "language", "byline", "toggles", "number",
    "seen", "back", "together",
]  # fmt: skip


@pytest.mark.parametrize("path", sorted(one for one in FORMS if one.startswith("/correct")))
def test_forms(app, kept, telling, path):
    token = dict(form(app, "/add", "/add"))["token"]
    before = contents(kept)
    for order, words in enumerate(NASTY[::2]):
        given = dict.fromkeys(FIELDS, words) | {"token": token, "by": words, "note": words}
        if order % 2:
            given |= {"by": "Ines", "story": telling, "report": "ferry-1"}
            for name in ("title", "outlet", "published", "language", "byline"):
                del given[name]
        answer = send(app, path, but([], **given))
        assert answer.status in (400, 404, 409), (path, words, answer.status, answer.text[:500])
        assert "<script>alert('hostile')" not in answer.text
    assert contents(kept) == before


def test_words_that_are_corrected_are_only_words(app, kept, telling):
    before = contents(kept)
    for words in NASTY[:40:4]:
        page = form(app, "/correct/report?report=pier", "/correct/report")
        answer = send(app, "/correct/report", but(page, by=words, note=words, outlet=words))
        assert answer.status in (303, 400), answer.text
        edge = [("token", dict(page)["token"]), ("story", telling), ("to", "ferry-1")]
        edge += [("do", "confirm"), ("named", words[:200]), ("by", "Ines"), ("note", words)]
        assert send(app, "/correct/edge", edge).status in (303, 400)
    for path in ("/corrections", "/report/pier", "/correct/report?report=pier", "/"):
        answer = ask(app, path)
        assert answer.status == 200
        assert "<script>alert('hostile')" not in answer.text
    after = contents(kept)
    assert after[0] == before[0]
    assert after[3] == before[3]
