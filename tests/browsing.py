"""A real Chromium for the tests of any room, and a way to serve an application to it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
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

PHONE = {"width": 360, "height": 740}
# The narrowest phone in the largest type, a laptop at 200 % zoom (640 of its pixels), a laptop.
WIDTHS = (("xl", 320), ("", 640), ("xl", 1280))
# What a finger has to hit. A link within a sentence is exempt (WCAG 2.2, target size).
SMALL_TARGETS = """() => {
  const least = 47;
  const area = (e) => {
    if (e.matches('[type=radio], [type=checkbox]'))
      e = e.closest('label') || document.querySelector(`label[for="${e.id}"]`) || e;
    if (e.matches('.go')) e = e.closest('li, tr, .card') || e;
    return e.getBoundingClientRect();
  };
  const within = (e) => e.matches('a') && !e.matches('.btn') &&
    getComputedStyle(e).display === 'inline' &&
    e.parentElement.textContent.trim().length > e.textContent.trim().length;
  const found = document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden])');
  return [...found]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !within(e))
    .filter((e) => !e.closest('.vh, .skip, [hidden], nav.crumbs'))
    .filter((e) => { const box = area(e); return box.height < least || box.width < least; })
    .map((e) => { const box = area(e);
      const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
      return `${size} ${e.outerHTML.slice(0, 110).replace(/\\s+/g, ' ')}`; });
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


def faults(page: Page) -> Iterator[str]:
    """Look at a page on a phone at every width and in both schemes; say what is wrong with it."""
    # Colours that are still on their way from one scheme to the other are not looked at.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield from complaints(page)
    yield from (f"target too small: {target}" for target in page.evaluate(SMALL_TARGETS))
    page.emulate_media(color_scheme="dark")
    yield from (f"dark: {each}" for each in complaints(page, ["color-contrast"]))
    for text, width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("text => { document.documentElement.dataset.text = text; }", text)
        if wider_than_screen(page):
            yield f"wider than {width} px{' in large type' if text else ''}: {widest(page)}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)


def faults_of(page: Page, addresses: Iterable[str]) -> list[str]:
    """Open page after page; return what is wrong with them, also on a laptop in the dark."""
    found = []
    for address in addresses:
        answer = page.goto(address)
        found += [f"{address}: {one}" for one in faults(page)]
        found += [f"{address}: answers {answer.status}"] if answer.status != 200 else []
        page.set_viewport_size({"width": 1280, "height": 740})
        page.emulate_media(color_scheme="dark")
        found += [f"{address}, wide and dark: {one}" for one in complaints(page)]
        page.set_viewport_size(PHONE)
    return found


def widest(page: Page) -> str:
    """Return what reaches furthest beyond the right edge."""
    return page.evaluate("""() => {
      const right = (e) => e.getBoundingClientRect().right;
      const all = [...document.querySelectorAll('main *, header *')];
      const far = all.filter((e) => right(e) > innerWidth + 1 && !e.closest('.map, .scroll-x'));
      return far.map((e) => e.outerHTML.slice(0, 120)).at(-1) || '';
    }""")
