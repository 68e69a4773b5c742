"""A visit, a wish and what waits on the phone, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline import Phone, World

pytestmark = pytest.mark.browser
MOST_STOPS = 60
# The focused element, when it can be seen: itself, or the chip that stands for it.
SEEN = """selector => {
  const e = document.activeElement;
  return e.matches(selector) && (e.labels?.[0] ?? e).checkVisibility({ opacityProperty: true });
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first of these has the focus."""
    for _each in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(SEEN, selector):
            return
    raise AssertionError(f"no way to {selector}")


def test_a_visit_is_written_and_sent_again_without_touching_the_screen(
    phone: Phone, world: World
) -> None:
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    page.locator("form[data-kept]").wait_for(state="attached")
    tab_to(page, "[name=met]")
    page.keyboard.press("Space")
    tab_to(page, "[name=note]")
    page.keyboard.type("精神不错")
    phone.faults = ["request lost"]
    tab_to(page, "form[data-kept] button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="待发送")).to_be_visible()
    phone.open("/outbox")
    phone.until(phone.all_sent)
    tab_to(page, "#kept-here a[href='/visits/1']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/1")
    assert world.rows("SELECT note, met FROM visit") == [("精神不错", 1)]


def test_a_wish_is_written_without_touching_the_screen(phone: Phone, world: World) -> None:
    page = phone.open(f"/wishes/new?household={world.homes[0]}")
    page.locator("form[data-kept]").wait_for(state="attached")
    tab_to(page, "[name=what]")
    page.keyboard.type("老花镜")
    tab_to(page, "[name=kind]")
    page.keyboard.press("Space")
    tab_to(page, "[name=resident]")
    page.keyboard.press("Space")
    tab_to(page, "form[data-kept] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wishes/1")
    assert world.rows("SELECT what FROM wish") == [("老花镜",)]


def test_a_draft_is_thrown_away_by_keyboard_only_when_asked_twice(
    phone: Phone, world: World
) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    page = phone.open("/outbox")
    page.locator("#kept-here:not([hidden])").wait_for()
    tab_to(page, "#kept-here .ways button")
    page.keyboard.press("Enter")
    assert len(phone.kept("drafts")) == 1
    page.keyboard.press("Enter")
    phone.until(lambda: phone.kept("drafts") == [])
