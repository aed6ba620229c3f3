"""Places in reports, as forms send them: "12-40,52-80@report"."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote

from retold.errors import UsageError
from retold.model import Place, Span

__all__ = ["pair", "pair_of", "place_of", "places_of", "written"]

_MOST = 1_000


def written(report: str, spans: Sequence[Span]) -> str:
    """Places in one report as a form sends them."""
    return ",".join(f"{start}-{end}" for start, end in spans) + f"@{report}"


def places_of(given: str) -> tuple[Place, ...]:
    """Places as a form sent them.

    Raises:
        UsageError: there are none.
    """
    spans, at, report = given.partition("@")
    places = []
    for span in spans.split(",")[:_MOST]:
        start, _, end = span.partition("-")
        if not (at and report and _is_number(start) and _is_number(end) and int(start) < int(end)):
            raise UsageError("nothing is chosen, or what is chosen is no place", where=given[:80])
        places.append(Place(report, (int(start), int(end))))
    return tuple(places)


def place_of(given: str) -> Place:
    """The first of the places that a form sent.

    Raises:
        UsageError: there is none.
    """
    return places_of(given)[0]


def pair(a: str, b: str) -> str:
    """Two places as one choice of a form."""
    return "|".join(quote(one.encode("utf-8", "surrogatepass"), safe="@,-") for one in (a, b))


def pair_of(given: str) -> tuple[Place, Place]:
    """Two places as a form sent them.

    Raises:
        UsageError: they are none.
    """
    a, _, b = given.partition("|")
    return place_of(unquote(a, errors="surrogatepass")), place_of(
        unquote(b, errors="surrogatepass")
    )


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdecimal() and len(given) < 10
