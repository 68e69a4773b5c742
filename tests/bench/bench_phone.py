"""What a phone loads: the first page from nothing, home, then the pages after it."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from app import create_app
from core.assets import STATIC, script_in, without_remarks
from core.demo_accounts import DEMO_PASSWORD
from tests.bench.data import FEW, copy_of
from tests.bench.server import serving
from tests.bench.table import Row, limit, reported
from tests.browsing import FLAGS, chromium_path

FIRST_KB, FIRST_REQUESTS, LATER_KB, SCRIPT_KB = 60, 8, 15, 12
USABLE_SECONDS, TAP_MS, SHIFT = 3, 100, 0.1
# A cheap phone on a weak line: a quarter of this processor, 400 kbit/s, 400 ms.
SLOW_LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
WATCH = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""
# From the tap to the frame in which the chip is seen chosen.
TAP = """() => new Promise((done) => {
    const chip = document.querySelector("[name=met]");
    const began = performance.now();
    chip.click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
LATER = ("/households", "/visits", "/visits/new", "/wishes", "/activities", "/teams", "/account")


class Traffic:
    """The bytes on the wire and the requests of a page, as the browser counts them."""

    def __init__(self, page: Page) -> None:
        self.size = self.requests = 0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "gzip"}})
        devtools.on("Network.responseReceived", self.count)
        devtools.on("Network.requestServedFromCache", self.uncount)
        devtools.on("Network.loadingFinished", self.weigh)
        # A redirect has no response event of its own.
        devtools.on("Network.requestWillBeSent", self.follow)

    def count(self, event: dict) -> None:
        """A file that the phone has already is no request."""
        self.requests += not event["response"].get("fromDiskCache")

    def uncount(self, _event: dict) -> None:
        self.requests -= 1

    def weigh(self, event: dict) -> None:
        self.size += event["encodedDataLength"]

    def follow(self, event: dict) -> None:
        if redirected := event.get("redirectResponse"):
            self.requests += 1
            self.size += redirected["encodedDataLength"]

    def of(self, page: Page, path: str) -> float:
        """The kilobytes of one more page."""
        before = self.size
        page.goto(path, wait_until="networkidle")
        return (self.size - before) / 1000


def rows() -> list[Row]:
    """Weigh the pages of a student's phone, gzip only, as behind an old proxy."""
    with (
        copy_of(FEW) as folder,
        TemporaryDirectory() as logs,
        serving(folder, Path(logs) / "log") as port,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(
            base_url=f"http://127.0.0.1:{port}",
            viewport={"width": 360, "height": 740},
            is_mobile=True,
        )
        traffic = Traffic(page)
        page.goto("/", wait_until="networkidle")
        first, requests = traffic.size / 1000, traffic.requests
        log_in(page)
        until_home = f"{traffic.size / 1000:.1f} kB, {traffic.requests} requests"
        later = {path: traffic.of(page, path) for path in LATER}
        slow = on_a_slow_phone(page)
        browser.close()
    heaviest = max(later, key=later.__getitem__)
    return [
        limit("first page on a phone, gzip, cold", first, FIRST_KB, "kB"),
        limit("… its requests", requests, FIRST_REQUESTS, "requests"),
        reported("… then logged in, home, and what is kept for later", until_home),
        limit(f"the heaviest later page, {heaviest}", later[heaviest], LATER_KB, "kB"),
        limit("all scripts of our own, gzip", own_scripts(), SCRIPT_KB, "kB"),
        *slow,
    ]


def own_scripts() -> float:
    """The kilobytes of the script of every page and of the service worker."""
    worker = without_remarks((STATIC / "js" / "sw.js").read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        app = create_app({"LINLI_INSTANCE": folder})
        with app.test_request_context("/"):
            sources = script_in("zh_Hans_CN"), worker
    return sum(len(gzip.compress(source.encode())) for source in sources) / 1000


def on_a_slow_phone(page: Page) -> list[Row]:
    """The visit form of a paired household, opened from home with the files already on the phone."""
    page.goto("/visits/new", wait_until="networkidle")
    form = page.locator("a[href*='household=']").first.get_attribute("href")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_LINE)
    began = time.monotonic()
    page.goto(form, wait_until="commit")
    page.locator("form[data-kept]").wait_for(state="attached")
    usable = time.monotonic() - began
    page.evaluate(WATCH)
    tap = page.evaluate(TAP)
    page.wait_for_timeout(1000)
    return [
        limit("the visit form usable on a slow phone", usable, USABLE_SECONDS, "s"),
        limit("… a tap seen", tap, TAP_MS, "ms"),
        limit("… layout shift", page.evaluate("shift"), SHIFT, ""),
    ]


def log_in(page: Page) -> None:
    """Log in, arrive at home."""
    page.fill("[name=username]", "lin")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
