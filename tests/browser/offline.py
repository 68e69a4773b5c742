"""A phone whose network, process and storage the tests hold in their hands."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect
from werkzeug.serving import BaseWSGIServer, make_server

from app import create_app
from core.db import db
from tests import factories

PASSWORD = factories.PASSWORD
SENT, STORED = "已送达", "已存本机"
HANDSET: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "locale": "zh-CN",
    "has_touch": True,
    "service_workers": "block",
}


class World:
    """An instance with 祝婆婆's and 翟爹爹's households, looked after by 林一舟; and its server."""

    def __init__(self, folder: Path) -> None:
        self.app: Flask = create_app({"LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
        with self.app.app_context():
            db.create_all()
            self.people = {
                name: factories.user(name, called, ["student"]).id
                for name, called in (("lin", "林一舟"), ("fang", "方晓禾"))
            }
            self.homes = [self.home("祝婆婆", "301"), self.home("翟爹爹", "302")]
        self.port = 0
        self.server: BaseWSGIServer | None = None
        self.start()

    def home(self, name: str, number: str) -> int:
        estate = factories.estate(f"{name}家的小区")
        household = factories.household(
            factories.room(factories.building(estate), number=number), name=name
        )
        factories.pairing(db.session.get(factories.User, self.people["lin"]), household)
        return household.id

    def start(self) -> None:
        """Serve, after a restart at the same address."""
        self.port = self.port or free_port()
        with listening(self.port) as listener:
            self.server = make_server(
                "127.0.0.1", self.port, self.app, threaded=True, fd=listener.fileno()
            )
        Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def rows(self, statement: str, **values: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.execute(db.text(statement), values))

    def write(self, statement: str, **values: Any) -> None:
        with self.app.app_context():
            db.session.execute(db.text(statement), values)
            db.session.commit()

    def expire_logins(self) -> None:
        """End every login, as time does."""
        self.write("UPDATE login_session SET revoked_at = created_at")

    def count(self, table: str) -> int:
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - our own tables

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Return a port that stays free during a restart: not one of those that clients are given."""
    for _each in range(100):
        port = random.randrange(10_000, 30_000)
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port")


def listening(port: int) -> socket.socket:
    """Listen there; a server that has just stopped may give its port up a moment later."""
    for _each in range(50):
        try:
            return socket.create_server(("127.0.0.1", port), backlog=128)
        except OSError:
            time.sleep(0.1)
    raise OSError(f"port {port} is taken")


@contextmanager
def world_in(folder: Path, kind: type[World] = World) -> Iterator[World]:
    world = kind(folder)
    try:
        yield world
    finally:
        world.stop()
        with world.app.app_context():
            db.engine.dispose()


LOOK_INTO_STORE = """name => new Promise((done) => {
    const opened = indexedDB.open("linli", 1);
    opened.onupgradeneeded = () => opened.transaction.abort();
    opened.onerror = () => done([]);
    opened.onsuccess = () => {
        const asked = opened.result.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => {
            opened.result.close();
            done(asked.result.map(({data, ...rest}) => ({...rest, size: data?.byteLength})));
        };
    };
})"""


class Phone:
    """One phone: a browser context of its own, 360 px wide, with faults for what it sends."""

    def __init__(self, chromium: Browser, world: World, **options: Any) -> None:
        self.world = world
        self.faults: list[str] = []
        self.held: list[Route] = []
        self.errors: list[str] = []
        self.use(chromium.new_context(**HANDSET | {"base_url": world.address} | options))

    def use(self, context: BrowserContext) -> None:
        """Open a page in this context, where the faults happen."""
        self.context = context
        context.set_default_timeout(15_000)
        context.route("**/*", self.handle)
        self.page: Page = context.new_page()
        self.listen()

    def listen(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda said: "Content Security" in said.text and self.errors.append(said.text),
        )

    def handle(self, route: Route) -> None:
        """Let the next fault happen to what the outbox sends; everything else passes."""
        request = route.request
        ours = request.method == "POST" and "outbox" in request.headers
        if not ours or not self.faults:
            return route.continue_()
        if self.faults[0].endswith("held"):
            return self.hold(route, self.faults[0])
        fault = self.faults.pop(0)
        if fault == "422" and "/photos/" in request.url:
            # A refused photo stays refused: nothing that mends itself.
            return route.continue_()
        if fault == "request lost":
            return route.abort("connectionfailed")
        if fault == "answer lost":
            # From a server that is just going down, the request is lost, too.
            with suppress(Error):
                route.fetch()
            return route.abort("connectionreset")
        if fault.isdecimal():
            return route.fulfill(status=int(fault), body="<main id=problem><p>不行</p></main>")
        return route.continue_()

    def hold(self, route: Route, fault: str) -> None:
        """As long as it stays the next fault, nobody hears of any request, or of any photo."""
        if fault.startswith("photo") and "/photos/" not in route.request.url:
            return route.continue_()
        if "answer" in fault:
            route.fetch()
        self.held.append(route)
        return None

    def log_in(self, username: str = "lin") -> Phone:
        self.open("/login")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/")
        return self

    def open(self, path: str) -> Page:
        """Open a page; again when the app itself was just going somewhere else."""
        for last in (False, False, True):
            try:
                self.page.goto(path)
                break
            except Error as error:
                on_its_way = "ERR_ABORTED" in error.message or "interrupted" in error.message
                if last or not on_its_way:
                    raise
                self.page.wait_for_timeout(200)
        return self.page

    def kill_tab(self) -> None:
        """The tab is gone without a word; a new one takes its place.

        Its process crashes: a page that is only closed hears of it and may still save. What is left
        of it is closed by the browser, which may be asked again: `close()` of a crashed page
        sometimes waits for ever.
        """
        dead, self.page = self.page, self.context.new_page()
        self.listen()
        browser = self.context.browser.new_browser_cdp_session()
        session = self.context.new_cdp_session(dead)
        target = session.send("Target.getTargetInfo")["targetInfo"]["targetId"]
        with suppress(Error):
            dead.goto("chrome://crash", timeout=5_000)

        def is_gone() -> bool:
            with suppress(Error):
                browser.send("Target.closeTarget", {"targetId": target})
            return dead.is_closed()

        self.until(is_gone)

    def offline(self, is_offline: bool = True) -> None:
        self.context.set_offline(is_offline)

    def kept(self, store: str) -> list[dict[str, Any]]:
        """What lies in a store on the phone."""
        while True:
            try:
                return self.page.evaluate(LOOK_INTO_STORE, store)
            except Error as error:
                # A record that got through leads on to its page: ask that one.
                if "context was destroyed" not in str(error):
                    raise
                self.page.wait_for_load_state()

    def until(self, told: Callable[[], bool], seconds: float = 15) -> None:
        """Wait until something is so. Raises TimeoutError."""
        for _each in range(int(seconds * 20)):
            if told():
                return
            self.page.wait_for_timeout(50)
        raise TimeoutError

    def says(self, *words: str) -> None:
        """The page says these, or soon will."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def states(self) -> list[str]:
        """How the records in the outbox stand, the oldest first."""
        return [item["state"] for item in sorted(self.kept("outbox"), key=lambda each: each["at"])]

    def all_sent(self) -> bool:
        return set(self.states()) <= {"sent"}

    def write_visit(self, home: int, note: str) -> Page:
        """Open the form and fill it in, up to the word that it is stored."""
        page = self.open(f"/visits/new?household={home}")
        page.locator("form[data-kept]").wait_for(state="attached")
        page.get_by_label("见到了", exact=True).check()
        page.fill("[name=note]", note)
        page.locator("#kept", has_text=STORED).wait_for()
        return page

    def add_photos(self, *paths: Path) -> None:
        self.page.set_input_files("#photos", list(paths))
        self.page.locator(".photo figcaption").nth(len(paths) - 1).wait_for()

    def save(self) -> None:
        self.page.get_by_role("button", name="保存走访").click()
