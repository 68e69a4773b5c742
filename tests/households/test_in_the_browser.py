"""The households' and the imports' pages as a browser draws them."""

import io
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, expect

from blueprints.households.models import Resident, Room
from core.db import db
from tests import factories
from tests.browsing import PHONE, complaints, faults_of, logged_in, wider_than_screen
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser

HEADERS = ["楼栋", "单元", "房号", "户主姓名", "联系电话", "人员类别", "备注"]
ROWS = [
    ["示2栋", "1", "301", "祝婆婆", "10000000008", "独居", "新电话"],
    ["示2栋", "1", "302", "翟大明", "10000000002", "", ""],
    ["示2栋", "1", "302", "翟大明", "10000000003", "", "两行不一样"],
    ["示2栋", "1", "", "单国梁", "", "", ""],
    ["示2栋", "1", "303", "欧阳婆婆", "", "", ""],
]


def workbook(headers: list[str] = HEADERS) -> dict[str, Any]:
    book = Workbook()
    for row in (headers, *ROWS):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return {"name": "台账.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


@pytest.fixture
def world(app: Any, qin: Any) -> dict[str, Any]:
    """A household with consents, another one at the same door, and a building map."""
    home = factories.household()
    again = factories.household(db.session.get(Room, home.room_id))
    person = db.session.scalars(db.select(Resident.id).order_by(Resident.id)).first()
    found = {
        "home": home.id, "again": again.id, "person": person, "block": home.building_id,
        "room": home.room_id,
    }  # fmt: skip
    db.session.rollback()
    return found


def paths_of(w: dict[str, Any]) -> list[str]:
    home, person = f"/households/{w['home']}", f"/residents/{w['person']}"
    return [
        "/households", "/households?q=nobody", "/households/new", home, f"{home}/edit",
        f"{home}/residents/new", f"{person}/edit", f"{person}/consents/new", f"{person}/erasure",
        f"{person}/merging", f"{home}/merging", f"{home}/merging?other={w['again']}",
        "/households/doubles", "/households/retention", f"/buildings/{w['block']}",
        f"/rooms/{w['room']}", "/households/import", "/volunteers/import", "/visits/import",
        "/activities/import",
    ]  # fmt: skip


def test_every_page_is_accessible_and_fits(
    chromium: Browser, address: str, world: dict[str, Any]
) -> None:
    page = logged_in(chromium, address, "qin", PASSWORD, viewport=PHONE)
    assert faults_of(page, (address + path for path in paths_of(world))) == []
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_ledger_is_read_in_step_by_step(
    chromium: Browser, address: str, world: dict[str, Any], width: int, scheme: str
) -> None:
    page = logged_in(
        chromium, address, "qin", PASSWORD,
        viewport={"width": width, "height": 800}, color_scheme=scheme,
    )  # fmt: skip
    page.goto(f"{address}/households/import")
    page.get_by_label("哪个小区的").select_option(label="桥机嘉园")
    page.get_by_label("台账文件").set_input_files(workbook(["甲", "乙", "丙", "丁", *HEADERS[4:]]))
    page.get_by_role("button", name="先看一遍").click()
    expect(page.get_by_role("heading", name="各列是什么", level=1)).to_be_visible()
    assert complaints(page) == []
    assert not wider_than_screen(page)
    for column, field in enumerate(["楼栋", "单元", "房号", "户主姓名"]):
        page.locator(f"#column_{column}").select_option(label=field)
    page.get_by_role("button", name="就这样读").click()
    expect(page.get_by_text("缺房号")).to_be_visible()
    expect(page.get_by_text("台账：10000000008")).to_be_visible()
    assert complaints(page) == []
    assert not wider_than_screen(page)
    page.locator("#answer_0-1").check()
    page.get_by_role("button", name="导入 2 户").click()
    expect(page.get_by_text("导入了 2 户").first).to_be_visible()
    assert complaints(page) == []
    page.get_by_text("整批撤回").first.click()
    page.get_by_role("button", name="撤回这批").click()
    expect(page.get_by_text("这批都撤回了")).to_be_visible()
    page.context.close()


def test_on_a_phone_a_tap_on_a_room_opens_its_sheet_with_the_next_action(
    chromium: Browser, address: str, world: dict[str, Any]
) -> None:
    page = logged_in(chromium, address, "qin", PASSWORD, viewport=PHONE)
    page.goto(f"{address}/buildings/{world['block']}")
    page.locator(f"#room-{world['room']}").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("link", name="记走访").first).to_be_visible()
    assert complaints(page) == []
    page.context.close()
