"""The server as `make run` starts it, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.config import ROOT

PATIENCE_SECONDS = 60


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[int]:
    """Serve an instance with the project's gunicorn settings; yield the port."""
    port = free_port()
    environment = {"LINLI_INSTANCE": str(folder), "HOST": "127.0.0.1", "PORT": str(port)}
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"],
            env=os.environ | environment,
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port: int) -> None:
    """Wait for the first answer. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/login")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server on port {port}")
