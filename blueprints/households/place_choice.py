"""Choosing a place in two small steps: one of the estates, then one of its buildings.

A list of all buildings would grow with every estate, and nobody finds theirs in hundreds.
"""

from dataclasses import dataclass

from blueprints.accounts.models import User
from blueprints.households.access import buildings_visible_to
from blueprints.households.estate_queries import estate_choices
from blueprints.households.models import Building
from core.db import db

Choices = list[tuple[int, str]]


@dataclass(frozen=True)
class PlaceChoice:
    """What there is to choose from, and what is chosen; buildings only of the chosen estate."""

    estates: Choices
    buildings: Choices
    estate: int | None = None
    building: int | None = None

    @property
    def estate_name(self) -> str:
        return dict(self.estates).get(self.estate or 0, "")


def place_choice(user: User, estate: int | None, building: int | None = None) -> PlaceChoice:
    """Return what this person may choose from; the only estate there is chooses itself.

    An estate or building that they may not see counts as not chosen.
    """
    estates = estate_choices(user)
    if estate is None and building is not None:
        estate = estate_of(user, building)
    if estate is None and len(estates) == 1:
        estate = estates[0][0]
    if estate not in dict(estates):
        return PlaceChoice(estates, [])
    buildings = buildings_of(user, estate)
    return PlaceChoice(
        estates, buildings, estate, building if building in dict(buildings) else None
    )


def estate_of(user: User, building: int) -> int | None:
    visible = buildings_visible_to(user).where(Building.id == building)
    return db.session.scalar(visible.with_only_columns(Building.estate_id))


def buildings_of(user: User, estate: int) -> Choices:
    """Return (id, 示2栋) of one estate's buildings, in natural order."""
    visible = buildings_visible_to(user).where(Building.estate_id == estate)
    named = visible.order_by(Building.sort_key, Building.id)
    rows = db.session.execute(named.with_only_columns(Building.id, Building.name))
    return [(row.id, row.name) for row in rows]


def first_building(user: User) -> int | None:
    """Return the id of the first building this person may see."""
    estates = [estate for estate, _name in estate_choices(user)]
    in_order = (buildings_of(user, estate) for estate in estates)
    return next((found[0][0] for found in in_order if found), None)
