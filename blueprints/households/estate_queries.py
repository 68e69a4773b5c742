"""Reading estates, buildings and rooms."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.households.access import estates_visible_to
from blueprints.households.models import Building, Estate, Household, Room, Unit
from core.db import db


def with_place(found: Select[tuple[Room]]) -> Select[tuple[Room]]:
    """Load what a room's address is made of."""
    return found.options(
        joinedload(Room.unit).joinedload(Unit.building).joinedload(Building.estate)
    )


def with_estate(found: Select[tuple[Building]]) -> Select[tuple[Building]]:
    return found.options(joinedload(Building.estate))


def with_buildings(found: Select[tuple[Estate]]) -> Select[tuple[Estate]]:
    return found.options(selectinload(Estate.buildings))


def estates_by_name(user: User) -> Select[tuple[Estate]]:
    """Return the estates this person may see."""
    return estates_visible_to(user).order_by(Estate.name)


def estate_sizes(estate_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many buildings and how many households each of these estates has."""
    lived_in = Household.moved_out_on.is_(None)
    buildings, homes = (
        select(func.count()).where(of == Estate.id, *also).scalar_subquery()
        for of, also in ((Building.estate_id, ()), (Household.estate_id, (lived_in,)))
    )
    found = select(Estate.id, buildings, homes).where(Estate.id.in_(estate_ids))
    return {estate_id: (blocks, lived) for estate_id, blocks, lived in db.session.execute(found)}


def estate_choices(user: User) -> list[tuple[int, str]]:
    """Return (id, name) of the estates for a form."""
    named = estates_visible_to(user).order_by(Estate.name)
    rows = db.session.execute(named.with_only_columns(Estate.id, Estate.name))
    return [(row.id, row.name) for row in rows]


def household_counts(estate_ids: Collection[int]) -> dict[int, int]:
    """Return how many households each building of these estates has."""
    found = db.session.execute(
        select(Household.building_id, func.count())
        .where(Household.estate_id.in_(estate_ids), Household.moved_out_on.is_(None))
        .group_by(Household.building_id)
    )
    return {building_id: count for building_id, count in found}


def room_counts(estate_ids: Collection[int]) -> dict[int, int]:
    """Return how many rooms each building of these estates has."""
    found = db.session.execute(
        select(Unit.building_id, func.count(Room.id))
        .join(Unit.rooms)
        .join(Unit.building)
        .where(Building.estate_id.in_(estate_ids))
        .group_by(Unit.building_id)
    )
    return {building_id: count for building_id, count in found}


def known_buildings() -> dict[str, list[str]]:
    """Return each estate's registered buildings."""
    found = db.session.execute(select(Estate.name, Building.name).outerjoin(Estate.buildings))
    known: dict[str, list[str]] = {}
    for estate, building in found:
        known.setdefault(estate, []).extend([building] if building else [])
    return known
