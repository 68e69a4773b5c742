"""The way around: each role finds its own places, and the page one is on is marked."""

import re
from typing import Any

import pytest
from flask import Flask

from core.access import ROLES
from tests import factories


def offered(page: str) -> list[str]:
    """Return the labels of the main navigation of a page."""
    rail = page.split('<ul role="list">', 1)[1].split("</nav>", 1)[0]
    return re.findall(r"</svg><span>([^<]+)</span>", rail)


def marked(page: str) -> list[str]:
    rail = page.split('<ul role="list">', 1)[1].split("</nav>", 1)[0]
    return re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', rail)


def test_a_student_finds_the_daily_four_first(browser: Any, lin: Any) -> None:
    assert offered(browser(lin).get("/").text)[:4] == ["首页", "结对户", "微心愿", "我的"]


def test_a_secretary_finds_decisions_first(browser: Any, qin: Any) -> None:
    assert offered(browser(qin).get("/").text)[:4] == ["待办", "楼栋图", "微心愿", "文书"]


def test_an_administrator_is_offered_no_residents(browser: Any, admin: Any) -> None:
    assert offered(browser(admin).get("/").text) == ["首页", "账号", "设置", "审计记录"]


def test_a_mentor_is_offered_no_residents(browser: Any, shen: Any) -> None:
    labels = offered(browser(shen).get("/").text)
    assert labels == ["首页", "活动与签到", "志愿队伍", "我的"]


def test_two_roles_see_each_place_once(browser: Any, app: Flask) -> None:
    both = factories.user("qin", "秦若川", ["secretary", "admin"])
    labels = offered(browser(both).get("/").text)
    assert len(labels) == len(set(labels))
    assert labels[0] == "待办"
    assert "审计记录" in labels


@pytest.mark.parametrize("role", ROLES)
def test_every_way_that_is_offered_is_open(app: Flask, browser: Any, role: str) -> None:
    client = browser(factories.user("lin", "林一舟", [role]))
    rail = client.get("/").text.split('<ul role="list">', 1)[1].split("</nav>", 1)[0]
    ways = re.findall(r'<li[^>]*><a href="([^"]+)"', rail)
    assert ways
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_the_page_one_is_on_is_marked(browser: Any, lin: Any) -> None:
    client = browser(lin)
    assert marked(client.get("/").text) == ["首页"]
    assert marked(client.get("/account").text) == ["我的"]
    assert marked(client.get("/account/password").text) == ["我的"]


def test_only_whoever_pays_visits_gets_the_raised_button(
    browser: Any, lin: Any, qin: Any, gu: Any, shen: Any, admin: Any
) -> None:
    asked = [bool(re.search(r'class="cta', browser(who).get("/").text)) for who in (lin, qin)]
    spared = [bool(re.search(r'class="cta', browser(who).get("/").text)) for who in (gu, shen)]
    assert (asked, spared) == ([True, True], [False, False])
    assert 'class="cta calm"' in browser(qin).get("/").text
