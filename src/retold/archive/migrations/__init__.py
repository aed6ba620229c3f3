"""How an archive's tables become those of this version.

A migration is a file `versions/NNNN_subject.py`, numbered without gaps, never changed once it was
released. The newest number is the schema version.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

__all__ = ["TABLE", "at", "newest", "noted", "upgrade"]

# Not Alembic's default, so that another program's tables can live in the same database.
TABLE = "retold_schema"
_HERE = Path(__file__).parent


@cache
def newest() -> str:
    """The schema version of this program."""
    return max(file.name[:4] for file in (_HERE / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def at(connection: Connection) -> str | None:
    """The schema version of an archive; None for none."""
    return noted(connection) if inspect(connection).has_table(TABLE) else None


def noted(connection: Connection) -> str | None:
    """The same, where it is known that this is an archive."""
    found = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))
    return None if found is None else str(found)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run what is missing, inside the connection's transaction."""
    from alembic import command  # 0.2 s
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
