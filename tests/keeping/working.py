"""What the tests of computing have done in other processes."""

from __future__ import annotations

import os


def doubled(number: int) -> int:
    if number == 13:
        os._exit(7)
    return 2 * number
