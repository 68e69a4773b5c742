"""The due rule under any history: visits told, corrected, struck out; the rhythm changed."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.visits import queries
from blueprints.visits.actions import record_visit, revise_visit, void_visit
from blueprints.visits.models import Visit
from blueprints.visits.told import Told
from core.clock import today
from core.db import db

NOT_MET = "nobody"


class Step(NamedTuple):
    """One thing that happens: ``days`` before today, to the visit number ``which``."""

    verb: str
    days: int
    met: bool
    which: int
    agreed: int | None


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["tell", "tell", "correct", "void", "rhythm"]),
        st.integers(0, 60),
        st.booleans(),
        st.integers(0, 5),
        st.none() | st.integers(-70, 40),
    ),
    max_size=8,
)


def told(step: Step) -> Told:
    day = today() - timedelta(days=step.days)
    return Told(day, True, kinds=("chat",)) if step.met else Told(day, False, NOT_MET)


class Expected:
    """The rule in its own words, reckoned from everything that counts, every time anew."""

    def __init__(self, started: date, interval: int) -> None:
        self.started, self.interval, self.agreed = started, interval, None
        self.visits: list[list[Any]] = []

    @property
    def last_met(self) -> date | None:
        return max((day for day, met, valid in self.visits if met and valid), default=None)

    @property
    def due(self) -> date:
        if self.agreed and (self.last_met is None or self.last_met < self.agreed):
            return self.agreed
        return (self.last_met or self.started) + timedelta(days=self.interval)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_due_is_the_interval_after_the_last_meeting_or_the_day_agreed(
    app: Flask, lin: Any, home: Any, pairing: Any, steps: list[Step]
) -> None:
    db.session.expunge_all()
    pairing = db.session.get_one(type(pairing), 1)
    lin = db.session.get_one(type(lin), lin_id(lin))
    household = db.session.execute(queries.household_to_visit(lin, 1)).unique().scalar_one()
    db.session.execute(db.delete(Visit))
    pairing.agreed_next_on = pairing.last_met_on = pairing.last_tried_on = None
    pairing.interval_days = 21
    pairing.reckon_due()
    expected, visits = Expected(pairing.started_on, 21), []
    for step in steps:
        happens(step, pairing, household, lin, visits, expected)
        assert (pairing.last_met_on, pairing.due_on) == (expected.last_met, expected.due)
        late = (today() - expected.due).days
        assert queries.count_late(lin, today()) == (late > 0)
        assert queries.count_due(lin, today()) == (late >= 0)
    db.session.rollback()


def lin_id(person: Any) -> int:
    return db.inspect(person).identity[0]


def happens(
    step: Step, pairing: Any, household: Any, by: Any, visits: list[Visit], expected: Expected
) -> None:
    """Let one thing happen, in the program and in the rule."""
    agreed = today() + timedelta(days=step.agreed) if step.agreed is not None else None
    if step.verb == "tell":
        visits.append(record_visit(household, by, told(step), agreed_next_on=agreed))
        expected.visits.append([told(step).visited_on, step.met, True])
        expected.agreed = agreed or expected.agreed
    elif step.verb == "rhythm":
        pairing.revise(step.days + 1, agreed)
        expected.interval, expected.agreed = step.days + 1, agreed
        db.session.flush()
    elif visits:
        which = step.which % len(visits)
        valid = visits[which].voided_at is None
        if valid and step.verb == "correct":
            revise_visit(visits[which], told(step), by)
            expected.visits[which][:2] = [told(step).visited_on, step.met]
        elif valid:
            void_visit(visits[which], by, "记错了")
            expected.visits[which][2] = False
