"""Sums of the hours ledger by team, kind, month or person; people by name, never by hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select

from blueprints.accounts.models import User
from blueprints.teams.access import entries_visible_to, oversees
from blueprints.teams.models import SERVICE_KINDS, ServiceEntry, Team, Volunteer
from blueprints.teams.queries import BY_NAME, Term, grouped, minutes_select
from core.db import db


@dataclass(frozen=True)
class Total:
    """One sum: what counts, what waits, and which lines of the ledger it is made of."""

    name: str
    confirmed: int
    waiting: int
    team: int | None = None
    month: str | None = None
    volunteer: Volunteer | None = None


def sums(user: User, term: Term | None, column: Any) -> dict[Any, tuple[int, int]]:
    """Return (confirmed, waiting) minutes for each value of a column, of what one may read."""
    found: dict[Any, list[int]] = {}
    for place, state in enumerate(("confirmed", "proposed")):
        for key, minutes in grouped(readable(user, minutes_select(term=term, state=state)), column):
            found.setdefault(key, [0, 0])[place] = minutes
    return {key: (confirmed, waiting) for key, (confirmed, waiting) in found.items()}


def readable(user: User, total: Select[tuple[int]]) -> Select[tuple[int]]:
    """Leave of a sum the lines that this person may read."""
    if oversees(user):
        return total
    own = entries_visible_to(user).with_only_columns(ServiceEntry.id)
    return total.where(ServiceEntry.id.in_(own))


def by_team(user: User, term: Term | None) -> list[Total]:
    """Return the teams' sums by name, and at the end what was served outside of teams."""
    found = sums(user, term, ServiceEntry.team_id)
    teams = select(Team).where(Team.id.in_([key for key in found if key])).order_by(Team.name)
    totals = [Total(team.name, *found[team.id], team=team.id) for team in db.session.scalars(teams)]
    if None in found:
        totals.append(Total(_("不在队伍里"), *found[None]))
    return totals


def by_kind(user: User, term: Term | None) -> list[Total]:
    """Return the sums of each kind of service, in the order in which forms offer them."""
    found = sums(user, term, ServiceEntry.kind)
    return [Total(str(name), *found[kind]) for kind, name in SERVICE_KINDS.items() if kind in found]


def by_month(user: User, term: Term | None) -> list[Total]:
    """Return the sums month by month, the latest first."""
    days = sums(user, term, ServiceEntry.served_on)
    months: dict[tuple[int, int], list[int]] = {}
    for day, (confirmed, waiting) in days.items():
        month = months.setdefault((day.year, day.month), [0, 0])
        month[0] += confirmed
        month[1] += waiting
    return [
        Total(
            _("%(year)s年%(month)s月", year=year, month=month),
            *months[year, month],
            month=f"{year}-{month:02}",
        )
        for year, month in sorted(months, reverse=True)
    ]


def people_of(user: User, term: Term | None) -> Select[tuple[Volunteer]]:
    """Return who has lines in the ledger that this person may read, by name."""
    lines = entries_visible_to(user).with_only_columns(ServiceEntry.volunteer_id)
    lines = lines.where(ServiceEntry.state != "rejected")
    if term is not None:
        lines = lines.where(ServiceEntry.served_on.between(term.first, term.last))
    return select(Volunteer).where(Volunteer.id.in_(lines)).order_by(*BY_NAME)


def by_person(user: User, term: Term | None, people: Sequence[Volunteer]) -> list[Total]:
    """Return the sums of these people, in their order."""
    ids = [person.id for person in people]
    found: dict[int, list[int]] = {}
    for place, state in enumerate(("confirmed", "proposed")):
        total = readable(user, minutes_select(term=term, state=state))
        total = total.where(ServiceEntry.volunteer_id.in_(ids))
        for key, minutes in grouped(total, ServiceEntry.volunteer_id):
            found.setdefault(key, [0, 0])[place] = minutes
    return [
        Total(person.name, *found.get(person.id, [0, 0]), volunteer=person) for person in people
    ]


def whole(user: User, term: Term | None) -> tuple[int, int]:
    """Return (confirmed, waiting) of everything that this person may read."""
    confirmed, waiting = (
        db.session.scalar(readable(user, minutes_select(term=term, state=state))) or 0
        for state in ("confirmed", "proposed")
    )
    return confirmed, waiting


def terms(today: date) -> dict[str, Term | None]:
    """Return the stretches that a page offers, by the name in its address."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = Term.month_of(date(today.year, quarter.month + 2, 1)).last
    return {
        "month": Term.month_of(today),
        "quarter": Term(quarter, last),
        "year": Term.year_of(today),
        "last-year": Term.year_of(date(today.year - 1, 1, 1)),
        "all": None,
    }
