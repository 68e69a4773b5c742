"""A real Chromium for the tests of any room, and a way to serve an application to it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

AXE = (Path(__file__).parent / "browser/vendor/axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A name that is no localhost, to which a browser lends no secure context.
    "--host-resolver-rules=MAP linli.test 127.0.0.1",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Only what is wrong is looked up in detail and handed over: a page passes in hundreds of places.
VIOLATIONS = """async (rules) => {
  const {violations} = await axe.run({runOnly: rules, resultTypes: ['violations'], preload: false});
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`));
}"""


def chromium_path() -> str | None:
    """Where the system's Chromium is, if it has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on a free local port while the block runs; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def logged_in(chromium: Browser, address: str, username: str, password: str, **options) -> Page:
    """A new page on which this person has just logged in; options are the context's."""
    page = chromium.new_context(**{"locale": "zh-CN"} | options).new_page()
    page.goto(f"{address}/login")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def complaints(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe-core finds on the page now, one line each; empty when it is content."""
    if not page.evaluate("'axe' in window"):
        # Through the debugger, because the security policy rightly refuses a foreign script.
        page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    return page.evaluate(VIOLATIONS, rules)


def wider_than_screen(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
