"""The secretary nudges whoever looks after a household whose visit is late, from the first page."""

from datetime import timedelta
from typing import Any

from blueprints.visits.actions import record_visit
from blueprints.visits.leave import take_leave
from blueprints.visits.queries import household_to_visit
from blueprints.visits.told import Told
from core.clock import today
from core.db import db
from tests import factories
from tests.home.conftest import paired
from tests.home.pages import section
from tests.wishes.journeys import told


def test_a_student_is_reminded_of_the_household_that_waits_the_longest(
    browser: Any, qin: Any, lin: Any, gate: Any
) -> None:
    late = paired(lin, gate, "402", due_on=today() - timedelta(days=12))
    paired(lin, gate, "403", due_on=today() - timedelta(days=3))
    client = browser(qin)
    assert "示2栋 1单元 402" in section(client.get("/").text, "h-over")
    assert client.send(f"/pairings/{late.id}/reminder").status_code == 303
    over = section(client.get("/").text, "h-over")
    assert "今天提醒过" in over
    assert "/reminder" not in over
    assert "秦若川提醒您：这一户该去看看了" in browser(lin).get("/notices").text


def test_a_reminder_reaches_who_stands_in_and_ends_with_the_visit(
    browser: Any, qin: Any, lin: Any, fang: Any, gate: Any
) -> None:
    late = paired(lin, gate, "402", due_on=today() - timedelta(days=12))
    factories.absence(lin, fang, begins=-1, ends=3)
    client = browser(qin)
    for _twice in range(2):
        client.send(f"/pairings/{late.id}/reminder")
    assert told() == [("visit_reminder", lin.id), ("visit_reminder", fang.id)]
    household = db.session.scalar(household_to_visit(fang, late.household_id))
    record_visit(household, fang, Told(visited_on=today(), met=True))
    db.session.commit()
    assert told() == []


def test_what_is_not_late_needs_no_reminder(browser: Any, qin: Any, lin: Any, gate: Any) -> None:
    pairing = paired(lin, gate, "402", due_on=today())
    assert browser(qin).send(f"/pairings/{pairing.id}/reminder").status_code == 409
    assert told() == []


def test_while_nobody_stands_in_only_the_student_is_reminded(
    browser: Any, qin: Any, lin: Any, gate: Any
) -> None:
    late = paired(lin, gate, "402", due_on=today() - timedelta(days=12))
    take_leave(lin, today(), today())
    db.session.commit()
    assert browser(qin).send(f"/pairings/{late.id}/reminder").status_code == 303
    assert ("visit_reminder", lin.id) in told()
