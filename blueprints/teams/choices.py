"""What selects offer: rows as (id, name)."""

from sqlalchemy import Select, or_, select

from blueprints.accounts.models import User
from blueprints.households.models import Estate
from blueprints.teams.models import Membership, Team, Volunteer
from blueprints.teams.queries import CURRENT
from core.db import db


def estate_choices() -> list[tuple[int, str]]:
    rows = db.session.execute(select(Estate.id, Estate.name).order_by(Estate.name))
    return [(row.id, row.name) for row in rows]


def team_choices(among: Select[tuple[int]] | None = None) -> list[tuple[int, str]]:
    """Return (id, name) of the open teams, or only of those whose ids the select gives."""
    statement = select(Team.id, Team.name).where(Team.closed_on.is_(None)).order_by(Team.name)
    if among is not None:
        statement = statement.where(Team.id.in_(among))
    return [(row.id, row.name) for row in db.session.execute(statement)]


def team_ids_of(user: User) -> Select[tuple[int]]:
    """Return the ids of the teams this person is in now."""
    return (
        select(Membership.team_id)
        .join(Membership.volunteer)
        .where(CURRENT, Volunteer.user_id == user.id)
    )


def accounts(keep: int | None = None) -> Select[tuple[int, str]]:
    """Return id and name of the open accounts that belong to no volunteer yet, and the one kept."""
    taken = select(Volunteer.user_id).where(Volunteer.user_id.is_not(None))
    free = or_(User.id == keep, User.closed_at.is_(None) & User.id.not_in(taken))
    named = (User.name + "（" + User.username + "）").label("named")
    return select(User.id, named).where(free).order_by(User.name, User.id)
