"""Retold: one statement, many tellings.

`retold.compare(...)` compares reports of one story; `retold.model` holds the nouns of the
result, `retold.pipeline` the verbs that make it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retold.version import __version__

if TYPE_CHECKING:
    from retold.api import Comparison, compare

__all__ = ["Comparison", "__version__", "compare"]


def __getattr__(name: str) -> Any:
    # `import retold` stays light: the pipeline is imported when it is first used.
    if name in ("Comparison", "compare"):
        from retold import api

        return getattr(api, name)
    raise AttributeError(f"module 'retold' has no attribute {name!r}")
