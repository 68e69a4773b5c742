"""Whose households whom: the rules that every room asks."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.households.access import (
    buildings_visible_to,
    can_change_room,
    can_edit,
    estates_visible_to,
    households_listed_to,
    households_visible_to,
    sees_in_full,
)
from blueprints.households.models import Room
from core.clock import today
from core.db import db
from tests import factories


def found(statement: Any) -> list[Any]:
    return list(db.session.scalars(statement))


@pytest.fixture
def home(estate: Any) -> Any:
    return factories.household(factories.room(factories.building(estate)))


def test_a_student_sees_in_full_only_a_paired_household(lin_here: Any, home: Any) -> None:
    assert found(households_visible_to(lin_here)) == []
    factories.pairing(lin_here, home)
    assert found(households_visible_to(lin_here)) == [home]
    assert sees_in_full(lin_here, [home.id, 999]) == {home.id}


def test_access_ends_with_the_pairing(lin_here: Any, home: Any, qin: Any) -> None:
    pairing = factories.pairing(lin_here, home)
    pairing.end("handover", qin, today() - timedelta(days=1))
    db.session.commit()
    assert found(households_visible_to(lin_here)) == []
    assert sees_in_full(lin_here, [home.id]) == set()
    assert not can_edit(lin_here, home)


def test_a_student_has_the_estate_s_doors_listed(lin_here: Any, home: Any, fang: Any) -> None:
    assert found(households_listed_to(lin_here)) == [home]
    assert found(households_listed_to(fang)) == []


def test_a_pairing_outside_the_estates_is_listed_too(fang: Any, home: Any) -> None:
    factories.pairing(fang, home)
    assert found(households_listed_to(fang)) == [home]
    assert len(found(buildings_visible_to(fang))) == 1


def test_the_secretary_sees_all_and_the_manager_only_lists(qin: Any, gu: Any, home: Any) -> None:
    assert found(households_visible_to(qin)) == [home]
    assert found(households_visible_to(gu)) == []
    assert found(households_listed_to(gu)) == [home]
    assert sees_in_full(qin, [home.id]) == {home.id}
    assert sees_in_full(gu, [home.id]) == set()


def test_mentor_and_administrator_know_no_door(shen: Any, admin: Any, home: Any) -> None:
    for person in (shen, admin):
        assert found(households_visible_to(person)) == []
        assert found(households_listed_to(person)) == []
        assert found(estates_visible_to(person)) == []
        assert sees_in_full(person, [home.id]) == set()


def test_a_secretary_who_is_also_administrator_still_sees_all(app: Flask, home: Any) -> None:
    both = factories.user("qin", "秦若川", ["secretary", "admin"])
    assert found(households_visible_to(both)) == [home]


def test_a_paired_student_may_say_that_a_room_is_empty(lin_here: Any, home: Any, gu: Any) -> None:
    room = db.session.get_one(Room, home.room_id)
    assert not can_change_room(lin_here, room)
    factories.pairing(lin_here, home)
    assert can_change_room(lin_here, room)
    assert can_change_room(gu, room)
