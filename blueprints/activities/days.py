"""Activities somebody means to come to, on their calendar and on their first page."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import url_for
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.accounts.models import User
from blueprints.activities.access import activities_visible_to
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.queries import beginning_of
from blueprints.teams.models import Volunteer
from blueprints.visits.agenda import ACTIVITY, Entry, falls_on_days
from core.clock import local, now
from core.db import db


@falls_on_days
def own_on_days(user: User, first: date, last: date, _today: date) -> Iterator[Entry]:
    """Tell the activities this person has a place at or answers for."""
    until = beginning_of(last + timedelta(days=1))
    for activity in db.session.scalars(own_activities(user, beginning_of(first), until)):
        yield Entry(
            activity.day,
            ACTIVITY,
            "flag",
            f"{local(activity.starts_at):%H:%M} {activity.title}",
            url_for("activities.show", activity_id=activity.id),
            public=activity.title,
            key=str(activity.id),
            hours=(activity.starts_at, activity.ends_at),
        )


def own_soon(user: User, today: date, days: int, limit: int) -> list[Activity]:
    """Return which of today's and the coming days' are not over, the next first."""
    until = beginning_of(today + timedelta(days=days + 1))
    found = own_activities(user, beginning_of(today), until).where(Activity.ends_at > now())
    return list(db.session.scalars(found.limit(limit)))


def own_activities(user: User, since: datetime, until: datetime) -> Select[tuple[Activity]]:
    """Return the activities that begin within this time and where this person is expected."""
    own = select(Volunteer.id).where(Volunteer.user_id == user.id)
    expected = or_(Activity.id.in_(with_a_place(own)), Activity.leader_id.in_(own))
    within = Activity.starts_at >= since, Activity.starts_at < until
    found = activities_visible_to(user).where(*within, Activity.state != "cancelled", expected)
    return found.order_by(Activity.starts_at, Activity.id)


def with_a_place(volunteers: Select[tuple[int]]) -> Select[tuple[int]]:
    """Return the ids of the activities where these have a place, as ``Activity.coming`` tells."""
    earlier = aliased(Signup)
    before = select(func.count()).where(
        earlier.activity_id == Signup.activity_id,
        earlier.withdrawn_at.is_(None),
        earlier.id < Signup.id,
    )
    has_place = or_(Activity.capacity.is_(None), before.scalar_subquery() < Activity.capacity)
    current = Signup.volunteer_id.in_(volunteers), Signup.withdrawn_at.is_(None)
    return select(Signup.activity_id).join(Signup.activity).where(*current, has_place)
