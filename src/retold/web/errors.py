"""What went wrong, as a page."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from retold.errors import NothingFound, RetoldError, TooLarge, UsageError
from retold.model import Noun
from retold.web.desk import Page

__all__ = ["ErrorView", "error_page"]


class ErrorView(Noun, frozen=True):
    """What went wrong: what, where, and what to do next."""

    error: str
    what: str
    where: str
    advice: str


def error_page(error: Exception) -> Page:
    """The page that says it, with its HTTP status."""
    view, status = _said(error)
    return Page("error.html", view.what, view, status=status)


def _said(error: Exception) -> tuple[ErrorView, int]:
    if isinstance(error, HTTPException):
        what = "There is no such page" if error.status_code == 404 else str(error.detail)
        return ErrorView("HTTPException", what, "", ""), error.status_code
    if isinstance(error, RetoldError):
        status = (
            404 if isinstance(error, NothingFound) else 413 if isinstance(error, TooLarge) else 400
        )
        if not isinstance(error, NothingFound | UsageError | TooLarge):
            status = 503
        return ErrorView(type(error).__name__, error.what, error.where, error.advice), status
    return ErrorView("Error", "Something went wrong here", "", ""), 500
