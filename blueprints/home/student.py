"""What a student's first page tells: whom to see, which days come, what was promised."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select

import blueprints.activities.queries as activities
import blueprints.visits.queries as visits
import blueprints.wishes.queries as wishes
from blueprints.accounts.models import User
from blueprints.activities.days import own_soon
from blueprints.activities.models import Activity
from blueprints.teams.queries import volunteer_of
from blueprints.visits.absences import Absence
from blueprints.visits.access import looked_after
from blueprints.visits.birthdays import Birthday, birthdays_soon
from blueprints.visits.days import Greeting, greetings_soon
from blueprints.visits.follow_ups import own_open
from blueprints.visits.leave import leaves_about
from blueprints.visits.pairings import Pairing
from blueprints.visits.promises import FollowUp
from blueprints.wishes.claims import Claim
from core.access import SECRETARY
from core.db import db
from core.settings import setting

DUE_AHEAD_DAYS = 7
# As many as fit on a first page; the list behind has them all.
PROMISES_SHOWN, ACTIVITIES_SHOWN = 5, 3


@dataclass(frozen=True)
class StudentHome:
    """One student's day."""

    due: list[Pairing]
    soon: list[Pairing]
    paired: int
    birthdays: list[Birthday]
    greetings: list[Greeting]
    claims: list[Claim]
    to_claim: int
    hours: activities.MonthMinutes
    volunteer_id: int | None
    leaves: list[Absence]
    promises: list[FollowUp]
    activities: list[Activity]

    @property
    def days(self) -> list[tuple[date, str, Activity | Birthday | Greeting]]:
        """Return the days that come up, each with what it is and of which kind, the next first."""
        found: list[tuple[date, str, Activity | Birthday | Greeting]] = [
            *((activity.day, "activity", activity) for activity in self.activities),
            *((birthday.on, "birthday", birthday) for birthday in self.birthdays),
            *((greeting.festival.on, "greeting", greeting) for greeting in self.greetings),
        ]
        return sorted(found, key=lambda day: day[0])

    def birthday_in(self, pairing: Pairing) -> Birthday | None:
        """Return the birthday that comes up in a pairing's household."""
        return next((b for b in self.birthdays if b.household.id == pairing.household_id), None)


def student_home(user: User, day: date) -> StudentHome:
    """Return what this student's first page shows on a day."""
    ahead, volunteer = setting("coming_days_ahead"), volunteer_of(user)
    coming = due_within(user, day + timedelta(days=DUE_AHEAD_DAYS))
    return StudentHome(
        due=[pairing for pairing in coming if pairing.due_on <= day],
        soon=[pairing for pairing in coming if pairing.due_on > day],
        paired=visits.count(own(user, visits.current_pairings(user))),
        birthdays=birthdays_soon(user, day, ahead),
        greetings=greetings_soon(user, day, ahead),
        claims=wishes.claims_of(user),
        to_claim=wishes.count_to_claim(),
        hours=activities.minutes_of(user, day),
        volunteer_id=volunteer.id if volunteer else None,
        leaves=leaves_about(user, day),
        promises=own_open(user, PROMISES_SHOWN),
        activities=own_soon(user, day, ahead, ACTIVITIES_SHOWN),
    )


def due_within(user: User, day: date) -> list[Pairing]:
    """Return this person's own pairings due by a day, the most late first."""
    due = own_due(user, day).options(*visits.PAIR)
    return list(db.session.scalars(due.order_by(Pairing.due_on, Pairing.id)))


def own_due(user: User, day: date) -> Select[tuple[Pairing]]:
    """Return this person's own pairings whose visit is due by a day."""
    return own(user, visits.due_by(user, day))


def own(user: User, pairings: Select[tuple[Pairing]]) -> Select[tuple[Pairing]]:
    """Leave a secretary who pays visits too only the households they look after."""
    return looked_after(user, pairings) if user.has_role(SECRETARY) else pairings
