"""How long to wait before something that failed is tried again."""

from __future__ import annotations

__all__ = ["backoff"]

# 2 to this power is far beyond any limit, and still a float.
_MOST_DOUBLINGS = 60


def backoff(failures: int, *, first: float, most: float, draw: float) -> float:
    """Seconds to wait: doubled with each failure, up to a limit, the later half at random.

    Half of the wait is fixed, so that it never comes to nothing, and half is drawn, so that
    many who failed together do not come back together ("equal jitter"; M. Brooker, "Exponential
    Backoff and Jitter", AWS Architecture Blog, 2015).

    Args:
        failures: in a row, at least 1.
        first: seconds after one failure.
        most: seconds, however many failures.
        draw: from 0 to 1.
    """
    whole = min(most, first * 2.0 ** min(max(failures, 1) - 1, _MOST_DOUBLINGS))
    return whole / 2 + whole / 2 * min(max(draw, 0.0), 1.0)
