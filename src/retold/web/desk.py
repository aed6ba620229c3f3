"""What handlers are given, and what they answer."""

from __future__ import annotations

import hmac
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from retold.archive import Archive
from retold.errors import UsageError
from retold.model import Noun
from retold.settings import Settings
from retold.web.guard import FIELD, Access, form_token
from retold.web.links import Links, Served
from retold.web.shelf import Shelf
from retold.web.working import Worker

__all__ = ["SIGNED", "Desk", "Form", "Moved", "Page"]

SIGNED = "retold-name"
"""The cookie in which the name is remembered that somebody signs with."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with.

    Attributes:
        archive: open; for writing where people may correct and add.
        settings: of what is derived.
        access: who may ask.
        intake: reads what people add.
        deriving: brings up to date what is derived.
        shelf: the tellings that pages are made from.
        links: where pages lead.
        shown: ids of the reports that pages may show; None for all.
    """

    archive: Archive
    settings: Settings
    access: Access
    intake: Worker = field(default_factory=lambda: Worker("retold-intake"))
    deriving: Worker = field(default_factory=lambda: Worker("retold-deriving"))
    shelf: Shelf = field(default_factory=Shelf)
    links: Links = field(default_factory=Served)
    shown: Container[str] | None = None

    def close(self) -> None:
        """Begin nothing more."""
        self.shelf.close()
        self.intake.close()
        self.deriving.close()


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: a view, and the template that shows it.

    Attributes:
        template: its file.
        title: of the page.
        view: what it shows; also its JSON.
        more: what only the template needs, such as drawings.
        status: of HTTP.
        lasting: whether it is the same until something in the archive changes; False where it says
            how far a piece of work is.
    """

    template: str
    title: str
    view: Noun
    more: Mapping[str, Any] | None = None
    status: int = 200
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer to what changed something.

    Attributes:
        to: where it is to be seen; an address of ours.
        signed: the name that is to be remembered; None to leave it as it is.
    """

    to: str
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a form sent, after its token was checked.

    Attributes:
        fields: its text fields; of one that was sent twice the last.
        lists: its text fields, each with all it was sent with.
        files: name and content of what was uploaded.
    """

    fields: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, bytes], ...]

    def require(self, desk: Desk) -> None:
        """Refuse what was not sent by a form of ours.

        Raises:
            UsageError: it has no token, or another one.
        """
        given = self.fields.get(FIELD, "")
        if not hmac.compare_digest(
            given.encode("utf-8", "replace"), form_token(desk.access).encode()
        ):
            raise UsageError(
                "this form is not of this server's present run",
                advice="Go back, load the page anew, and send it again",
            )
