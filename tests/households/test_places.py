"""Somebody finds a building by its estate first; nobody is shown every building there is."""

from typing import Any

import pytest

from blueprints.households.models import Building, Estate
from core.db import db
from tests import factories


@pytest.fixture
def blocks(estate: Estate) -> tuple[Building, Building]:
    """A building in each of two estates, somebody living in both."""
    here = factories.building(estate, "示2栋")
    there = factories.building(factories.estate("侨亚小区"), "示9栋")
    factories.building(db.session.get_one(Estate, there.estate_id), "示10栋")
    factories.household(factories.room(here))
    factories.household(factories.room(there), name="翟大明")
    return here, there


def test_the_list_offers_estates_and_then_only_the_chosen_ones_buildings(
    browser: Any, qin: Any, blocks: tuple[Building, Building]
) -> None:
    _here, there = blocks
    client = browser(qin)
    everywhere = client.get("/households").text
    assert "侨亚小区</option>" in everywhere
    assert "示2栋</option>" not in everywhere
    narrowed = client.get(f"/households?estate={there.estate_id}").text
    assert "示9栋</option>" in narrowed
    assert "示2栋</option>" not in narrowed
    assert "祝婆婆" not in narrowed
    assert "翟大明" in client.get(f"/households?building={there.id}").text


def test_another_estate_is_not_kept_from_view_by_the_building_chosen_before(
    browser: Any, qin: Any, blocks: tuple[Building, Building]
) -> None:
    here, there = blocks
    client = browser(qin)
    moved = client.get(f"/households?estate={there.estate_id}&building={here.id}").text
    assert "翟大明" in moved
    back = client.get(f"/households?estate=&building={here.id}").text
    assert "翟大明" in back
    assert "祝婆婆" in back


def test_a_new_household_is_asked_for_its_estate_first(
    browser: Any, qin: Any, blocks: tuple[Building, Building]
) -> None:
    _here, there = blocks
    client = browser(qin)
    asked = client.get("/households/new").text
    assert f"/households/new?estate={there.estate_id}" in asked
    assert "<select" not in asked
    form = client.get(f"/households/new?estate={there.estate_id}").text
    assert "示9栋</option>" in form
    assert "示2栋</option>" not in form
    assert client.send("/households/new", {"name": "单国梁"}).status_code == 422


def test_the_only_estate_need_not_be_chosen(browser: Any, qin: Any, estate: Estate) -> None:
    factories.building(estate, "示2栋")
    assert "示2栋</option>" in browser(qin).get("/households/new").text


def test_the_map_offers_the_buildings_of_its_own_estate(
    browser: Any, qin: Any, blocks: tuple[Building, Building]
) -> None:
    here, _there = blocks
    page = browser(qin).get(f"/buildings/{here.id}").text
    assert "示2栋</option>" in page
    assert "示9栋" not in page
    assert "换小区" in page


def test_a_student_is_offered_no_estate_that_is_not_theirs(
    browser: Any, lin: Any, blocks: tuple[Building, Building]
) -> None:
    here, there = blocks
    factories.pairing(lin, factories.household(factories.room(here, number="401")))
    client = browser(lin)
    page = client.get(f"/households?estate={there.estate_id}").text
    assert "侨亚小区" not in page
    assert "翟" not in page
    assert client.get(f"/buildings?building={there.id}").location == f"/buildings/{here.id}"


def test_doubles_are_looked_for_estate_by_estate_also_across_two(
    browser: Any, qin: Any, blocks: tuple[Building, Building], queries: Any
) -> None:
    here, there = blocks
    client = browser(qin)
    for block in blocks:
        assert "同一个电话" in client.get(f"/households/doubles?estate={block.estate_id}").text
    with queries() as few:
        client.get(f"/households/doubles?estate={here.estate_id}")
    for number in range(401, 411):
        twice = factories.room(here, number=str(number))
        for _time in range(2):
            factories.household(twice, name=f"翟{number}", phone=f"10000000{number}")
    with queries() as many:
        page = client.get(f"/households/doubles?estate={here.estate_id}").text
    assert page.count("同一房号、同一姓名") == 10
    assert len(many) == len(few)
    assert "翟401" not in client.get(f"/households/doubles?estate={there.estate_id}").text
