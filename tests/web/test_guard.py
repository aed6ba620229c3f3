"""Host × Origin × Sec-Fetch-Site × method × token: who gets in."""

from __future__ import annotations

from itertools import product

import pytest

from retold.errors import UsageError
from retold.web.guard import COOKIE, Access, Guard
from retold.web.serving import access_for

from .asking import ask

TOKEN = "a-token-of-some-length"
OURS = "127.0.0.1:8417"
HOSTS = {
    OURS: True,
    "LOCALHOST:8417": True,
    "[::1]:8417": True,
    "127.0.0.1": False,
    "127.0.0.1:80": False,
    "127.0.0.1:8417.evil.example": False,
    "evil.example": False,
    "evil.example:8417": False,
    "localhost:8417@evil.example": False,
    "0.0.0.0:8417": False,
    "2130706433:8417": False,
    "": False,
}
ORIGINS = [
    None,
    f"http://{OURS}",
    "http://localhost:8417",
    "http://evil.example",
    "null",
    "http://[",
]
SITES = [None, "same-origin", "same-site", "cross-site", "none"]


async def inner(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def guard(token: str | None = None) -> Guard:
    return Guard(inner, access_for("127.0.0.1", 8417, (), token))


def headers(origin: str | None, site: str | None) -> list[tuple[str, str]]:
    return [
        *([("origin", origin)] if origin is not None else []),
        *([("sec-fetch-site", site)] if site is not None else []),
    ]


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_gets_nothing_not_even_to_read(host):
    for method, origin, site in product(("GET", "HEAD", "POST"), ORIGINS, SITES):
        status = ask(guard(), "/", method=method, headers=headers(origin, site), host=host).status
        if not HOSTS[host]:
            assert status == 403
        elif method != "POST":
            assert status == 200


def test_only_our_own_pages_change_anything():
    for origin, site in product(ORIGINS, SITES):
        status = ask(guard(), "/", method="POST", headers=headers(origin, site)).status
        ours = (origin in (None, f"http://{OURS}")) and site in (None, "same-origin")
        named = origin is not None or site is not None
        assert (status == 200) == (ours and named), (origin, site)


def test_without_a_host_or_with_two_nothing_is_served():
    assert ask(guard(), "/", host=None).status == 403
    assert ask(guard(), "/", headers=[("host", "evil.example")]).status == 403
    two = [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]
    assert ask(guard(), "/", method="POST", headers=two).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_other_methods_are_not_used(method):
    assert ask(guard(), "/", method=method).status == 405


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([], 401),
        ([("cookie", f"{COOKIE}={TOKEN}")], 200),
        ([("cookie", f"{COOKIE}=another-token-of-16")], 401),
        ([("cookie", "\x01=;;=")], 401),
        ([("cookie", f"other=1; {COOKIE}={TOKEN}")], 200),
        ([("authorization", f"Bearer {TOKEN}")], 200),
        ([("authorization", f"Basic {TOKEN}")], 401),
        ([("authorization", "Bearer ")], 401),
    ],
)
def test_a_token_opens(given, status):
    assert ask(guard(TOKEN), "/", headers=given).status == status


def test_a_token_in_the_address_becomes_a_cookie_and_goes():
    answer = ask(guard(TOKEN), f"/search?q=a%20b&token={TOKEN}")
    assert answer.status == 303
    assert answer.headers["location"] == "/search?q=a+b"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]
    assert ask(guard(TOKEN), "/?token=wrong").status == 401
    split = ask(guard(TOKEN), f"/a\r\nset-cookie: x=y?token={TOKEN}")
    assert split.headers["location"] == "/a%0D%0Aset-cookie%3A%20x%3Dy"
    assert (
        ask(guard(TOKEN), f"//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"
    )


def test_every_answer_keeps_scripts_and_frames_out():
    for answer in (ask(guard(), "/"), ask(guard(), "/", host="evil.example")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "news.example"])
def test_another_address_needs_a_token(host):
    with pytest.raises(UsageError, match="--token"):
        access_for(host, 8417, (), None)
    with pytest.raises(UsageError, match="16"):
        access_for(host, 8417, (), "short")
    assert isinstance(access_for(host, 8417, ("desk.example",), TOKEN), Access)
    hosts = access_for(host, 8417, ("Desk.example",), TOKEN).hosts
    assert {"desk.example:8417", "desk.example"} <= hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_this_machines_own_address_needs_none(host):
    assert access_for(host, 8417, (), None).token is None
