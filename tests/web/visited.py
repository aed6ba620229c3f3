"""An app over stories in several scripts, and the address of each of its pages there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from retold.archive import Archive
from retold.archive.stories import of_reports
from retold.holdings import EdgeRejected
from retold.keeping.correcting import correct
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.links import Served
from retold.web.serving import access_for

from .asking import Answer, ask
from .sending import form, send

__all__ = ["ADDRESSES", "Visited", "visited"]

ADDRESSES = {
    "/": "/",
    "/search": "/search?q={word}",
    "/report/{report}": "{report_page}",
    "/quotations": "/quotations?q={word}",
    "/person": "/person?name={name}",
    "/story/{story}": "{story_page}",
    "/story/{story}/passages": "{story_page}/passages",
    "/story/{story}/passage/{passage}": "{story_page}/passage/{passage}",
    "/story/{story}/statements": "{story_page}/statements",
    "/story/{story}/descent": "{story_page}/descent",
    "/story/{story}/evidence": "{story_page}/evidence",
    "/add": "/add",
    "/adding/{number}": "/adding/{number}",
    "/corrections": "/corrections",
    "/correct/story": "/correct/story?story={story}",
    "/correct/passage": "/correct/passage?story={story}&passage={passage}",
    "/correct/edge": "/correct/edge?story={story}&from={from_}&to={to}",
    "/correct/actors": "/correct/actors?story={story}&report={report}",
    "/correct/person": "/correct/person?name={name}",
    "/correct/report": "/correct/report?report={report}",
    "/correct/undo": "/correct/undo?number=1",
}
"""Path of a page -> an address of it, with places for what is in the archive."""


@dataclass
class Visited:
    """An app, and what stands in its archive."""

    app: Any
    there: Mapping[str, str] = field(default_factory=dict)

    def address(self, address: str, *, json: bool = False) -> str:
        """An address of a page."""
        path, _, query = address.partition("?")
        if json:
            path = "/index.json" if path == "/" else f"{path}.json"
        return f"{path}?{query}".rstrip("?").format(**self.there)

    def ask(self, address: str, *, json: bool = False, headers: Any = None) -> Answer:
        """Ask for a page."""
        return ask(self.app, self.address(address, json=json), headers=headers)


def visited(archive: Archive, report: str, word: str, payload: str = "") -> Visited:
    """The app over an archive, about the story of a report.

    Args:
        archive: open; the story's telling is made, and a correction is.
        report: its id.
        word: that is in the story.
        payload: that people write too.
    """
    app = create_app(archive, access_for("127.0.0.1", 8417, (), None))
    with archive.reading() as connection:
        story = of_reports(connection, [report])[report]
    telling = telling_of(archive, story)
    reports = [one.id for one in telling.reports]
    correct(
        archive, EdgeRejected(reports[0], reports[-1]), by=f"Ana {payload}", note=f"why {payload}"
    )
    telling = telling_of(archive, story)
    names = [one.name for one in telling.actors]
    token = dict(form(app, "/add", "/add"))["token"]
    # An address on this machine is refused before anything is fetched.
    added = send(app, "/add", [("token", token), ("urls", f"http://127.0.0.1/{payload}")])
    assert added.status == 303, added.text
    there = {
        "word": quote(word),
        "report": _quoted(report),
        "report_page": Served().report(report),
        "story": _quoted(story),
        "story_page": Served().story(story),
        "passage": telling.passages[0].id,
        "name": _quoted(names[0]),
        "from_": _quoted(reports[0]),
        "to": _quoted(reports[-1]),
        "number": added.headers["location"].removeprefix("/adding/"),
    }
    return Visited(app, there)


def _quoted(name: str) -> str:
    return quote(name.encode("utf-8", "surrogatepass"), safe="")
