"""Reading activities, who came, and a person's month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.activities.access import activities_visible_to
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity, ActivityPhoto, Attendance
from blueprints.teams.access import led_team_ids, oversees, shown_name
from blueprints.teams.models import Membership, Volunteer
from blueprints.teams.queries import BY_NAME, CURRENT, Term, minutes_total, volunteer_of
from core.clock import SHANGHAI, now, today
from core.db import db
from core.settings import setting
from core.workdays import latest_day_due_before, working_days_after

# Days of a series within this time are all listed; of those after it, the next one.
SERIES_AHEAD = timedelta(days=14)


def upcoming(user: User) -> Select[tuple[Activity]]:
    """Return what is still to come or going on, the next first.

    Of a series only the days soon to come, or the next one; the others are on its own list.
    """
    is_next = Activity.starts_at == next_of_series()
    soon = Activity.starts_at < now() + SERIES_AHEAD
    statement = activities_visible_to(user).where(
        Activity.ends_at >= now(), or_(Activity.series_id.is_(None), soon, is_next)
    )
    return in_a_list(statement).order_by(Activity.starts_at, Activity.id)


def next_of_series() -> ScalarSelect[datetime]:
    """Return when the next planned day of the same series begins."""
    other = aliased(Activity)
    return (
        select(func.min(other.starts_at))
        .where(
            other.series_id == Activity.series_id,
            other.state == "planned",
            other.ends_at >= now(),
        )
        .correlate(Activity)
        .scalar_subquery()
    )


def of_series(user: User, series_id: int) -> Select[tuple[Activity]]:
    """Return all days of a series, the latest first."""
    statement = activities_visible_to(user).where(Activity.series_id == series_id)
    return in_a_list(statement).order_by(Activity.starts_at.desc(), Activity.id.desc())


def past(user: User) -> Select[tuple[Activity]]:
    """Return what is over, the latest first."""
    statement = activities_visible_to(user).where(Activity.ends_at < now())
    return in_a_list(statement).order_by(Activity.starts_at.desc(), Activity.id.desc())


def in_a_list(activities: Select[tuple[Activity]]) -> Select[tuple[Activity]]:
    return activities.options(joinedload(Activity.team), joinedload(Activity.estate))


def in_full(activities: Select[tuple[Activity]]) -> Select[tuple[Activity]]:
    """Load what an activity's own pages show: people, the ledger's answers, photos."""
    attendances = selectinload(Activity.attendances)
    return in_a_list(activities).options(
        joinedload(Activity.leader),
        joinedload(Activity.series),
        attendances.joinedload(Attendance.volunteer),
        attendances.joinedload(Attendance.entry),
        selectinload(Activity.signups).joinedload(Signup.volunteer),
        selectinload(Activity.photo_rows).joinedload(ActivityPhoto.photo),
    )


def in_order(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Return attendances by name, as every list of people is."""
    return sorted(attendances, key=lambda a: (a.volunteer.name_terms, a.volunteer.name))


def people_to_note(activity: Activity) -> list[Volunteer]:
    """Return who the sign-in list begins with.

    Who is noted already, who signed up, the team's members, and who answers for it.
    """
    noted = [attendance.volunteer_id for attendance in activity.attendances]
    noted += [signup.volunteer_id for signup in activity.signed_up]
    members = select(Membership.volunteer_id).where(Membership.team_id == activity.team_id, CURRENT)
    meant = or_(
        Volunteer.id.in_(noted),
        Volunteer.id.in_(members),
        Volunteer.id == activity.leader_id,
    )
    return list(db.session.scalars(select(Volunteer).where(meant).order_by(*BY_NAME)))


def signup_counts(activities: Iterable[Activity]) -> dict[int, int]:
    """Return how many signed up for each of these activities, where anybody did."""
    counted = (
        select(Signup.activity_id, func.count())
        .where(Signup.withdrawn_at.is_(None), Signup.activity_id.in_([a.id for a in activities]))
        .group_by(Signup.activity_id)
    )
    return {activity_id: count for activity_id, count in db.session.execute(counted)}


def own_signups(user: User, activities: Iterable[Activity]) -> set[int]:
    """Return the ids of those of these activities that the person signed up for."""
    own = (
        select(Signup.activity_id)
        .join(Signup.volunteer)
        .where(
            Volunteer.user_id == user.id,
            Signup.withdrawn_at.is_(None),
            Signup.activity_id.in_([activity.id for activity in activities]),
        )
    )
    return set(db.session.scalars(own))


def leader_choices(user: User) -> list[tuple[int, str]]:
    """Return (id, name) of who may answer for an activity: leaders, and whoever has an account."""
    leaders = select(Membership.volunteer_id).where(Membership.is_leader, CURRENT)
    statement = (
        select(Volunteer)
        .where(Volunteer.left_on.is_(None))
        .where(or_(Volunteer.user_id.is_not(None), Volunteer.id.in_(leaders)))
        .order_by(*BY_NAME)
    )
    return [(person.id, shown_name(user, person)) for person in db.session.scalars(statement)]


def record_due_on(activity: Activity) -> date:
    """Return by when the record is to be complete.

    《志愿服务记录与证明出具办法(试行)》: within 10 working days; the number is a setting.
    """
    return working_days_after(activity.day, setting("activity_record_working_days"))


def is_overdue(activity: Activity) -> bool:
    """Answer for one activity what ``overdue`` answers for all."""
    is_open = activity.recorded_on is None and activity.state != "cancelled"
    return is_open and record_due_on(activity) < today()


def overdue() -> Select[tuple[Activity]]:
    """Return the activities whose record should have been complete before today."""
    last = latest_day_due_before(today(), setting("activity_record_working_days"))
    return select(Activity).where(
        Activity.recorded_on.is_(None),
        Activity.state != "cancelled",
        Activity.starts_at < beginning_of(last + timedelta(days=1)),
    )


def overdue_records(user: User, limit: int = 20) -> list[Activity]:
    """Return the first of the overdue activities that this person keeps."""
    return list(db.session.scalars(overdue_for(user).limit(limit)))


def overdue_for(user: User) -> Select[tuple[Activity]]:
    """Return the overdue activities that this person keeps, the oldest first."""
    statement = in_a_list(overdue()).order_by(Activity.starts_at, Activity.id)
    if oversees(user):
        return statement
    return statement.where(
        or_(
            Activity.created_by_id == user.id,
            Activity.team_id.in_(led_team_ids(user)),
            Activity.leader.has(Volunteer.user_id == user.id),
        )
    )


def count_overdue(user: User) -> int:
    """Return how many overdue activities this person keeps."""
    counted = overdue_for(user).with_only_columns(func.count(Activity.id)).order_by(None)
    return db.session.scalar(counted) or 0


def activities_in_month(month: date) -> int:
    """Return how many activities were held in the month in which the day lies."""
    held = select(func.count(Activity.id)).where(*held_within(month))
    return db.session.scalar(held) or 0


def held_in_month(user: User, month: date) -> Select[tuple[Activity]]:
    """Return the activities that were held in the month in which the day lies, latest first."""
    statement = activities_visible_to(user).where(*held_within(month))
    return in_a_list(statement).order_by(Activity.starts_at.desc(), Activity.id.desc())


def held_within(month: date) -> tuple[ColumnElement[bool], ...]:
    term = Term.month_of(month)
    return (
        Activity.state == "held",
        Activity.starts_at >= beginning_of(term.first),
        Activity.starts_at < beginning_of(term.last + timedelta(days=1)),
    )


@dataclass(frozen=True)
class MonthMinutes:
    """One person's month, in minutes. Paid duty is told beside the hours, never among them."""

    confirmed: int
    proposed: int
    on_duty: int


def minutes_of(user: User, month: date) -> MonthMinutes:
    """Return the person's minutes in the month in which the day lies."""
    volunteer = volunteer_of(user)
    if volunteer is None:
        return MonthMinutes(0, 0, 0)
    term = Term.month_of(month)
    return MonthMinutes(
        minutes_total(volunteer.id, term=term),
        minutes_total(volunteer.id, term=term, state="proposed"),
        on_duty_minutes(volunteer.id, term),
    )


def on_duty_minutes(volunteer_id: int, term: Term) -> int:
    """Return the minutes that a person spent at activities as paid duty."""
    total = (
        select(func.coalesce(func.sum(Attendance.minutes), 0))
        .join(Attendance.activity)
        .where(
            Attendance.volunteer_id == volunteer_id,
            Attendance.on_duty,
            Activity.starts_at >= beginning_of(term.first),
            Activity.starts_at < beginning_of(term.last + timedelta(days=1)),
        )
    )
    return db.session.scalar(total) or 0


def beginning_of(day: date) -> datetime:
    """Return a day's first moment in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)
