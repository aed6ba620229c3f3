"""Answers that are kept, so that a page is made once and not for everyone who looks.

An answer is given again only while what it was made from is the same. That is asked anew each time:
first whether anything was committed to the archive at all; then, where a page depends on less than
everything, whether that has changed. Answers that depend on who asks are not kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b

from sqlalchemy import Connection

from retold.archive import Archive

__all__ = ["Answer", "Depends", "Key", "Remembered"]

Key = tuple[str, bytes, bool]
"""Path, query, and whether JSON is wanted."""

Depends = Callable[[Connection], str]
"""A fingerprint of what a page is made from."""

_MOST_BYTES = 48_000_000
_MOST_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent.

    Attributes:
        body: of it.
        media: its type.
        status: of HTTP.
        lasting: whether it may be given again.
    """

    body: bytes
    media: str
    status: int = 200
    lasting: bool = True

    @property
    def tag(self) -> str:
        """Its ETag: of what is in it, so that another run of the server never confirms a page whose
        forms hold the token of an earlier one."""
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    tag: str
    state: str
    fingerprint: str | None


class Remembered:
    """The answers of one server over one archive.

    Args:
        archive: open.
        most: bytes of answers; those that were asked for longest ago are forgotten.
    """

    def __init__(self, archive: Archive, most: int = _MOST_BYTES) -> None:
        self._archive = archive
        self._most = most
        self._size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._making: dict[Key, tuple[threading.Lock, int]] = {}

    def answer(
        self, key: Key, depends: Depends | None, make: Callable[[], Answer]
    ) -> tuple[Answer, str]:
        """The answer and its ETag, made where none is kept that still holds.

        Args:
            key: of the page.
            depends: on what; None for the whole archive.
            make: makes it, from the archive and the key alone.
        """
        if len(key[0]) + len(key[1]) > _MOST_QUERY:
            answer = make()
            return answer, answer.tag
        with self._one_at_a_time(key):
            # Before anything is read: what is committed meanwhile makes the answer newer than its
            # name says, and it is made once too often, never too seldom.
            state = self._archive.state()
            with self._lock:
                kept = self._kept.get(key)
            if kept is not None and kept.state == state:
                return self._again(key, kept)
            fingerprint = None
            if depends is not None:
                with self._archive.reading() as connection:
                    fingerprint = depends(connection)
                if kept is not None and kept.fingerprint == fingerprint:
                    return self._again(key, replace(kept, state=state))
            answer = make()
            new = _Kept(answer, answer.tag, state, fingerprint)
            if answer.lasting and len(answer.body) <= self._most // 8:
                self._keep(key, new)
            return answer, new.tag

    def _again(self, key: Key, kept: _Kept) -> tuple[Answer, str]:
        self._keep(key, kept)
        return kept.answer, kept.tag

    def _keep(self, key: Key, new: _Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._size += len(new.answer.body) - (len(old.answer.body) if old else 0)
            self._kept[key] = new
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.answer.body)

    @contextmanager
    def _one_at_a_time(self, key: Key) -> Iterator[None]:
        """Of those who ask for the same page at once, one makes it and the others wait for that."""
        with self._lock:
            lock, waiting = self._making.get(key, (threading.Lock(), 0))
            self._making[key] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._making.pop(key)
                if waiting > 1:
                    self._making[key] = lock, waiting - 1
