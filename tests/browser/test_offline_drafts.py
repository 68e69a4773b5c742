"""What is typed comes back, whatever happened; and only to who typed it, and only there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.offline import Phone, World

pytestmark = pytest.mark.browser


def test_a_draft_comes_back_after_the_tab_was_killed(phone: Phone, world: World) -> None:
    phone.write_visit(world.homes[0], "收音机坏了")
    phone.kill_tab()
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    expect(page.locator("[name=note]")).to_have_value("收音机坏了")
    expect(page.get_by_label("见到了", exact=True)).to_be_checked()
    expect(page.get_by_text("上次没写完的回来了")).to_be_visible()


def test_a_saved_visit_leaves_no_draft_and_never_enters_the_next(
    phone: Phone, world: World
) -> None:
    page = phone.write_visit(world.homes[0], "收音机坏了")
    phone.save()
    page.wait_for_url("**/visits/1")
    assert phone.kept("drafts") == []
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    page.locator("form[data-kept]").wait_for(state="attached")
    expect(page.locator("[name=note]")).to_have_value("")
    assert world.count("visit") == 1
