"""A ledger's households beside the registered ones: what differs, and changing it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.households.actions import reindex, set_phones
from blueprints.households.ledger_cells import FIELDS, HouseholdRecord
from blueprints.households.models import Building, Estate, Household, Resident, Room, Unit
from blueprints.imports.actions import ImportInUse
from blueprints.imports.ledger import Job
from blueprints.imports.rows import NEW, Difference, LedgerRow, Standing
from core.dates import PartialDate
from core.db import db
from core.phones import Phone as ParsedPhone

Identity = tuple[str, ...]
BATCH = 500


def standings_of(records: Sequence[HouseholdRecord]) -> list[Standing]:
    """Return what is registered of each record's household, with what the ledger says otherwise."""
    identities = [(*record.address, record.head_name) for record in records]
    homes = registered_homes(set(identities))
    people = people_of(homes.values())
    return [
        standing_of(record, people[homes[identity]]) if identity in homes else NEW
        for record, identity in zip(records, identities, strict=True)
    ]


def registered_homes(wanted: set[Identity]) -> dict[Identity, int]:
    """Return, by door and name, the resident who is registered and still lives there."""
    named = {identity[:2] for identity in wanted}
    places = {
        building_id: (estate, building)
        for building_id, estate, building in db.session.execute(
            select(Building.id, Estate.name, Building.name).join(Building.estate)
        )
        if (estate, building) in named
    }
    found = db.session.execute(
        select(Household.building_id, Unit.name, Room.number, Resident.name, Resident.id)
        .select_from(Household)
        .join(Household.room)
        .join(Room.unit)
        .join(Household.residents)
        .where(Household.building_id.in_(places), Household.moved_out_on.is_(None))
    )
    homes = {
        (*places[building], unit, room, name): resident_id
        for building, unit, room, name, resident_id in found
    }
    return {identity: homes[identity] for identity in wanted if identity in homes}


def people_of(resident_ids: Any) -> dict[int, Resident]:
    """Return these residents with what a ledger may say of them."""
    ids = sorted(resident_ids)
    people: dict[int, Resident] = {}
    for start in range(0, len(ids), BATCH):
        found = select(Resident).where(Resident.id.in_(ids[start : start + BATCH]))
        options = (joinedload(Resident.household), selectinload(Resident.phones))
        people |= {person.id: person for person in db.session.scalars(found.options(*options))}
    return people


def standing_of(record: HouseholdRecord, person: Resident) -> Standing:
    return Standing(person.id, tuple(differences(record, person)))


def differences(record: HouseholdRecord, person: Resident) -> Iterator[Difference]:
    """Yield what the ledger says otherwise; what it leaves empty is no difference.

    Of a child without a guardian's consent nothing is compared, as nothing is recorded.
    """
    home = person.household
    if record.people and record.people != home.people_count:
        ours = "" if home.people_count is None else str(home.people_count)
        yield Difference(FIELDS["people"].label, ours, str(record.people))
    if record.remark and record.remark != home.remark:
        yield Difference(FIELDS["remark"].label, home.remark, record.remark)
    if person.is_child:
        return
    if record.birth and parts(record.birth) != parts(person.birthday):
        yield Difference(FIELDS["birth"].label, str(person.birthday or ""), str(record.birth))
    held = [phone.number for phone in person.phones]
    if {phone.number for phone in record.phones} - set(held):
        theirs = _("、").join(phone.number for phone in record.phones)
        yield Difference(FIELDS["phones"].label, _("、").join(held), theirs)


def parts(day: PartialDate | None) -> tuple[Any, ...]:
    return () if day is None else (day.year, day.month, day.day, day.calendar, day.leap)


def change_facts(row: LedgerRow, standing: Standing, job: Job) -> None:
    """Take over what the ledger says: all of it, or only what was empty here."""
    record: HouseholdRecord = row.record
    person = people_of([standing.object_id])[standing.object_id or 0]
    home, before = person.household, facts_of(person)
    replace = job.change_of(row) == "replace"
    if record.people and (replace or home.people_count is None):
        home.people_count = record.people
    if record.remark and (replace or not home.remark):
        home.remark = record.remark
    if record.birth and not person.is_child and (replace or person.birthday is None):
        person.set_birthday(record.birth)
    if record.phones and not person.is_child and (replace or not person.phones):
        set_phones(person, record.phones)
    db.session.flush()
    if facts_of(person) != before:
        versions = {"versions": [person.version, home.version]}
        job.changed.append((Resident.__tablename__, person.id, before | versions))


def facts_of(person: Resident) -> dict[str, Any]:
    """Return what an import may change, as it can be kept and put back."""
    return {
        "people_count": person.household.people_count,
        "remark": person.household.remark,
        "birthday": [*parts(person.birthday), person.birth_as_written],
        "phones": [[phone.number, phone.note] for phone in person.phones],
    }


def restore_facts(resident_id: int, before: Mapping[str, Any]) -> None:
    """Put a resident and the household back. Raises ImportInUse when either changed since."""
    person = people_of([resident_id]).get(resident_id)
    if person is None or [person.version, person.household.version] != before["versions"]:
        raise ImportInUse
    home = person.household
    home.people_count, home.remark = before["people_count"], before["remark"]
    *known, written = before["birthday"]
    year, month, day, calendar, leap = known or (None, None, None, "solar", False)
    person.set_birthday(PartialDate(year, month, day, calendar, leap, written))
    set_phones(person, [ParsedPhone(number, note) for number, note in before["phones"]])
    db.session.flush()
    reindex(home.id)
