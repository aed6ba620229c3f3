"""Corrections that are refused: overtaken, without sense, unsigned or sent from elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from retold.archive import corrections
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.desk import SIGNED
from retold.web.serving import access_for

from .asking import ask
from .corrected import story_of, toggle
from .sending import OURS, but, form, send


@pytest.fixture
def kept(two):
    return two


@pytest.fixture
def app(two):
    return create_app(two, access_for("127.0.0.1", 8417, (), None))


def test_the_name_is_remembered_and_the_note_is_not(app, kept):
    answer = send(
        app,
        "/correct/report",
        but(
            form(app, "/correct/report?report=pier", "/correct/report"),
            by='Øle; x="1"\r\ny',
            outlet="A",
        ),
    )
    cookie = answer.headers["set-cookie"]
    assert "SameSite=strict" in cookie
    assert "\n" not in cookie
    sent = cookie.split(";")[0]
    assert sent.startswith(f"{SIGNED}=%C3%98le")
    again = dict(form(app, "/correct/report?report=pier", "/correct/report", cookie=sent))
    assert again["by"].startswith('Øle; x="1"')
    assert again["note"] == ""
    for odd in ("%ff%fe", '"><script>', "=;=", "%00"):
        page = ask(app, "/correct/report?report=pier", headers=[("cookie", f"{SIGNED}={odd}")])
        assert page.status == 200
        assert '"><script>' not in page.text


def test_two_people_at_once_lose_nothing(app, kept):
    page = form(app, "/correct/report?report=pier", "/correct/report")
    first = send(app, "/correct/report", but(page, by="Ana", outlet="First Post"))
    assert first.status == 303
    second = send(
        app, "/correct/report", but(page, by="Ben", note="I am sure", outlet="Second Post")
    )
    assert second.status == 409
    assert "Ana decided about the same meanwhile" in second.text
    assert "I am sure" in second.text
    assert "Second Post" in second.text
    assert "First Post" in second.text
    assert len(corrections.listed(kept)) == 1
    newer = dict(page, seen="1")
    third = send(app, "/correct/report", but(list(newer.items()), by="Ben", outlet="Second Post"))
    assert third.status == 303
    undoing = form(app, "/correct/undo?number=2", "/correct/undo")
    assert send(app, "/correct/undo", but(undoing, by="Ana")).status == 303
    twice = send(app, "/correct/undo", but(undoing, by="Ben", note="also mine"))
    assert twice.status == 409
    assert "also mine" in twice.text
    assert "undone already" in twice.text


def test_a_story_that_was_merged_or_parted_meanwhile(app, kept):
    ferry, pier = story_of(kept, "ferry-1"), story_of(kept, "pier")
    merging = form(app, f"/correct/story?story={ferry}", "/correct/story")
    parting = but(merging, by="Ben", note="kept words", do="part", report="ferry-2")
    join = but(merging, by="Ana", do="join", other=pier)
    assert send(app, "/correct/story", join).status == 303
    again = send(app, "/correct/story", join)
    assert again.status == 409
    assert "one story already" in again.text
    late = send(app, "/correct/story", parting)
    assert late.status == 409
    assert "Ana decided about the same meanwhile" in late.text
    assert "kept words" in late.text
    gone = {ferry, pier} - {story_of(kept, "pier")}
    assert ask(app, f"/correct/story?story={gone.pop()}").status == 200
    for _ in range(1):
        toggle(app, 1)
    telling_of(kept, ferry)
    edge = form(app, f"/correct/edge?story={ferry}&from=ferry-1&to=ferry-2", "/correct/edge")
    part = form(app, f"/correct/story?story={ferry}", "/correct/story")
    send(app, "/correct/story", but(part, by="Ana", do="part", report="ferry-2"))
    telling_of(kept, ferry)
    lost = send(app, "/correct/edge", but(edge, by="Ben", note="still here", do="confirm"))
    assert lost.status == 409
    assert "not in one story any more" in lost.text
    assert "still here" in lost.text


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("/correct/story", {"story": "FERRY", "do": "part"}),
        ("/correct/story", {"story": "FERRY", "do": "part", "report": "pier"}),
        (
            "/correct/story",
            {"story": "FERRY", "do": "part", "report": ["ferry-1", "ferry-2", "ferry-3"]},
        ),
        ("/correct/story", {"story": "FERRY", "do": "pin", "report": "ferry-1"}),
        ("/correct/story", {"story": "FERRY", "do": "move", "report": "ferry-1"}),
        ("/correct/story", {"story": "FERRY", "do": "join"}),
        ("/correct/story", {"story": "FERRY", "do": "join", "other": "FERRY"}),
        ("/correct/story", {"story": "FERRY", "do": "explode", "report": "ferry-1"}),
        ("/correct/story", {"story": "none", "do": "join"}),
        ("/correct/passage", {"story": "FERRY", "do": "part"}),
        ("/correct/passage", {"story": "FERRY", "do": "part", "of": "0-9@ferry-1"}),
        (
            "/correct/passage",
            {"story": "FERRY", "do": "part", "of": "0-9@ferry-1", "reading": "0-9@ferry-1"},
        ),
        (
            "/correct/passage",
            {"story": "FERRY", "do": "join", "of": "0-9@ferry-1", "other": "0-9@pier"},
        ),
        (
            "/correct/passage",
            {"story": "FERRY", "do": "join", "of": "0-9@ferry-1", "other": "0-999999@ferry-2"},
        ),
        (
            "/correct/passage",
            {"story": "FERRY", "do": "join", "of": "0-9@ferry-1", "other": "0-9@nobody"},
        ),
        ("/correct/edge", {"story": "FERRY", "do": "confirm"}),
        ("/correct/edge", {"story": "FERRY", "do": "confirm", "from": "ferry-1", "to": "nobody"}),
        ("/correct/edge", {"story": "FERRY", "do": "confirm", "from": "ferry-1", "to": "ferry-1"}),
        ("/correct/edge", {"story": "FERRY", "do": "confirm", "from": "ferry-1", "to": "pier"}),
        ("/correct/edge", {"story": "FERRY", "do": "x", "from": "ferry-1", "to": "ferry-2"}),
        ("/correct/actors", {"story": "FERRY", "do": "join", "actor": "0-3@ferry-1"}),
        ("/correct/actors", {"story": "FERRY", "do": "join", "actor": ["0-3@ferry-1", "0-3@pier"]}),
        ("/correct/actors", {"story": "FERRY", "do": "part", "form": "x|y"}),
        ("/correct/person", {"name": "Mara", "do": "part", "form": ""}),
        ("/correct/report", {"report": "nobody", "outlet": "x"}),
        ("/correct/undo", {"number": "9", "toggles": "9"}),
        ("/correct/undo", {"number": "x", "toggles": "x"}),
    ],
)
def test_what_makes_no_sense_changes_nothing(app, kept, action, sent):
    story = story_of(kept, "ferry-1")
    telling_of(kept, story)
    token = dict(form(app, "/add", "/add"))["token"]
    given = {"token": token, "by": "Ines", "note": "a note", "seen": "0"}
    given |= {name: story if value == "FERRY" else value for name, value in sent.items()}
    answer = send(app, action, but([], **given))
    assert answer.status in (400, 404, 409), answer.text
    assert "Nothing was changed" in answer.text
    assert "a note" in answer.text
    assert corrections.listed(kept) == []


def test_who_does_not_sign_or_has_no_token_corrects_nothing(app, kept):
    page = but(form(app, "/correct/report?report=pier", "/correct/report"), outlet="Other")
    for name in ("", "   ", "x" * 201):
        assert send(app, "/correct/report", but(page, by=name)).status == 400
    for token in ("", "0" * 64, "é"):
        assert send(app, "/correct/report", but(page, by="Ines", token=token)).status == 400
    foreign = [("sec-fetch-site", "cross-site")]
    assert send(app, "/correct/report", but(page, by="Ines"), headers=foreign).status == 403
    assert send(app, "/correct/report", but(page, by="Ines"), headers=[]).status == 403
    other = [*OURS, ("origin", "http://evil.example")]
    assert send(app, "/correct/report", but(page, by="Ines"), headers=other).status == 403
    assert corrections.listed(kept) == []


def test_a_form_leads_nowhere_else(app, kept):
    for back in ("//evil.example/", "https://evil.example", "/\\evil", "javascript:1", "/x\r\ny"):
        page = form(app, f"/correct/report?report=pier&back={quote(back)}", "/correct/report")
        answer = send(app, "/correct/report", but(page, by="I", outlet=f"O{back}"[:50], back=back))
        assert answer.headers["location"] in ("/report/pier", f"/story/{story_of(kept, 'pier')}")
