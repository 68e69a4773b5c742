"""Whatever happened, home page, badge, lists and the month's paper tell the same numbers."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import selectinload

from blueprints.accounts.models import User
from blueprints.documents.records import report_words, visits_of
from blueprints.home.office import MONTHS, office_home
from blueprints.home.student import student_home
from blueprints.home.waiting import counted
from blueprints.households.models import Household
from blueprints.households.queries import last_met_days
from blueprints.visits import queries
from blueprints.visits.absences import Absence
from blueprints.visits.access import visits_visible_to
from blueprints.visits.actions import reckon
from blueprints.visits.journal import Filters, narrowed
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from core.clock import now, today
from core.db import db
from tests import factories

HOMES = 5


class Call(NamedTuple):
    """A visit so many days ago."""

    days: int
    met: bool
    void: bool


class Story(NamedTuple):
    """What happened with one household: who looks after it, whether that ended, who called."""

    student: int
    interval: int
    ended: bool
    calls: list[Call]


CALLS = st.lists(st.builds(Call, st.integers(0, 190), st.booleans(), st.booleans()), max_size=4)
STORIES = st.lists(
    st.builds(Story, st.integers(0, 1), st.integers(1, 120), st.booleans(), CALLS),
    max_size=HOMES,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stories=STORIES, fang_is_away=st.booleans())
def test_every_place_that_tells_a_number_tells_the_same(
    app: Flask, lin: Any, fang: Any, qin: Any, stories: list[Story], fang_is_away: bool
) -> None:
    db.session.rollback()
    db.session.expunge_all()
    homes = db.session.scalars(db.select(Household.id)).all() or [
        factories.household(factories.room(factories.building(factories.estate(f"小区{n}")))).id
        for n in range(HOMES)
    ]
    forget()
    students, secretary = people("lin", "fang"), people("qin")[0]
    if fang_is_away:
        stands_in(students[0], students[1])
    for home, story in zip(homes, stories, strict=False):
        write(home, story, students[story.student])
    current = [story for story in stories if not story.ended]
    the_secretary_reads_one_number(secretary, current, stories, homes)
    for place, student in enumerate(students):
        mine = {place, 1} if fang_is_away and place == 0 else {place}
        due = sum(due_on(story) <= today() for story in current if story.student in mine)
        own = [visit for story in stories if story.student == place for visit in story.calls]
        file = visits_of(student.id, today() - timedelta(days=200), today())
        assert file == sum(call.met and not call.void for call in own)
        asked = queries.AskedPairings(only="due", mine=True)
        assert {
            queries.count_due(student, today()),
            len(student_home(student, today()).due),
            counted(student).visits,
            how_many(queries.pairings(student, asked, today())),
        } == {due}


def the_secretary_reads_one_number(
    secretary: User, current: list[Story], stories: list[Story], homes: Sequence[int]
) -> None:
    office, first = office_home(secretary, today()), today().replace(day=1)
    late = queries.pairings(secretary, queries.AskedPairings(only="late"), today())
    assert {
        office.late_total,
        sum(student.late for student in office.late),
        sum(number for _name, number in queries.late_by_student(secretary, today())),
        how_many(late),
    } == {sum(due_on(story) < today() for story in current)}
    met = queries.pairings(secretary, queries.AskedPairings(only="met"), today())
    seen = sum((last_met(story) or date.min) >= first for story in current)
    assert {office.coverage.met, how_many(met)} == {seen}
    assert [last_met_days([home]).get(home) for home in homes[: len(stories)]] == [
        last_met(story) for story in stories
    ]
    by_month = [visits_met(stories, month) for month in last_months(first)]
    assert office.met == by_month
    assert report_words(first)["visits"]["values"] == by_month
    assert [listed(secretary, month) for month in last_months(first)] == by_month


def people(*usernames: str) -> list[User]:
    asked = db.select(User).where(User.username.in_(usernames))
    with_rights = asked.options(selectinload(User.role_rows), selectinload(User.estate_rows))
    found = db.session.scalars(with_rights.execution_options(populate_existing=True)).all()
    return sorted(found, key=lambda user: usernames.index(user.username))


def stands_in(deputy: User, student: User) -> None:
    day = today()
    leave = Absence(student_id=student.id, deputy_id=deputy.id, first_on=day, last_on=day)
    db.session.add(leave)
    db.session.flush()


def forget() -> None:
    for table in (Visit, Pairing, Absence):
        db.session.execute(db.delete(table))


def write(home: int, story: Story, student: User) -> None:
    """Write one household's story down, as the program does."""
    pairing = Pairing(
        household_id=home,
        student_id=student.id,
        interval_days=story.interval,
        started_on=today() - timedelta(days=60),
    )
    pairing.reckon_due()
    db.session.add(pairing)
    db.session.flush()
    for call in story.calls:
        db.session.add(
            Visit(
                household_id=home,
                pairing_id=pairing.id,
                visitor_id=student.id,
                visited_on=today() - timedelta(days=call.days),
                met=call.met,
                voided_at=now() if call.void else None,
            )
        )
    reckon(pairing)
    if story.ended:
        pairing.end("moved", student, today())
    db.session.flush()


def last_met(story: Story) -> date | None:
    """The rule in its own words: the latest visit that stands and met somebody."""
    days = [call.days for call in story.calls if call.met and not call.void]
    return today() - timedelta(days=min(days)) if days else None


def due_on(story: Story) -> date:
    began = today() - timedelta(days=60)
    return (last_met(story) or began) + timedelta(days=story.interval)


def last_months(first: date) -> list[date]:
    """Return the first days of the last months, this one at the end."""
    found = [first]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def visits_met(stories: list[Story], month: date) -> int:
    days = [
        today() - timedelta(days=call.days)
        for story in stories
        for call in story.calls
        if call.met and not call.void
    ]
    return sum((day.year, day.month) == (month.year, month.month) for day in days)


def listed(user: User, month: date) -> int:
    """Count the lines to which a month's figure leads."""
    values = Filters(month=month, met=True).values()
    found = narrowed(visits_visible_to(user), values).with_only_columns(db.func.count(Visit.id))
    return db.session.execute(found, values).scalar_one()


def how_many(found: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(found.subquery()))


def test_whether_a_visit_counts_is_written_down_once() -> None:
    root = Path(queries.__file__).parents[1]
    told = [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.py"))
        if re.search(r"\b(Visit|visit\.c|cls)\.voided_at\.is_", path.read_text(encoding="utf-8"))
    ]
    assert told == ["visits/models.py"]
