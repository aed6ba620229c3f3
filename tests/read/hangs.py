"""One input that is never done with ends the run, with a traceback of where it stands.

No time is asserted: the limit is far above what any input takes on a slow machine, and it holds
inside of parsers written in C too, which no signal handler interrupts.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["watched"]

_SECONDS = 90


@contextmanager
def watched() -> Iterator[None]:
    """Around the reading of one input."""
    faulthandler.dump_traceback_later(_SECONDS, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
