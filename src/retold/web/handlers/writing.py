"""Forms. Each handler runs in a thread, after the form's token was checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from retold.web.desk import Desk, Form, Moved, Page
from retold.web.handlers import adding, correcting

__all__ = ["FORMS"]

# Path -> what answers a form that is sent to it.
FORMS: Mapping[str, Callable[[Desk, Form], Moved | Page]] = {**adding.FORMS, **correcting.FORMS}
