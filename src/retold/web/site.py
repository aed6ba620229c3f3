"""A static site: the pages of stories as files, which open from a disk and from any web server.

The pages are those of the server, made by the same handlers and templates, without what needs a
server. Every page is written to which another one leads; nothing is asked of the network, and no
script is in them. The same archive gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.routing import compile_path

from retold.archive import Archive, stories
from retold.errors import NothingFound, RetoldError
from retold.holdings import KeptStory, StoriesFound
from retold.keeping.tellings import telling_of
from retold.model import Noun
from retold.settings import DEFAULTS, Settings
from retold.show.records import telling_json
from retold.show.records import telling_of as telling_from
from retold.web.desk import Desk, Page
from retold.web.errors import error_page
from retold.web.filing import FOLDERS, Filed, Wanted
from retold.web.folder import SiteFolder
from retold.web.guard import Access
from retold.web.handlers.reading import PAGES, list_page
from retold.web.links import whole
from retold.web.pages import html
from retold.web.prepared import Prepared
from retold.web.shelf import Pending, Shelf
from retold.web.statics import style
from retold.web.views.collation import size_of
from retold.web.views.quoting import PeopleView, PersonLine, PersonView
from retold.web.views.report import ReportView
from retold.web.views.stories import shown_stories
from retold.web.views.story import PendingView, StoryView

__all__ = ["Written", "write_site"]

_ON_A_PAGE = 100  # stories

Progress = Callable[[str, int, int], object]


@dataclass(slots=True)
class Written:
    """What a site holds.

    Attributes:
        stories, reports, people: how many have a page.
        failed: ids of stories whose reports could not be put beside one another; their pages say
            so.
    """

    stories: int = 0
    reports: int = 0
    people: int = 0
    failed: list[str] = field(default_factory=list)


def write_site(
    archive: Archive,
    where: Path,
    asked: stories.Asked | Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    progress: Progress = lambda what, done, total: None,
) -> Written:
    """Write the pages of stories into a folder.

    Args:
        archive: open; tellings that are not worked out yet are kept in it, where it can be
            written.
        where: the folder: one that is not there, is empty, or has a site already. Of an earlier
            site, pages that are in this one no more are removed.
        asked: which stories, or their ids.
        settings: of what is derived.
        progress: told "stories", "reports" or "people", how many are done, and of how many.

    Raises:
        NothingFound: there is no such story, or none is found.
        UsageError: the folder holds something else, or cannot be written; what is asked makes no
            sense.
    """
    if not _found(archive, asked, None).stories:
        raise NothingFound(
            "no story is found that a site could show",
            where=archive.where,
            advice="`retold stories` lists them; `retold refresh` puts reports into stories",
        )
    folder = SiteFolder(where, FOLDERS)
    site = _Site(archive, settings, folder, progress)
    folder.write("static/retold.css", style().encode())
    site.list_stories("index.html", partial(_found, archive, asked, None))
    while (wanted := site.links.next()) is not None:
        if wanted.path == "/":
            site.list_stories(wanted.file, partial(_found, archive, asked, wanted.query["after"]))
        else:
            site.write(wanted)
    site.list_people()
    folder.finish()
    return site.sums


def _found(
    archive: Archive, asked: stories.Asked | Sequence[str], after: str | None
) -> StoriesFound:
    if isinstance(asked, stories.Asked):
        return stories.listed(archive, replace(asked, limit=_ON_A_PAGE, after=after))
    lines = {one.id: one for one in (stories.get(archive, name).line for name in asked)}
    return StoriesFound(len(lines), tuple(lines.values()), None)


class _Made(Shelf):
    """Tellings one after the other; a page is not written before its telling is there."""

    def __init__(self, made: Callable[[str, Prepared], None]) -> None:
        super().__init__()
        self._made = made
        self._last: tuple[str, Prepared | Pending] | None = None

    def find(self, archive: Archive, settings: Settings, one: KeptStory) -> Prepared | Pending:
        """The telling of a story, or why there is none."""
        if self._last is None or self._last[0] != one.line.id:
            self._last = None
            made: Prepared | Pending
            try:
                telling = telling_of(archive, one.line.id, settings)
                # One that was made now has its parts in another order than one that was kept.
                made = Prepared(telling_from(telling_json(telling), one.line.id))
                self._made(one.line.id, made)
            except RetoldError as error:
                made = Pending("failed", error)
            self._last = one.line.id, made
        return self._last[1]


class _Site:
    """A site in the making."""

    def __init__(
        self, archive: Archive, settings: Settings, folder: SiteFolder, progress: Progress
    ) -> None:
        self.links = Filed()
        self.sums = Written()
        self._shown: set[str] = set()
        self._desk = Desk(
            archive,
            settings,
            Access(frozenset()),
            shelf=_Made(self._told),
            links=self.links,
            shown=self._shown,
        )
        self._folder = folder
        self._progress = progress
        self._total = 0
        self._people: list[PersonLine] = []
        self._routes = [(compile_path(path)[0], handler) for path, handler in PAGES.items()]

    def list_stories(self, file: str, found: Callable[[], StoriesFound]) -> None:
        """Write a page of the list, and before it the stories on it.

        What kinds of change a story has is known only once it was told.
        """
        page = found()
        self._total = page.total
        for line in page.stories:
            self.links.story(line.id)
        while (wanted := self.links.next(of_stories=True)) is not None:
            self.write(wanted)
        view = shown_stories(self._desk.archive, found(), {}, page.total)
        self.links.at(file)
        self._render(file, list_page(view))

    def write(self, wanted: Wanted) -> None:
        """Write a page that another one leads to."""
        self.links.at(wanted.file)
        try:
            page = self._page(wanted)
        except RetoldError as error:
            page = error_page(error)
        self._count(page.view)
        self._render(wanted.file, page)

    def list_people(self) -> None:
        """Write the list of those who are quoted."""
        view = PeopleView(
            tuple(sorted(self._people, key=lambda one: (one.name.casefold(), one.name)))
        )
        self.links.at("people.html")
        self._render("people.html", Page("people.html", "Who is quoted", view))

    def _told(self, story: str, made: Prepared) -> None:
        self.links.told(story, size_of(made, whole=True))

    def _page(self, wanted: Wanted) -> Page:
        path = unquote(wanted.path)
        for pattern, handler in self._routes:
            if match := pattern.match(path):
                parameters = {name: whole(part) for name, part in match.groupdict().items()}
                return handler(self._desk, _request(path, parameters, wanted.query))
        raise NothingFound("there is no such page", where=path)

    def _count(self, view: Noun) -> None:
        if isinstance(view, StoryView | PendingView):
            self._shown.update(one.report for one in view.story.members)
            if isinstance(view, PendingView):
                self.sums.failed.append(view.story.line.id)
            self.sums.stories += 1
            self._progress("stories", self.sums.stories, max(self._total, self.sums.stories))
        elif isinstance(view, ReportView):
            self.sums.reports += 1
            for name in _speakers(view):
                self.links.person(name)
            self._progress("reports", self.sums.reports, len(self._shown))
        elif isinstance(view, PersonView):
            self.sums.people += 1
            self._people.append(PersonLine(view.name, len(view.found), view.more))
            self._progress("people", self.sums.people, self.sums.people + self.links.waiting())

    def _render(self, file: str, page: Page) -> None:
        self._folder.write(file, html(self._desk, page).encode("utf-8", "replace"))


def _speakers(view: ReportView) -> list[str]:
    """Names of those who are quoted in a report."""
    if view.attribution is None:
        return []
    quoted = {one.speaker for one in view.attribution.quotations}
    return [one.name for one in view.attribution.actors if one.id in quoted]


def _request(path: str, parameters: dict[str, str], query: Any) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "path_params": parameters,
            "query_string": urlencode(query, errors="surrogatepass").encode(),
            "headers": [],
        }
    )
