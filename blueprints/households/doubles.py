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


def likely(page: int, estate_id: int | None) -> tuple[list[Pair], bool]:
    """Return one page of an estate's households that share a name at one door, or a number with
    one of any estate. To compare everybody with everybody takes longer with every estate.
    """
    start = (page - 1) * PAGE
    by_door, by_number = same_door(estate_id), same_number(estate_id)
    found = sorted(by_door | by_number)[start : start + PAGE + 1]
    homes = loaded({home_id for pair in found for home_id in pair})
    pairs = [
        Pair(homes[first], homes[second], why((first, second) in by_door))
        for first, second in found[:PAGE]
        if first in homes and second in homes
    ]
    return pairs, len(found) > PAGE


def same_door(estate_id: int | None) -> set[tuple[int, int]]:
    """Return the pairs of households in one room with somebody of one name in each."""
    one, two = aliased(Resident), aliased(Resident)
    home, other = aliased(Household), aliased(Household)
    found = (
        select(home.id, other.id)
        .join(other, (other.room_id == home.room_id) & (other.id > home.id))
        .join(one, one.household_id == home.id)
        .join(two, (two.household_id == other.id) & (two.name == one.name))
        .where(
            home.estate_id == estate_id,
            home.moved_out_on.is_(None),
            other.moved_out_on.is_(None),
        )
    )
    return {(first, second) for first, second in db.session.execute(found.distinct())}


def same_number(estate_id: int | None) -> set[tuple[int, int]]:
    """Return the pairs of households that gave one number, at least one of them of the estate."""
    one, two = aliased(Resident), aliased(Resident)
    mine, theirs = aliased(Phone), aliased(Phone)
    found = (
        select(one.household_id, two.household_id)
        .join(Household, Household.id == one.household_id)
        .join(mine, mine.resident_id == one.id)
        .join(theirs, theirs.number == mine.number)
        .join(two, (two.id == theirs.resident_id) & (two.household_id != one.household_id))
        .where(Household.estate_id == estate_id)
    )
    pairs = db.session.execute(found.distinct())
    return {(min(pair), max(pair)) for pair in pairs}


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
