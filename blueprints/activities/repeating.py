"""Changes to a series: making its days, changing or calling off one of them and those after it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from blueprints.accounts.models import User
from blueprints.activities.actions import cancel, tell_who_means_to_come
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.series import ActivitySeries
from core.clock import SHANGHAI, local
from core.db import db

# What all days of a series have in common, besides the hours.
SHARED = (
    "title", "kind", "team_id", "estate_id", "place", "leader_id", "capacity", "plan",
)  # fmt: skip


def repeat(first: Activity, every: str, until: date, by: User) -> None:
    """Make the other days of a series whose first one is planned. Raises TooManyOccurrences."""
    series = ActivitySeries(every=every, first_on=first.day, until=until, created_by_id=by.id)
    later = series.days_after(first.day)
    db.session.add(series)
    first.series, first.series_day = series, first.day
    db.session.add_all(copy_to(first, day, by) for day in later)
    db.session.flush()


def extend(like: Activity, until: date, by: User) -> int:
    """Make a series longer, each day like this one; return how many days came with it.

    Raises SeriesGoesFurther, TooManyOccurrences.
    """
    days = like.series.extend(until)
    db.session.add_all(copy_to(like, day, by) for day in days)
    db.session.flush()
    return len(days)


def copy_to(activity: Activity, day: date, by: User) -> Activity:
    """Return the same plan for another day of its series."""
    return Activity(
        **{name: getattr(activity, name) for name in SHARED},
        series=activity.series,
        series_day=day,
        starts_at=at_the_same_time(activity.starts_at, day),
        ends_at=at_the_same_time(activity.ends_at, day),
        created_by_id=by.id,
    )


def at_the_same_time(moment: datetime, day: date) -> datetime:
    return datetime.combine(day, local(moment).time(), SHANGHAI)


def plan_of(activity: Activity) -> dict[str, Any]:
    """Return what a change may touch, to tell afterwards what it did."""
    shared = {name: getattr(activity, name) for name in SHARED}
    hours = {name: local(getattr(activity, name)).time() for name in ("starts_at", "ends_at")}
    return shared | hours | {"day": activity.day}


def tell_if_moved(activity: Activity, before: dict[str, Any], by: User) -> None:
    """Tell who meant to come when the day, the hours or the place are others than before."""
    after = plan_of(activity)
    if any(after[name] != before[name] for name in ("day", "starts_at", "ends_at", "place")):
        tell_who_means_to_come(activity, "activity_moved", by)


def change_later_ones(activity: Activity, before: dict[str, Any], by: User) -> int:
    """Carry what changed on this day to the later ones; return how many there are.

    What was not changed now stays as it is there: a place that was moved once stays moved.
    """
    after = plan_of(activity)
    changed = {name for name in after if after[name] != before[name]}
    moved = after["day"] - before["day"]
    later = later_ones(activity)
    for other in later:
        for name in changed & set(SHARED):
            setattr(other, name, after[name])
        carry_hours(
            other, {name: after[name] for name in changed & {"starts_at", "ends_at"}}, moved
        )
    db.session.flush()
    return len(later)


def carry_hours(activity: Activity, hours: dict[str, Any], moved: timedelta) -> None:
    day = activity.day + moved
    for name in ("starts_at", "ends_at"):
        time = hours.get(name, local(getattr(activity, name)).time())
        setattr(activity, name, datetime.combine(day, time, SHANGHAI))


def cancel_later_ones(activity: Activity, by: User) -> int:
    """Call the later days off too; return how many there are."""
    later = later_ones(activity)
    for other in later:
        cancel(other, by)
    return len(later)


def later_ones(activity: Activity) -> list[Activity]:
    """Return the planned days of the series after this one; none has been held."""
    if activity.series_day is None:
        return []
    return list(
        db.session.scalars(
            select(Activity)
            .where(
                Activity.series_id == activity.series_id,
                Activity.series_day > activity.series_day,
                Activity.state == "planned",
            )
            .options(
                selectinload(Activity.attendances),
                selectinload(Activity.signups).joinedload(Signup.volunteer),
            )
            .order_by(Activity.series_day)
        )
    )
