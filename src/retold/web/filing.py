"""Where the pages of a static site are: files whose names are safe, linked relatively."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from posixpath import dirname, relpath

from retold.web.links import Served, place

__all__ = ["FOLDERS", "Filed", "Wanted", "file_name"]

FOLDERS = ("story", "stories", "report", "person", "static")
"""In which the files of a site are, but for its first ones."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NUMBERED = re.compile(r"[A-Z][0-9]{1,9}")
# Names that Windows keeps for devices, and those that passages ("P3") have once they are small.
_KEPT = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])|[a-z][0-9]{1,9}")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_STORY, _WITHIN, _LIST, _REPORT, _PERSON = 1, 0, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that another one leads to.

    Attributes:
        file: its path in the site.
        path: of a server's page of the same content, undecoded.
        query: of that page's address.
    """

    file: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


def file_name(given: str, *, named: bool = False) -> str:
    """A file name for any string: another one for another string, on every file system.

    Args:
        given: an id, which mostly is a name already.
        named: whether it is words for people: then they come first and a hash always follows.
    """
    if not named:
        if _NUMBERED.fullmatch(given):
            return given.lower()
        if _PLAIN.fullmatch(given) and not _KEPT.fullmatch(given):
            return given
    digest = blake2b(given.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    words = _NO_LETTER.sub("-", given.casefold())[:40].strip("-")
    # No plain name has a "_"; some hosts of sites leave out what begins with one.
    return f"{words or 'x'}_{digest}"


class Filed:
    """See `retold.web.links.Links`: those of a static site.

    It remembers where the pages lead, so that all of that is written too.
    """

    live = False

    def __init__(self) -> None:
        self._here = "index.html"
        self._served = Served()
        self._seen: set[str] = set()
        self._lists: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._wanted: list[deque[Wanted]] = [deque() for _ in range(5)]

    def at(self, file: str) -> None:
        """The page at this path is made now."""
        self._here = file

    def told(self, story: str, size: int) -> None:
        """A story has so many passages on a page."""
        self._sizes[story] = size

    def next(self, *, of_stories: bool = False) -> Wanted | None:
        """A page that is still to be made; what belongs to one story comes together.

        Args:
            of_stories: whether only pages of stories are asked for.
        """
        some = self._wanted[:_LIST] if of_stories else self._wanted
        return next((waiting.popleft() for waiting in some if waiting), None)

    def waiting(self) -> int:
        """How many pages are known that are still to be made."""
        return sum(map(len, self._wanted))

    def static(self, name: str) -> str:
        """Of a file of the app's own."""
        return self._to(f"static/{name}")

    def home(self) -> str:
        """Of the list of stories."""
        return self._to("index.html")

    def people(self) -> str:
        """Of the list of those who are quoted."""
        return self._to("people.html")

    def stories(self, query: Mapping[str, str]) -> str:
        """Of a page of the list of stories; it is filtered as the site is."""
        after = query.get("after")
        if not after:
            return self.home()
        number = self._lists.setdefault(after, len(self._lists) + 2)
        return self._ask(_LIST, Wanted(f"stories/{number}.html", "/", {"after": after}))

    def story(self, story: str, part: str = "") -> str:
        """Of a story, or a part of its page."""
        file = f"story/{file_name(story)}.html"
        wanted = Wanted(file, self._served.story(story), {"rows": "all"})
        return self._ask(_STORY, wanted) + place(part)

    def of_story(
        self, story: str, page: str, query: Mapping[str, str] | None = None, part: str = ""
    ) -> str:
        """Of a further page of a story, or a part of it.

        Of what `query` may choose, only what leads on is there: pages. A passage and a statement
        are places in one; each in a file of its own would be most of the files of a site.
        """
        kind, _, name = page.partition("/")
        if kind == "passage":
            number = int(name.removeprefix("P"))  # they are named in their order
            at = {"page": str((number - 1) // self._sizes.get(story, 1) + 1)}
            here = f"p-{number}"
            part = part if part.startswith(f"{here}-") else here
            return self.of_story(story, "passages", at, part)
        if query and query.get("one"):  # its page leads to it
            return place(f"st-{query['one']}")
        at_page = str((query or {}).get("page") or "")
        chosen = {"page": at_page} if at_page not in ("", "1") else {}
        parts = [kind, *(f"{key}-{value}" for key, value in chosen.items())]
        file = "-".join([parts[0], *(file_name(part) for part in parts[1:])])
        path = self._served.of_story(story, page)
        wanted = Wanted(f"story/{file_name(story)}/{file}.html", path, chosen)
        return self._ask(_WITHIN, wanted) + place(part)

    def report(self, report: str, at: int | None = None) -> str:
        """Of a report, at a sentence of it (from 1)."""
        wanted = Wanted(f"report/{file_name(report)}.html", self._served.report(report))
        return self._ask(_REPORT, wanted) + (f"#s-A-{at}" if at is not None else "")

    def search(self, query: Mapping[str, str]) -> str:
        """There is no search."""
        return self.home()

    def quotations(self, query: Mapping[str, str]) -> str:
        """Of those who are quoted; there is no search."""
        return self.people()

    def person(self, name: str) -> str:
        """Of what somebody was quoted as saying."""
        file = f"person/{file_name(name, named=True)}.html"
        return self._ask(_PERSON, Wanted(file, "/person", {"name": name}))

    def _ask(self, rank: int, wanted: Wanted) -> str:
        if wanted.file not in self._seen:
            self._seen.add(wanted.file)
            self._wanted[rank].append(wanted)
        return self._to(wanted.file)

    def _to(self, file: str) -> str:
        return relpath(file, dirname(self._here) or ".")
