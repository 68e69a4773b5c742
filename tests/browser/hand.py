"""One person of the story with a phone of their own, who taps, fills in and looks."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import wider_than_screen


class Hand:
    """One person with a phone of their own, 360 px wide."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 360, "height": 740}, has_touch=True, locale="zh-CN"
        )
        self.address = address
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.refused: list[str] = []
        self.page.on("console", self.listen)

    def listen(self, message: object) -> None:
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def open(self, path: str) -> Page:
        response = self.page.goto(self.address + path)
        assert response.status == 200, f"{path}: {response.status}"
        self.look()
        return self.page

    def look(self) -> None:
        """Every page of the story fits the phone, and nothing on it is refused by the policy."""
        assert not wider_than_screen(self.page), self.page.url
        assert self.refused == []

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").first.fill(value)

    def pick(self, text: str) -> None:
        """Tap a chip or a checkbox by its words."""
        self.page.get_by_label(text, exact=True).check()

    def press(self, text: str) -> None:
        """Press a button and wait for the page that follows."""
        # Not expect_navigation: htmx notes its first swap in the page's own history entry.
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name=text).first.click()
        self.look()

    def follow(self, text: str) -> None:
        """Follow the first link with these words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=text).first.click()
        self.look()

    def log_in(self, username: str, password: str) -> None:
        self.open("/login")
        self.fill(username=username, password=password)
        self.press("登录")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)
