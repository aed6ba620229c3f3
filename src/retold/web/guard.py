"""Who may ask what. A server on one's own machine is open to every page in one's own browser.

* The Host header must be one of ours: a foreign name that was made to lead here ("DNS
  rebinding") is refused, for reading too.
* What changes something must come from our own pages (Sec-Fetch-Site, Origin) and carry the
  form's token, which only our pages hold.
* On another address than this machine's own an access token is needed for everything.
* No page can be framed, none runs a script that is not a file of ours, none loads from elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

__all__ = ["COOKIE", "FIELD", "Access", "Guard", "form_token"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "retold"
FIELD = "token"
_READS = frozenset({"GET", "HEAD"})
_WRITES = frozenset({"POST"})
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # With "no-referrer" browsers send "Origin: null" with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """What the server was started with.

    Attributes:
        hosts: names (with port) under which it may be asked.
        token: needed for everything; None on this machine's own address.
        secret: of this run; forms carry what is made from it.
    """

    hosts: frozenset[str]
    token: str | None = None
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def form_token(access: Access) -> str:
    """What a form carries to show that it is ours."""
    return hmac.new(access.secret.encode(), b"form", "sha256").hexdigest()


class Guard:
    """Stands in front of the app."""

    def __init__(self, app: App, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or answer for the app."""
        if scope["type"] == "websocket":  # nothing here speaks it
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        entering = self._entering(scope)
        if entering is not None:
            await _answer(send, 303, "", entering)
            return

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str] | None:
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self._access.hosts:
            return 403, "This address is not served here."
        method = scope["method"]
        if method not in _READS | _WRITES:
            return 405, "This method is not used here."
        if method in _WRITES and not self._from_us(headers, hosts[0].strip().lower()):
            return 403, "This was not sent from a page of this server."
        if self._access.token is not None and not self._may_enter(scope, headers):
            return 401, "This server asks for its token: open the address that it printed."
        return None

    def _from_us(self, headers: dict[str, list[str]], host: str) -> bool:
        """Browsers always send one of the two with what changes something; without both: no."""
        site = headers.get("sec-fetch-site", [])
        origin = headers.get("origin", [])
        if len(site) > 1 or len(origin) > 1 or not (site or origin):
            return False
        if site and site[0] != "same-origin":
            return False
        if origin:
            try:
                parts = urlsplit(origin[0])
            except ValueError:
                return False
            return parts.scheme in ("http", "https") and parts.netloc.lower() == host
        return True

    def _may_enter(self, scope: Scope, headers: dict[str, list[str]]) -> bool:
        given = [_query(scope).get(FIELD, ""), *_cookies(headers)]
        for value in headers.get("authorization", []):
            scheme, _, rest = value.partition(" ")
            if scheme.lower() == "bearer":
                given.append(rest.strip())
        token = (self._access.token or "").encode()
        return any(hmac.compare_digest(one.encode("utf-8", "replace"), token) for one in given)

    def _entering(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...] | None:
        """A token in the address becomes a cookie, so that it is in no history or link."""
        if self._access.token is None or scope["method"] not in _READS:
            return None
        query = _query(scope)
        if FIELD not in query:
            return None
        rest = urlencode({name: value for name, value in query.items() if name != FIELD})
        path = "/" + quote(scope["path"].lstrip("/"), errors="replace")
        path += f"?{rest}" if rest else ""
        cookie = f"{COOKIE}={self._access.token}; HttpOnly; SameSite=Strict; Path=/"
        return (b"location", path.encode()), (b"set-cookie", cookie.encode())


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _query(scope: Scope) -> dict[str, str]:
    raw = scope.get("query_string", b"").decode("latin-1")
    return dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=None))


def _cookies(headers: dict[str, list[str]]) -> list[str]:
    found = []
    for value in headers.get("cookie", []):
        cookie: SimpleCookie = SimpleCookie()
        try:
            cookie.load(value)
        except CookieError:
            continue
        if COOKIE in cookie:
            found.append(cookie[COOKIE].value)
    return found


async def _answer(
    send: Send, status: int, text: str, more: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *_HEADERS,
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
