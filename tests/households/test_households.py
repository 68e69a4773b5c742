"""The list of households: who finds which, and under which name."""

from typing import Any

import pytest

from core.clock import today
from tests import factories


def test_a_student_reads_only_masked_names_of_others_households(
    browser: Any, lin_here: Any, home: Any
) -> None:
    page = browser(lin_here).get("/households").text
    assert "祝**" in page
    assert "秀英" not in page
    assert "示2栋 1单元 301" in page


def test_a_paired_household_is_listed_by_the_name_one_calls_it(
    browser: Any, lin_here: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    assert "祝婆婆家" in browser(lin_here).get("/households").text


def test_a_student_cannot_open_a_household_paired_with_someone_else(
    browser: Any, lin_here: Any, fang: Any, home: Any
) -> None:
    factories.pairing(fang, home)
    assert browser(lin_here).get(f"/households/{home.id}").status_code == 404


def test_the_list_is_in_natural_order(browser: Any, qin: Any, estate: Any) -> None:
    tenth = factories.room(factories.building(estate, "示10栋"))
    second = factories.room(factories.building(estate, "示2栋"))
    factories.household(tenth)
    factories.household(second)
    page = browser(qin).get("/households").text
    assert page.index("示2栋 1单元 301") < page.index("示10栋 1单元 301")


@pytest.mark.parametrize(
    "words",
    ["祝秀英", "秀英", "祝婆婆", "zpp", "zxy", "ZXY", "zhuxiuying", "示2栋", "2-1-301", "301"],
)
def test_the_secretary_finds_a_household_by_name_pinyin_and_address(
    browser: Any, qin: Any, home: Any, words: str
) -> None:
    assert "祝婆婆家" in browser(qin).get("/households", query_string={"q": words}).text


@pytest.mark.parametrize("words", ["祝秀英", "秀英", "祝秀", "zxy"])
def test_a_search_never_tells_who_lives_behind_a_masked_name(
    browser: Any, lin_here: Any, home: Any, words: str
) -> None:
    assert "祝**" not in browser(lin_here).get("/households", query_string={"q": words}).text


@pytest.mark.parametrize("words", ["祝", "zhu", "301", "示2栋1单元301"])
def test_a_search_by_what_a_masked_row_shows_finds_it(
    browser: Any, lin_here: Any, home: Any, words: str
) -> None:
    assert "祝**" in browser(lin_here).get("/households", query_string={"q": words}).text


def test_the_list_can_show_only_who_is_not_paired(
    browser: Any, qin: Any, fang: Any, estate: Any, home: Any
) -> None:
    factories.pairing(fang, home)
    other = factories.household(factories.room(factories.building(estate, "示3栋")), name="翟大明")
    client = browser(qin)
    assert "翟大明" not in client.get("/households?paired=yes").text
    assert "祝婆婆" not in client.get("/households?paired=no").text
    assert "翟大明" in client.get(f"/households?building={other.building_id}").text


def test_who_moved_out_is_no_longer_listed(browser: Any, qin: Any, home: Any) -> None:
    client = browser(qin)
    answer = client.send(
        f"/households/{home.id}/edit", {"version": "1", "moved_out_on": str(today())}
    )
    assert answer.status_code == 303
    assert "祝婆婆" not in client.get("/households").text
    assert client.get(f"/households/{home.id}").status_code == 200


def test_the_list_asks_the_database_as_often_for_fifty_as_for_two(
    browser: Any, qin: Any, estate: Any, queries: Any
) -> None:
    block = factories.building(estate)
    for number in (301, 302):
        factories.household(factories.room(block, number=str(number)))
    client = browser(qin)
    client.get("/households")
    with queries() as few:
        client.get("/households")
    for number in range(401, 420):
        factories.household(factories.room(block, number=str(number)))
    with queries() as many:
        client.get("/households")
    assert len(many) == len(few)


def test_a_long_list_is_turned_page_by_page(browser: Any, qin: Any, estate: Any) -> None:
    block = factories.building(estate)
    for number in range(101, 152):
        factories.household(factories.room(block, number=str(number)))
    client = browser(qin)
    first, second = client.get("/households").text, client.get("/households?page=2").text
    assert "page=2" in first
    assert "1单元 151" not in first
    assert "1单元 151" in second
    assert "page=1" in second
