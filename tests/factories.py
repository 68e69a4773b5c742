"""Objects for tests, each in one line. Every function commits and returns the object."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from blueprints.accounts.models import User
from blueprints.activities.models import Activity, Attendance
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
from blueprints.teams.models import Membership, ServiceEntry, Team, Volunteer
from blueprints.visits.absences import Absence
from blueprints.visits.pairings import Pairing
from blueprints.wishes.models import Wish
from core.addresses import address_key
from core.clock import now, today
from core.db import db
from core.photos import Photo, take_in

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


def head(home: Household) -> Resident:
    """Return the person the household is named after."""
    of_home = db.select(Resident).where(Resident.household_id == home.id)
    return db.session.scalars(of_home.order_by(Resident.position).limit(1)).one()


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


def absence(student: User, deputy: User, begins: int = 0, ends: int = 6) -> Absence:
    """A leave from so many days from now until so many, in force now unless said."""
    return saved(
        Absence(
            student_id=student.id,
            deputy_id=deputy.id,
            first_on=today() + timedelta(days=begins),
            last_on=today() + timedelta(days=ends),
        )
    )


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


def leader(account: User, of: Team) -> Volunteer:
    """A person with an account who leads a team."""
    person = saved(Volunteer(name=account.name, user_id=account.id))
    saved(Membership(team_id=of.id, volunteer_id=person.id, is_leader=True))
    return person


def service_entry(
    of: Volunteer,
    by: User,
    minutes: int = 60,
    state: str = "proposed",
    decided_by: User | None = None,
    **fields: Any,
) -> ServiceEntry:
    """A line of the ledger; a decided one needs ``decided_by``."""
    group = fields.pop("team", None)
    values = {"what": "示5栋清扫", "kind": "activity", "served_on": today()} | fields
    return saved(
        ServiceEntry(
            volunteer_id=of.id,
            team_id=group.id if group else None,
            minutes=minutes,
            state=state,
            proposed_by_id=by.id,
            decided_by_id=decided_by.id if decided_by else None,
            decided_at=now() if decided_by else None,
            **values,
        )
    )


def activity(
    title: str = "爱国卫生日",
    team: Team | None = None,
    by: User | None = None,
    starts_at: datetime | None = None,
    hours: int = 2,
    **fields: Any,
) -> Activity:
    """An activity of two hours that began three hours ago, unless said."""
    begin = starts_at or now() - timedelta(hours=3)
    return saved(
        Activity(
            title=title,
            team_id=team.id if team else None,
            created_by_id=by.id if by else None,
            starts_at=begin,
            ends_at=begin + timedelta(hours=hours),
            **fields,
        )
    )


def attendance(
    at: Activity, who: Volunteer, minutes: int = 120, on_duty: bool = False
) -> Attendance:
    return saved(
        Attendance(activity_id=at.id, volunteer_id=who.id, minutes=minutes, on_duty=on_duty)
    )


def picture(color: str = "white", name: str = "photo.jpg") -> tuple[io.BytesIO, str]:
    """A photo as a form sends it."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(stream, "JPEG")
    stream.seek(0)
    return stream, name


def photo(by: User) -> Photo:
    """A stored photo, on disk as well."""
    stream, name = picture()
    return saved(take_in(FileStorage(stream, name), by.id))
