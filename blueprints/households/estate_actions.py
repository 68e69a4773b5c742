"""Changes of estates, buildings, units and rooms."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from blueprints.households.actions import reindex
from blueprints.households.models import Building, Estate, Household, Room, Unit
from blueprints.households.shapes import Shape
from core.addresses import building_key, normalise_unit
from core.db import db
from core.errors import RuleBroken


class NameTaken(RuleBroken):
    """An estate, a building or a room is there already under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("%(name)s已经有了，换一个名字。", name=self.name)


class StillLivedIn(RuleBroken):
    def __str__(self) -> str:
        return _("这里登记过住户，不能删。没人住就改成空置。")


def add_estate(name: str) -> Estate:
    """Register an estate; two cannot share a name."""
    refuse_taken_estate(name)
    estate = Estate(name=name)
    db.session.add(estate)
    db.session.flush()
    return estate


def rename_estate(estate: Estate, name: str) -> None:
    refuse_taken_estate(name, but=estate.id)
    estate.name = name


def refuse_taken_estate(name: str, but: int | None = None) -> None:
    if db.session.scalar(select(Estate.id).where(Estate.name == name, Estate.id != (but or 0))):
        raise NameTaken(name)


def add_buildings(estate: Estate, names: Sequence[str], shape: Shape) -> list[Building]:
    """Register buildings of one shape with all their units and rooms."""
    taken = {building_key(name) for name in building_names_of(estate)}
    for name in names:
        if building_key(name) in taken:
            raise NameTaken(name)
        taken.add(building_key(name))
    buildings = [Building.named(estate.id, name) for name in names]
    db.session.add_all(buildings)
    db.session.flush()
    units = [Unit.named(b.id, name) for b in buildings for name in shape.unit_names()]
    db.session.add_all(units)
    db.session.flush()
    db.session.add_all(
        Room.numbered(unit.id, number, floor) for unit in units for floor, number in shape.numbers()
    )
    db.session.flush()
    return buildings


def building_names_of(estate: Estate) -> list[str]:
    return list(db.session.scalars(select(Building.name).where(Building.estate_id == estate.id)))


def rename_building(building: Building, name: str) -> None:
    """Give a building another name; its households are found under the new one."""
    others = {building_key(n) for n in building_names_of(building.estate) if n != building.name}
    if building_key(name) in others:
        raise NameTaken(name)
    building.rename(name)
    for household_id in household_ids(Household.building_id == building.id):
        reindex(household_id)


def remove_building(building: Building) -> None:
    """Delete a building that was registered by mistake; nobody was ever registered there."""
    if household_ids(Household.building_id == building.id):
        raise StillLivedIn
    units = select(Unit.id).where(Unit.building_id == building.id)
    db.session.execute(delete(Room).where(Room.unit_id.in_(units)))
    db.session.execute(delete(Unit).where(Unit.building_id == building.id))
    db.session.delete(building)
    db.session.flush()


def add_room(building: Building, unit_name: str, number: str, floor: int | None) -> Room:
    """Add one special room; its unit is made when it is new."""
    name = normalise_unit(unit_name)
    unit = db.session.scalar(select(Unit).where(Unit.building_id == building.id, Unit.name == name))
    if unit is None:
        unit = Unit.named(building.id, name)
        db.session.add(unit)
        db.session.flush()
    refuse_taken_room(unit.id, number)
    room = Room.numbered(unit.id, number, floor)
    db.session.add(room)
    db.session.flush()
    return room


def change_room(room: Room, number: str, floor: int | None) -> None:
    refuse_taken_room(room.unit_id, number, but=room.id)
    room.renumber(number, floor)
    for household_id in household_ids(Household.room_id == room.id):
        reindex(household_id)


def refuse_taken_room(unit_id: int, number: str, but: int | None = None) -> None:
    there = exists().where(Room.unit_id == unit_id, Room.number == number, Room.id != (but or 0))
    if db.session.scalar(select(there)):
        raise NameTaken(number)


def remove_room(room: Room) -> None:
    """Delete a room that was registered by mistake."""
    if household_ids(Household.room_id == room.id):
        raise StillLivedIn
    db.session.delete(room)
    db.session.flush()


def household_ids(where: object) -> list[int]:
    return list(db.session.scalars(select(Household.id).where(where)))
