"""What follows from a visit: the next one due, wishes, promises and hours."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.teams.models import ServiceEntry
from blueprints.visits.models import FollowUp
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import days_ago, form_of, told, visits


def test_only_a_visit_that_met_somebody_puts_off_the_next(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    due = pairing.due_on
    student.send(form_of(home), told(met="no", not_met_reason="nobody", day=days_ago(1)))
    db.session.refresh(pairing)
    assert (pairing.due_on, pairing.last_tried_on) == (due, today() - timedelta(days=1))
    student.send(form_of(home), told(day=days_ago(2)))
    db.session.refresh(pairing)
    assert pairing.last_met_on == today() - timedelta(days=2)
    assert pairing.due_on == today() + timedelta(days=19)
    assert "去过，没见到" in student.get("/pairings").text


def test_a_visit_written_down_late_does_not_bring_the_next_one_forward(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    student.send(form_of(home), told())
    student.send(form_of(home), told(day=days_ago(20)))
    db.session.refresh(pairing)
    assert pairing.due_on == today() + timedelta(days=21)


def test_the_next_day_agreed_at_the_door_counts_until_it_was_visited(
    browser: Any, lin: Any, home: Any, pairing: Any, set_clock: Any
) -> None:
    student = browser(lin)
    agreed = today() + timedelta(days=4)
    student.send(form_of(home), told(next_on=agreed.isoformat()))
    db.session.refresh(pairing)
    assert pairing.due_on == agreed
    set_clock(agreed.year, agreed.month, agreed.day, 9, 0)
    browser(lin).send(form_of(home), told(day=agreed.isoformat()))
    db.session.refresh(pairing)
    assert pairing.due_on == agreed + timedelta(days=21)
    assert pairing.agreed_on is None


def test_a_wish_is_handed_on_with_the_visit(
    browser: Any, lin: Any, home: Any, pairing: Any, heard: list[Any]
) -> None:
    browser(lin).send(form_of(home), told(wish_what="按摩仪", wish_kind="thing"))
    (wish,) = heard
    assert (wish["what"], wish["kind"], wish["visit"]) == ("按摩仪", "thing", visits()[0].id)


def test_a_promise_is_kept_and_ticked_off(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    student = browser(lin)
    day = today() + timedelta(days=5)
    fields = told(follow_what="带老花镜", follow_due=day.isoformat())
    page = student.get(student.send(form_of(home), fields).location).text
    assert "带老花镜" in page
    (promise,) = db.session.scalars(db.select(FollowUp))
    assert (promise.due_on, promise.owner_id, promise.done_at) == (day, lin.id, None)
    path = f"/follow-ups/{promise.id}/completion"
    part = student.send(path, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "办好了" in part.text
    db.session.refresh(promise)
    done = promise.done_at
    student.send(path)
    db.session.refresh(promise)
    assert promise.done_at == done


def entries() -> list[ServiceEntry]:
    return list(db.session.scalars(db.select(ServiceEntry)))


def test_unpaid_time_waits_in_the_ledger(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    volunteer = factories.volunteer("林一舟", user=lin)
    browser(lin).send(form_of(home), told(minutes="60"))
    (entry,) = entries()
    assert (entry.volunteer_id, entry.minutes, entry.state) == (volunteer.id, 60, "proposed")
    assert (entry.kind, entry.served_on) == ("visit", today())
    assert "祝" not in entry.what


@pytest.mark.parametrize("changes", [{"on_duty": "y"}, {"met": "no", "not_met_reason": "away"}])
def test_paid_duty_and_calls_in_vain_are_no_voluntary_time(
    browser: Any, lin: Any, home: Any, pairing: Any, changes: dict[str, str]
) -> None:
    factories.volunteer("林一舟", user=lin)
    browser(lin).send(form_of(home), told(**changes))
    assert len(visits()) == 1
    assert entries() == []


def test_who_is_no_volunteer_has_no_hours(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    browser(lin).send(form_of(home), told())
    assert entries() == []


def test_the_secretary_may_visit_a_household_nobody_is_paired_with(
    browser: Any, qin: Any, home: Any
) -> None:
    assert browser(qin).send(form_of(home), told()).status_code == 303
    assert visits()[0].pairing_id is None


def test_the_secretarys_visit_counts_for_the_pairing(
    browser: Any, qin: Any, home: Any, pairing: Any
) -> None:
    browser(qin).send(form_of(home), told())
    db.session.refresh(pairing)
    assert pairing.last_met_on == today()
