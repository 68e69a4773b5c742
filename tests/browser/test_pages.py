"""Every page of the house, as everybody needs it: both schemes, every width, large type, zoomed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from re import DOTALL, findall, search
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from app import create_app
from blueprints import ROOMS
from blueprints.accounts.models import User
from core.db import db
from core.i18n import HTML_LANG
from tests.access.cases import PEOPLE
from tests.browsing import PHONE, faults, served, wider_than_screen, widest
from tests.conftest import Browser as Client
from tests.test_access_matrix import CASES, everything

pytestmark = pytest.mark.browser
# Who opens a page for this test: whoever is let in, in this order.
OPENING = ("secretary", "student", "manager", "admin", "mentor", "former_student", "nobody")
# The pixels of 210 mm.
A4_WIDTH = 794
# One endpoint may have many cases for one template; so many of them are looked at.
OF_ONE_KIND = 2


class House:
    """The world of the access table, served, with a page of Chromium for each person in it."""

    def __init__(self, app: Flask, world: Any, address: str, chromium: Browser) -> None:
        self.app, self.world, self.address, self.chromium = app, world, address, chromium
        self.clients: dict[str, Client] = {}
        self.pages: dict[str, Page] = {}

    def client(self, person: str) -> Client:
        if person not in self.clients:
            client = self.app.test_client()
            nobody = person == "nobody"
            self.clients[person] = client if nobody else client.log_in(getattr(self.world, person))
        return self.clients[person]

    def page(self, person: str) -> Page:
        """Return the person's page; they are logged in through the client, not by typing."""
        if person not in self.pages:
            context = self.chromium.new_context(viewport=PHONE, reduced_motion="reduce")
            if person != "nobody":
                token = self.client(person).get_cookie("linli").value
                context.add_cookies([{"name": "linli", "value": token, "url": self.address}])
            self.pages[person] = context.new_page()
        return self.pages[person]

    def paths(self, room: str) -> dict[str, str]:
        """Return the addresses of a room's pages, each with somebody who may open it."""
        found: dict[str, str] = {}
        looked_at: Counter[str] = Counter()
        for case in CASES:
            allowed = [person for person in OPENING if case.expect[person] == 200]
            is_page = case.method == "GET" and case.endpoint.startswith(f"{room}.") and allowed
            if is_page and looked_at[case.endpoint] < OF_ONE_KIND:
                looked_at[case.endpoint] += 1
                found.setdefault(case.url(self.world), allowed[0])
        return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    app.test_client_class = Client
    with app.app_context():
        db.create_all()
        world = everything()
        with served(app) as address:
            built = House(app, world, address, chromium)
            yield built
            for page in built.pages.values():
                page.context.close()
        db.session.remove()
        db.engine.dispose()


@contextmanager
def in_large_type(page: Page) -> Iterator[Page]:
    """The narrowest phone, told by its owner to show everything twice as large."""
    devtools = page.context.new_cdp_session(page)
    page.set_viewport_size({"width": 320, "height": 740})
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    yield page
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    page.set_viewport_size(PHONE)
    devtools.detach()


def is_page(answer: TestResponse) -> bool:
    """Whether this is a whole page, not a file and not a region of one."""
    return answer.mimetype == "text/html" and "<html" in answer.text


def as_text(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{path}\n  " + "\n  ".join(found) for path, found in wrong.items())


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_fits_and_suits_everybody(house: House, room: str) -> None:
    wrong = {}
    for path, person in house.paths(room).items():
        if not is_page(house.client(person).get(path)):
            continue
        page = house.page(person)
        page.goto(house.address + path)
        if found := list(faults(page)):
            wrong[f"{path} as {person}"] = found
    assert not wrong, as_text(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_fits_a_phone_whose_own_type_is_twice_as_large(house: House, room: str) -> None:
    """Where `em` counts in a page's width, too."""
    wrong = {}
    for path, person in house.paths(room).items():
        if not is_page(house.client(person).get(path)):
            continue
        with in_large_type(house.page(person)) as page:
            page.goto(house.address + path)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "34px"
            if wider_than_screen(page):
                wrong[f"{path} as {person}"] = [widest(page)]
    assert not wrong, as_text(wrong)


@pytest.mark.parametrize(
    "path", ["/households", "/visits", "/pairings", "/wishes", "/hours", "/settings/audit"]
)
def test_a_list_prints_as_a_plain_sheet(house: House, path: str) -> None:
    page = house.page("secretary")
    page.goto(house.address + path)
    page.set_viewport_size({"width": A4_WIDTH, "height": 1123})
    page.emulate_media(media="print")
    shown = "selectors => selectors.filter(s => document.querySelector(s)?.checkVisibility())"
    around = [".nav", ".take", ".pager", ".me", ".icon-btn", "main .btn", "main summary"]
    assert page.evaluate(shown, around) == []
    assert page.evaluate(shown, ["main li, main tbody tr", ".only-print"]) != []
    assert not wider_than_screen(page)
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)


@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "nobody"])
def test_every_page_says_its_language_and_its_title(house: House, person: str) -> None:
    user = db.session.get_one(User, getattr(house.world, person).id)
    client, wrong = house.client(person), []
    for language, tag in HTML_LANG.items():
        user.language = language
        db.session.commit()
        for room in ROOMS:
            for path, opener in house.paths(room).items():
                answer = client.get(path) if opener == person else None
                if answer is None or not is_page(answer):
                    continue
                wrong += [
                    f"{path} in {language}: {each}" for each in frame_faults(answer.text, tag)
                ]
    user.language = None
    db.session.commit()
    assert wrong == []


def frame_faults(page: str, tag: str) -> Iterator[str]:
    """Say what is wrong with the language and the headings that a page gives itself."""
    if not search(rf'<html lang="{tag}"', page):
        yield "not in its language"
    title = unescape(search(r"<title>(.*?)</title>", page, DOTALL)[1])
    headings = [text(inner) for inner in findall(r"<h1[^>]*>(.*?)</h1>", page, DOTALL)]
    if not title.partition(" · ")[0].strip():
        yield "no title"
    if not any(headings):
        yield "no heading"


def text(markup: str) -> str:
    return unescape("".join(findall(r">([^<]*)<", f">{markup}<"))).strip()
