"""Photos on a phone: made small, without their place, and each there once in the end."""

from __future__ import annotations

from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.offline import Phone, World
from tests.browser.pictures import picture

pytestmark = pytest.mark.browser
# 50 kbit/s in bytes per millisecond.
SLOW = 6.25


@pytest.mark.parametrize("bitmaps", ["createImageBitmap", "() => Promise.reject(new Error())"])
def test_a_photo_leaves_the_phone_small_and_without_its_place(
    phone: Phone, world: World, tmp_path: Path, bitmaps: str
) -> None:
    """Also where the phone shows a picture but makes no bitmap of it, as older iPhones with HEIC."""
    phone.write_visit(world.homes[0], "精神不错")
    phone.page.evaluate(f"() => {{ window.createImageBitmap = {bitmaps}; }}")
    phone.add_photos(picture(tmp_path, size=(4000, 3000)))
    (kept,) = phone.kept("photos")
    assert kept["size"] < 450_000
    marks = phone.page.evaluate(
        """() => new Promise((done) => { const o = indexedDB.open("linli", 1); o.onsuccess = () => {
            const a = o.result.transaction("photos").objectStore("photos").getAll();
            a.onsuccess = () => done(new TextDecoder("latin1").decode(a.result[0].data).includes("Exif"));
        }; })"""
    )
    assert marks is False
    phone.save()
    phone.page.wait_for_url("**/visits/1")
    phone.says("照片")
    phone.until(phone.all_sent)
    assert max(world.rows("SELECT width, height FROM photo")[0]) <= 1600


@pytest.fixture
def heic(tmp_path: Path) -> Path:
    """A photo with its place in it that Chromium cannot read, as Android phones take them."""
    pillow_heif.register_heif_opener()
    path = tmp_path / "手机照片.heic"
    with Image.open(picture(tmp_path, 9, (640, 480))) as image:
        image.save(path, exif=image.getexif())
    with Image.open(path) as image:
        assert image.getexif().get_ifd(0x8825)
    return path


def uploads(page: Page) -> list[bytes]:
    """Everything that leaves the phone from now on."""
    sent: list[bytes] = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    return sent


def test_what_the_phone_cannot_read_neither_stays_nor_leaves_and_the_rest_goes_on(
    phone: Phone, world: World, tmp_path: Path, heic: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    sent = uploads(page)
    page.set_input_files("#photos", [picture(tmp_path), heic, picture(tmp_path, 1)])
    expect(page.locator(".photo figcaption")).to_have_count(2)
    expect(page.locator(".photos [role=alert]")).to_contain_text("手机照片.heic：这部手机读不了")
    expect(page.locator(".photos [role=alert]")).to_contain_text("另存成 JPG")
    assert len(phone.kept("photos")) == 2
    phone.save()
    page.wait_for_url("**/visits/1")
    phone.until(phone.all_sent)
    assert (world.count("visit"), world.count("visit_photo"), world.count("photo")) == (1, 2, 2)
    assert not any(mark in body for body in sent for mark in (b"ftyp", b"Exif"))


def test_without_scripts_the_server_takes_the_place_out(
    chromium: Browser, world: World, heic: Path
) -> None:
    phone = Phone(chromium, world, java_script_enabled=False).log_in()
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    page.get_by_label("见到了", exact=True).check()
    page.set_input_files("#photos", heic)
    phone.save()
    page.wait_for_url("**/visits/1")
    ((name,),) = world.rows("SELECT name FROM photo")
    with Image.open(Path(world.app.config["LINLI_INSTANCE"]) / "photos" / name) as image:
        assert (image.size, dict(image.getexif())) == ((640, 480), {})
    phone.context.close()


def test_where_nothing_can_be_kept_photos_are_made_small_all_the_same(
    phone: Phone, world: World, tmp_path: Path, heic: Path
) -> None:
    """Also when the form is saved while they still are."""
    phone.context.add_init_script("indexedDB.open = () => { throw new Error('no storage'); };")
    page = phone.open(f"/visits/new?household={world.homes[0]}")
    expect(page.get_by_role("alert")).to_contain_text("未保存")
    sent = uploads(page)
    page.get_by_label("见到了", exact=True).check()
    page.set_input_files("#photos", [picture(tmp_path), heic, picture(tmp_path, 1)])
    phone.save()
    page.wait_for_url("**/visits/1")
    assert (world.count("visit"), world.count("visit_photo")) == (1, 2)
    assert not any(mark in body for body in sent for mark in (b"ftyp", b"Exif"))


def test_a_photo_chosen_before_the_script_had_come_goes_with_its_visit(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page, waiting = phone.page, []
    page.route("**/scripts/**", lambda route: waiting.append(route), times=1)
    page.goto(f"/visits/new?household={world.homes[0]}", wait_until="commit")
    page.get_by_label("见到了", exact=True).check()
    page.set_input_files("#photos", picture(tmp_path))
    phone.until(lambda: bool(waiting))
    waiting[0].continue_()
    page.locator(".photo figcaption").wait_for()
    phone.save()
    page.wait_for_url("**/visits/1")
    phone.until(phone.all_sent)
    assert (world.count("visit"), world.count("visit_photo")) == (1, 1)


def test_a_record_that_waits_for_its_photos_says_so_until_they_are_there(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(picture(tmp_path), picture(tmp_path, 1))
    phone.faults = ["pass", "pass", "request lost", "request lost", "request lost"]
    phone.save()
    page.wait_for_url("**/visits/1")
    phone.says("还有 1 张照片没有送到", "存好了，有网自动发")
    phone.faults = []
    page.get_by_role("button", name="现在发").first.click()
    expect(page.get_by_text("照片没有送到")).to_have_count(0)
    page.reload()
    phone.says("都送到了")


def test_a_refused_photo_leaves_its_visit_and_the_others(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(*(picture(tmp_path, number, (320, 240)) for number in range(3)))
    phone.faults = ["pass", "pass", "413"]
    phone.save()
    page.wait_for_url("**/visits/1")
    assert (world.count("visit"), world.count("visit_photo")) == (1, 2)
    phone.open("/outbox")
    phone.says("需处理", "第 1 号", "不行")


def test_ten_photos_at_50_kbit_a_second_arrive_each_once(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    page = phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(*(picture(tmp_path, number, (60, 40)) for number in range(10)))
    phone.faults = ["pass", "pass", "answer lost", "pass", "request lost"]
    phone.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": SLOW * 1000,
            "uploadThroughput": SLOW * 1000,
        },
    )
    phone.save()
    for _each in range(3):
        phone.page.wait_for_timeout(2000)
        phone.open("/outbox")
    phone.until(phone.all_sent, 60)
    assert (world.count("visit"), world.count("visit_photo")) == (1, 10)


def test_a_large_photo_is_given_the_time_that_a_slow_line_takes(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    """At 50 kbit/s a photo of 300 kB takes 48 s; longer than a record may wait for its answer."""
    phone.page.clock.install()
    phone.write_visit(world.homes[0], "精神不错")
    phone.add_photos(picture(tmp_path))
    phone.faults = ["photo request held"]
    phone.save()
    phone.until(lambda: bool(phone.held))
    size = phone.kept("photos")[0]["size"]
    assert size > 150_000
    phone.page.clock.fast_forward(int(size / SLOW))
    assert phone.states() == ["sending"]
    phone.page.clock.fast_forward(20_000 + int(size / 3))
    phone.until(lambda: phone.states() == ["photos"])
