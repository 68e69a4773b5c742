"""Reading estates, buildings, households and residents, with what each page shows of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.households.access import (
    households_listed_to,
    in_full_for,
    listed_for,
    pairing_table,
    residents_visible_to,
    sees_in_full,
)
from blueprints.households.models import (
    Consent,
    Household,
    Resident,
    Room,
    SearchTerm,
)
from blueprints.households.search_terms import begins_with, plain
from core.audit import AuditEntry
from core.clock import now, today
from core.db import db, mapped
from core.settings import setting

PAGE = 50
MOST_FOUND = 500


class Asked(TypedDict):
    """What the list of households is narrowed down to; empty parts ask for everything."""

    estate: int | None
    building: int | None
    paired: str
    words: str


@dataclass(frozen=True)
class PairingFacts:
    """What lists tell of a household's current pairing."""

    student: str
    due_on: date
    last_met_on: date | None
    last_tried_on: date | None
    interval_days: int

    @property
    def days_late(self) -> int:
        """Return how many days the visit is late today; negative: days that remain."""
        return (today() - self.due_on).days

    @property
    def tried_since(self) -> date | None:
        """Return the day of a call in vain after the last meeting."""
        tried, met = self.last_tried_on, self.last_met_on
        return tried if tried and (met is None or tried > met) else None

    @property
    def rhythm(self) -> str:
        weeks, rest = divmod(self.interval_days, 7)
        if rest:
            return _("每 %(days)s 天一次", days=self.interval_days)
        return _("每周一次") if weeks == 1 else _("每 %(weeks)s 周一次", weeks=weeks)


@dataclass(frozen=True)
class Row:
    """One household as a list shows it: the name is masked unless one may see it in full."""

    household: Household
    in_full: bool
    last_met_on: date | None
    pairing: PairingFacts | None

    @property
    def called(self) -> str:
        return self.household.called(self.in_full)


def with_door(households: Select[tuple[Household]]) -> Select[tuple[Household]]:
    """Load what an address and a name are made of."""
    return households.options(
        joinedload(Household.estate),
        joinedload(Household.building),
        joinedload(Household.room).joinedload(Room.unit),
        selectinload(Household.residents),
    )


def in_address_order(households: Select[tuple[Household]]) -> Select[tuple[Household]]:
    return households.order_by(Household.estate_id, Household.address_key, Household.id)


def households_page(user: User, *, page: int, **asked: Unpack[Asked]) -> tuple[list[Row], bool]:
    """Return one page of the households this person has listed, and whether more follow.

    They are not counted: a count grows with the estate, and nobody acts on it.
    """
    found = households_found(user, **asked)
    start = (max(page, 1) - 1) * PAGE
    listed = list(db.session.scalars(found.offset(start).limit(PAGE + 1)))
    return rows(user, listed[:PAGE]), len(listed) > PAGE


def households_found(user: User, **asked: Unpack[Asked]) -> Select[tuple[Household]]:
    """Return the households this person has listed, narrowed down, in the order of their doors."""
    found = households_listed_to(user).where(Household.moved_out_on.is_(None))
    if asked["estate"]:
        found = found.where(Household.estate_id == asked["estate"])
    if asked["building"]:
        found = found.where(Household.building_id == asked["building"])
    if asked["paired"] in ("yes", "no"):
        found = found.where(is_paired() if asked["paired"] == "yes" else ~is_paired())
    if plain(asked["words"]):
        found = found.where(matches(user, asked["words"]))
    return in_address_order(with_door(found))


def residents_by_address(residents: Select[tuple[Resident]]) -> Select[tuple[Resident]]:
    """Return those who live here now, door by door, with phones and consents."""
    home = contains_eager(Resident.household)
    return (
        residents.where(Household.moved_out_on.is_(None), Resident.erased_on.is_(None))
        .order_by(Household.estate_id, Household.address_key, Household.id, Resident.position)
        .options(
            home.joinedload(Household.estate),
            home.joinedload(Household.building),
            home.joinedload(Household.room).joinedload(Room.unit),
            selectinload(Resident.phones),
            selectinload(Resident.consents),
        )
    )


def search_households(user: User, words: str, limit: int = 10) -> list[Row]:
    """Return the households found by name, pinyin or address, within what one may see."""
    if not plain(words):
        return []
    found = households_listed_to(user).where(Household.moved_out_on.is_(None), matches(user, words))
    return rows(user, db.session.scalars(in_address_order(with_door(found)).limit(limit)))


def matches(user: User, words: str) -> ColumnElement[bool]:
    """The condition under which this person finds a household by these words.

    Words that fit half an estate (“3”) find only the first ``MOST_FOUND`` of it, so that the
    search costs the same in a large estate as in a small one.
    """
    found = (
        select(SearchTerm.household_id)
        .join(Household, Household.id == SearchTerm.household_id)
        .where(
            begins_with(words),
            listed_for(user),
            or_(SearchTerm.kind != "name", in_full_for(user)),
        )
        .distinct()
        .limit(MOST_FOUND)
    )
    return Household.id.in_(found)


def is_paired() -> ColumnElement[bool]:
    pairing = pairing_table()
    return exists().where(pairing.c.household_id == Household.id, pairing.c.ended_on.is_(None))


def rows(user: User, households: Iterable[Household]) -> list[Row]:
    """Put beside each household what the list tells of it, in three queries for any number."""
    listed = list(households)
    if not listed:
        # SQLite reads a whole table to find nothing in an empty list.
        return []
    ids = [household.id for household in listed]
    open_ids, met, paired = sees_in_full(user, ids), last_met_days(ids), current_pairings(ids)
    return [
        Row(home, home.id in open_ids, met.get(home.id), paired.get(home.id)) for home in listed
    ]


def last_met_days(household_ids: Collection[int]) -> dict[int, date]:
    """Return the day somebody of each household was last met; a call in vain does not count."""
    visit = mapped("visit")
    found = db.session.execute(
        select(visit.household_id, func.max(visit.visited_on))
        .where(visit.household_id.in_(household_ids), visit.met_somebody)
        .group_by(visit.household_id)
    )
    return {household_id: day for household_id, day in found}


def declined_visits() -> Select[tuple[int]]:
    """Return the ids of households whose head's latest answer to being visited is no."""
    later = aliased(Consent)
    newer = select(later.id).where(
        later.resident_id == Consent.resident_id, later.kind == "visit", later.id > Consent.id
    )
    return (
        select(Resident.household_id)
        .join(Consent, Consent.resident_id == Resident.id)
        .where(
            Consent.kind == "visit",
            Consent.answer != "granted",
            Resident.position == 0,
            ~newer.exists(),
        )
    )


def current_pairings(household_ids: Collection[int]) -> dict[int, PairingFacts]:
    """Return each household's pairing that has not ended.

    Those that ended are sorted out here: asked for the running ones, SQLite begins at all that
    run, not at these households. The outer join keeps it from beginning at the students.
    """
    pairing = pairing_table()
    columns = (
        User.name,
        pairing.c.due_on,
        pairing.c.last_met_on,
        pairing.c.last_tried_on,
        pairing.c.interval_days,
    )
    found = db.session.execute(
        select(pairing.c.household_id, pairing.c.ended_on, *columns)
        .outerjoin(User, User.id == pairing.c.student_id)
        .where(pairing.c.household_id.in_(household_ids))
    )
    return {home: PairingFacts(*facts) for home, ended_on, *facts in found if ended_on is None}


def in_full(households: Select[tuple[Household]]) -> Select[tuple[Household]]:
    """Load everything the household's own page shows."""
    known, forgotten = selectinload(Household.residents), selectinload(Household.forgotten)
    return with_door(households).options(
        known.selectinload(Resident.phones),
        known.selectinload(Resident.care_tags),
        known.selectinload(Resident.consents).joinedload(Consent.asked_by),
        forgotten.selectinload(Resident.consents).joinedload(Consent.asked_by),
    )


def resident_in_full(user: User, resident_id: int) -> Select[tuple[Resident]]:
    """Return a resident one may see, with phones, tags, consents and the household."""
    return (
        residents_visible_to(user)
        .where(Resident.id == resident_id)
        .options(
            joinedload(Resident.household),
            selectinload(Resident.phones),
            selectinload(Resident.care_tags),
            selectinload(Resident.consents),
        )
    )


def person_in_full(user: User, resident_id: int) -> Select[tuple[Resident]]:
    """Return a resident with everything on file here, and the door."""
    home = joinedload(Resident.household)
    return resident_in_full(user, resident_id).options(
        home.joinedload(Household.estate),
        home.joinedload(Household.building),
        home.joinedload(Household.room).joinedload(Room.unit),
        selectinload(Resident.consents).joinedload(Consent.asked_by),
    )


def opened_phones(user: User, residents: Collection[Resident]) -> dict[int, datetime]:
    """Return when this person opened these phones; an opening closes again after a while."""
    since = now() - timedelta(minutes=setting("reveal_closes_after_minutes"))
    found = db.session.execute(
        select(AuditEntry.object_id, func.max(AuditEntry.at))
        .where(
            AuditEntry.user_id == user.id,
            AuditEntry.action == "reveal_phone",
            AuditEntry.object_type == "resident",
            AuditEntry.object_id.in_([str(resident.id) for resident in residents]),
            AuditEntry.at >= since,
        )
        .group_by(AuditEntry.object_id)
    )
    return {int(resident_id): at for resident_id, at in found}


def homes_in(user: User, room: Room) -> list[Row]:
    """Return the households of one room that this person may know of."""
    there = households_listed_to(user).where(
        Household.room_id == room.id, Household.moved_out_on.is_(None)
    )
    return rows(user, db.session.scalars(in_address_order(with_door(there))))
