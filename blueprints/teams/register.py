"""Reading the register of volunteers, as it is searched and linked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User
from blueprints.households.access import residents_visible_to
from blueprints.households.models import Household, Resident, Room
from blueprints.teams.models import Membership, Volunteer
from blueprints.teams.queries import BY_NAME, CURRENT
from core.db import db


@dataclass(frozen=True)
class Wanted:
    """What a list of volunteers is narrowed down by; None and "" ask nothing."""

    words: str = ""
    team: int | None = None
    service: str = ""
    left: bool = False


def listed(volunteers: Select[tuple[Volunteer]], wanted: Wanted) -> Select[tuple[Volunteer]]:
    """Narrow volunteers down: words are looked for in names, pinyin and skills; by name."""
    is_here = Volunteer.left_on.is_not(None) if wanted.left else Volunteer.left_on.is_(None)
    volunteers = volunteers.where(is_here)
    if wanted.words:
        pinyin = " " + Volunteer.name_terms
        volunteers = volunteers.where(
            or_(
                Volunteer.name.contains(wanted.words, autoescape=True),
                Volunteer.skills.contains(wanted.words, autoescape=True),
                pinyin.contains(f" {wanted.words.lower()}", autoescape=True),
            )
        )
    if wanted.service:
        volunteers = volunteers.where(Volunteer.services.contains(wanted.service, autoescape=True))
    if wanted.team:
        members = select(Membership.volunteer_id).where(Membership.team_id == wanted.team, CURRENT)
        volunteers = volunteers.where(Volunteer.id.in_(members))
    return volunteers.order_by(*BY_NAME)


def residents_named(user: User, words: str, limit: int = 20) -> list[Resident]:
    """Return residents this person sees, by a part of the name, with where they live."""
    found = (
        residents_visible_to(user)
        .where(Resident.name.contains(words, autoescape=True))
        .options(
            joinedload(Resident.household).options(
                joinedload(Household.estate),
                joinedload(Household.building),
                joinedload(Household.room).joinedload(Room.unit),
            )
        )
        .order_by(Resident.name, Resident.id)
        .limit(limit)
    )
    return list(db.session.scalars(found).unique())


def first_joined(team_id: int) -> dict[int, date]:
    """Return the day on which each person's first term in the team began."""
    rows = db.session.execute(
        select(Membership.volunteer_id, func.min(Membership.joined_on))
        .where(Membership.team_id == team_id)
        .group_by(Membership.volunteer_id)
    )
    return {volunteer_id: day for volunteer_id, day in rows}
