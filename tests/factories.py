"""Objects for tests, each in one line. Every function commits and returns the object."""

from datetime import date, timedelta
from typing import Any

from blueprints.accounts.models import User
from blueprints.households.actions import reindex
from blueprints.households.models import (
    Building,
    Consent,
    Estate,
    Household,
    Phone,
    Resident,
    Room,
    Unit,
)
from blueprints.teams.models import Membership, Team, Volunteer
from blueprints.visits.models import Pairing
from blueprints.wishes.models import Wish
from core.addresses import address_key
from core.clock import today
from core.db import db

PASSWORD = "linli-test-2026"


def saved(obj: Any) -> Any:
    db.session.add(obj)
    db.session.commit()
    return obj


def user(username: str, name: str, roles: list[str], estates: list[Estate] | None = None) -> User:
    person = User(username=username, name=name)
    person.set_password(PASSWORD)
    person.set_roles(roles)
    person.set_estates([estate.id for estate in estates or []])
    return saved(person)


def estate(name: str = "桥机嘉园") -> Estate:
    return saved(Estate(name=name))


def building(in_estate: Estate, name: str = "示2栋") -> Building:
    return saved(Building.named(in_estate.id, name))


def room(in_building: Building, unit: str = "1", number: str = "301") -> Room:
    """A room; its unit is made when it is not there yet."""
    found = db.session.scalar(
        db.select(Unit).where(Unit.building_id == in_building.id, Unit.name == unit)
    ) or saved(Unit.named(in_building.id, unit))
    return saved(Room.numbered(found.id, number))


def household(
    at: Room | None = None, name: str = "祝婆婆", phone: str = "10000000001", consent: bool = True
) -> Household:
    """A household with one resident, 祝婆婆 unless said, at 桥机嘉园 示2栋 1单元 301."""
    at = at or room(building(estate()))
    unit = db.session.get_one(Unit, at.unit_id)
    block = db.session.get_one(Building, unit.building_id)
    home = saved(
        Household(
            room_id=at.id,
            estate_id=block.estate_id,
            building_id=block.id,
            address_key=address_key(block.name, unit.name, at.number),
        )
    )
    person = saved(Resident(household_id=home.id, name=name, relation="户主"))
    saved(Phone(resident_id=person.id, number=phone))
    if consent:
        for kind in ("record", "visit"):
            saved(Consent(resident_id=person.id, kind=kind, answer="granted"))
    reindex(home.id)
    db.session.commit()
    return home


def resident(home: Household, name: str = "祝婆婆", **fields: Any) -> Resident:
    person = saved(Resident(household_id=home.id, name=name, position=1, **fields))
    reindex(home.id)
    db.session.commit()
    return person


def pairing(
    student: User, home: Household, interval_days: int = 21, started: date | None = None
) -> Pairing:
    pair = Pairing(
        household_id=home.id,
        student_id=student.id,
        interval_days=interval_days,
        started_on=started or today() - timedelta(days=30),
    )
    pair.reckon_due()
    return saved(pair)


def wish(home: Household, by: User, what: str = "按摩仪", **fields: Any) -> Wish:
    number = (db.session.scalar(db.select(db.func.max(Wish.number))) or 0) + 1
    return saved(
        Wish(
            year=today().year,
            number=number,
            household_id=home.id,
            collected_by_id=by.id,
            what=what,
            **fields,
        )
    )


def team(name: str = "爱心服务队", kind: str = "care") -> Team:
    return saved(Team(name=name, kind=kind))


def volunteer(name: str = "单守信", user: User | None = None, of: Team | None = None) -> Volunteer:
    person = saved(Volunteer(name=name, user_id=user.id if user else None))
    if of:
        saved(Membership(team_id=of.id, volunteer_id=person.id))
    return person
