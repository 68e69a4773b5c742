"""What the secretary's and the manager's first pages tell: decisions, lateness, the month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

import blueprints.activities.queries as activities
import blueprints.documents.queries as documents
import blueprints.teams.queries as teams
import blueprints.visits.queries as visits
import blueprints.wishes.queries as wishes
from blueprints.accounts.models import User
from blueprints.activities.models import Activity
from blueprints.documents.models import Posting
from blueprints.documents.month_set import MonthSet, set_of
from blueprints.households.models import Building, Household
from blueprints.teams.access import entries_waiting_for
from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.visits.absences import Absence
from blueprints.visits.leave import NAMES, uncovered
from blueprints.visits.pairings import Pairing
from blueprints.visits.reminding import reminded_on
from blueprints.wishes.models import Wish
from core.clock import local, now
from core.db import db

# As much as fits on a first page; the list behind each number has it all.
WISHES_SHOWN, POSTINGS_SHOWN, ACTIVITIES_SHOWN, LEAVES_SHOWN = 5, 5, 5, 3
STUDENTS_SHOWN, VOLUNTEERS_SHOWN = 8, 5
MONTHS = 6


@dataclass(frozen=True)
class PersonHours:
    """All of one volunteer's lines that wait. Long ones are looked at one by one."""

    volunteer: Volunteer
    entries: list[ServiceEntry]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    @property
    def what(self) -> list[str]:
        return list(dict.fromkeys(entry.what for entry in self.entries))

    @property
    def long_ones(self) -> list[ServiceEntry]:
        return [entry for entry in self.entries if entry.is_long]

    @property
    def plain_ones(self) -> list[ServiceEntry]:
        """Return what may be confirmed together with others'."""
        return [entry for entry in self.entries if not entry.is_long]


@dataclass(frozen=True)
class LateStudent:
    """How many of one student's households are late, and the one for the longest time."""

    late: int
    longest: Pairing
    is_reminded: bool


@dataclass(frozen=True)
class Coverage:
    """覆盖率: households met at least once this month, of those paired now."""

    met: int
    paired: int

    @property
    def percent(self) -> int:
        return round(100 * self.met / self.paired) if self.paired else 0


@dataclass(frozen=True)
class FirstSteps:
    """What an instance needs before it can work, and what of it is there."""

    estates: bool
    households: bool
    colleagues: bool
    pairings: bool

    @property
    def all_done(self) -> bool:
        return self.estates and self.households and self.colleagues and self.pairings


@dataclass(frozen=True)
class OfficeHome:
    """The secretary's day and month."""

    asked_at: datetime
    steps: FirstSteps
    wishes: list[Wish]
    hours: list[PersonHours]
    late: list[LateStudent]
    late_total: int
    coverage: Coverage
    postings: list[Posting]
    leaves: list[Absence]
    papers: MonthSet
    # Month by month; the last is the month that runs.
    met: list[int]
    fulfilled: list[int]
    service_hours: list[int]
    held: list[int]

    @property
    def months(self) -> tuple[str, str]:
        """Return the month that runs and the one before, as addresses name them: 2026-11."""
        first = local(self.asked_at).date().replace(day=1)
        return f"{first:%Y-%m}", f"{first - timedelta(days=1):%Y-%m}"


@dataclass(frozen=True)
class ManagerHome:
    """What the property manager looks after."""

    hours: list[PersonHours]
    overdue: list[Activity]
    overdue_total: int
    postings: list[Posting]


def office_home(user: User, day: date) -> OfficeHome:
    """Return what the secretary's first page shows on a day."""
    return OfficeHome(
        asked_at=now(),
        steps=first_steps(),
        wishes=wishes.waiting_for_approval(WISHES_SHOWN),
        hours=hours_by_person(user),
        late=late_students(user, day),
        late_total=visits.count_late(user, day),
        coverage=coverage(user, day),
        postings=documents.postings_to_take_down(day, POSTINGS_SHOWN),
        leaves=list(db.session.scalars(uncovered(day).options(*NAMES).limit(LEAVES_SHOWN))),
        papers=set_of(day),
        met=by_month(day, lambda first: visits.visits_met_in_month(first.year, first.month)),
        fulfilled=by_month(day, lambda first: wishes.fulfilled_in_month(first.year, first.month)),
        service_hours=[total // 60 for total in teams.confirmed_minutes_by_month(day, MONTHS)],
        held=by_month(day, activities.activities_in_month),
    )


def manager_home(user: User, day: date) -> ManagerHome:
    """Return what the manager's first page shows on a day."""
    return ManagerHome(
        hours=hours_by_person(user),
        overdue=activities.overdue_records(user, ACTIVITIES_SHOWN),
        overdue_total=activities.count_overdue(user),
        postings=documents.postings_to_take_down(day, POSTINGS_SHOWN),
    )


def coming_activities(user: User) -> list[Activity]:
    """Return the next activities this person may see."""
    return list(db.session.scalars(activities.upcoming(user).limit(ACTIVITIES_SHOWN)))


def hours_by_person(user: User) -> list[PersonHours]:
    """Return those who have waited the longest for their time to be confirmed."""
    waiting = entries_waiting_for(user)
    who = ServiceEntry.volunteer_id
    first = waiting.with_only_columns(who).group_by(who).order_by(func.min(ServiceEntry.served_on))
    ids = db.session.scalars(first.order_by(who).limit(VOLUNTEERS_SHOWN)).all()
    lines = teams.with_people(waiting.where(who.in_(ids)))
    entries = db.session.scalars(lines.order_by(who, ServiceEntry.served_on)) if ids else ()
    return [
        PersonHours(found[0].volunteer, found)
        for found in (list(lines) for _id, lines in groupby(entries, lambda e: e.volunteer_id))
    ]


def late_students(user: User, day: date) -> list[LateStudent]:
    """Return the students with late visits, where a household waits the longest first."""
    late = visits.due_by(user, day - timedelta(days=1))
    longest = func.min(Pairing.due_on).label("longest")
    by_student = late.with_only_columns(Pairing.student_id, func.count().label("late"), longest)
    by_student = by_student.group_by(Pairing.student_id).order_by(longest, Pairing.student_id)
    first = by_student.limit(STUDENTS_SHOWN).subquery()
    theirs = (Pairing.student_id == first.c.student_id) & (Pairing.due_on == first.c.longest)
    found = late.join(first, theirs).add_columns(first.c.late).options(*visits.PAIR)
    rows = db.session.execute(found.order_by(Pairing.due_on, Pairing.student_id, Pairing.id))
    # Several may have waited equally long; the first of each stands for them.
    firsts: dict[int, tuple[Pairing, int]] = {}
    for pairing, number in rows.unique():
        firsts.setdefault(pairing.student_id, (pairing, number))
    reminded = reminded_on(day, firsts)
    return [
        LateStudent(number, pairing, pairing.student_id in reminded)
        for pairing, number in firsts.values()
    ]


def coverage(user: User, day: date) -> Coverage:
    """Count the households met since the month began among those paired now."""
    current = visits.current_pairings(user)
    met = visits.met_since(user, day.replace(day=1))
    return Coverage(visits.count(met), visits.count(current))


def by_month(day: date, count: Callable[[date], int]) -> list[int]:
    """Ask a room for its number of each of the last months."""
    months = day.year * 12 + day.month - 1
    numbers = range(months - MONTHS + 1, months + 1)
    return [count(date(number // 12, number % 12 + 1, 1)) for number in numbers]


def first_steps() -> FirstSteps:
    """Look whether there is anything at all of what the first week brings."""
    return FirstSteps(
        estates=any_row(Building.id),
        households=any_row(Household.id),
        colleagues=db.session.scalar(select(User.id).offset(1).limit(1)) is not None,
        pairings=any_row(Pairing.id),
    )


def any_row(column: InstrumentedAttribute[int]) -> bool:
    return db.session.scalar(select(column).limit(1)) is not None
