"""Which household a journal means by 示2栋3-301（魏德喜）, 示3-2-402 仇阿姨 or 雷爹爹."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select

from blueprints.households.models import (
    Building,
    Estate,
    Household,
    Resident,
    Room,
    Unit,
)
from blueprints.households.queries import declined_visits
from core.addresses import Door, building_key, natural_key, parse_door
from core.db import db
from core.names import bare_name, split_surname
from core.numerals import half_width

Doubt = Literal["", "name_only", "unit_missing", "no_such_household", "surname_differs",
                "whole_building", "several_households"]  # fmt: skip
MOST_CANDIDATES = 12
_IN_BRACKETS = re.compile(r"([^(]*)\(([^)]*)\)(.*)", re.DOTALL)
_WHOLE = re.compile(r"全体|逐户|各户|所有")


@dataclass(frozen=True, slots=True)
class Home:
    """A registered household: where it is, and whose home."""

    id: int
    building: str
    unit: str
    room: str
    names: tuple[str, ...]

    @property
    def surnames(self) -> set[str]:
        return {split_surname(name)[0] for name in self.names}

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(natural_key(part) for part in (self.building, self.unit, self.room))


@dataclass(frozen=True, slots=True)
class Place:
    """The household that was meant; without one, why not, and which it may be."""

    household_id: int | None
    doubt: Doubt = ""
    candidates: tuple[Home, ...] = ()


@dataclass
class Homes:
    """Every registered household, by door and by surname."""

    by_door: dict[tuple[str, str, str], list[Home]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_room: dict[tuple[str, str], list[Home]] = field(default_factory=lambda: defaultdict(list))
    by_surname: dict[str, list[Home]] = field(default_factory=lambda: defaultdict(list))
    estates: tuple[str, ...] = ()
    declined: frozenset[int] = frozenset()

    def add(self, home: Home) -> None:
        key = building_key(home.building)
        self.by_door[key, home.unit, home.room].append(home)
        self.by_room[key, home.room].append(home)
        for surname in home.surnames:
            self.by_surname[surname].append(home)

    def find(self, text: str) -> Place:
        """Return the household that a text means, or why a person has to say."""
        door, name = self.read(text)
        surname = split_surname(name)[0]
        if not door.building:
            return self._doubtful("name_only", self.by_surname[surname], "")
        if not door.room:
            doubt: Doubt = "whole_building"
            return Place(None, doubt if not name or _WHOLE.search(name) else "no_such_household")
        key = building_key(door.building)
        if not door.unit and (key, "", door.room) not in self.by_door:
            return self._doubtful("unit_missing", self.by_room[key, door.room], surname)
        there = self.by_door.get((key, door.unit, door.room), [])
        if not there:
            near = [home for home in self.by_surname[surname] if building_key(home.building) == key]
            return self._doubtful("no_such_household", near, "")
        fitting = [home for home in there if not surname or surname in home.surnames]
        if not fitting:
            return self._doubtful("surname_differs", there, "")
        if len(fitting) > 1:
            fitting = [home for home in fitting if name in home.names] or fitting
        if len(fitting) > 1:
            return self._doubtful("several_households", fitting, "")
        return Place(fitting[0].id)

    def read(self, text: str) -> tuple[Door, str]:
        """Tell door and name apart; either may stand in brackets behind the other."""
        plain = bare_name(half_width(text))
        for estate in self.estates:
            plain = plain.replace(estate, "")
        parts = _IN_BRACKETS.fullmatch(plain)
        if parts and (inner := parse_door(parts[2])).building:
            return inner, parts[1].removesuffix("家")
        before = parts[1] + parts[3] if parts else plain
        door = parse_door(before)
        name = door.rest or (parts[2] if parts else "")
        return door, name.removesuffix("家")

    def _doubtful(self, doubt: Doubt, homes: Iterable[Home], surname: str) -> Place:
        fitting = [home for home in homes if not surname or surname in home.surnames]
        listed = sorted(fitting or homes, key=lambda home: home.order)
        return Place(None, doubt, tuple(listed[:MOST_CANDIDATES]))


def registered_homes(estate_id: int | None) -> Homes:
    """Load every household that still lives there, of one estate or of all."""
    homes = Homes(
        estates=tuple(db.session.scalars(select(Estate.name))),
        declined=frozenset(db.session.scalars(declined_visits())),
    )
    rows = select(Household.id, Building.name, Unit.name, Room.number, Resident.name).join(
        Household.building
    ).join(Household.room).join(Room.unit).outerjoin(Household.residents).where(
        Household.moved_out_on.is_(None)
    ).order_by(Household.id, Resident.position)  # fmt: skip
    if estate_id:
        rows = rows.where(Household.estate_id == estate_id)
    found: dict[int, Home] = {}
    for home_id, building, unit, room, name in db.session.execute(rows):
        earlier = found[home_id].names if home_id in found else ()
        names = (*earlier, name) if name else earlier
        found[home_id] = Home(home_id, building, unit, room, names)
    for home in found.values():
        homes.add(home)
    return homes
