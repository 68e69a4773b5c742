"""The board: who sees what on it, and that it stays quick."""

import re
from datetime import timedelta
from typing import Any

import pytest

from core.clock import today
from core.db import db
from tests import factories
from tests.wishes.journeys import column, whole, wish_that_is


def test_the_board_shows_each_wish_under_its_state(browser: Any, qin: Any, wish: Any) -> None:
    states = ("collected", "published", "claimed", "fulfilled", "confirmed")
    for number, state in enumerate(states):
        wish(state, what=f"心愿之{number}")
    page = browser(qin).get("/wishes").text
    for number, state in enumerate(states):
        assert f"心愿之{number}" in column(page, state)
        assert '<span class="count">1</span>' in column(page, state)


def test_a_stranger_to_the_household_reads_only_the_public_text(
    browser: Any, fang: Any, qin: Any, home: Any
) -> None:
    found = whole(factories.wish(home, qin, what="祝婆婆要按摩仪", detail="腰不好").id)
    found.approve(qin, "按摩仪一台")
    db.session.commit()
    client = browser(fang)
    for path in ("/wishes", f"/wishes/{found.id}"):
        page = client.get(path).text
        assert "按摩仪一台" in page
        assert "桥机嘉园的一位居民" in page
        assert not [word for word in ("祝婆婆", "腰不好", "1单元 301", "示2栋") if word in page]


def test_a_collected_wish_is_hidden_from_who_does_not_look_after_the_household(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    waiting = wish("collected", what="修收音机")
    assert "修收音机" in browser(lin).get("/wishes").text
    stranger = browser(fang)
    assert "修收音机" not in stranger.get("/wishes").text
    assert stranger.get(f"/wishes/{waiting.id}").status_code == 404


def test_what_the_resident_said_is_for_who_did_it_and_who_looks_after_them(
    browser: Any, lin: Any, fang: Any, gu: Any, wish: Any
) -> None:
    wish("confirmed", claimer=fang)
    assert "好用，轻松多了" in browser(lin).get("/wishes").text
    assert "好用，轻松多了" in browser(fang).get("/wishes").text
    assert "好用，轻松多了" not in browser(gu).get("/wishes").text


def test_late_claims_look_late_and_reading_changes_nothing(
    browser: Any, fang: Any, wish: Any
) -> None:
    late = wish("claimed", claimer=fang, until=today() - timedelta(days=1))
    client = browser(fang)
    for _look in range(2):
        assert "超期 1 天" in column(client.get("/wishes").text, "claimed")
    assert whole(late.id).state == "claimed"


def test_a_phone_shows_the_column_that_was_asked_for(browser: Any, lin: Any, wish: Any) -> None:
    wish("published")
    client = browser(lin)
    shown = r'<section class="col cur" aria-labelledby="column-(\w+)"'
    assert re.findall(shown, client.get("/wishes").text) == ["published"]
    assert re.findall(shown, client.get("/wishes?state=fulfilled").text) == ["fulfilled"]
    assert re.findall(shown, client.get("/wishes?state=bogus").text) == ["published"]


def test_the_secretary_begins_with_what_waits(browser: Any, qin: Any, wish: Any) -> None:
    wish("collected")
    assert 'class="col cur" aria-labelledby="column-collected"' in browser(qin).get("/wishes").text


def test_the_board_can_be_narrowed_to_a_kind_an_estate_and_ones_own(
    browser: Any, fang: Any, qin: Any, wish: Any
) -> None:
    other_estate = factories.estate("侨亚小区")
    elsewhere = factories.household(factories.room(factories.building(other_estate)))
    wish("published", what="老花镜", kind="thing")
    wish("published", what="修收音机", kind="help")
    wish("claimed", what="小台灯", claimer=fang)
    wish_that_is("published", elsewhere, qin, what="理一次发", kind="help")
    client = browser(fang)

    def titles(query: str) -> set[str]:
        page = client.get(f"/wishes?{query}").text
        return {t for t in ("老花镜", "修收音机", "小台灯", "理一次发") if f">{t}</a>" in page}

    assert titles("kind=help") == {"修收音机", "理一次发"}
    assert titles(f"estate={other_estate.id}") == {"理一次发"}
    assert titles(f"estate={other_estate.id}&kind=thing") == set()
    assert titles("mine=y") == {"小台灯"}
    assert titles("kind=nonsense&estate=x") == {"老花镜", "修收音机", "小台灯", "理一次发"}


def test_wishes_that_are_over_are_listed_fifty_to_a_page(browser: Any, qin: Any, home: Any) -> None:
    for number in range(51):
        factories.wish(home, qin, what=f"旧心愿{number:02d}", state="declined")
    client = browser(qin)
    assert "已退回 51" in client.get("/wishes").text
    first = client.get("/wishes?state=declined").text
    assert len(re.findall(r">旧心愿\d\d</a>", first)) == 50
    second = client.get("/wishes?state=declined&page=2").text
    assert re.findall(r">(旧心愿\d\d)</a>", second) == ["旧心愿00"]


def test_a_full_column_leads_to_the_whole_list(browser: Any, qin: Any, home: Any) -> None:
    for number in range(12):
        factories.wish(home, qin, what=f"心愿{number}")
    client = browser(qin)
    assert "还有 2 个" in client.get("/wishes").text
    whole = client.get("/wishes?state=collected&view=list").text
    assert len(re.findall(r">心愿\d+</a>", whole)) == 12


@pytest.mark.parametrize("path", ["/wishes", "/wishes?state=confirmed&view=list"])
def test_more_wishes_cost_no_more_queries(
    browser: Any, fang: Any, lin: Any, wish: Any, queries: Any, path: str
) -> None:
    for state in ("published", "claimed", "fulfilled", "confirmed"):
        wish(state, claimer=fang)
    client = browser(lin)
    client.get(path)
    with queries() as few:
        client.get(path)
    for state in ("published", "claimed", "fulfilled", "confirmed") * 3:
        wish(state, claimer=fang)
    with queries() as many:
        client.get(path)
    assert len(many) == len(few)


def test_mentors_and_administrators_see_no_wishes(
    browser: Any, shen: Any, admin: Any, wish: Any
) -> None:
    found = wish("published")
    for person in (shen, admin):
        client = browser(person)
        assert client.get("/wishes").status_code == 403
        assert client.get(f"/wishes/{found.id}").status_code == 404


def test_the_papers_made_of_wishes_stand_in_one_menu_beside_the_title(
    browser: Any, qin: Any, lin: Any, wish: Any
) -> None:
    wish("published")
    bar = browser(qin).get("/wishes").text.split("</header>")[0]
    menu = bar.split('<details class="opens', 1)[1].split("</details>")[0]
    for kind in ("wish_wall", "claim_cards", "public_notice"):
        assert f"/documents/new/{kind}" in menu
        assert bar.count(f"/documents/new/{kind}") == 1
    assert "/documents/new/" not in browser(lin).get("/wishes").text
