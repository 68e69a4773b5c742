"""Each thing that goes wrong in a stairwell: nothing lost, nothing doubled, the screen tells it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.clock import now
from tests.browser.offline import PASSWORD, SENT, STORED, Phone, World
from tests.browser.pictures import picture

pytestmark = pytest.mark.browser
# What a phone answers whose storage is full.
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
}"""


@pytest.mark.parametrize("fault", ["request lost", "answer lost", "500", "502"])
def test_what_did_not_get_through_waits_and_arrives_once(
    phone: Phone, world: World, fault: str
) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = [fault]
    phone.save()
    phone.says("已存本机 · 待发送")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("走访：祝婆婆家")
    expect(phone.page.locator(".strip")).to_have_count(1)
    phone.page.get_by_role("button", name="现在发").click()
    phone.says(SENT, "第 1 号")
    assert world.count("visit") == 1
    assert phone.kept("drafts") == []


def test_without_a_network_and_a_worker_no_link_leads_to_an_error_page(
    phone: Phone, world: World
) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.offline()
    phone.save()
    phone.says("已存本机 · 待发送", "关掉也不丢")
    expect(phone.page.locator("main a")).to_have_count(0)


def test_what_did_not_get_through_goes_by_itself_after_a_pause(phone: Phone, world: World) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["request lost"]
    phone.save()
    phone.says("待发送")
    phone.until(phone.all_sent)
    assert world.count("visit") == 1


def test_no_answer_for_twenty_seconds_and_it_waits_longer_each_time_up_to_five_minutes(
    phone: Phone, world: World
) -> None:
    phone.page.clock.install()
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["request held"]
    phone.save()
    phone.until(lambda: bool(phone.held))
    phone.faults = ["500"] * 7
    phone.page.clock.fast_forward(21_000)
    pauses = []
    for tries in range(1, 9):
        phone.until(lambda tries=tries: phone.kept("outbox")[0].get("tries") == tries)
        phone.until(lambda: phone.states() == ["waiting"])
        now_there = phone.page.evaluate("Date.now()")
        pauses.append(round((phone.kept("outbox")[0]["until"] - now_there) / 5_000) * 5)
        phone.page.clock.fast_forward(300_000)
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]
    phone.until(phone.all_sent)
    assert world.count("visit") == 1


@pytest.mark.parametrize("comes", ["online", "visibilitychange"])
def test_it_goes_when_the_network_returns_or_the_page_is_looked_at(
    phone: Phone, world: World, comes: str
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["500"]
    phone.save()
    phone.until(lambda: any("why" in item for item in phone.kept("outbox")))
    target = "window" if comes == "online" else "document"
    page.evaluate(f"{target}.dispatchEvent(new Event('{comes}'))")
    phone.until(phone.all_sent, 4)
    assert world.count("visit") == 1


def test_an_expired_login_keeps_the_queue_and_asks_to_log_in(phone: Phone, world: World) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    world.expire_logins()
    phone.save()
    phone.says("登录过期了")
    phone.page.get_by_role("link", name="登录").first.click()
    phone.page.fill("[name=username]", "lin")
    phone.page.fill("[name=password]", PASSWORD)
    phone.page.press("[name=password]", "Enter")
    phone.page.wait_for_url("**/visits/new*")
    phone.until(phone.all_sent)
    assert world.count("visit") == 1


def test_a_refused_form_comes_back_with_its_photos_and_goes_when_it_is_mended(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(picture(tmp_path))
    page.locator("[name=kinds]:checked").uncheck()
    phone.save()
    phone.says("选一样做了什么")
    expect(page.locator("[name=note]")).to_have_value("精神不错")
    expect(page.locator(".photo figcaption")).to_have_count(1)
    page.get_by_label("结对走访").check()
    phone.save()
    page.wait_for_url("**/visits/1")
    phone.until(phone.all_sent)
    assert (world.count("visit"), world.count("visit_photo")) == (1, 1)


def test_a_stale_correction_shows_both_and_loses_no_typing(
    phone: Phone, world: World, chromium: Browser
) -> None:
    phone.write_visit(world.homes[0], "原来的")
    phone.save()
    phone.page.wait_for_url("**/visits/1")
    page = phone.open("/visits/1/edit")
    page.locator("form[data-kept]").wait_for(state="attached")
    page.fill("[name=note]", "我改的")
    other = Phone(chromium, world).log_in()
    other.open("/visits/1/edit")
    other.page.fill("[name=note]", "别处改的")
    other.page.get_by_role("button", name="保存").click()
    other.page.wait_for_url("**/visits/1")
    other.context.close()
    page.get_by_role("button", name="保存").click()
    phone.says("我改的", "别处改的")
    page.get_by_role("button", name="用我写的保存").click()
    page.wait_for_url("**/visits/1")
    assert world.rows("SELECT note FROM visit")[0][0] == "我改的"
    assert phone.kept("drafts") == []


@pytest.mark.parametrize("days", [1, -1])
def test_a_day_without_a_network_and_a_clock_that_jumped(
    phone: Phone, world: World, days: int
) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.offline()
    phone.save()
    phone.says(STORED, "待发送")
    phone.kill_tab()
    phone.offline(False)
    phone.page.clock.set_fixed_time(now() + timedelta(days=days))
    phone.open("/outbox")
    phone.until(lambda: world.count("visit") == 1 and phone.all_sent())


def test_two_tabs_send_it_once(phone: Phone, world: World) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["request lost"]
    phone.save()
    phone.says("待发送")
    tabs = [phone.context.new_page() for _each in range(2)]
    for tab in tabs:
        tab.goto("/outbox", wait_until="commit")
    phone.until(phone.all_sent)
    assert world.count("visit") == 1


def test_the_next_person_on_the_phone_sees_and_sends_nothing_of_the_first(
    phone: Phone, world: World
) -> None:
    phone.write_visit(world.homes[0], "只给我看的话")
    phone.faults = ["request lost"] * 99
    phone.save()
    phone.says("待发送")
    phone.write_visit(world.homes[1], "没写完")
    world.expire_logins()
    phone.log_in("fang")
    page = phone.open("/outbox")
    phone.says("别人在这部手机上还有没送到的")
    assert "祝婆婆" not in page.content()
    assert world.count("visit") == 0
    phone.open("/account")
    phone.page.locator(".who button, .menu button").first.evaluate("button => button.click()")
    phone.page.wait_for_url("**/login")
    phone.faults = []
    phone.log_in("lin")
    phone.until(phone.all_sent)
    assert world.count("visit") == 1
    assert len(phone.kept("drafts")) == 1


def test_a_full_phone_says_so_and_the_form_still_goes_with_its_photos(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(picture(tmp_path), picture(tmp_path, 1))
    page.evaluate(FULL)
    page.fill("[name=note]", "精神不错" * 200)
    expect(page.get_by_role("alert")).to_contain_text("未保存")
    phone.save()
    page.wait_for_url("**/visits/1")
    assert (world.count("visit"), world.count("visit_photo")) == (1, 2)


def test_logging_out_warns_of_what_is_unsent_and_leaves_nothing(phone: Phone, world: World) -> None:
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["request lost"] * 9
    phone.save()
    phone.says("待发送")
    page = phone.open("/account")
    page.locator(".who button, .menu button").first.evaluate("button => button.click()")
    expect(page.get_by_role("dialog")).to_contain_text("1 条没送到")
    page.get_by_role("button", name="先不退").click()
    assert len(phone.kept("outbox")) == 1
    page.locator(".who button, .menu button").first.evaluate("button => button.click()")
    page.get_by_role("button", name="删掉，退出").click()
    page.wait_for_url("**/login")
    assert [phone.kept(name) for name in ("drafts", "outbox", "photos", "own")] == [[]] * 4


def test_without_scripts_the_form_is_a_plain_form(
    chromium: Browser, world: World, tmp_path: Path
) -> None:
    phone = Phone(chromium, world, java_script_enabled=False).log_in()
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    page.get_by_label("见到了", exact=True).check()
    page.set_input_files("#photos", picture(tmp_path))
    phone.save()
    page.wait_for_url("**/visits/1")
    assert (world.count("visit"), world.count("visit_photo")) == (1, 1)
    phone.context.close()


def test_over_plain_http_everything_but_opening_without_a_network_works(
    chromium: Browser, world: World, tmp_path: Path
) -> None:
    phone = Phone(chromium, world, base_url=f"http://linli.test:{world.port}").log_in()
    assert phone.page.evaluate("isSecureContext") is False
    phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(picture(tmp_path))
    phone.faults = ["request lost"]
    phone.save()
    phone.until(lambda: any("why" in item for item in phone.kept("outbox")))
    phone.open("/outbox")
    phone.says("没有加密")
    phone.until(phone.all_sent)
    assert (world.count("visit"), world.count("visit_photo")) == (1, 1)
