"""Forms. Each handler runs in a thread, after the form's token was checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files

from retold.archive.adding import Item, add
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.read import read_bytes
from retold.web.desk import Desk, Form, Moved

__all__ = ["FORMS"]


def _demo(desk: Desk, form: Form) -> Moved:
    """The demo story, into an archive that people want to try."""
    items = []
    for entry in sorted((files("retold") / "demo").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".txt"):
            raw = entry.read_bytes()
            items.append(Item(read_bytes(raw, entry.name, desk.settings), raw))
    add(desk.archive, items)
    refresh_quotations(desk.archive, desk.settings)
    refresh_stories(desk.archive, desk.settings)
    return Moved("/")


# Path -> what answers a form that is sent to it.
FORMS: Mapping[str, Callable[[Desk, Form], Moved]] = {
    "/demo": _demo,
}
