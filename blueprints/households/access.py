"""Who may see and change which households.

In full (names, phones, remarks, care tags): the secretary, the student who is paired with the
household now, and while that student is on leave the deputy. Listed only (building, room, masked name): the student's own estates, and
everything for the manager. Mentors and administrators see no residents at all.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Table,
    bindparam,
    false,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from blueprints.accounts.models import User
from blueprints.households.models import Building, Estate, Household, Resident, Room, Unit
from core.access import MANAGER, SECRETARY, STUDENT
from core.clock import today
from core.db import db

# Filled in when a statement runs: some are put together once and kept over midnight.
TODAY: BindParameter[date] = bindparam("today", callable_=today, type_=Date)


def pairing_table() -> Table:
    """Return the pairings, which belong to a later room."""
    return db.metadata.tables["pairing"]


def stood_in_for(user: User) -> CompoundSelect[tuple[int]]:
    """Return the ids of the students whose households this person looks after today.

    The person's own id, and those of colleagues on leave whose deputy this person is.
    """
    absence = db.metadata.tables["absence"]
    away = select(absence.c.student_id).where(
        absence.c.deputy_id == user.id, absence.c.first_on <= TODAY, absence.c.last_on >= TODAY
    )
    return union_all(select(type_coerce(user.id, Integer)), away)


def paired_household_ids(user: User) -> Select[tuple[int]]:
    """Return the ids of the households this person looks after today, own or as a deputy."""
    pairing = pairing_table()
    return select(pairing.c.household_id).where(
        pairing.c.student_id.in_(stood_in_for(user)), pairing.c.ended_on.is_(None)
    )


def in_full_for(user: User) -> ColumnElement[bool]:
    """The condition under which a household row is open to this person in full."""
    if user.has_role(SECRETARY):
        return true()
    if user.has_role(STUDENT):
        return Household.id.in_(paired_household_ids(user))
    return false()


def listed_for(user: User) -> ColumnElement[bool]:
    """The condition under which this person may know a household's door and masked name."""
    if user.has_role(SECRETARY, MANAGER):
        return true()
    if user.has_role(STUDENT):
        here = Household.estate_id.in_(user.estate_ids)
        return or_(here, Household.id.in_(paired_household_ids(user)))
    return false()


def households_visible_to(user: User) -> Select[tuple[Household]]:
    """Return the households this person sees in full; everything else is 404."""
    return select(Household).where(in_full_for(user))


def households_listed_to(user: User) -> Select[tuple[Household]]:
    """Return the households whose building, room and masked name this person may see."""
    return select(Household).where(listed_for(user))


def residents_visible_to(user: User) -> Select[tuple[Resident]]:
    """Return the residents of the households this person sees in full."""
    return select(Resident).join(Resident.household).where(in_full_for(user))


def sees_in_full(user: User, household_ids: Collection[int]) -> set[int]:
    """Return which of these households the person sees in full, in one query."""
    if user.has_role(SECRETARY):
        return set(household_ids)
    if not household_ids or not user.has_role(STUDENT):
        return set()
    pairing = pairing_table()
    paired = paired_household_ids(user).where(pairing.c.household_id.in_(household_ids))
    return set(db.session.scalars(paired))


def estates_visible_to(user: User) -> Select[tuple[Estate]]:
    """Return the estates whose map this person may see."""
    if user.has_role(SECRETARY, MANAGER):
        return select(Estate)
    if user.has_role(STUDENT):
        paired = select(Household.estate_id).where(Household.id.in_(paired_household_ids(user)))
        return select(Estate).where(or_(Estate.id.in_(user.estate_ids), Estate.id.in_(paired)))
    return select(Estate).where(false())


def buildings_visible_to(user: User) -> Select[tuple[Building]]:
    """Return the buildings whose map this person may see."""
    estate_ids = estates_visible_to(user).with_only_columns(Estate.id)
    return select(Building).where(Building.estate_id.in_(estate_ids))


def rooms_visible_to(user: User) -> Select[tuple[Room]]:
    """Return the rooms of the buildings this person may see."""
    building_ids = buildings_visible_to(user).with_only_columns(Building.id)
    return select(Room).join(Room.unit).where(Unit.building_id.in_(building_ids))


def can_register_estates(user: User) -> bool:
    """Estates, buildings and rooms are the office's to write down."""
    return user.has_role(SECRETARY, MANAGER)


def can_import(user: User) -> bool:
    """A ledger holds everybody's names and phones: only who may see them all reads it in."""
    return user.has_role(SECRETARY)


def can_export_phones(user: User) -> bool:
    """Whole numbers leave the house only with who answers for them."""
    return user.has_role(SECRETARY)


def can_add_household(user: User) -> bool:
    return user.has_role(SECRETARY)


def can_edit(user: User, household: Household) -> bool:
    """Who sees a household in full keeps its facts right."""
    return bool(sees_in_full(user, [household.id]))


def can_change_room(user: User, room: Room) -> bool:
    """空置 and 免访 are set by the office, or by the student paired with somebody there."""
    if user.has_role(SECRETARY, MANAGER):
        return True
    there = select(Household.id).where(
        Household.room_id == room.id, Household.id.in_(paired_household_ids(user))
    )
    return user.has_role(STUDENT) and db.session.scalar(there.limit(1)) is not None
