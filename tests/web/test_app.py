"""Pages of an archive, and forms that change it."""

from __future__ import annotations

import html
import json
import re

import pytest

from retold.archive.getting import count

from .asking import ask

OURS = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")]


def post(app, path: str, body: bytes, headers=OURS):
    return ask(
        app,
        path,
        method="POST",
        headers=[*headers, ("content-length", str(len(body)))],
        body=body,
    )


def token(app, path: str = "/") -> bytes:
    return re.search(r'name="token" value="([0-9a-f]+)"', ask(app, path).text)[1].encode()


def test_an_empty_archive_offers_the_demo_story_and_shows_it(app, empty):
    assert "Nothing is kept yet" in ask(app, "/").text
    answer = post(app, "/demo", b"token=" + token(app))
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert count(empty) == 3
    listed = json.loads(ask(app, "/index.json").text)
    assert [line["reports"] for line in listed["found"]["stories"]] == [3]
    report = json.loads(ask(app, "/search.json?q=trawlers").text)["found"]["hits"][0]["report"]
    page = ask(app, f"/report/{report}")
    assert page.status == 200
    assert "Who is quoted" in page.text
    assert json.loads(ask(app, f"/report/{report}.json").text)["report"]["id"] == report
    assert "Ilan Doresh" in ask(app, "/person?name=Doresh").text


def test_a_form_without_our_token_changes_nothing(app, empty):
    for body in (b"", b"token=", b"token=" + b"0" * 64, b"token=%ff%00"):
        assert post(app, "/demo", body).status == 400
    assert count(empty) == 0


def test_a_form_that_is_too_large_or_does_not_say_how_large_is_refused(app):
    headers = [*OURS, ("content-length", "99999999999")]
    assert ask(app, "/demo", method="POST", headers=headers, body=b"").status == 413
    assert ask(app, "/demo", method="POST", headers=OURS, body=b"").status == 413


def test_what_is_not_there_and_what_makes_no_sense_is_said(app):
    assert ask(app, "/nothing").status == 404
    assert ask(app, "/report/none").status == 404
    assert ask(app, "/search?q=-x").status == 400
    assert ask(app, "/search?since=yesterday").status == 400
    assert ask(app, "/?after=nonsense").status == 400
    assert ask(app, "/?kind=nonsense").status == 400
    assert ask(app, "/person?name=").status == 400
    told = json.loads(ask(app, "/search.json?q=-x").text)
    assert told["error"] == "UsageError"
    assert told["advice"]


def test_words_from_outside_stay_words(app):
    for path in ("/search?q=", "/quotations?q=", "/?q=", "/?outlet=", "/person?name=x+"):
        text = ask(app, path + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE").text
        assert "<script>alert" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize(
    "asked",
    [
        "/search?after=zzz",
        "/search?q=ferry&after=zzz",
        "/search?q=ferry&order=sideways",
        "/search?since=yesterday",
        "/?after=zzz",
        "/?least=many",
        "/?least=-1",
        "/?order=sideways",
        "/?kind=nonsense",
        "/?until=31-31-31",
        "/corrections?before=first",
    ],
)
def test_what_makes_no_sense_in_an_address_is_said(app, asked):
    page = ask(app, asked)
    assert page.status == 400
    path, _, query = asked.partition("?")
    typed = ask(app, f"{'/index' if path == '/' else path}.json?{query}")
    assert typed.status == 400
    said = json.loads(typed.text)
    assert said["error"] == "UsageError"
    assert said["what"] in html.unescape(page.text)
    assert ask(app, asked.split("?")[0]).status == 200
