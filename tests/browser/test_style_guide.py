"""Every part of the design language, on every width and in both schemes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.style_guide import PAGES, create_guide
from tests.browsing import complaints, served, wider_than_screen

pytestmark = pytest.mark.browser
ERRORS = [f"errors/{status}" for status in (400, 403, 404, 409, 413, 422, 429, 500)]


@pytest.fixture(scope="module")
def guide() -> Iterator[str]:
    with served(create_guide()) as address:
        yield address


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 640, 1280])  # 640: a laptop at 200 % zoom
def test_every_page_is_accessible_and_fits(
    chromium: Browser, guide: str, width: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in (*PAGES, *ERRORS):
        page.goto(f"{guide}/{path}")
        assert complaints(page) == [], path
        assert not wider_than_screen(page), path
    page.close()


@pytest.mark.parametrize("size", ["l", "xl"])
def test_the_largest_text_still_fits_the_smallest_phone(
    chromium: Browser, guide: str, size: str
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for path in PAGES:
        page.goto(f"{guide}/{path}?text={size}")
        assert not wider_than_screen(page), path
    page.close()


def test_touch_targets_on_a_phone_are_large_enough(phone: Page, guide: str) -> None:
    small = """() => [...document.querySelectorAll('a.btn, button, .chip > span, .nav a, summary')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 47)
        .map(e => e.outerHTML.slice(0, 80))"""
    for path in ("home", "form", "board", "table", "office"):
        phone.goto(f"{guide}/{path}")
        assert phone.evaluate(small) == [], path


def test_a_refused_form_names_each_problem_beside_its_field(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/form")
    phone.get_by_role("button", name="保存走访").click()
    phone.wait_for_selector(".errors")
    assert phone.title().startswith("错误：")
    assert phone.evaluate("document.activeElement.className") == "errors"
    links = phone.locator(".errors a")
    assert links.count() == 3
    for target in [links.nth(n).get_attribute("href") for n in range(3)]:
        field = phone.locator(f".field:has({target})").last
        assert field.locator(".err").count() == 1, target
    assert complaints(phone) == []


def test_another_day_is_asked_only_when_chosen(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/form")
    assert not phone.locator("#other_day").is_visible()
    phone.get_by_label("别的日子").check()
    assert phone.locator("#other_day").is_visible()


def test_a_template_fills_the_note_and_a_second_one_joins_it(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/form")
    phone.get_by_role("button", name="精神不错").click()
    phone.get_by_role("button", name="下次带点东西").click()
    assert phone.locator("#note").input_value() == "精神不错，下次带点东西"


def test_a_room_opens_in_a_sheet_that_can_be_closed(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/map")
    phone.locator("a.room").first.click()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_text("祝婆婆家").wait_for()
    assert complaints(phone) == []
    sheet.get_by_role("button", name="关上").click()
    assert not sheet.is_visible()


def test_a_refusal_within_the_page_is_told_at_its_top(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/table")
    phone.get_by_role("button", name="记一个冲突").click()
    problem = phone.locator("#say .problem")
    problem.get_by_text("有人先改了一步").wait_for()
    assert problem.get_by_role("button", name="用我写的保存").is_visible()
    assert phone.locator("h1", has_text="登记簿").is_visible()
    assert wider_than_screen(phone) is False


def test_the_password_can_be_shown(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/login")
    phone.fill("#password", "linli")
    phone.get_by_role("button", name="显示").click()
    assert phone.locator("#password").get_attribute("type") == "text"


def test_a_double_tap_sends_one_form(phone: Page, guide: str) -> None:
    phone.goto(f"{guide}/setup")
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.evaluate(
        "() => { const b = document.querySelector('main button'); b.click(); b.click(); }"
    )
    phone.wait_for_load_state("networkidle")
    assert sent.count("POST") == 1


def test_everything_works_without_scripts(chromium: Browser, guide: str) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{guide}/form")
    assert not page.locator(".tpl").first.is_visible()
    assert not page.locator("#other_day").is_visible()
    page.get_by_role("button", name="保存走访").click()
    assert page.locator(".errors li").count() == 3
    page.goto(f"{guide}/map")
    assert page.get_by_role("button", name="看这一栋").is_visible()
    page.goto(f"{guide}/home")
    page.locator(".me summary").click()
    assert page.get_by_role("link", name="楼栋图").is_visible()
    context.close()


def test_the_first_page_is_light_and_breaks_no_security_rule(phone: Page, guide: str) -> None:
    bodies: dict[str, bytes] = {}
    complaints_heard: list[str] = []
    phone.on("response", lambda answer: bodies.setdefault(answer.url, answer.body()))
    phone.on("console", lambda line: complaints_heard.append(line.text))
    phone.on("pageerror", lambda error: complaints_heard.append(str(error)))
    phone.goto(f"{guide}/home")
    phone.wait_for_load_state("networkidle")
    assert complaints_heard == []
    assert len(bodies) <= 8, list(bodies)
    assert all(url.startswith(guide) for url in bodies)
    assert sum(len(gzip.compress(body)) for body in bodies.values()) <= 60_000
