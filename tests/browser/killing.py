"""A phone's browser and a server in processes of their own, which die without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser

from core.config import ROOT
from tests.bench.server import wait_for
from tests.browser.offline import HANDSET, Phone, World, free_port
from tests.browsing import FLAGS, chromium_path


class Handset(Phone):
    """A phone that keeps its profile on disk, so that its browser may be killed and started."""

    def __init__(self, chromium: Browser, world: World, profile: Path) -> None:
        self.world, self.profile, self.kind = world, profile, chromium.browser_type
        self.faults, self.held, self.errors = [], [], []
        self.start()

    def start(self) -> None:
        self.use(
            self.kind.launch_persistent_context(
                self.profile,
                executable_path=chromium_path(),
                args=FLAGS,
                base_url=self.world.address,
                **HANDSET,
            )
        )

    def wake(self, *faults: str) -> None:
        """The browser is started again; these faults happen to what its next page sends.

        It may have forgotten its login: cookies reach the disk half a minute late.
        """
        self.faults = ["request lost"] * 99
        self.start()
        self.open("/")
        if "/login" in self.page.url:
            self.log_in()
        self.open("about:blank")
        self.faults, self.held = [*faults], []
        self.open("/outbox")

    def die(self) -> None:
        """The battery is flat: every process of this browser is gone."""
        for process in processes_with(str(self.profile)):
            os.kill(process, signal.SIGKILL)
        self.context.wait_for_event("close")


def processes_with(words: str) -> list[int]:
    """Return the processes that were started with these words."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if words.encode() in each.read_bytes():
                found.append(int(each.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


class ServerApart(World):
    """The instance, served as in real life by a process of its own."""

    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, after a death at the same address. Raises TimeoutError."""
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"],
            env=os.environ
            | {"LINLI_INSTANCE": self.app.config["LINLI_INSTANCE"]}
            | {"HOST": "127.0.0.1", "PORT": str(self.port)},
            cwd=ROOT,
            start_new_session=True,
        )
        wait_for(self.port)

    def stop(self) -> None:
        """Kill the server and its workers."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def pause(self) -> None:
        """Let it take no more: what comes waits in front of it."""
        os.killpg(self.process.pid, signal.SIGSTOP)
