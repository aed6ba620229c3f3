"""`retold serve`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from retold.cli.opening import open_archive
from retold.cli.stopping import code_of, stopped_by_signals
from retold.keeping.stopping import Stop
from retold.settings import Settings
from retold.web.serving import serve

__all__ = ["run"]


def run(
    archive: str | None,
    settings: Settings,
    *,
    host: str,
    port: int,
    names: Sequence[str],
    token: str | None,
) -> int:
    """Serve an archive until told to stop; returns the exit code."""

    def say(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()

    stop = Stop()
    with open_archive(archive, create=True) as kept, stopped_by_signals(stop) as caught:
        serve(kept, settings, host=host, port=port, names=names, token=token, say=say, stop=stop)
    return code_of(caught)
