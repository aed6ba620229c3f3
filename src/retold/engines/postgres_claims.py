"""Claims in PostgreSQL: advisory locks of a session, which end when its connection does.

The server notices a client that ended at once, and one that was cut off within two minutes
(`tcp_keepalives_*`). A pool of connections that hands out a session for a transaction only
(PgBouncer's "transaction" mode) cannot keep them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from retold.engines.claims import Claims

__all__ = ["SessionClaims"]

# One for each schema: a database may hold several archives. "Rtlf" keeps it apart from the turn
# to write, which has "Rtld".
_KIND = "hashtext('Rtlf ' || current_schema())"
_TAKE = text(
    f"SELECT n FROM unnest(CAST(:numbers AS int[])) AS n WHERE pg_try_advisory_lock({_KIND}, n)"
)
_CUT_OFF = (
    "SET tcp_keepalives_idle = 60",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 6",
)


class SessionClaims(Claims):
    """See the module."""

    def __init__(
        self, engine: Engine, translating: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Nothing is connected yet.

        Args:
            engine: of the database.
            translating: in which errors of the driver become ours.
        """
        self._translating = translating
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._session: Connection | None = None
        self._mine: set[int] = set()

    def take(self, numbers: Collection[int]) -> frozenset[int]:
        """See `Claims`."""
        try:
            return self._take(numbers)
        except DBAPIError:
            # The session is gone, and what it had with it; a new one may be had at once.
            self._forget()
        with self._translating():
            return self._take(numbers)

    def close(self) -> None:
        """See `Claims`: the session ends; told first, because a server lets go in its own time."""
        if self._session is not None:
            with suppress(DBAPIError):
                self._session.execute(text("SELECT pg_advisory_unlock_all()"))
        self._forget()

    def _take(self, numbers: Collection[int]) -> frozenset[int]:
        session = self._session
        if session is None:
            session = self._session = self._engine.connect()
            for statement in _CUT_OFF:
                session.execute(text(statement))
        # Asked even for none: whether the session still stands is what makes the others ours.
        wanted = sorted(set(numbers) - self._mine)
        self._mine.update(session.scalars(_TAKE, {"numbers": wanted}))
        return frozenset(self._mine.intersection(numbers))

    def _forget(self) -> None:
        session, self._session = self._session, None
        self._mine.clear()
        if session is not None:
            session.invalidate()  # not back into the pool, where it would keep its locks
            session.close()
