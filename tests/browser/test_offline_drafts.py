"""What is typed comes back, whatever happened; and only to who typed it, and only there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.offline import PASSWORD, Phone, World

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


def test_what_is_typed_after_the_login_has_expired_is_there_after_the_next_one(
    phone: Phone, world: World
) -> None:
    """Typed on, left without saving, and reached again by way of the login page."""
    page = phone.write_visit(world.homes[0], "收音机坏了")
    world.expire_logins()
    page.fill("[name=note]", "收音机坏了，想有人陪着听戏")
    phone.until(lambda: "听戏" in str(phone.kept("drafts")))
    phone.open(f"/visits/new?household={world.homes[0]}")
    expect(page).to_have_url(re.compile("/login"))
    page.fill("[name=username]", "lin")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/visits/new*")
    expect(page.locator("[name=note]")).to_have_value("收音机坏了，想有人陪着听戏")
    phone.save()
    page.wait_for_url("**/visits/1")
    assert (world.count("visit"), phone.kept("drafts")) == (1, [])


def test_a_form_refused_for_an_expired_login_is_sent_as_it_was_typed_after_the_next_one(
    phone: Phone, world: World
) -> None:
    page = phone.write_visit(world.homes[0], "收音机坏了")
    world.expire_logins()
    page.fill("[name=note]", "想有人陪着听戏")
    phone.save()
    expect(page.locator("main")).to_contain_text("写的都在，登录后自动发")
    phone.kill_tab()
    phone.log_in()
    phone.until(phone.all_sent)
    assert world.rows("SELECT note FROM visit")[0][0] == "想有人陪着听戏"


def test_a_screen_reader_hears_each_state(phone: Phone, world: World) -> None:
    """Live regions stand on the page before they have something to say."""
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    assert page.locator("#kept[role=status], #outbox[role=status]").count() == 2
    assert page.locator(".photos").get_attribute("aria-live") == "polite"
    phone.write_visit(world.homes[0], "精神不错")
    expect(page.get_by_role("status").filter(has_text="已存本机")).to_be_visible()
    phone.faults = ["request lost", "422"]
    phone.save()
    expect(page.get_by_role("status").filter(has_text="待发送")).to_be_visible()
    page.get_by_role("button", name="现在发").first.click()
    expect(page.get_by_role("status").filter(has_text="1 条需处理")).to_be_visible()
