"""The wish pages as a browser draws them: on a phone, on a laptop, in the dark."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from core.db import db
from tests.browsing import PHONE, complaints, faults_of, logged_in
from tests.conftest import PASSWORD
from tests.wishes.journeys import ON_THE_WALL, whole

pytestmark = pytest.mark.browser


def stored(wish_id: int) -> dict[str, Any]:
    """Return what is stored of a wish, leaving no transaction open that locks the server out."""
    wish = whole(wish_id)
    claimer = wish.claim.claimer_id if wish.claim else None
    found = {"state": wish.state, "claimer": claimer, "home": wish.household_id}
    db.session.rollback()
    return found


def test_every_wish_page_is_accessible_and_fits(
    chromium: Browser, address: str, lin: Any, qin: Any, wish: Any
) -> None:
    of = {state: wish(state, claimer=lin).id for state in ("collected", *ON_THE_WALL)}
    home_id = stored(of["collected"])["home"]
    paths = {
        "lin": [
            "", "?state=claimed", "?state=thanked", "/new", f"/new?household={home_id}",
            *(f"/{of[state]}" for state in of),
            *(f"/{of['claimed']}/{step}" for step in ("release", "fulfilment", "withdrawal")),
        ],
        "qin": [
            "", *(f"/{of['collected']}/{step}" for step in ("edit", "approval")),
            f"/{of['fulfilled']}/confirmation", f"/{of['confirmed']}/thanks",
        ],
    }  # fmt: skip
    for username, theirs in paths.items():
        page = logged_in(chromium, address, username, PASSWORD, viewport=PHONE)
        assert faults_of(page, (f"{address}/wishes{path}" for path in theirs)) == []
        page.context.close()


def test_a_claim_on_a_phone_moves_the_card_without_leaving_the_page(
    chromium: Browser, address: str, fang: Any, lin: Any, wish: Any
) -> None:
    wish_id = wish("published", what="老花镜").id
    fang_id = fang.id
    db.session.rollback()
    page = logged_in(chromium, address, "fang", PASSWORD, viewport=PHONE)
    page.goto(f"{address}/wishes")
    page.get_by_role("button", name="我来认领").click()
    expect(page.locator("#say")).to_contain_text("认领好了")
    expect(page.locator(".states a[aria-current] b")).to_have_text("0")
    assert stored(wish_id)["claimer"] == fang_id
    page.get_by_role("button", name="撤回").click()
    expect(page.locator("#say")).to_contain_text("退回了")
    assert stored(wish_id)["state"] == "published"


def test_who_comes_second_reads_so_in_place(
    chromium: Browser, address: str, fang: Any, lin: Any, browser: Any, wish: Any
) -> None:
    wish_id = wish("published", what="老花镜").id
    db.session.rollback()
    page = logged_in(chromium, address, "fang", PASSWORD, viewport=PHONE)
    page.goto(f"{address}/wishes")
    browser(lin).send(f"/wishes/{wish_id}/claim")
    page.get_by_role("button", name="我来认领").click()
    expect(page.locator("#say")).to_contain_text("刚刚被别人认领了")
    expect(page.get_by_role("button", name="我来认领")).to_have_count(0)


def test_the_board_works_without_scripts(
    chromium: Browser, address: str, fang: Any, wish: Any
) -> None:
    wish_id = wish("published", what="老花镜").id
    db.session.rollback()
    page = logged_in(chromium, address, "fang", PASSWORD, java_script_enabled=False)
    page.goto(f"{address}/wishes")
    page.get_by_role("button", name="我来认领").click()
    expect(page.locator("#say")).to_contain_text("认领好了")
    assert stored(wish_id)["state"] == "claimed"


def test_earlier_wishes_like_it_come_while_one_types(
    chromium: Browser, address: str, lin: Any, wish: Any
) -> None:
    earlier = stored(wish("confirmed", claimer=lin, what="修一台收音机").id)
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE)
    page.goto(f"{address}/wishes/new?household={earlier['home']}")
    page.locator("[name=what]").press_sequentially("修收音机")
    expect(page.locator("#similar")).to_contain_text("修一台收音机")
    assert complaints(page) == []
