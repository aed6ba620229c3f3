"""Forms as a browser sends them: what a page holds, what is typed, and the answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import lxml.html

from .asking import Answer, ask

OURS = [("sec-fetch-site", "same-origin")]
Fields = list[tuple[str, str]]


def form(app: Any, address: str, action: str, cookie: str | None = None) -> Fields:
    """What the form with an action, on the page at an address, would send as it stands."""
    headers = [("cookie", cookie)] if cookie else []
    answer = ask(app, address, headers=headers)
    assert answer.status == 200, answer.text
    forms = lxml.html.fromstring(answer.text).forms
    found = [one for one in forms if one.action == action and one.method == "POST"]
    assert found, f"no form for {action} at {address}"
    return [(name, value) for name, value in found[0].form_values() if value is not None]


def send(app: Any, action: str, fields: Fields, *, headers: Any = OURS) -> Answer:
    """What a browser sends for these fields."""
    body = urlencode(fields, errors="surrogatepass").encode()
    given = [
        *headers,
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-length", str(len(body))),
    ]
    return ask(app, action, method="POST", headers=given, body=body)


def upload(app: Any, token: str, files: list[tuple[str, bytes]], **fields: str) -> Answer:
    """Files as a browser sends them."""
    edge = "----retold7b2e"
    parts = [
        f'--{edge}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {"token": token, **fields}.items()
    ]
    for name, content in files:
        head = f'--{edge}\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n'
        parts.append(head.encode() + b"content-type: text/plain\r\n\r\n" + content + b"\r\n")
    body = b"".join(parts) + f"--{edge}--\r\n".encode()
    given = [
        *OURS,
        ("content-type", f"multipart/form-data; boundary={edge}"),
        ("content-length", str(len(body))),
    ]
    return ask(app, "/add", method="POST", headers=given, body=body)


def but(fields: Fields, **changed: str | list[str]) -> Fields:
    """The same fields with other values."""
    kept = [(name, value) for name, value in fields if name not in changed]
    for name, value in changed.items():
        kept += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return kept
