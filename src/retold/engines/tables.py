"""Queries over columns held in memory, by DuckDB (the extra "tables")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.errors import EngineMissing

__all__ = ["query"]

Ints = npt.NDArray[np.int64]


def query(sql: str, tables: Mapping[str, Mapping[str, Ints]]) -> list[Ints]:
    """Columns that a query gives.

    Args:
        sql: a query that reads `tables` by name.
        tables: name -> column's name -> whole numbers.

    Raises:
        EngineMissing: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise EngineMissing(
            "queries over tables need DuckDB", advice="Install it (pip install 'retold[tables]')"
        ) from None
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as connection:
        for name, columns in tables.items():
            connection.register(name, dict(columns))
        found: dict[str, Any] = connection.execute(sql).fetchnumpy()
    return [np.asarray(column, np.int64) for column in found.values()]
