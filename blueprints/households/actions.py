"""Changes of households and residents that touch several objects."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.households.models import (
    CONSENT_KINDS,
    Building,
    CareTag,
    Consent,
    Household,
    Phone,
    Resident,
    Room,
    SearchTerm,
    Unit,
)
from blueprints.households.search_terms import index_household
from blueprints.households.signals import consent_refused
from core.addresses import address_key, normalise_room, normalise_unit
from core.dates import PartialDate
from core.db import db
from core.names import bare_name
from core.phones import Phone as ParsedPhone

T = TypeVar("T")
HEAD = "户主"
# Answers that decide whether a resident's care tags may be kept.
KINDS_THAT_ALLOW_TAGS = {"record", "guardian"}


def add_household(
    *,
    building_id: int,
    unit: str,
    room: str,
    name: str,
    honorific: str = "",
    people_count: int | None = None,
    remark: str = "",
) -> Household:
    """Write a household down with its head; a room that is not there yet is made."""
    building = db.session.get_one(Building, building_id)
    at = room_at(building, normalise_unit(unit), normalise_room(room))
    household = Household(
        room_id=at.id,
        estate_id=building.estate_id,
        building_id=building.id,
        address_key=address_key(building.name, unit, room),
        people_count=people_count,
        remark=remark,
    )
    db.session.add(household)
    db.session.flush()
    head = Resident(
        household_id=household.id, name=bare_name(name), honorific=honorific, relation=HEAD
    )
    db.session.add(head)
    reindex(household.id)
    return household


def room_at(building: Building, unit_name: str, number: str) -> Room:
    """Return the room with this number, made when it is missing."""
    unit = db.session.scalar(
        select(Unit).where(Unit.building_id == building.id, Unit.name == unit_name)
    ) or added(Unit.named(building.id, unit_name))
    return db.session.scalar(
        select(Room).where(Room.unit_id == unit.id, Room.number == number)
    ) or added(Room.numbered(unit.id, number))


def added(obj: T) -> T:
    db.session.add(obj)
    db.session.flush()
    return obj


def change_household(
    household: Household, *, people_count: int | None, remark: str, moved_out_on: date | None
) -> None:
    household.people_count, household.remark = people_count, remark
    household.moved_out_on = moved_out_on


def reindex(household_id: int) -> None:
    """Rewrite what a household is found by, after its room or a name changed."""
    db.session.flush()
    db.session.execute(delete(SearchTerm).where(SearchTerm.household_id == household_id))
    household = db.session.scalars(
        select(Household)
        .where(Household.id == household_id)
        .options(
            joinedload(Household.building),
            joinedload(Household.room).joinedload(Room.unit),
            selectinload(Household.residents),
        )
        .execution_options(populate_existing=True)
    ).one()
    db.session.add_all(index_household(household))


def close_ranks(household_id: int) -> None:
    """Number those who are still known from 0 on; the home is called after the first."""
    db.session.flush()
    known = Resident.household_id == household_id, Resident.erased_on.is_(None)
    for place, other in enumerate(
        db.session.scalars(select(Resident).where(*known).order_by(Resident.position))
    ):
        other.position = place


def add_resident(household: Household) -> Resident:
    """Return a new, still nameless resident at the end of the household."""
    last = max((resident.position for resident in household.residents), default=-1)
    return Resident(
        household_id=household.id, position=last + 1, phones=[], care_tags=[], consents=[]
    )


def change_resident(
    resident: Resident,
    *,
    birthday: PartialDate | None,
    phones: Sequence[ParsedPhone],
    tags: Sequence[str] | None,
    by: User,
    **facts: object,
) -> None:
    """Set what is known of a resident; ``tags`` None leaves the care tags alone."""
    for name, value in facts.items():
        setattr(resident, name, value)
    resident.set_birthday(birthday)
    set_phones(resident, phones)
    if tags is not None:
        set_tags(resident, tags, by)
    db.session.add(resident)
    reindex(resident.household_id)


def set_phones(resident: Resident, phones: Sequence[ParsedPhone]) -> None:
    held = {(phone.number, phone.note): phone for phone in resident.phones}
    resident.phones = [
        held.get((phone.number, phone.note)) or Phone(number=phone.number, note=phone.note)
        for phone in phones
    ]


def set_tags(resident: Resident, tags: Sequence[str], by: User) -> None:
    kept = [row for row in resident.care_tags if row.tag in tags]
    held = {row.tag for row in kept}
    new = [CareTag(tag=tag, noted_by_id=by.id) for tag in tags if tag not in held]
    resident.care_tags = kept + new


def answer_consent(
    resident: Resident, *, kind: str, answer: str, form: str, given_on: date, by: User
) -> Consent:
    """Add an answer; earlier ones stay. Without consent to record, care tags go at once; what
    else rests on a consent, the rooms that listen take back."""
    consent = Consent(kind=kind, answer=answer, form=form, given_on=given_on, asked_by_id=by.id)
    resident.consents.append(consent)
    heed_answer(resident, consent, by)
    return consent


def heed_answer(resident: Resident, consent: Consent, by: User) -> None:
    """Let go of what an answer no longer allows."""
    if consent.kind in KINDS_THAT_ALLOW_TAGS and not may_hold_tags(resident):
        resident.care_tags = []
    db.session.flush()
    if consent.answer != "granted":
        consent_refused.send(resident, kind=consent.kind, by=by)


def heed_answers(household_id: int, by: User) -> None:
    """Let go of what the latest answers in a household do not allow, however they got there."""
    found = select(Resident).where(Resident.household_id == household_id)
    loaded = found.options(selectinload(Resident.consents), selectinload(Resident.care_tags))
    for resident in db.session.scalars(loaded.execution_options(populate_existing=True)).all():
        for consent in filter(None, map(resident.consent, CONSENT_KINDS)):
            heed_answer(resident, consent, by)


def may_hold_tags(resident: Resident) -> bool:
    """Answer whether care tags may be kept: by consent, for a child also the guardian's."""
    return resident.agrees_to("record") and resident.may_be_recorded
