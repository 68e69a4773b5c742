"""Papers as they are written in a browser: what stands beside the form follows what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.db import db
from tests import factories
from tests.browser.offline import Phone, World
from tests.documents.batches import served

pytestmark = pytest.mark.browser
SETTLED = 1_500


@pytest.fixture
def names(world: World) -> list[str]:
    """秦若川 may write; three people have a hundred hours each."""
    with world.app.app_context():
        qin = factories.user("qin", "秦若川", ["secretary"])
        found = [served(qin, name, 100).name for name in ("方晓禾", "陶予安", "贺知夏")]
        db.session.commit()
    return found


@pytest.fixture
def phone(chromium: Browser, world: World, names: list[str]) -> Iterator[Phone]:
    phone = Phone(chromium, world).log_in("qin")
    yield phone
    phone.context.close()
    assert phone.errors == []


def asked_of(page: Page) -> list[str]:
    """Collect what the page sends from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else 0)
    return sent


def test_typing_asks_for_one_new_sample(phone: Phone) -> None:
    for path, field in (("certificate", "#honour"), ("notice", "#matter")):
        page = phone.open(f"/documents/new/{path}")
        sent = asked_of(page)
        page.fill(field, "热心居民")
        page.wait_for_timeout(SETTLED)
        assert len(sent) == 1, path


def test_picking_somebody_brings_their_reason_and_their_sample(phone: Phone) -> None:
    page = phone.open("/documents/new/certificate")
    sent = asked_of(page)
    page.locator(".pick-rows label", has_text="方晓禾").click()
    page.wait_for_timeout(SETTLED)
    expect(page.locator("#reason")).to_have_value(re.compile("服务时长100小时"))
    assert len(sent) <= 2


def test_a_batch_is_seen_whole_and_then_issued_as_the_button_says(phone: Phone) -> None:
    page = phone.open("/batches/new")
    page.fill("#issuer", "安和物业")
    button = page.locator("#issue-all")
    expect(button).to_have_text("签发并打印 3 份 · 0001–0003")
    page.locator(".pick-rows label", has_text="贺知夏").click()
    expect(button).to_have_text("签发并打印 2 份 · 0001–0002")
    expect(page.locator("#chosen-count")).to_have_text("选了 2 人")
    page.locator("#sample").get_by_role("button", name="下一份").click()
    expect(page.locator("#sample")).to_contain_text("这是第 2 份")
    with page.expect_popup():
        page.get_by_role("button", name="预览全部").click()
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("要签发 2 份，对吗")


def test_what_was_typed_last_is_what_the_sample_shows(phone: Phone) -> None:
    """On a slow line, where answers come in while one goes on typing."""
    page = phone.open("/documents/new/notice")
    line = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    phone.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    for word in ("春联", "春联送", "春联送到", "春联送到家"):
        page.fill("#subject", word)
        page.wait_for_timeout(170)
    expect(page.locator("#sample")).to_contain_text("春联送到家")
