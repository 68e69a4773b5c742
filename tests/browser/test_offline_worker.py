"""What opens without a signal, and what never lies on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.offline import PASSWORD, Phone, World
from tests.browsing import FLAGS, chromium_path, complaints, wider_than_screen

pytestmark = pytest.mark.browser

EVERYTHING_CACHED = """async () => {
    const texts = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            texts.push(request.url, await (await caches.match(request)).text());
    return texts.join("\\n");
}"""


@pytest.fixture
def phone(chromium: Browser, world: World) -> Iterator[Phone]:
    """A phone on which the service worker has just settled in."""
    phone = Phone(chromium, world, service_workers="allow")
    phone.context.unroute_all()
    phone.log_in()
    phone.until(lambda: phone.page.evaluate("!!navigator.serviceWorker.controller"), 30)
    phone.until(lambda: bool(phone.kept("own")[0]["due"]))
    yield phone
    phone.context.close()


def test_a_visit_is_written_without_a_network_and_sent_when_it_is_back(
    phone: Phone, world: World
) -> None:
    world.stop()
    page = phone.open("/")
    expect(page.get_by_text("祝婆婆家")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="祝婆婆家").get_by_role("link").click()
    page.get_by_label("见到了", exact=True).check()
    page.fill("[name=note]", "在楼道里写的")
    phone.save()
    expect(page.locator("main")).to_contain_text("已存本机 · 待发送")
    world.start()
    phone.open("/outbox")
    phone.until(phone.all_sent)
    assert world.rows("SELECT note FROM visit")[0][0] == "在楼道里写的"


def test_the_phone_holds_the_least_and_after_a_week_nothing(phone: Phone, world: World) -> None:
    phone.open(f"/households/{world.homes[0]}")
    assert "祝婆婆" not in phone.page.evaluate(EVERYTHING_CACHED)
    (own,) = phone.kept("own")
    assert {frozenset(each) for each in own["due"]} == {frozenset(("id", "name", "door"))}
    world.stop()
    phone.page.clock.install()
    phone.page.clock.fast_forward(8 * 24 * 3600 * 1000)
    page = phone.open("/outbox")
    page.wait_for_selector("#kept-here:not([hidden])")
    expect(page.get_by_text("祝婆婆家")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_phones_own_pages_are_for_everyone(
    chromium: Browser, world: World, scheme: str
) -> None:
    """At 320 px and with type twice as large nothing runs over; axe finds nothing."""
    phone = Phone(chromium, world, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    phone.log_in()
    phone.write_visit(world.homes[0], "精神不错")
    phone.faults = ["422"]
    phone.save()
    expect(phone.page.locator("#problem")).to_be_visible()
    phone.write_visit(world.homes[1], "精神不错")
    phone.faults = ["request lost"] * 9
    phone.save()
    expect(phone.page.locator("main")).to_contain_text("待发送")
    assert complaints(phone.page) == []
    for path in ("/outbox", "/"):
        page = phone.open(path)
        page.locator("#outbox .strip").wait_for()
        assert complaints(page) == []
        assert not wider_than_screen(page)
        page.evaluate("document.documentElement.style.setProperty('--pico-font-size', '212.5%')")
        assert not wider_than_screen(page), path
    phone.context.close()


def test_the_app_can_be_installed(chromium: Browser, world: World, tmp_path: Path) -> None:
    """In a browser with a profile: a private window installs nothing."""
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium_path(), args=FLAGS, base_url=world.address
    )
    page = context.pages[0]
    page.goto("/login")
    page.fill("[name=username]", "lin")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    devtools = context.new_cdp_session(page)
    read = devtools.send("Page.getAppManifest")
    assert read["errors"] == devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert read["errors"] == []
    told = {name: read["manifest"][name] for name in ("name", "display", "startUrl", "scope")}
    here = f"{world.address}/"
    assert told == {"name": "邻里", "display": "kStandalone", "startUrl": here, "scope": here}
    assert [icon["sizes"] for icon in read["manifest"]["icons"]] == ["192x192", "512x512"]
    context.close()
