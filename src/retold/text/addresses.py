"""Addresses of pages: which of them lead to one page."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from retold.language import table
from retold.language.addresses import Addresses

__all__ = ["canonical"]

_PORTS = {"http": "80", "https": "443"}


def canonical(url: str) -> str:
    """The address in one form; equal forms lead to one page, as far as an address can tell.

    Careful rather than thorough: two pages taken for one would be shown as versions of each
    other, one page taken for two only costs a line. Changed are only: the case of scheme and
    host, http to https, a standard port, the fragment, an empty path, escapes of letters that
    need none, parameters that count readers (a list: `language/und/addresses.toml`), and forms
    of a page for phones (host `m.` or `amp.`, last step `/amp`, parameter `amp`). Order and
    values of other parameters stay. What is no http address is left as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    known = table(Addresses, "und")
    host = _host(host, ("www.", *known.mobile_hosts))
    if port is not None and str(port) not in _PORTS.values():
        host = f"{host}:{port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._", errors="surrogatepass")
    path = _path(path, known.mobile_endings)
    return urlunsplit(("https", host, path, _query(parts.query, known), ""))


def _host(host: str, beginnings: tuple[str, ...]) -> str:
    """Without what names a form of the site; a name of two parts stays ("m.org")."""
    if ":" in host:
        return f"[{host}]"  # IPv6
    while host.startswith(beginnings) and host.count(".") >= 2:
        host = host.partition(".")[2]
    return host


def _path(path: str, endings: tuple[str, ...]) -> str:
    """Without what names a form of the page; never empty."""
    path = path.rstrip("/")
    while True:
        ending = next((one for one in endings if path.endswith(one) and path != one), None)
        if ending is None:
            return path or "/"
        path = path.removesuffix(ending).rstrip("/")


def _query(query: str, known: Addresses) -> str:
    kept = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        low = name.lower()
        counts = low in known.counting or low.startswith(known.counting_prefixes)
        if part and not counts and not (low in known.mobile and value in known.mobile_values):
            kept.append(part)
    return "&".join(kept)
