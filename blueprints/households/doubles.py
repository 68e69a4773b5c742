"""Households that are likely registered twice."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from blueprints.accounts.models import User
from blueprints.households.models import Household, Phone, Resident
from blueprints.households.queries import PAGE, Row, rows, search_households, with_door
from core.db import db


@dataclass(frozen=True)
class Pair:
    """Two households, and why they may be one."""

    first: Household
    second: Household
    why: str


def likely(page: int) -> tuple[list[Pair], bool]:
    """Return one page of households that share a name at one door, or a number."""
    one, two = aliased(Resident), aliased(Resident)
    home, other = aliased(Household), aliased(Household)
    same_door = (
        select(home.id, other.id)
        .join(one, one.household_id == home.id)
        .join(other, (other.room_id == home.room_id) & (other.id > home.id))
        .join(two, (two.household_id == other.id) & (two.name == one.name))
        .where(home.moved_out_on.is_(None), other.moved_out_on.is_(None))
    )
    mine, theirs = aliased(Phone), aliased(Phone)
    same_number = (
        select(one.household_id, two.household_id)
        .join(mine, mine.resident_id == one.id)
        .join(theirs, theirs.number == mine.number)
        .join(two, (two.id == theirs.resident_id) & (two.household_id > one.household_id))
    )
    start = (page - 1) * PAGE
    by_door = set(map(tuple, db.session.execute(same_door.distinct()).all()))
    by_number = set(map(tuple, db.session.execute(same_number.distinct()).all()))
    found = sorted(by_door | by_number)[start : start + PAGE + 1]
    homes = loaded({home_id for pair in found for home_id in pair})
    pairs = [
        Pair(homes[first], homes[second], why((first, second) in by_door))
        for first, second in found[:PAGE]
        if first in homes and second in homes
    ]
    return pairs, len(found) > PAGE


def why(same_door: bool) -> str:
    return _("同一房号、同一姓名") if same_door else _("同一个电话")


def loaded(ids: set[int]) -> dict[int, Household]:
    current = select(Household).where(Household.id.in_(ids), Household.moved_out_on.is_(None))
    return {home.id: home for home in db.session.scalars(with_door(current))}


def others(user: User, household: Household, words: str) -> list[Row]:
    """Return what may be the other record: at the same door, or found by the words."""
    if words:
        return [row for row in search_households(user, words) if row.household.id != household.id]
    there = select(Household).where(
        Household.room_id == household.room_id, Household.id != household.id
    )
    return rows(user, db.session.scalars(with_door(there).order_by(Household.id)))
