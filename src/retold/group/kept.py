"""What the grouper remembers of a report: no text, about four kilobytes."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from retold.group.vectors import Vector
from retold.model import Report
from retold.text.words import fold

__all__ = ["Facts", "Kept", "content_key", "moment", "outlet_key", "own_id"]


Facts = tuple[float, ...]


@dataclass(slots=True)
class Kept:
    """A report in the grouper.

    Attributes:
        id: of the report.
        key: hash of its content: the order of everything that has no other.
        day: under which it is decided, as an ordinal.
        moment: when it was published, in days; NaN when not known.
        language: ISO 639-1 code.
        outlet: see `outlet_key`; None when not known.
        vector: its weights, from the days before its day.
        round_up: tells several stories by its form (see `roundups`).
        copy_of: id of an earlier report whose words it has.
        meaning: the vector of its beginning, where a model of sentence vectors is used.
        dawn: number of the group it was in when the last day began; -1 where that is not to be
            relied on.
        facts: single numbers of it, in the order that `comparing` names.
    """

    id: str
    key: str
    day: int
    moment: float
    language: str | None
    outlet: str | None
    vector: Vector
    round_up: bool = False
    copy_of: str | None = None
    meaning: npt.NDArray[np.int16] | None = None
    dawn: int = -1

    facts: Facts = ()
    _headed: bytes | None = None

    def __post_init__(self) -> None:
        of = self.vector
        spoken = zlib.crc32((self.language or "").encode("utf-8", "surrogatepass"))
        self.facts = (
            self.moment,
            float(spoken),
            of.numbers,
            float(of.number_count),
            float(len(of.runs)),
            float(of.runs_in_sample),
            float(of.sampled),
        )

    @property
    def order(self) -> tuple[int, float, str]:
        """The canonical order: by day, then as published, those without a time last; by content.

        Mostly that is the order of arrival, too, so that little is to be looked up again.
        """
        return self.day, math.inf if math.isnan(self.moment) else self.moment, self.key

    @property
    def headed(self) -> bytes:
        """Equal for reports whose titles have the same words."""
        if self._headed is None:
            self._headed = self.vector.bag("title")[0].tobytes()
        return self._headed


def content_key(report: Report) -> str:
    """Hash of a report's text and id, the same in every process.

    Title and outlet are no part of it: where people correct them, the story that the report began
    keeps its id.
    """
    digest = blake2b(digest_size=8)
    for part in (report.text, report.id):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def moment(published: str | None) -> float:
    """When a report was published, in days since the year 1; NaN when that cannot be told.

    A bare day stands for its noon, a local time without zone is taken for UTC: half a day of
    error is less than what the decision asks of time.
    """
    if not published:
        return math.nan
    try:
        if len(published) == 10:
            return date.fromisoformat(published).toordinal() + 0.5
        read = datetime.fromisoformat(published)
        if read.tzinfo is not None:
            read = read.astimezone(UTC)
    except (ValueError, OverflowError):
        return math.nan
    seconds = read.hour * 3600 + read.minute * 60 + read.second
    return read.toordinal() + seconds / 86_400


def outlet_key(report: Report) -> str | None:
    """Who published a report: several feeds, sections and versions of one outlet are one.

    The site's name where there is an address, else the outlet's name up to the first mark that
    sets a section apart ("Harbour Post - World", "Harbour Post | Politics").
    """
    if report.outlet:
        name = fold(report.outlet)
        for mark in (" - ", " – ", " — ", " | ", ": ", " (", " / "):
            name = name.partition(mark)[0]
        words = [word for word in name.replace(".", " ").split() if word != "the"]
        return " ".join(words) or name
    host = urlsplit(report.url or "").hostname
    if not host:
        return None
    parts = host.split(".")
    # Second-level registries (co.uk, com.au) have a short label before a country's code.
    size = 3 if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 2
    return ".".join(parts[-size:])


def own_id(kept: Kept) -> str:
    """The id of the story that a report begins."""
    return blake2b(f"story\0{kept.key}".encode(), digest_size=8).hexdigest()
