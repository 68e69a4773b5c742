"""The server as a process of its own, to be killed; and somebody who works at it over HTTP."""

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from core.config import ROOT
from core.submissions import new_submission_id
from tests.bench.server import free_port, wait_for
from tests.conftest import PASSWORD


class Server:
    """Gunicorn with the project's settings on an instance's folder."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.port = free_port()
        environment = {
            "LINLI_INSTANCE": str(folder),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"],
            env=os.environ | environment,
            cwd=ROOT,
            stdout=log.open("a"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait_for(self.port)

    def kill(self) -> None:
        """End it and all it started at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Clerk:
    """Somebody at a browser of their own; the login outlives the server."""

    def __init__(self, port: int, username: str) -> None:
        self.port, self.cookie, self.token = port, "", ""
        self.send("/login", {"username": username, "password": PASSWORD})

    def ask(self, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Return status, where it leads, and the page. Raises OSError when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST" if body is not None else "GET", path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode("utf-8", "replace")
            for name, value in answer.getheaders():
                if name == "Set-Cookie" and value.startswith("linli="):
                    self.cookie = value.split(";")[0]
            return answer.status, answer.getheader("Location", ""), page
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def send(self, path: str, fields: dict[str, object]) -> tuple[int, str, str]:
        """POST a form with its token and id."""
        page = self.ask("/verify")[2]
        token = re.search(r'name="csrf" content="([^"]+)"', page)[1]
        hidden = {"csrf_token": token, "submission_id": new_submission_id()}
        return self.ask(path, urlencode(fields | hidden, doseq=True))
