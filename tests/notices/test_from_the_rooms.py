"""Pairings tell those whom they concern, and show what these may still see."""

from typing import Any

import pytest
from flask import Flask

from blueprints.visits.actions import pair
from core.clock import today
from core.db import db
from tests import factories
from tests.wishes.journeys import told


@pytest.fixture
def home(app: Flask) -> Any:
    return factories.household()


def test_a_student_hears_of_a_new_household_and_later_that_it_is_over(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    pairing = pair(home, lin.id, 21, today(), qin)
    db.session.commit()
    client = browser(lin)
    assert "祝婆婆家" in client.get("/notices").text
    ended = browser(qin).send(f"/pairings/{pairing.id}/end", {"reason": "handover"})
    assert ended.status_code == 303
    assert told() == [("pairing_begun", lin.id), ("pairing_ended", lin.id)]
    assert "祝婆婆" not in client.get("/notices").text


def test_who_pairs_themselves_is_told_nothing(app: Flask, qin: Any, home: Any) -> None:
    pair(home, qin.id, 21, today(), qin)
    assert told() == []
