"""The rooms a ledger's rows belong to; units and rooms that are missing are made at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from blueprints.households.ledger_cells import HouseholdRecord
from blueprints.households.models import Building, Estate, Room, Unit
from blueprints.households.places import floor_of
from core.addresses import natural_key
from core.bulk import inserted_ids
from core.db import db


@dataclass(frozen=True)
class Place:
    """Where a household is stored."""

    estate_id: int
    building_id: int
    room_id: int


def places_of(records: Sequence[HouseholdRecord]) -> list[Place]:
    """Return each record's place; its building is registered, units and rooms are made."""
    buildings = {
        (estate, name): (estate_id, building_id)
        for estate, name, estate_id, building_id in db.session.execute(
            select(Estate.name, Building.name, Estate.id, Building.id).join(Estate.buildings)
        )
    }
    at = [buildings[record.estate, record.building] for record in records]
    units = ids_of(
        Unit.__table__,
        "building_id",
        "name",
        [(building, record.unit) for (_estate, building), record in zip(at, records, strict=True)],
    )
    rooms = ids_of(
        Room.__table__,
        "unit_id",
        "number",
        [(unit, record.room) for unit, record in zip(units, records, strict=True)],
    )
    return [Place(*ids, room) for ids, room in zip(at, rooms, strict=True)]


def ids_of(table: Table, parent: str, name: str, keys: list[tuple[int, str]]) -> list[int]:
    """Return the id of each (parent, name), made where it is missing."""
    columns = (table.c[parent], table.c[name])
    found = {
        (owner, called): row_id
        for row_id, owner, called in db.session.execute(
            select(table.c.id, *columns).where(columns[0].in_({owner for owner, _name in keys}))
        )
    }
    missing = list(dict.fromkeys(key for key in keys if key not in found))
    if missing:
        rows = new_rows(parent, name, missing)
        found |= zip(missing, inserted_ids(table, rows), strict=True)
    return [found[key] for key in keys]


def new_rows(parent: str, name: str, keys: Iterable[tuple[int, str]]) -> Iterable[dict[str, Any]]:
    for owner, called in keys:
        row = {parent: owner, name: called, "sort_key": natural_key(called)}
        yield row | {"floor": floor_of(called)} if name == "number" else row
