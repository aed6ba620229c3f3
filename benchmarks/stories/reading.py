"""Reading: outlet and time of publication of the saved pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.truth import Located

__all__ = ["Pages", "pages"]


@dataclass
class Pages:
    """Counts over the facts that the truth states of saved pages."""

    truth: int = 0
    right: int = 0


def pages(located: Located, errors: list[str]) -> Pages:
    """Outlet and time of each saved page; one moment may be written in any zone."""
    result = Pages()
    for file, about in located.story.truth["reports"].items():
        if not file.endswith(".html"):
            continue
        report = located.report[file]
        facts = {"outlet": (about["outlet"], report.outlet)}
        if "published" in about:
            facts["published"] = (about["published"], report.published)
        for name, (wanted, found) in facts.items():
            result.truth += 1
            right = found is not None and (found == wanted or _moment(found) == _moment(wanted))
            result.right += right
            if not right:
                errors.append(f"{name} of {file}: {found!r}, truth {wanted!r}")
    return result


def _moment(written: str) -> object:
    """A moment with its zone is compared as a moment, a bare day as it is written."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    return moment if moment.tzinfo is not None and "T" in written else written
