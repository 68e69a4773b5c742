"""Who can get a paper by a rule, and what stands against the others. No ranking: by name."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from blueprints.activities.models import Activity, Attendance
from blueprints.documents.kinds import Kind
from blueprints.documents.people import fulfilled_within, numbers_given
from blueprints.teams.models import Membership, Team, Volunteer
from blueprints.teams.queries import Term, minutes_by_volunteer, team_names
from core.dates import format_minutes
from core.db import db
from core.fonts import KAI, missing_characters

HOURS, WISHES, TEAM, ACTIVITY = "hours", "wishes", "team", "activity"
RULES = {
    HOURS: _l("今年服务满多少小时"),
    WISHES: _l("办成过微心愿"),
    TEAM: _l("一支队伍的队员"),
    ACTIVITY: _l("参加过一次活动"),
}


@dataclass(frozen=True)
class Rule:
    """Whom to look for: ``hours`` for HOURS, a term for WISHES, an id for the others."""

    name: str = HOURS
    hours: int = 100
    team: int | None = None
    activity: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Considered:
    """Somebody whom the rule looked at. ``obstacle`` says why they get none; empty: they may.

    ``given`` is the number of such a paper that they have from this year.
    """

    volunteer: Volunteer
    minutes: int
    teams: list[str]
    obstacle: str
    given: int | None = None


def considered(kind: Kind, rule: Rule, today: date) -> list[Considered]:
    """Return everybody the rule is about, by name, each with what stands against them."""
    ids = _ids_by(rule, today)
    people = select(Volunteer).order_by(Volunteer.name_terms, Volunteer.name, Volunteer.id)
    if ids is not None:
        people = people.where(Volunteer.id.in_(ids))
    found = db.session.scalars(people).all()
    minutes = minutes_by_volunteer([one.id for one in found], Term.year_of(today))
    if rule.name == HOURS:
        found = [one for one in found if minutes.get(one.id)]
    teams, given = team_names([one.id for one in found]), numbers_given(kind.code, today)
    needed = rule.hours * 60 if rule.name == HOURS else 0
    return [
        Considered(
            one,
            minutes.get(one.id, 0),
            teams.get(one.id, []),
            obstacle(one, needed - minutes.get(one.id, 0), given.get(one.id), kind.is_yearly),
            given.get(one.id),
        )
        for one in found
    ]


def obstacle(volunteer: Volunteer, lacking: int, given: int | None, is_yearly: bool) -> str:
    """Say why somebody cannot get such a paper now; nothing when they can."""
    if lacking > 0:
        return _("差%(time)s", time=format_minutes(lacking))
    if volunteer.left_on:
        return _("已经离队")
    if given and is_yearly:
        return _("今年发过%(number)s号", number=f"{given:04}")
    strange = missing_characters(volunteer.name, KAI)
    return _("字库里没有“%(missing)s”", missing=strange) if strange else ""


def team_choices() -> list[tuple[int, str]]:
    rows = db.session.execute(select(Team.id, Team.name).order_by(Team.name))
    return [(team_id, name) for team_id, name in rows]


def activity_choices(limit: int = 50) -> list[tuple[int, str]]:
    """Return the latest activities that have attendance, by their beginning."""
    attended = select(Attendance.activity_id)
    rows = db.session.execute(
        select(Activity.id, Activity.title)
        .where(Activity.id.in_(attended))
        .order_by(Activity.starts_at.desc())
        .limit(limit)
    )
    return [(activity_id, title) for activity_id, title in rows]


def _ids_by(rule: Rule, today: date) -> list[int] | None:
    """The volunteers a rule names; None: it looks at everybody."""
    if rule.name == TEAM:
        members = select(Membership.volunteer_id).where(
            Membership.team_id == rule.team, Membership.left_on.is_(None)
        )
        return list(db.session.scalars(members))
    if rule.name == ACTIVITY:
        there = select(Attendance.volunteer_id).where(Attendance.activity_id == rule.activity)
        return list(db.session.scalars(there))
    return list(db.session.scalars(_who_fulfilled(rule, today))) if rule.name == WISHES else None


def _who_fulfilled(rule: Rule, today: date) -> Select[tuple[int]]:
    """Select the volunteers whose accounts made a wish come true within the rule's days."""
    claimers = fulfilled_within(rule.first or date(today.year, 1, 1), rule.last or today)
    return select(Volunteer.id).where(Volunteer.user_id.in_(claimers))
