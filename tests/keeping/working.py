"""What the tests of computing have done in other processes."""

from __future__ import annotations

import os
import threading
from pathlib import Path


def doubled(number: int) -> int:
    if number == 13:
        os._exit(7)
    return 2 * number


def waits(file: str) -> None:
    """Says who it is, whole or not at all, and never ends by itself."""
    begun = Path(f"{file}.begun")
    begun.write_text(str(os.getpid()))
    begun.rename(file)
    threading.Event().wait()
