"""The ledger only grows: whatever happens around it, confirmed minutes are neither lost nor made."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app import create_app
from blueprints.activities.models import Activity, Attendance
from blueprints.teams import actions
from blueprints.teams.models import ServiceEntry
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


class Ledger(RuleBasedStateMachine):
    """Any order of proposing, confirming, refusing and correcting, beside plain arithmetic."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        self.app = create_app(
            {
                "TESTING": True,
                "SQLALCHEMY_DATABASE_URI": "sqlite://",
                "LINLI_INSTANCE": str(self.folder),
                "SECRET_KEY": "t",
            }
        )
        self.context = self.app.app_context()
        self.context.push()
        db.create_all()
        self.people = [
            factories.saved(factories.User(username=name, name=name, password_hash=""))
            for name in ("qin", "gu", "lin")
        ]
        self.volunteers = [
            factories.volunteer("林一舟", user=self.people[2]),
            factories.volunteer("单守信"),
        ]
        self.expected = [0, 0]

    def teardown(self) -> None:
        if hasattr(self, "context"):
            db.session.remove()
            db.engine.dispose()
            self.context.pop()

    @rule(who=st.integers(0, 1), by=st.integers(0, 2), minutes=st.integers(-10, 1500))
    def propose(self, who: int, by: int, minutes: int) -> None:
        self.attempt(
            lambda: actions.propose(
                self.volunteers[who], minutes, today(), "清扫", "other", None, self.people[by]
            )
        )

    @rule(data=st.data(), by=st.integers(0, 2), verb=st.sampled_from(["confirm", "reject"]))
    def decide(self, data: st.DataObject, by: int, verb: str) -> None:
        entry = self.some_entry(data)
        if entry is None:
            return
        if verb == "reject":
            self.attempt(lambda: entry.reject(self.people[by].id, "不对"))
        elif self.attempt(lambda: entry.confirm(self.people[by].id)):
            whose = [volunteer.id for volunteer in self.volunteers].index(entry.volunteer_id)
            self.expected[whose] += entry.minutes

    @rule(data=st.data(), by=st.integers(0, 2), minutes=st.integers(-1500, 1500))
    def correct(self, data: st.DataObject, by: int, minutes: int) -> None:
        entry = self.some_entry(data)
        if entry is not None:
            self.attempt(lambda: actions.correct(entry, minutes, "记错了", self.people[by]))

    def some_entry(self, data: st.DataObject) -> ServiceEntry | None:
        count = db.session.query(ServiceEntry).count()
        if not count:
            return None
        number = data.draw(st.integers(1, count))
        options = [selectinload(ServiceEntry.corrections), selectinload(ServiceEntry.volunteer)]
        return db.session.get(ServiceEntry, number, options=options, populate_existing=True)

    @staticmethod
    def attempt(change: Any) -> bool:
        """Do it and commit; a refusal changes nothing."""
        try:
            change()
        except RuleBroken:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    @invariant()
    def the_totals_are_what_was_confirmed(self) -> None:
        if hasattr(self, "expected"):
            assert [minutes_total(person.id) for person in self.volunteers] == self.expected

    @invariant()
    def no_line_with_its_corrections_leaves_a_day(self) -> None:
        if hasattr(self, "expected"):
            sums = db.session.execute(
                text(
                    "SELECT sum(minutes) FROM service_entry WHERE state = 'confirmed'"
                    " GROUP BY coalesce(corrects_id, id)"
                )
            )
            assert all(0 <= total <= 1440 for (total,) in sums)

    @invariant()
    def nobody_vouched_for_themselves(self) -> None:
        if hasattr(self, "expected"):
            own = db.session.execute(
                text(
                    "SELECT count(*) FROM service_entry e JOIN volunteer v ON v.id = e.volunteer_id"
                    " WHERE e.decided_by_id IN (e.proposed_by_id, v.user_id)"
                )
            ).scalar()
            assert own == 0


def test_no_order_of_events_loses_or_makes_minutes(tmp_path: Path) -> None:
    Ledger.folder = tmp_path
    machine = Ledger.TestCase
    machine.settings = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine().runTest()
