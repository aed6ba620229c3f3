"""Which reports are the same: ids stay distinct, and nothing is dropped silently."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from retold.errors import BadRecord
from retold.model import Report
from retold.text.content import content_id

if TYPE_CHECKING:
    from retold.read.found import Found

__all__ = ["Identities"]


class Identities:
    """The ids given out in one reading.

    Ids are told apart within a story (or among the reports that name none), so that a file of
    many stories may call its reports "A", "B", "C" in each of them.
    """

    def __init__(self) -> None:
        self._contents: dict[bytes, str] = {}
        self._copies: dict[bytes, int] = {}

    def admit(self, found: Found) -> Report:
        """The report, with an id of its own.

        Raises:
            BadRecord: its id was given to a report with another content.
        """
        report = found.report
        key = _key(found.story, report.id)
        content = content_id(report)
        first = self._contents.get(key)
        if first is None:
            self._contents[key] = content
            return report
        if first != content:
            raise BadRecord(
                f"the id {report.id!r} was used before, for another report",
                where=found.where,
                advice="Give each report an id of its own, or none",
            )
        return self._copy(found, key, content)

    def _copy(self, found: Found, key: bytes, content: str) -> Report:
        report = found.report
        number = self._copies.get(key, 1)
        while True:
            number += 1
            name = f"{report.id}~{number}"
            if _key(found.story, name) not in self._contents:
                break
        self._copies[key] = number
        self._contents[_key(found.story, name)] = content
        note = f"the same report as {report.id}: text, title, URL, outlet and date are equal"
        return msgspec.structs.replace(report, id=name, notes=(*report.notes, note))


def _key(story: str | None, report: str) -> bytes:
    named = msgspec.json.encode([story, report])
    return blake2b(named, digest_size=16).digest()
