"""Who can get a paper by a rule, and what stands against the others. No ranking: by name.

A rule may be about ten thousand people, so they are counted and leafed through in the database,
and only those on one page, or chosen, are read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, case, false, func, select

from blueprints.activities.models import Activity, Attendance
from blueprints.documents.batches import MOST
from blueprints.documents.kinds import Kind
from blueprints.documents.people import fulfilled_within, latest_numbers
from blueprints.teams.models import Membership, ServiceEntry, Team, Volunteer
from blueprints.teams.queries import Term, minutes_select, searched, team_names
from core.day_words import format_minutes
from core.db import db
from core.fonts import KAI, FontNotInstalled, missing_characters
from core.paging import PAGE_SIZE

HOURS, WISHES, TEAM, ACTIVITY = "hours", "wishes", "team", "activity"
RULES = {
    HOURS: _l("今年服务满多少小时"),
    WISHES: _l("办成过微心愿"),
    TEAM: _l("一支队伍的队员"),
    ACTIVITY: _l("参加过一次活动"),
}
# Lists show the sides in this order, which is that of their codes.
ABLE, HAD, OTHERS = "able", "had", "others"
SIDES = {"": _l("都看"), ABLE: _l("够条件的"), HAD: _l("今年发过的"), OTHERS: _l("不够的")}


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
class Look:
    """Which of those whom a rule finds are looked at: a part of a name, a side, a page."""

    words: str = ""
    side: str = ""
    page: int = 1


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
    # Has one from this year already, and gets no second.
    had: bool = False


class Counts(NamedTuple):
    """How many of those whom a rule is about can get a paper, have one, and fall short."""

    able: int
    had: int
    short: int


class Circle:
    """Everybody whom a rule is about when papers of a kind are issued on a day."""

    def __init__(self, kind: Kind, rule: Rule, today: date) -> None:
        total = minutes_select(term=Term.year_of(today)).add_columns(ServiceEntry.volunteer_id)
        served = total.group_by(ServiceEntry.volunteer_id).subquery()
        given = latest_numbers(kind.code, today).subquery()
        self.is_yearly, self.needed = kind.is_yearly, rule.hours * 60 if rule.name == HOURS else 0
        self.minutes, self.given = func.coalesce(served.c[0], 0), given.c[1]
        is_new = [self.given.is_(None)] if kind.is_yearly else []
        fulfilled = and_(self.minutes >= self.needed, Volunteer.left_on.is_(None))
        self.able = and_(fulfilled, *is_new)
        self.had = and_(fulfilled, self.given.is_not(None)) if kind.is_yearly else false()
        people = (
            select(Volunteer, self.minutes, self.given)
            .outerjoin(served, served.c.volunteer_id == Volunteer.id)
            .outerjoin(given, given.c.volunteer_id == Volunteer.id)
        )
        named = _named_by(rule, today)
        of_rule = self.minutes > 0 if named is None else Volunteer.id.in_(named)
        self.people = people.where(of_rule)

    def counts(self) -> Counts:
        """Count those who can get one, those who have one from this year, and the others."""
        counted = self.people.with_only_columns(
            func.count(Volunteer.id),
            func.count(case((self.able, 1))),
            func.count(case((self.had, 1))),
            maintain_column_froms=True,
        )
        everybody, able, had = db.session.execute(counted).one()
        return Counts(able, had, everybody - able - had)

    def page(self, look: Look) -> tuple[list[Considered], bool]:
        """Return one page of those looked at, and whether there is another.

        Those who can get one come first, then those who have one, each by name: whoever is chosen
        is seen at once.
        """
        side = case((self.able, ABLE), (self.had, HAD), else_=OTHERS)
        people = searched(self.people.order_by(side), look.words)
        if look.side:
            people = people.where(side == look.side)
        rows = people.limit(PAGE_SIZE + 1).offset((look.page - 1) * PAGE_SIZE)
        found = self._considered(rows)
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def usual(self) -> list[int]:
        """Return the ids of whoever is chosen beforehand: can get one and has none from this
        year; the first by name, as many as one batch may have."""
        able = searched(self.people.where(self.able, self.given.is_(None)), "")
        names = able.with_only_columns(Volunteer.id, Volunteer.name, maintain_column_froms=True)
        rows = db.session.execute(names.limit(MOST)).all()
        return [number for number, name in rows if not unprintable(name)]

    def able_among(self, ids: Collection[int]) -> list[Considered]:
        """Return those of these people who can get one, by name."""
        people = searched(self.people.where(self.able, Volunteer.id.in_(ids)), "")
        return [one for one in self._considered(people) if not one.obstacle]

    def _considered(self, people: Select[tuple[Volunteer, int, int | None]]) -> list[Considered]:
        rows = db.session.execute(people).all()
        teams = team_names([volunteer.id for volunteer, _minutes, _given in rows])
        return [
            Considered(
                one,
                minutes,
                teams.get(one.id, []),
                self._obstacle(one, minutes, given),
                given,
                had=self.is_yearly and bool(given) and minutes >= self.needed,
            )
            for one, minutes, given in rows
        ]

    def _obstacle(self, volunteer: Volunteer, minutes: int, given: int | None) -> str:
        """Say why somebody cannot get such a paper now; nothing when they can."""
        if minutes < self.needed:
            return _("差%(time)s", time=format_minutes(self.needed - minutes))
        if volunteer.left_on:
            return _("已经离队")
        if given and self.is_yearly:
            return _("今年发过%(number)s号", number=f"{given:04}")
        return unprintable(volunteer.name)


def unprintable(name: str) -> str:
    """Say why a name cannot be printed; nothing when it can. Where the typeface itself is missing,
    nobody gets a paper, and the list still opens."""
    try:
        missing = missing_characters(name, KAI)
    except FontNotInstalled:
        return _("缺字体，印不出来")
    return _("字库里没有“%(missing)s”", missing=missing) if missing else ""


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


def _named_by(rule: Rule, today: date) -> Select[tuple[int]] | None:
    """Select the volunteers a rule names; None: everybody with service this year."""
    if rule.name == TEAM:
        return select(Membership.volunteer_id).where(
            Membership.team_id == rule.team, Membership.left_on.is_(None)
        )
    if rule.name == ACTIVITY:
        return select(Attendance.volunteer_id).where(Attendance.activity_id == rule.activity)
    return _who_fulfilled(rule, today) if rule.name == WISHES else None


def _who_fulfilled(rule: Rule, today: date) -> Select[tuple[int]]:
    """Select the volunteers whose accounts made a wish come true within the rule's days."""
    claimers = fulfilled_within(rule.first or date(today.year, 1, 1), rule.last or today)
    return select(Volunteer.id).where(Volunteer.user_id.in_(claimers))
