"""One box finds households, wishes, volunteers and papers, each as far as one may see it."""

from typing import Any

import pytest
from flask import Flask

from blueprints.documents.models import Document
from blueprints.households.models import Household
from blueprints.households.queries import in_full
from blueprints.households.search_terms import index_household
from core.clock import now
from core.db import db
from tests import factories
from tests.home.pages import section
from tests.wishes.journeys import wish_that_is


@pytest.fixture
def home(app: Flask) -> Any:
    """祝婆婆's household, with its search terms."""
    made = factories.household()
    loaded = db.session.scalars(in_full(db.select(Household).filter_by(id=made.id))).one()
    db.session.add_all(index_household(loaded))
    db.session.commit()
    return made


@pytest.mark.parametrize("words", ["祝婆婆", "zpp", "2-1-301", "301"])
def test_a_household_is_found_by_name_pinyin_and_address(
    browser: Any, qin: Any, home: Any, words: str
) -> None:
    page = browser(qin).get("/search", query_string={"q": words}).text
    assert "祝婆婆家" in section(page, "h-homes")


def test_a_name_behind_a_mask_is_not_found(browser: Any, gu: Any, home: Any) -> None:
    page = browser(gu).get("/search?q=祝婆婆").text
    assert "没有找到" in page


def test_a_student_elsewhere_finds_nothing(browser: Any, fang: Any, home: Any) -> None:
    assert "没有找到" in browser(fang).get("/search?q=301").text


def test_a_wish_is_found_by_its_words_and_by_its_number(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    wish = wish_that_is("published", home, qin, public_text="按摩仪")
    client = browser(lin)
    for words in ("按摩", wish.label, f"心愿{wish.label}", str(wish.number)):
        page = client.get("/search", query_string={"q": words}).text
        assert "按摩仪" in section(page, "h-wishes"), words


def test_a_wish_that_waits_is_found_only_by_who_looks_after_the_household(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any
) -> None:
    factories.pairing(lin, home)
    factories.wish(home, lin, "修收音机", public_text="修收音机")
    assert "修收音机" in section(browser(lin).get("/search?q=收音机").text, "h-wishes")
    assert "没有找到" in browser(fang).get("/search?q=收音机").text


def test_what_was_said_is_not_searched_where_only_the_public_words_are_known(
    browser: Any, fang: Any, qin: Any, home: Any
) -> None:
    wish = wish_that_is("published", home, qin, what="给祝婆婆修收音机")
    wish.public_text = "修收音机"
    client = browser(fang)
    assert "没有找到" in client.get("/search?q=给祝婆婆").text
    assert "修收音机" in client.get("/search?q=收音机").text


def test_a_percent_sign_is_looked_for_and_finds_not_everything(
    browser: Any, qin: Any, home: Any
) -> None:
    wish_that_is("published", home, qin)
    assert "没有找到" in browser(qin).get("/search", query_string={"q": "%"}).text


def test_a_volunteer_is_found_by_who_keeps_the_teams(browser: Any, gu: Any, lin: Any) -> None:
    factories.volunteer("单守信")
    assert "单守信" in section(browser(gu).get("/search?q=守信").text, "h-volunteers")
    assert "没有找到" in browser(lin).get("/search?q=守信").text


@pytest.fixture
def certificate(qin: Any) -> Any:
    year = now().year
    return factories.saved(
        Document(
            kind="certificate", title="荣誉证书", content={}, drafted_by_id=qin.id,
            state="issued", issued_by_id=qin.id, issued_at=now(), recipient="单守信",
            serial_year=year, serial_number=7, serial=f"荣字〔{year}〕第0007号", code="ABCDEF",
        )
    )  # fmt: skip


def test_a_paper_is_found_by_its_serial(browser: Any, qin: Any, certificate: Any) -> None:
    client = browser(qin)
    for words in (certificate.serial, "0007", "单守信"):
        page = client.get("/search", query_string={"q": words}).text
        assert certificate.serial in section(page, "h-documents"), words


def test_the_register_is_not_searched_by_students(browser: Any, lin: Any, certificate: Any) -> None:
    page = browser(lin).get("/search", query_string={"q": certificate.serial}).text
    assert "没有找到" in page


def test_before_anything_is_typed_it_says_what_can_be_found(browser: Any, lin: Any) -> None:
    assert "拼音首字母" in browser(lin).get("/search").text


def test_very_long_words_are_cut_and_answered(browser: Any, qin: Any) -> None:
    assert browser(qin).get("/search", query_string={"q": "祝" * 5000}).status_code == 200


def test_the_box_is_in_the_frame_of_who_may_search(browser: Any, lin: Any, admin: Any) -> None:
    assert 'id="find"' in browser(lin).get("/").text
    assert 'id="find"' not in browser(admin).get("/").text


def test_activities_and_teams_are_found_by_name(browser: Any, qin: Any) -> None:
    factories.activity(title="中秋晚会")
    factories.team("爱心服务队")
    client = browser(qin)
    assert "中秋晚会" in section(client.get("/search?q=晚会").text, "h-activities")
    assert "爱心服务队" in section(client.get("/search?q=爱心").text, "h-teams")


def test_a_search_asks_as_often_for_many_finds_as_for_few(
    browser: Any, qin: Any, queries: Any
) -> None:
    client = browser(qin)
    factories.activity(title="中秋晚会")
    with queries() as few:
        client.get("/search?q=中秋")
    for number in range(8):
        factories.activity(title=f"中秋灯谜{number}")
    with queries() as many:
        client.get("/search?q=中秋")
    assert len(many) == len(few)
