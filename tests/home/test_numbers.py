"""Every number of a first page leads to its list, and the list has as many lines."""

import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from openpyxl import load_workbook

from app import create_app
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from tests.conftest import Browser
from tests.home.pages import section

LINE = re.compile(r'<a class="go[ "]|<th scope="row">|<li id="waiting-')
NEXT = re.compile(r'rel="next" href="([^"]+)"')
COUNTED = re.compile(r'href="([^"]+)"[^>]*? data-n="(\d+)"')
HEADED = re.compile(r'id="(h-[a-z-]+)">[^<]*<span class="count">(\d+) ')
MOST_PAGES = 20


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Iterator[Flask]:
    """The demo with enough synthetic households that its lists have several pages."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    app.test_client_class = Browser
    result = app.test_cli_runner().invoke(args=["demo", "--households", "120"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def someone(demo: Flask, username: str) -> Browser:
    client = demo.test_client()
    client.send("/login", {"username": username, "password": DEMO_PASSWORD})
    return client


def lines_of(client: Browser, path: str) -> int:
    """Count the lines of a list, page by page."""
    lines = 0
    for _page in range(MOST_PAGES):
        page = client.get(path).text
        main = page.split("<main", 1)[1].split("</main>")[0]
        lines += len(LINE.findall(main))
        following = NEXT.search(page)
        if not following:
            return lines
        path = unescape(following[1])
    raise AssertionError(f"{path} never ends")


def minutes_of(client: Browser, path: str, states: tuple[str, ...]) -> int:
    """Add up the ledger's lines behind an address, of these states."""
    file = client.get(path.replace("/hours?", "/hours.xlsx?")).data
    header, *rows = load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    return sum(line["分钟"] for line in lines if line["进度"] in states)


def counted(page: str) -> list[tuple[str, int]]:
    return [(unescape(path), int(number)) for path, number in COUNTED.findall(page)]


@pytest.mark.parametrize("username", ["qin", "lin", "fang", "tao", "gu"])
def test_every_number_agrees_with_the_list_it_leads_to(demo: Flask, username: str) -> None:
    client = someone(demo, username)
    numbers = counted(client.get("/").text)
    assert numbers
    wrong = []
    for path, number in numbers:
        if path.startswith("/hours?state=confirmed"):
            found = minutes_of(client, path, ("已确认",)) // 60
        else:
            found = lines_of(client, path)
        if found != number:
            wrong.append(f"{path} has {found}, not {number}")
    assert wrong == []


@pytest.mark.parametrize("username", ["lin", "fang", "tao", "he"])
def test_a_number_beside_a_heading_counts_the_lines_below_it(demo: Flask, username: str) -> None:
    page = someone(demo, username).get("/").text
    for heading, number in HEADED.findall(page):
        below = section(page, heading)
        assert below.count("<li") - below.count('<li class="none') == int(number), heading


def test_a_students_hours_are_those_of_the_ledger(demo: Flask) -> None:
    client = someone(demo, "lin")
    path, minutes = re.search(r'href="([^"]+)" data-minutes="(\d+)"', client.get("/").text).groups()
    states = ("已确认", "待确认")
    assert minutes_of(client, unescape(path), states) == int(minutes) > 0


def test_no_number_of_the_office_stands_without_its_list(demo: Flask) -> None:
    main = someone(demo, "qin").get("/").text.split("<main", 1)[1]
    for led in (r"<tr><th[^>]*><a [^>]*data-n=.*?</tr>", r"<a [^>]*data-n=.*?</a>"):
        main = re.sub(led, "", main, flags=re.DOTALL)
    left = re.findall(r'class="(?:num|n-l|count)">([^<]*\d[^<]*)<', main)
    # What remains are sums of service time, of the lines listed right there.
    assert [text for text in left if "小时" not in text and "分" not in text] == []
