"""The phone's browser or the server is killed at any moment: each record arrives once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.db import sqlite_module
from tests.browser.killing import Handset, ServerApart
from tests.browser.offline import Phone, World, world_in
from tests.browser.pictures import picture

pytestmark = pytest.mark.browser


def on_the_server(world: World) -> tuple[int, int]:
    return world.count("visit"), world.count("visit_photo")


def test_a_browser_killed_in_each_state_goes_on_where_it_was(
    chromium: Browser, tmp_path: Path
) -> None:
    with world_in(tmp_path / "instance") as world:
        phone = Handset(chromium, world, tmp_path / "profile").log_in()
        phone.write_visit(world.homes[0], "收音机坏了")
        phone.die()

        phone.wake()
        page = phone.open(f"/visits/new?household={world.homes[0]}")
        expect(page.locator("[name=note]")).to_have_value("收音机坏了")
        phone.add_photos(picture(tmp_path))
        phone.faults = ["request lost"]
        phone.save()
        phone.until(lambda: phone.states() == ["waiting"] and not phone.faults)
        phone.die()

        for fault, arrived in (("request held", (0, 0)), ("answer held", (1, 0))):
            phone.wake(fault)
            phone.until(lambda: bool(phone.held))
            assert phone.states() == ["sending"]
            assert on_the_server(world) == arrived
            phone.die()

        phone.wake("photo answer held")
        phone.until(lambda: bool(phone.held))
        assert on_the_server(world) == (1, 1)
        assert phone.kept("outbox")[0]["receipt"]["number"] == "1"
        assert len(phone.kept("photos")) == 1
        phone.die()

        phone.wake()
        phone.until(phone.all_sent)
        assert on_the_server(world) == (1, 1)
        assert phone.kept("drafts") == phone.kept("photos") == []
        phone.die()


def test_a_server_killed_while_it_is_sent_to_takes_each_record_once(
    chromium: Browser, tmp_path: Path
) -> None:
    """Before it looks at the request, while it waits to write, and before its answer is there."""
    with world_in(tmp_path / "instance", ServerApart) as world:
        phone = Phone(chromium, world).log_in()
        for moment in (before_it_looks, while_it_waits_to_write, before_its_answer_is_there):
            phone.write_visit(world.homes[0], moment.__name__)
            phone.add_photos(picture(tmp_path))
            moment(phone, world)
            phone.faults = []
            world.start()
            phone.open("/outbox")
            phone.until(phone.all_sent)
        notes = world.rows(
            "SELECT v.note, count(*) FROM visit v JOIN visit_photo p ON p.visit_id = v.id"
            " GROUP BY v.id ORDER BY v.id"
        )
        assert [tuple(row) for row in notes] == [
            ("before_it_looks", 1),
            ("while_it_waits_to_write", 1),
            ("before_its_answer_is_there", 1),
        ]
        assert world.rows("PRAGMA integrity_check")[0][0] == "ok"
        phone.context.close()


def before_it_looks(phone: Phone, world: ServerApart) -> None:
    world.pause()
    phone.save()
    phone.until(lambda: phone.states()[-1:] == ["sending"])
    world.stop()


def while_it_waits_to_write(phone: Phone, world: ServerApart) -> None:
    # The same library as the application's: two of them in one process do not see each other's
    # locks, and the one that closes last would take the log away from under the other.
    other = sqlite_module().connect(Path(world.app.config["LINLI_INSTANCE"]) / "linli.db")
    other.execute("BEGIN IMMEDIATE")
    phone.save()
    phone.page.wait_for_timeout(500)
    assert phone.states()[-1:] == ["sending"]
    world.stop()
    other.close()


def before_its_answer_is_there(phone: Phone, world: ServerApart) -> None:
    phone.faults = ["answer held"]
    phone.save()
    phone.until(lambda: bool(phone.held))
    world.stop()
