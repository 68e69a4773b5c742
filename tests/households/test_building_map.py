"""楼栋图: what each door says, and what opening it tells to whom."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.households.building_map import building_map
from blueprints.households.models import Building, Consent, Room
from blueprints.visits.models import Visit
from core.clock import today
from core.db import db
from tests import factories


@pytest.fixture
def block(app: Flask) -> Any:
    return factories.building(factories.estate())


@pytest.fixture
def lin_here(block: Any) -> Any:
    estate = db.session.get(Building, block.id)
    person = factories.user("lin", "林一舟", ["student"])
    person.set_estates([estate.estate_id])
    db.session.commit()
    return person


def home_at(block: Any, number: str, name: str = "祝秀英") -> Any:
    return factories.household(factories.room(block, number=number), name=name)


def met(home: Any, by: Any, days_ago: int, **fields: Any) -> None:
    day = today() - timedelta(days=days_ago)
    visit = {"household_id": home.id, "visitor_id": by.id, "visited_on": day, "met": True}
    factories.saved(Visit(**visit | fields))


def cell(block: Any, number: str) -> Any:
    db.session.expire_all()
    found = building_map(db.session.get(Building, block.id)).cells
    return next(cell for cell in found if cell.room.number == number)


@pytest.mark.parametrize(
    ("days", "kind", "word"),
    [(0, "new", "0天"), (30, "new", "30天"), (31, "mid", "31天"), (90, "mid", "90天"),
     (91, "old", "91天")],
)  # fmt: skip
def test_a_door_says_how_long_ago_somebody_was_met(
    block: Any, lin_here: Any, days: int, kind: str, word: str
) -> None:
    met(home_at(block, "301"), lin_here, days)
    assert (cell(block, "301").kind, cell(block, "301").word) == (kind, word)


def test_a_call_in_vain_and_a_struck_visit_do_not_count(
    block: Any, lin_here: Any, qin: Any
) -> None:
    home = home_at(block, "301")
    met(home, lin_here, 3, met=False)
    met(home, lin_here, 3)
    db.session.scalars(db.select(Visit).where(Visit.met)).one().void(qin, "记错了")
    db.session.commit()
    assert cell(block, "301").word == "未访"


@pytest.mark.parametrize(("state", "word"), [("vacant", "空置"), ("no_visits", "免访")])
def test_an_empty_room_and_one_without_visits_say_so(block: Any, state: str, word: str) -> None:
    room = factories.room(block)
    room.state = state
    db.session.commit()
    assert (cell(block, "301").kind, cell(block, "301").word) == ("away", word)


def test_a_late_pairing_says_late(block: Any, lin_here: Any) -> None:
    home = home_at(block, "301")
    factories.pairing(lin_here, home, interval_days=21)
    late = cell(block, "301")
    assert late.word == "超期"
    assert late.pairing.days_late == 9


def test_floors_are_stacked_and_rooms_stand_below_each_other(block: Any) -> None:
    for number in ("101", "202", "201", "门面3"):
        factories.room(block, number=number)
    laid = building_map(db.session.get(Building, block.id)).units[0]
    numbers = [
        (floor, [cell and cell.room.number for cell in cells]) for floor, cells in laid.floors
    ]
    assert numbers == [
        (2, ["201", "202", None]),
        (1, ["101", None, None]),
        (None, [None, None, "门面3"]),
    ]


def test_the_map_names_nobody(browser: Any, qin: Any, block: Any) -> None:
    home_at(block, "301")
    page = browser(qin).get(f"/buildings/{block.id}").text
    assert "301" in page
    assert "祝" not in page


def test_a_door_opens_to_a_masked_name_for_other_students(
    browser: Any, lin_here: Any, block: Any
) -> None:
    home = home_at(block, "301")
    page = browser(lin_here).get(f"/rooms/{home.room_id}").text
    assert "祝**家" in page
    assert "秀英" not in page
    assert f"/visits/new?household={home.id}" not in page


def test_a_door_opens_to_the_next_step_for_the_paired_student(
    browser: Any, lin_here: Any, block: Any
) -> None:
    home = home_at(block, "301")
    factories.pairing(lin_here, home)
    page = browser(lin_here).get(f"/rooms/{home.room_id}").text
    assert "祝秀英家" in page
    assert f"/visits/new?household={home.id}" in page


def test_a_door_is_a_page_without_scripts_and_a_sheet_with_them(
    browser: Any, qin: Any, block: Any
) -> None:
    home, client = home_at(block, "301"), browser(qin)
    assert "<html" in client.get(f"/rooms/{home.room_id}").text
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "<html" not in client.get(f"/rooms/{home.room_id}", headers=htmx).text


def test_the_paired_student_says_that_nobody_wants_visits(
    browser: Any, lin_here: Any, block: Any
) -> None:
    home = home_at(block, "301")
    factories.pairing(lin_here, home)
    fields = {"version": "1", "state": "no_visits"}
    assert browser(lin_here).send(f"/rooms/{home.room_id}/state", fields).status_code == 303
    assert cell(block, "301").word == "免访"


def test_a_student_sees_no_map_of_another_estate(browser: Any, lin_here: Any) -> None:
    other = factories.building(factories.estate("侨亚小区"))
    assert browser(lin_here).get(f"/buildings/{other.id}").status_code == 404


def test_the_map_shows_first_whom_to_see_first(browser: Any, lin_here: Any, block: Any) -> None:
    met(home_at(block, "101"), lin_here, 154)
    factories.pairing(lin_here, home_at(block, "301"))
    home_at(block, "201")
    found = building_map(db.session.get(Building, block.id)).first_to_visit
    assert [cell.room.number for cell in found] == ["301", "101", "201"]


def test_a_tower_asks_the_database_as_often_as_a_house(
    browser: Any, qin: Any, block: Any, queries: Any
) -> None:
    home_at(block, "101")
    client, url = browser(qin), f"/buildings/{block.id}"
    client.get(url)
    with queries() as few:
        client.get(url)
    for floor in range(2, 41):
        factories.room(block, number=f"{floor}01")
    assert db.session.scalar(db.select(db.func.count(Room.id))) == 40
    with queries() as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_household_that_declined_visits_shows_as_no_visits_until_it_agrees(
    block: Any, qin: Any
) -> None:
    home = home_at(block, "301")
    met(home, qin, 100)
    head = factories.head(home)
    factories.saved(Consent(resident_id=head.id, kind="visit", answer="declined"))
    assert (cell(block, "301").kind, cell(block, "301").word) == ("away", "免访")
    factories.saved(Consent(resident_id=head.id, kind="visit", answer="granted"))
    assert cell(block, "301").kind == "old"


@pytest.mark.parametrize("floors", [1, 40])
def test_a_building_of_one_floor_or_forty_is_drawn_from_the_top(block: Any, floors: int) -> None:
    for floor in range(1, floors + 1):
        factories.room(block, number=f"{floor}01")
    (unit,) = building_map(db.session.get(Building, block.id)).units
    assert [floor for floor, _cells in unit.floors] == list(range(floors, 0, -1))
