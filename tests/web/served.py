"""The app behind a real server, in a thread."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn

from retold.archive import Archive
from retold.web.app import create_app
from retold.web.serving import access_for

__all__ = ["Serving"]


class Serving:
    """A real server in a thread."""

    def __init__(self, archive: Archive) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        app = create_app(archive, access_for("127.0.0.1", self.port, (), None))
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )

    def __enter__(self) -> str:
        self.thread.start()
        while not self.server.started and self.thread.is_alive():
            time.sleep(0.01)
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()
