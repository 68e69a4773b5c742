"""Where people live: estates, buildings, units, rooms."""

import re
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.addresses import building_key, natural_key
from core.db import db

if TYPE_CHECKING:
    from blueprints.households.models import Household

ROOM_STATES = {"lived": _l("有人住"), "vacant": _l("空置"), "no_visits": _l("免访")}
# 301, 1203, A301: the last two digits count within the floor.
NUMBER_WITH_FLOOR = re.compile(r"[^\d]*(\d{1,2})\d{2}")


def floor_of(number: str) -> int | None:
    """Return the floor that a room's number tells; None where it tells none (门面3)."""
    match = NUMBER_WITH_FLOOR.fullmatch(number)
    return int(match[1]) if match else None


class Estate(db.Model):
    """小区."""

    __tablename__ = "estate"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    buildings: Mapped[list["Building"]] = relationship(
        back_populates="estate", lazy="raise", order_by="Building.sort_key"
    )

    __mapper_args__ = {"version_id_col": version}


class Building(db.Model):
    """栋. ``sort_key`` puts 2栋 before 10栋."""

    __tablename__ = "building"
    __audited__ = True
    __table_args__ = (UniqueConstraint("estate_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    sort_key: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1)

    estate: Mapped[Estate] = relationship(back_populates="buildings", lazy="raise")
    units: Mapped[list["Unit"]] = relationship(
        back_populates="building", lazy="raise", order_by="Unit.sort_key"
    )

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def named(cls, estate_id: int, name: str) -> "Building":
        """Return a new building that sorts naturally among its neighbours."""
        building = cls(estate_id=estate_id)
        building.rename(name)
        return building

    def rename(self, name: str) -> None:
        self.name, self.sort_key = name, natural_key(building_key(name))


class Unit(db.Model):
    """单元. A building without units has one with an empty name."""

    __tablename__ = "unit"
    __audited__ = True
    __table_args__ = (UniqueConstraint("building_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), index=True)
    name: Mapped[str] = mapped_column(String(20), default="")
    sort_key: Mapped[str] = mapped_column(String(40))

    building: Mapped[Building] = relationship(back_populates="units", lazy="raise")
    rooms: Mapped[list["Room"]] = relationship(
        back_populates="unit", lazy="raise", order_by="Room.sort_key"
    )

    @classmethod
    def named(cls, building_id: int, name: str) -> "Unit":
        return cls(building_id=building_id, name=name, sort_key=natural_key(name))

    @property
    def title(self) -> str:
        """Return 1单元; nothing where the building has no units."""
        return _("%(unit)s单元", unit=self.name) if self.name else ""


class Room(db.Model):
    """室. The floor is read off the number where nobody says otherwise (1203 is on 12)."""

    __tablename__ = "room"
    __audited__ = True
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    number: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int | None]
    sort_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="lived")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(back_populates="rooms", lazy="raise")
    households: Mapped[list["Household"]] = relationship(back_populates="room", lazy="raise")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def numbered(cls, unit_id: int, number: str, floor: int | None = None) -> "Room":
        """Return a new room; without a floor it lies where its number says."""
        on = floor_of(number) if floor is None else floor
        return cls(unit_id=unit_id, number=number, floor=on, sort_key=natural_key(number))

    def renumber(self, number: str, floor: int | None) -> None:
        self.number, self.floor, self.sort_key = number, floor, natural_key(number)

    @property
    def address(self) -> str:
        """Return building, unit and room, for people who may see the door."""
        parts = (self.unit.building.name, self.unit.title, self.number)
        return " ".join(part for part in parts if part)
