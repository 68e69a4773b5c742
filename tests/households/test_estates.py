"""The office registers estates, buildings and special rooms."""

from typing import Any

import pytest

from blueprints.households.models import Building, Estate, Room, SearchTerm, Unit
from blueprints.households.places import floor_of
from blueprints.households.shapes import Shape, building_names
from core.db import db
from tests import factories

REGULAR = {"units": "3", "floors": "7", "rooms_per_floor": "2"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("示2栋", ["示2栋"]),
        ("示1栋、示2栋，示1栋", ["示1栋", "示2栋"]),
        ("示1栋-示3栋", ["示1栋", "示2栋", "示3栋"]),
        ("１～３号楼", ["1号楼", "2号楼", "3号楼"]),
        ("2-1栋", ["2-1栋"]),
        ("桥东19栋\n桥东20栋", ["桥东19栋", "桥东20栋"]),
    ],
)
def test_names_written_together_are_read_apart(typed: str, names: list[str]) -> None:
    assert building_names(typed) == names


@pytest.mark.parametrize(
    ("number", "floor"), [("301", 3), ("1203", 12), ("A301", 3), ("3", None), ("门面3", None)]
)
def test_a_room_s_number_tells_its_floor(number: str, floor: int | None) -> None:
    assert floor_of(number) == floor


def test_a_regular_house_has_its_rooms_numbered_floor_by_floor() -> None:
    numbers = [number for _floor, number in Shape(0, 10, 2).numbers()]
    assert numbers[:3] == ["101", "102", "201"]
    assert numbers[-1] == "1002"
    assert Shape(0, 10, 2).room_count == 20


def test_a_new_estate_leads_to_its_buildings(browser: Any, gu: Any) -> None:
    answer = browser(gu).send("/estates/new", {"name": "侨亚小区"})
    assert answer.location.endswith("/buildings/new")


def test_two_estates_cannot_share_a_name(browser: Any, qin: Any, estate: Any) -> None:
    answer = browser(qin).send("/estates/new", {"name": "桥机嘉园"})
    assert answer.status_code == 422
    assert "已经有了" in answer.text


def test_buildings_that_look_alike_are_registered_together(
    browser: Any, qin: Any, estate: Any
) -> None:
    fields = REGULAR | {"names": "示1栋-示10栋"}
    client = browser(qin)
    assert client.send(f"/estates/{estate.id}/buildings/new", fields).status_code == 303
    rooms = db.session.scalar(db.select(db.func.count(Room.id)))
    assert rooms == 10 * 3 * 7 * 2
    page = client.get(f"/estates/{estate.id}").text
    assert page.index("示2栋") < page.index("示10栋")


def test_the_preview_tells_the_rooms_and_makes_none(browser: Any, qin: Any, estate: Any) -> None:
    fields = REGULAR | {"names": "示2栋", "preview": "1"}
    page = browser(qin).send(f"/estates/{estate.id}/buildings/new", fields)
    assert page.status_code == 200
    assert "房号 101 到 702，一共 42 间" in page.text
    assert db.session.scalars(db.select(Building)).all() == []


def test_a_preview_of_something_unfinished_scolds_nobody(
    browser: Any, qin: Any, estate: Any
) -> None:
    fields = {"names": "示2栋", "units": "", "floors": "x", "preview": "1"}
    page = browser(qin).send(f"/estates/{estate.id}/buildings/new", fields)
    assert page.status_code == 200
    assert 'class="errors"' not in page.text


def test_the_same_building_under_another_spelling_is_refused(
    browser: Any, qin: Any, estate: Any
) -> None:
    factories.building(estate, "示2栋")
    fields = REGULAR | {"names": "示二号楼"}
    assert browser(qin).send(f"/estates/{estate.id}/buildings/new", fields).status_code == 422


def test_a_renamed_building_is_found_under_its_new_name(
    browser: Any, qin: Any, estate: Any
) -> None:
    home = factories.household(factories.room(factories.building(estate, "示2栋")))
    fields = {"version": "1", "name": "示8栋"}
    assert browser(qin).send(f"/buildings/{home.building_id}/edit", fields).status_code == 303
    terms = set(db.session.scalars(db.select(SearchTerm.term)))
    assert "8-1-301" in terms
    assert "2-1-301" not in terms


def test_a_building_registered_by_mistake_goes_with_its_rooms(
    browser: Any, qin: Any, estate: Any
) -> None:
    block = factories.building(estate)
    factories.room(block)
    assert browser(qin).send(f"/buildings/{block.id}/removal").status_code == 303
    for model in (Building, Unit, Room):
        assert db.session.scalars(db.select(model)).all() == []


def test_where_somebody_is_registered_nothing_is_deleted(
    browser: Any, qin: Any, estate: Any
) -> None:
    home = factories.household(factories.room(factories.building(estate)))
    client = browser(qin)
    for url in (f"/buildings/{home.building_id}/removal", f"/rooms/{home.room_id}/removal"):
        answer = client.send(url)
        assert answer.status_code == 409
        assert "不能删" in answer.text


def test_a_special_room_is_added_and_renumbered(browser: Any, qin: Any, estate: Any) -> None:
    block, client = factories.building(estate), browser(qin)
    fields = {"unit": "1", "number": "门面3", "floor": "1"}
    assert client.send(f"/buildings/{block.id}/rooms/new", fields).status_code == 303
    room = db.session.scalars(db.select(Room)).one()
    assert (room.number, room.floor) == ("门面3", 1)
    assert client.send(f"/buildings/{block.id}/rooms/new", fields).status_code == 422
    changed = {"version": str(room.version), "number": "门面4", "floor": "1"}
    assert client.send(f"/rooms/{room.id}/edit", changed).status_code == 303
    assert "门面4" in client.get(f"/buildings/{block.id}").text


def test_an_estate_can_be_renamed(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    client.send(f"/estates/{estate.id}/edit", {"version": "1", "name": "桥机新苑"})
    assert "桥机新苑" in client.get("/estates").text
    db.session.expire_all()
    assert db.session.get(Estate, estate.id).version == 2


def test_a_student_finds_only_the_own_estates(browser: Any, estate: Any) -> None:
    other = factories.estate("侨亚小区")
    lin = factories.user("lin", "林一舟", ["student"], [estate])
    page = browser(lin).get("/estates").text
    assert "桥机嘉园" in page
    assert "侨亚小区" not in page
    assert browser(lin).get(f"/estates/{other.id}").status_code == 404
