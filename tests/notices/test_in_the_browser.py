"""The bell and its page as a browser draws them."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from core.db import db
from core.notices import tell
from tests.browsing import PHONE, faults_of, logged_in
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def two_notices(lin: Any, qin: Any, wish: Any) -> None:
    for what in ("想找人把用了二十年的收音机修好，声音要大一点，按钮要好按", "老花镜"):
        tell([lin.id], "wish_published", wish("published", what=what), by=qin)
    db.session.commit()


def test_the_page_is_accessible_and_fits(
    chromium: Browser, address: str, two_notices: None
) -> None:
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE)
    assert faults_of(page, (f"{address}/notices", f"{address}/")) == []


def test_one_is_read_in_place_and_the_other_by_opening_it(
    chromium: Browser, address: str, two_notices: None
) -> None:
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE)
    page.get_by_role("link", name="2 条消息没看").click()
    page.get_by_role("button", name="知道了").first.click()
    expect(page.locator("#unread")).to_contain_text("1 条没看")
    page.locator(".notice.unread button.go").click()
    expect(page.get_by_role("heading", name="想找人把用了二十年的收音机修好")).to_be_visible()
    page.goto(f"{address}/notices")
    expect(page.locator("#unread")).to_contain_text("都看过了")
