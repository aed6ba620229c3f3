"""Floors of quality: kept in `quality/floors.json`, never lowered in silence."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from pathlib import Path

__all__ = ["below", "floors", "raised"]

FILE = Path(__file__).parent / "quality" / "floors.json"
Table = dict[str, dict[str, float]]


def floors(benchmark: str) -> Table:
    """The floors of one benchmark: set → measure → figure; empty where there are none."""
    if not FILE.exists():
        return {}
    found: Table = json.loads(FILE.read_text("utf-8")).get(benchmark, {})
    return found


def below(
    kept: Mapping[str, float], now: Mapping[str, float], mistakes: Collection[str] = ()
) -> list[str]:
    """Which measures are worse than their floor, in words.

    Args:
        kept: measure → floor.
        now: measure → figure.
        mistakes: measures that are better when smaller; their floor is a ceiling.
    """
    worse = []
    for measure, floor in kept.items():
        figure = now[measure]
        if figure > floor if measure in mistakes else figure < floor:
            worse.append(f"{measure}: {figure:.3f}, floor {floor:.3f}")
    return worse


def raised(
    benchmark: str, now: Table, mistakes: Collection[str] = (), *, allow_regression: bool = False
) -> list[str]:
    """Write new floors, rounded towards what is easier to keep.

    Returns:
        What would fall; nothing is written then, unless a regression is allowed.
    """
    rounded = {
        name: {
            measure: float(figure) if measure in mistakes else math.floor(figure * 1000) / 1000
            for measure, figure in measures.items()
        }
        for name, measures in now.items()
    }
    old = floors(benchmark)
    falling = [
        f"{name}: {line}"
        for name in sorted(old)
        for line in (
            below(old[name], rounded[name], mistakes) if name in rounded else ["is not measured"]
        )
    ]
    if falling and not allow_regression:
        return falling
    everything = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    everything[benchmark] = rounded
    FILE.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n", "utf-8")
    return falling
