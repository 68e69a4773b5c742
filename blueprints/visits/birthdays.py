"""Birthdays in the households somebody looks after, solar and lunar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User
from blueprints.households.models import Household, Resident
from blueprints.visits.access import looked_after
from blueprints.visits.pairings import Pairing
from blueprints.visits.queries import DOOR, current_pairings
from core.db import db
from core.lunar import next_birthday


@dataclass(frozen=True)
class Birthday:
    """One resident's next birthday."""

    on: date
    resident: Resident
    household: Household

    @property
    def lunar_day(self) -> str:
        """Return the day in words of the lunar calendar, where it is kept by that: 农历八月十四."""
        born = self.resident.birthday
        return str(replace(born, year=None)) if born and born.calendar == "lunar" else ""


def birthdays_soon(user: User, today: date, days: int) -> list[Birthday]:
    """Return the birthdays in households paired with this person, from today on."""
    until = today + timedelta(days=days)
    found = [
        Birthday(birthday_of(resident, today), resident, pairing.household)
        for pairing in own_pairings(user)
        for resident in pairing.household.residents
        if resident.birth_month and resident.birth_day and resident.may_be_recorded
    ]
    soon = [birthday for birthday in found if birthday.on <= until]
    return sorted(soon, key=lambda birthday: (birthday.on, birthday.resident.id))


def own_pairings(user: User) -> Sequence[Pairing]:
    """Return the pairings this person looks after, with residents and their consents."""
    own = looked_after(user, current_pairings(user))
    household = joinedload(Pairing.household)
    residents = household.selectinload(Household.residents).selectinload(Resident.consents)
    return db.session.scalars(own.options(household.options(*DOOR), residents)).all()


def birthday_of(resident: Resident, since: date) -> date:
    """Return the next birthday, reckoned in the resident's own calendar."""
    return next_birthday(
        resident.birth_month,
        resident.birth_day,
        lunar=resident.birth_is_lunar,
        leap_month=resident.birth_is_leap_month,
        since=since,
    )
