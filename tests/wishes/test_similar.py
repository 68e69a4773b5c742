"""While a wish is typed, earlier ones like it are offered, as far as one may see them."""

from typing import Any

import pytest

from blueprints.wishes.models import Wish
from blueprints.wishes.similar import likeness, pairs
from core.db import db
from tests import factories
from tests.wishes.journeys import wish_that_is


def looked(client: Any, home: Any, what: str) -> str:
    return client.get(f"/wishes/similar?household={home.id}&what={what}").text


def test_earlier_wishes_with_like_words_are_offered(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    elsewhere = factories.household(factories.room(factories.building(factories.estate("侨亚"))))
    wish_that_is("confirmed", elsewhere, qin, what="修一台收音机")
    wish_that_is("published", elsewhere, qin, what="老花镜一副")
    page = looked(browser(lin), home, "帮忙修收音机")
    assert "修一台收音机" in page
    assert "已确认" in page
    assert "老花镜" not in page


def test_the_households_own_wish_comes_first_and_says_so(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    factories.wish(home, qin, what="修收音机")
    elsewhere = factories.household(factories.room(factories.building(factories.estate("侨亚"))))
    wish_that_is("published", elsewhere, qin, what="修收音机")
    page = looked(browser(lin), home, "修收音机")
    assert page.count("修收音机") == 2
    assert page.index("这一户的") < page.index("待认领")


def test_words_one_may_not_read_are_not_found_either(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    elsewhere = factories.household(factories.room(factories.building(factories.estate("侨亚"))))
    hidden = wish_that_is("published", elsewhere, qin, what="翟国栋的收音机坏了")
    hidden.public_text = "修一件电器"
    factories.wish(elsewhere, qin, what="收音机坏了")
    db.session.commit()
    assert "以前没有差不多的" in looked(browser(lin), home, "收音机坏了")


def test_without_scripts_a_button_looks_first_and_saves_nothing(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    factories.wish(home, qin, what="修收音机")
    typed = {"what": "修收音机", "kind": "help", "resident": "", "detail": "响不了", "look": "y"}
    page = browser(lin).send(f"/wishes/new?household={home.id}", typed)
    assert page.status_code == 200
    assert "这一户的" in page.text
    assert "响不了" in page.text
    assert db.session.scalar(db.select(db.func.count(Wish.id))) == 1


def test_more_wishes_cost_no_more_queries(
    browser: Any, lin: Any, qin: Any, home: Any, queries: Any
) -> None:
    client = browser(lin)
    factories.wish(home, qin, what="修收音机")
    looked(client, home, "修收音机")
    with queries() as few:
        looked(client, home, "修收音机")
    for _wish in range(12):
        factories.wish(home, qin, what="修收音机")
    with queries() as many:
        looked(client, home, "修收音机")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("修收音机", "修一台收音机", True), ("老花镜", "老花镜一副", True), ("修门", "修窗", False)],
)
def test_likeness_is_a_matter_of_common_pairs(one: str, other: str, alike: bool) -> None:
    assert (likeness(pairs(one), pairs(other)) >= 0.4) == alike
