"""Whatever people do, in whatever order: no hours are lost or made, nobody confirms their own."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.activities.actions import Presence, note_attendance, propose_hours
from blueprints.activities.models import Activity, Attendance
from blueprints.activities.queries import in_full
from blueprints.teams import actions
from blueprints.teams.models import ServiceEntry, Team
from blueprints.teams.queries import minutes_total
from core.clock import now, today
from core.db import db
from core.errors import RuleBroken

PERSON, PLACE = st.integers(0, 2), st.integers(0, 7)
MINUTES = st.none() | st.sampled_from([30, 90, 1440])


class Everything(RuleBasedStateMachine):
    """A team with two activities, three volunteers and three people with an account."""

    people: tuple[User, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.team = Team(name="爱心服务队")
        db.session.add(self.team)
        db.session.flush()
        # The first two have accounts; the third is a neighbour without one.
        self.volunteers = [actions.volunteer_for(user) for user in self.people[:2]]
        self.volunteers.append(actions.new_volunteer("单守信"))
        self.activities = [self.plan(title) for title in ("爱国卫生日", "义剪")]
        self.confirmed = {volunteer.id: 0 for volunteer in self.volunteers}
        self.lines = 0

    def plan(self, title: str) -> Activity:
        begin = now() - timedelta(days=1)
        activity = Activity(
            title=title, team_id=self.team.id, starts_at=begin, ends_at=begin + timedelta(hours=2)
        )
        db.session.add(activity)
        db.session.flush()
        return activity

    def whole(self, which: int) -> Activity:
        statement = in_full(select(Activity).where(Activity.id == self.activities[which % 2].id))
        statement = statement.execution_options(populate_existing=True)
        return db.session.scalars(statement).unique().one()

    def line(self, which: int) -> ServiceEntry | None:
        lines = db.session.scalars(
            select(ServiceEntry)
            .order_by(ServiceEntry.id)
            .options(
                selectinload(ServiceEntry.volunteer),
                # A correction is a line, too, and is read anew with the line that it corrects.
                selectinload(ServiceEntry.corrections).selectinload(ServiceEntry.volunteer),
            )
            .execution_options(populate_existing=True)
        ).all()
        return lines[which % len(lines)] if lines else None

    @rule(which=PLACE, who=PERSON, minutes=MINUTES, on_duty=st.booleans())
    def note(self, which: int, who: int, minutes: int | None, on_duty: bool) -> None:
        with suppress(RuleBroken):
            note_attendance(self.whole(which), [Presence(self.volunteers[who], minutes, on_duty)])

    @rule(which=PLACE, by=PERSON)
    def send(self, which: int, by: int) -> None:
        with suppress(RuleBroken):
            propose_hours(self.whole(which), self.people[by])

    @rule(which=PLACE)
    def call_off(self, which: int) -> None:
        with suppress(RuleBroken):
            self.whole(which).cancel()

    @rule(who=PERSON, by=PERSON)
    def propose_own(self, who: int, by: int) -> None:
        with suppress(RuleBroken):
            actions.propose(
                self.volunteers[who], 60, today(), "陪诊", "other", None, self.people[by]
            )

    @rule(which=PLACE, by=PERSON, agrees=st.booleans())
    def decide(self, which: int, by: int, agrees: bool) -> None:
        line = self.line(which)
        if line is None:
            return
        with suppress(RuleBroken):
            if not agrees:
                line.reject(self.people[by].id, "不对")
                return
            line.confirm(self.people[by].id)
            self.confirmed[line.volunteer_id] += line.minutes

    @rule(which=PLACE, by=PERSON, minutes=st.sampled_from([-90, -30, 15]))
    def correct(self, which: int, by: int, minutes: int) -> None:
        line = self.line(which)
        with suppress(RuleBroken):
            if line is not None:
                actions.correct(line, minutes, "记错了", self.people[by])

    @rule(who=PERSON, account=st.none() | PERSON, by=PERSON)
    def connect(self, who: int, account: int | None, by: int) -> None:
        user_id = None if account is None else self.people[account].id
        taken = {volunteer.user_id for volunteer in self.volunteers}
        if user_id is None or user_id not in taken:
            with suppress(RuleBroken):
                actions.connect(self.volunteers[who], user_id, self.people[by])

    @rule()
    def dissolve(self) -> None:
        self.team.closed_on = today()

    @rule(who=PERSON)
    def leave(self, who: int) -> None:
        self.volunteers[who].left_on = today()

    @rule(which=PLACE)
    def remove(self, which: int) -> None:
        db.session.delete(self.whole(which))
        self.activities[which % 2] = self.plan("补办的")

    @invariant()
    def what_was_confirmed_is_what_counts(self) -> None:
        db.session.flush()
        assert {person: minutes_total(person) for person in self.confirmed} == self.confirmed

    @invariant()
    def lines_are_never_fewer(self) -> None:
        lines = db.session.scalar(text("SELECT count(*) FROM service_entry"))
        assert lines >= self.lines
        self.lines = lines

    @invariant()
    def nobody_decided_their_own(self) -> None:
        assert db.session.execute(text(OWN)).all() == []

    @invariant()
    def what_was_noted_is_in_one_line_or_waits_to_be_sent(self) -> None:
        for attendance in db.session.scalars(
            select(Attendance)
            .options(joinedload(Attendance.entry))
            .execution_options(populate_existing=True)
        ):
            if attendance.is_in_ledger:
                assert attendance.entry.minutes == attendance.minutes and not attendance.on_duty
                assert attendance.entry.volunteer_id == attendance.volunteer_id

    def teardown(self) -> None:
        db.session.rollback()


OWN = """SELECT e.id FROM service_entry e JOIN volunteer v ON v.id = e.volunteer_id
    WHERE e.decided_by_id IN (e.proposed_by_id, v.user_id)"""


def test_no_sequence_of_actions_loses_hours_or_confirms_ones_own(
    app: Flask, lin: Any, qin: Any, gu: Any
) -> None:
    Everything.people = (lin, qin, gu)
    run_state_machine_as_test(
        Everything,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
