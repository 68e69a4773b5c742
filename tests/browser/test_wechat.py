"""WeChat's browser on Android: no background sync, no installing, no downloads. All works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.db import db
from tests import factories
from tests.browser.offline import Phone, World
from tests.browser.pictures import picture
from tests.browsing import wider_than_screen
from tests.documents.drafts import certificate_draft

pytestmark = pytest.mark.browser
WECHAT = {
    "user_agent": "Mozilla/5.0 (Linux; Android 12; M2004J7AC Build/SP1A.210812.016; wv)"
    " AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/111.0.5563.116 Mobile"
    " Safari/537.36 XWEB/5307 MMWEBSDK/20230805 MicroMessenger/8.0.42 WeChat/arm64 NetType/4G",
    "is_mobile": True,
    "accept_downloads": False,
}
LACKS = """
    for (const name of ["SyncManager", "PeriodicSyncManager", "BeforeInstallPromptEvent", "Notification"])
        delete window[name];
    for (const name of ["share", "canShare", "getInstalledRelatedApps"])
        delete Navigator.prototype[name];
"""


@pytest.fixture
def phone(chromium: Browser, world: World) -> Iterator[Phone]:
    phone = Phone(chromium, world, **WECHAT)
    phone.context.add_init_script(LACKS)
    yield phone
    assert phone.errors == []
    phone.context.close()


def test_a_visit_with_photos_waits_and_arrives(phone: Phone, world: World, tmp_path: Path) -> None:
    phone.log_in()
    phone.write_visit(world.homes[0], "精神不错")
    phone.kill_tab()
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    expect(page.locator("[name=note]")).to_have_value("精神不错")
    phone.add_photos(picture(tmp_path))
    phone.faults = ["request lost"]
    phone.save()
    expect(page.locator("main")).to_contain_text("待发送")
    page.get_by_role("button", name="现在发").first.click()
    phone.until(phone.all_sent)
    expect(phone.open("/visits/1").locator("main")).to_contain_text("都送到了")
    assert (world.count("visit"), world.count("visit_photo")) == (1, 1)


def test_a_paper_is_a_picture_on_a_page_to_be_held_and_kept(phone: Phone, world: World) -> None:
    with world.app.app_context():
        qin = factories.user("qin", "秦若川", ["secretary"])
        draft = certificate_draft(qin).id
        db.session.commit()
    phone.log_in("qin")
    page = phone.open(f"/documents/{draft}")
    page.get_by_role("link", name="存成图片").click()
    page.wait_for_url(f"**/documents/{draft}/picture")
    expect(page.get_by_text("按住图片不放")).to_be_visible()
    shown = page.get_by_role("img", name="方晓禾")
    expect(shown).to_have_js_property("naturalWidth", 1080)
    assert not wider_than_screen(page)
