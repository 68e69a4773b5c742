"""The ledger only grows: whatever happens around it, confirmed minutes are neither lost nor made."""

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from blueprints.accounts.models import User
from blueprints.activities.models import Activity, Attendance
from blueprints.teams import actions
from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.teams.queries import minutes_total
from core.clock import today
from core.db import db
from core.errors import RuleBroken
from tests import factories

CONFIRMED = "UPDATE service_entry SET {} WHERE state = 'confirmed'"


@pytest.fixture
def entry(app: Flask, qin: Any, gu: Any) -> ServiceEntry:
    """One confirmed hour of 单守信."""
    return factories.service_entry(factories.volunteer("单守信"), qin, 60, "confirmed", gu)


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    "change",
    [
        "minutes = 600",
        "state = 'proposed', decided_by_id = NULL",
        "volunteer_id = volunteer_id + 1",
        "served_on = '2020-01-01'",
        "kind = 'visit'",
        "what = '别的事'",
        "team_id = 1",
        "decided_by_id = 99",
    ],
)
def test_sql_cannot_change_a_confirmed_line(entry: ServiceEntry, change: str) -> None:
    refused(CONFIRMED.format(change))
    assert minutes_total() == 60


def test_sql_cannot_delete_a_line(entry: ServiceEntry) -> None:
    refused("DELETE FROM service_entry")
    assert minutes_total() == 60


def test_sql_cannot_change_the_time_of_a_waiting_line(app: Flask, qin: Any) -> None:
    factories.service_entry(factories.volunteer("单守信"), by=qin)
    refused("UPDATE service_entry SET minutes = 600")
    refused("UPDATE service_entry SET proposed_by_id = proposed_by_id + 1")


def test_sql_cannot_confirm_without_somebody_else(app: Flask, qin: Any) -> None:
    factories.service_entry(factories.volunteer("单守信"), by=qin)
    refused("UPDATE service_entry SET state = 'confirmed'")
    refused("UPDATE service_entry SET state = 'confirmed', decided_by_id = proposed_by_id")


def test_a_volunteer_with_hours_cannot_be_deleted(entry: ServiceEntry) -> None:
    refused("DELETE FROM volunteer")
    assert minutes_total() == 60


def test_deleting_an_activity_and_its_attendance_leaves_the_hours(
    entry: ServiceEntry, qin: Any
) -> None:
    activity = factories.activity(by=qin)
    noted = Attendance(volunteer_id=entry.volunteer_id, minutes=60, entry_id=entry.id)
    noted.activity_id = activity.id
    factories.saved(noted)
    found = db.session.scalars(
        db.select(Activity).options(
            selectinload(Activity.attendances), selectinload(Activity.photo_rows)
        )
    ).one()
    db.session.delete(found)
    db.session.commit()
    assert db.session.query(Attendance).count() == 0
    assert minutes_total(entry.volunteer_id) == 60


PEOPLE = st.integers(0, 2)
EVENTS = st.one_of(
    st.tuples(st.just("propose"), st.integers(0, 1), PEOPLE, st.sampled_from([60, 1440, 0, 1441])),
    st.tuples(st.just("confirm"), st.integers(0, 9), PEOPLE, st.none()),
    st.tuples(st.just("reject"), st.integers(0, 9), PEOPLE, st.none()),
    st.tuples(st.just("correct"), st.integers(0, 9), PEOPLE, st.sampled_from([-60, -40, 0, 60])),
)


class Played:
    """Events played on the ledger for two new volunteers, beside plain arithmetic."""

    def __init__(self, people: list[User]) -> None:
        self.people = people
        # The first has an account: they must not vouch for themselves.
        self.volunteers = [actions.volunteer_for(people[0]), actions.new_volunteer("单守信")]
        self.entries: list[ServiceEntry] = []
        self.expected = {volunteer.id: 0 for volunteer in self.volunteers}

    def play(self, verb: str, which: int, by: int, minutes: int | None) -> None:
        """Let one event happen, if the rules allow it."""
        with suppress(RuleBroken):
            if verb == "propose":
                self.propose(self.volunteers[which], self.people[by], minutes or 0)
            elif self.entries:
                self.treat(verb, self.entries[which % len(self.entries)], self.people[by], minutes)

    def propose(self, volunteer: Volunteer, by: User, minutes: int) -> None:
        entry = actions.propose(volunteer, minutes, today(), "清扫", "other", None, by)
        self.entries.append(entry)

    def treat(self, verb: str, entry: ServiceEntry, by: User, minutes: int | None) -> None:
        db.session.refresh(entry, ["corrections", "volunteer"])
        if verb == "confirm":
            entry.confirm(by.id)
            self.expected[entry.volunteer_id] += entry.minutes
        elif verb == "reject":
            entry.reject(by.id, "不对")
        else:
            self.entries.append(actions.correct(entry, minutes or 0, "记错了", by))
        db.session.flush()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=st.lists(EVENTS, min_size=8, max_size=40))
def test_no_order_of_events_loses_or_makes_minutes(
    app: Flask, lin: Any, qin: Any, gu: Any, events: list[tuple[str, int, int, int | None]]
) -> None:
    played = Played([lin, qin, gu])
    for event in events:
        played.play(*event)
    totals = {person: minutes_total(person) for person in played.expected}
    assert totals == played.expected
    assert all(0 <= total <= 1440 for total in scalars(LINES_WITH_CORRECTIONS))
    assert scalars(OWN_OR_SELF_PROPOSED) == []
    db.session.rollback()


LINES_WITH_CORRECTIONS = """SELECT sum(minutes) FROM service_entry WHERE state = 'confirmed'
    GROUP BY coalesce(corrects_id, id)"""
OWN_OR_SELF_PROPOSED = """SELECT e.id FROM service_entry e JOIN volunteer v
    ON v.id = e.volunteer_id WHERE e.decided_by_id IN (e.proposed_by_id, v.user_id)"""


def scalars(statement: str) -> list[int]:
    return list(db.session.scalars(text(statement)))
