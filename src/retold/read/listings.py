"""Reports of which only the address is given: listed as not fetched, or fetched when asked for."""

from __future__ import annotations

from dataclasses import dataclass

from retold.errors import NotFetched, RetoldError
from retold.model import Refusal
from retold.read.building import Known
from retold.read.documents import document
from retold.read.found import Found, Origin

__all__ = ["Listed", "Visits"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A report's address.

    Attributes:
        url: as the list gives it.
        where: line, row or entry of the list.
        beside: what the list says of the report.
        story: the story that the list names.
        why: why the list has no more than the address.
    """

    url: str
    where: str
    beside: Known | None = None
    story: str | None = None
    why: str = "only the address of a report is given"


class Visits:
    """Turns the addresses of one source into reports, in the order they come."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._seen: set[str] = set()

    def report(self, one: Listed) -> Found | Refusal | None:
        """The report at an address; None when the address was given before.

        Without `settings.fetch` it is refused, with the advice to set it.
        """
        if not self.is_new(one.url):
            return None
        if not self._origin.settings.fetch:
            error = NotFetched(
                f"{one.why}: {one.url[:300]}", advice="Give --fetch to fetch what is listed"
            )
            return self._origin.refuse(one.where, error)
        return _fetched(one, self._origin)

    def is_new(self, url: str) -> bool:
        """Whether an address was not given before; from now on it was."""
        if url in self._seen:
            return False
        self._seen.add(url)
        return True


def _fetched(one: Listed, origin: Origin) -> Found | Refusal:
    try:
        served = origin.visitor.fetch(one.url)
        report = document(served.body, origin.source, origin.settings, served, one.beside)
    except RetoldError as error:
        told = origin.refuse(one.where, error)
        where = f"{one.where}, {one.url[:300]}"
        return Refusal(told.source, where, told.error, told.reason, told.advice)
    except Exception as error:
        return origin.refuse(f"{one.where}, {one.url[:300]}", error)
    return Found(report, one.story, one.where, origin.source, served.body)
