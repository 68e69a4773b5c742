"""Visits as a real browser draws them: sixty seconds with one thumb, and every page in every dress."""

import time
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from blueprints.visits.leave import take_leave
from blueprints.visits.models import Visit
from blueprints.visits.promises import FollowUp
from core.clock import today
from core.db import db
from tests import factories
from tests.browsing import PHONE, faults_of, logged_in
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 44


class Thumb:
    """One thumb on a phone: it taps, and it counts its taps; it cannot type."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.began = page, 0, time.monotonic()

    def tap(self, target: Locator) -> None:
        """Tap something that is large enough for a thumb."""
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= SMALLEST_TARGET, target
        target.tap()
        self.taps += 1

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


def stored() -> list[dict[str, Any]]:
    """Return the visits, leaving no transaction open that locks the server out."""
    rows = db.session.execute(
        db.select(Visit.household_id, Visit.met, Visit.minutes, Visit.note, Visit.visited_on)
    )
    found = [row._asdict() for row in rows]
    db.session.rollback()
    return found


def chip(page: Page, text: str) -> Locator:
    return page.locator(".chip", has=page.get_by_label(text, exact=True)).first


def test_a_visit_is_told_in_four_taps_of_one_thumb(
    chromium: Browser, address: str, lin: Any, home: Any, pairing: Any
) -> None:
    home_id = home.id
    db.session.rollback()
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE, has_touch=True)
    thumb = Thumb(page)
    thumb.tap(page.locator(".due").get_by_role("link", name="记走访").first)
    page.wait_for_url(f"{address}/visits/new?household={home_id}")
    thumb.tap(chip(page, "见到了"))
    thumb.tap(page.get_by_role("button", name="精神不错"))
    thumb.tap(page.get_by_role("button", name="保存走访"))
    expect(page.get_by_text("走访记下了").first).to_be_visible()
    assert thumb.taps == 4
    assert thumb.seconds < 60
    (visit,) = stored()
    assert visit == {
        "household_id": home_id, "met": True, "minutes": 30, "note": "精神不错",
        "visited_on": today(),
    }  # fmt: skip


def test_a_call_in_vain_asks_only_why(
    chromium: Browser, address: str, lin: Any, home: Any, pairing: Any
) -> None:
    db.session.rollback()
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE, has_touch=True)
    thumb = Thumb(page)
    thumb.tap(page.locator(".due").get_by_role("link", name="记走访").first)
    page.wait_for_url(f"{address}/visits/new?*")
    thumb.tap(chip(page, "没见到"))
    asked = page.locator("main fieldset:visible legend").all_inner_texts()
    assert [words.split("\n")[0] for words in asked] == ["见到了吗", "怎么没见到", "哪天"]
    thumb.tap(chip(page, "出门了"))
    thumb.tap(page.get_by_role("button", name="保存走访"))
    expect(page.get_by_text("走访记下了").first).to_be_visible()
    assert thumb.taps == 4
    assert [visit["met"] for visit in stored()] == [False]


@pytest.fixture
def paths(lin: Any, fang: Any, qin: Any, home: Any, pairing: Any, head: Any) -> dict[str, list]:
    """Every page of this room with something on it, by who opens it."""
    gate = factories.building(factories.estate("侨亚小区"), "示5栋")
    long_name = factories.household(factories.room(gate), name="欧阳阿依古丽·买买提明")
    factories.pairing(lin, long_name)
    soon = today() + timedelta(days=3)
    head.birth_month, head.birth_day = soon.month, soon.day
    visit = factories.saved(
        Visit(
            household_id=home.id, pairing_id=pairing.id, visitor_id=lin.id, visited_on=today(),
            met=True, note="精神不错，想有人陪着说说话。",
        )
    )  # fmt: skip
    promise = factories.saved(
        FollowUp(visit_id=visit.id, what="带一副老花镜", owner_id=lin.id, due_on=soon)
    )
    factories.absence(lin, fang)
    uncovered = take_leave(fang, today() + timedelta(days=9), today() + timedelta(days=10))
    db.session.commit()
    of_home = f"?household={home.id}"
    shared = [
        "/pairings", f"/pairings/{pairing.id}", f"/pairings/{pairing.id}/edit",
        f"/pairings/{pairing.id}/handover", f"/pairings/{pairing.id}/handover/edit", "/visits",
        f"/visits/new{of_home}", "/visits/rounds/new", f"/visits/{visit.id}",
        f"/visits/{visit.id}/edit", f"/visits/{visit.id}/follow-ups", "/follow-ups",
        f"/follow-ups/{promise.id}/edit", "/calendar",
    ]  # fmt: skip
    office = [
        "/", "/absences", "/absences/new", f"/absences/{uncovered.id}/deputy", "/pairings/new",
        f"/pairings/{pairing.id}/end", "/calendar", "/visits",
    ]  # fmt: skip
    own = ["/", "/visits/new", "/absences/own", "/account", *shared]
    return {"lin": own, "qin": office}


def test_every_page_of_visits_is_accessible_and_fits(
    chromium: Browser, address: str, lin: Any, qin: Any, paths: dict[str, list[str]]
) -> None:
    db.session.commit()
    for username, theirs in paths.items():
        page = logged_in(chromium, address, username, PASSWORD, viewport=PHONE)
        assert faults_of(page, (address + path for path in theirs)) == []
        page.context.close()


def test_a_promise_is_ticked_off_without_leaving_the_page(
    chromium: Browser, address: str, lin: Any, paths: dict[str, list[str]]
) -> None:
    db.session.rollback()
    page = logged_in(chromium, address, "lin", PASSWORD, viewport=PHONE, has_touch=True)
    page.goto(f"{address}/follow-ups")
    promise = page.locator("[id^=follow-up-]")
    promise.get_by_role("button", name="办好了").tap()
    expect(promise.get_by_role("button", name="还没办好")).to_be_visible()
    assert page.url == f"{address}/follow-ups"
