"""Reading teams, volunteers and the ledger. ``minutes_total`` is the one count of hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.teams.access import entries_waiting_for, teams_visible_to
from blueprints.teams.models import Membership, ServiceEntry, Team, Volunteer
from core.clock import now
from core.db import db

CURRENT = Membership.left_on.is_(None)
BY_NAME = (Volunteer.name_terms, Volunteer.name, Volunteer.id)


@dataclass(frozen=True)
class Term:
    """A stretch of days; both ends belong to it."""

    first: date
    last: date

    @classmethod
    def month_of(cls, day: date) -> "Term":
        first = day.replace(day=1)
        return cls(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    @classmethod
    def year_of(cls, day: date) -> "Term":
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))


def minutes_select(
    volunteer: int | None = None,
    team: int | None = None,
    kind: str | None = None,
    term: Term | None = None,
    state: str = "confirmed",
) -> Select[tuple[int]]:
    """Return the sum of the ledger's minutes; every figure of service time is made from it.

    ``volunteer`` and ``team`` are ids. Corrections count on the day of the line they mend.
    """
    total = select(func.coalesce(func.sum(ServiceEntry.minutes), 0))
    total = total.where(ServiceEntry.state == state)
    for column, value in (
        (ServiceEntry.volunteer_id, volunteer),
        (ServiceEntry.team_id, team),
        (ServiceEntry.kind, kind),
    ):
        if value is not None:
            total = total.where(column == value)
    if term is not None:
        total = total.where(ServiceEntry.served_on.between(term.first, term.last))
    return total


def minutes_total(
    volunteer: int | None = None,
    team: int | None = None,
    kind: str | None = None,
    term: Term | None = None,
    state: str = "confirmed",
) -> int:
    """Return the ledger's minutes in one state; see ``minutes_select``."""
    return db.session.scalar(minutes_select(volunteer, team, kind, term, state)) or 0


def minutes_by_kind(volunteer: int, term: Term | None = None) -> dict[str, int]:
    """Return a person's confirmed minutes for each kind of service that they have."""
    return dict(grouped(minutes_select(volunteer, term=term), ServiceEntry.kind))


def minutes_by_volunteer(volunteers: Iterable[int], term: Term | None = None) -> dict[int, int]:
    """Return the confirmed minutes of several people at once, for papers made in batches."""
    total = minutes_select(term=term).where(ServiceEntry.volunteer_id.in_(list(volunteers)))
    return dict(grouped(total, ServiceEntry.volunteer_id))


def grouped(total: Select[tuple[int]], column: Any) -> list[tuple[Any, int]]:
    rows = db.session.execute(total.add_columns(column).group_by(column))
    return [(key, minutes) for minutes, key in rows]


def confirmed_minutes_in_month(month: date) -> int:
    """Return everybody's confirmed minutes of the month in which the day lies."""
    return minutes_total(term=Term.month_of(month))


def confirmed_minutes_by_month(last: date, months: int = 6) -> list[int]:
    """Return everybody's confirmed minutes month by month; the last is the month of the day."""
    number = last.year * 12 + last.month - 1
    return [
        confirmed_minutes_in_month(date(month // 12, month % 12 + 1, 1))
        for month in range(number - months + 1, number + 1)
    ]


def waiting_entries(user: User, limit: int = 20) -> list[ServiceEntry]:
    """Return what waits for this person to confirm, the longest waiting first."""
    statement = with_people(entries_waiting_for(user))
    statement = statement.order_by(ServiceEntry.served_on, ServiceEntry.id).limit(limit)
    return list(db.session.scalars(statement))


def waiting_sum(user: User) -> tuple[int, int]:
    """Return (lines, minutes) that wait for this person to confirm."""
    counted = entries_waiting_for(user).with_only_columns(
        func.count(ServiceEntry.id), func.coalesce(func.sum(ServiceEntry.minutes), 0)
    )
    lines, minutes = db.session.execute(counted).one()
    return lines, minutes


def with_people(entries: Select[tuple[ServiceEntry]]) -> Select[tuple[ServiceEntry]]:
    """Load what a line of a list shows."""
    return entries.options(
        joinedload(ServiceEntry.volunteer),
        joinedload(ServiceEntry.team),
        joinedload(ServiceEntry.proposed_by),
    )


def with_story(entries: Select[tuple[ServiceEntry]]) -> Select[tuple[ServiceEntry]]:
    """Load what a line's own page shows: who, and every correction."""
    return with_people(entries).options(
        joinedload(ServiceEntry.decided_by),
        selectinload(ServiceEntry.corrections).joinedload(ServiceEntry.proposed_by),
    )


def filtered(
    entries: Select[tuple[ServiceEntry]],
    state: str | None = None,
    volunteer: int | None = None,
    team: int | None = None,
    term: Term | None = None,
) -> Select[tuple[ServiceEntry]]:
    """Narrow the ledger down, the latest service first."""
    for column, value in (
        (ServiceEntry.state, state),
        (ServiceEntry.volunteer_id, volunteer),
        (ServiceEntry.team_id, team),
    ):
        if value:
            entries = entries.where(column == value)
    if term is not None:
        entries = entries.where(ServiceEntry.served_on.between(term.first, term.last))
    return with_people(entries).order_by(ServiceEntry.served_on.desc(), ServiceEntry.id.desc())


@dataclass(frozen=True)
class TeamLine:
    """One team in the list: how many are in it now, and who leads."""

    team: Team
    members: int
    leaders: list[Volunteer]


def team_lines(user: User) -> list[TeamLine]:
    """Return the teams this person may see, open ones first, by name."""
    teams = teams_visible_to(user).order_by(Team.closed_on.is_not(None), Team.name)
    counts = select(Membership.team_id, func.count()).where(CURRENT).group_by(Membership.team_id)
    members = {team_id: count for team_id, count in db.session.execute(counts)}
    led = current_leaders()
    return [
        TeamLine(team, members.get(team.id, 0), led.get(team.id, []))
        for team in db.session.scalars(teams)
    ]


def current_leaders() -> dict[int, list[Volunteer]]:
    """Return the leaders of each team, by name."""
    rows = db.session.execute(
        select(Membership.team_id, Volunteer)
        .join(Membership.volunteer)
        .where(CURRENT, Membership.is_leader)
        .order_by(*BY_NAME)
    )
    led: dict[int, list[Volunteer]] = {}
    for team_id, volunteer in rows:
        led.setdefault(team_id, []).append(volunteer)
    return led


def memberships(team_id: int, current: bool) -> list[Membership]:
    """Return the terms in a team: of today, leaders first; or of the past, latest first."""
    statement = (
        select(Membership)
        .join(Membership.volunteer)
        .where(Membership.team_id == team_id, CURRENT if current else ~CURRENT)
        .options(joinedload(Membership.volunteer))
    )
    if current:
        statement = statement.order_by(Membership.is_leader.desc(), *BY_NAME)
    else:
        statement = statement.order_by(Membership.left_on.desc(), *BY_NAME)
    return list(db.session.scalars(statement))


def terms_of(volunteer_id: int) -> list[Membership]:
    """Return a person's terms in teams, those of today first."""
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.volunteer_id == volunteer_id)
            .options(joinedload(Membership.team))
            .order_by(CURRENT.desc(), Membership.joined_on.desc())
        )
    )


def searched(volunteers: Select[tuple[Volunteer]], words: str) -> Select[tuple[Volunteer]]:
    """Narrow volunteers down by a part of the name or the beginning of its pinyin; by name."""
    if words:
        pinyin = " " + Volunteer.name_terms
        volunteers = volunteers.where(
            or_(
                Volunteer.name.contains(words, autoescape=True),
                pinyin.contains(f" {words.lower()}", autoescape=True),
            )
        )
    return volunteers.order_by(*BY_NAME)


def volunteers_named(*names: str) -> list[Volunteer]:
    """Return everybody of exactly these names who has not left."""
    return list(
        db.session.scalars(
            select(Volunteer)
            .where(Volunteer.name.in_(names), Volunteer.left_on.is_(None))
            .order_by(Volunteer.id)
        )
    )


def team_names(volunteer_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the teams each of these people is in now."""
    rows = db.session.execute(
        select(Membership.volunteer_id, Team.name)
        .join(Membership.team)
        .where(CURRENT, Membership.volunteer_id.in_(list(volunteer_ids)))
        .order_by(Team.name)
    )
    names: dict[int, list[str]] = {}
    for volunteer_id, name in rows:
        names.setdefault(volunteer_id, []).append(name)
    return names


def team_named(name: str) -> Team | None:
    return db.session.scalar(select(Team).where(Team.name == name))


def volunteers_by_id(ids: Iterable[int]) -> dict[int, Volunteer]:
    rows = db.session.scalars(select(Volunteer).where(Volunteer.id.in_(list(ids))))
    return {volunteer.id: volunteer for volunteer in rows}


def volunteer_of(user: User) -> Volunteer | None:
    """Return the volunteer that this account belongs to."""
    return db.session.scalar(select(Volunteer).where(Volunteer.user_id == user.id))


def near_activities(team_id: int, past: int = 3, coming: int = 3) -> list[Row[Any]]:
    """Return (id, title, starts_at, state) of a team's next and latest activities, latest first.

    Their table belongs to a later room.
    """
    activity = db.metadata.tables["activity"]
    columns = [activity.c[name] for name in ("id", "title", "starts_at", "state")]
    of_team = select(*columns).where(activity.c.team_id == team_id)
    begins = activity.c.starts_at
    ahead = of_team.where(begins >= now()).order_by(begins).limit(coming)
    behind = of_team.where(begins < now()).order_by(begins.desc()).limit(past)
    return [*reversed(db.session.execute(ahead).all()), *db.session.execute(behind)]
