"""Storing a ledger's households: thousands at a time, through the tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.households.actions import HEAD
from blueprints.households.ledger_cells import HouseholdRecord
from blueprints.households.ledger_facts import change_facts
from blueprints.households.ledger_rooms import Place, places_of
from blueprints.households.models import (
    CHILD_AGE,
    CareTag,
    Consent,
    Household,
    Phone,
    Resident,
    SearchTerm,
    new_household_code,
)
from blueprints.households.search_terms import terms_of
from blueprints.imports.ledger import Job
from blueprints.imports.rows import LedgerRow, Standing
from core.addresses import address_key
from core.bulk import insert_all, inserted_ids
from core.clock import now, today
from core.db import db

# A left-behind child is not the head the row names, and needs a guardian's consent first.
NEVER_IMPORTED_TAGS = frozenset(["left_behind"])
BATCH = 500


def store_households(
    records: Sequence[HouseholdRecord], changed: Sequence[tuple[LedgerRow, Standing]], job: Job
) -> dict[str, int]:
    """Store new households and change those registered otherwise; return the counts.

    Care tags are sensitive (个人信息保护法, articles 28 and 29): a ledger alone is no consent.
    They are stored only where the job's ``consented_on`` says when the residents signed on paper;
    that answer is then recorded for each of them. Otherwise they are left out and counted.
    """
    places = places_of(records)
    left_out = {"tags_left_out": 0, "children": 0}
    for start in range(0, len(records), BATCH):
        batch = slice(start, start + BATCH)
        homes = add_households(records[batch], places[batch], job.import_id)
        for name, count in add_people(records[batch], homes, job).items():
            left_out[name] += count
        job.note_made(Household.__table__, homes)
        job.tell(start + len(homes))
    for done, (row, standing) in enumerate(changed, start=len(records) + 1):
        change_facts(row, standing, job)
        job.tell(done)
    return {"imported": len(records), **left_out}


def add_households(
    records: Sequence[HouseholdRecord], places: Sequence[Place], import_id: int | None
) -> list[int]:
    codes = fresh_codes(len(records))
    moment = now()
    return inserted_ids(
        Household.__table__,
        [
            {
                "room_id": place.room_id,
                "estate_id": place.estate_id,
                "building_id": place.building_id,
                "address_key": address_key(record.building, record.unit, record.room),
                "code": code,
                "people_count": record.people,
                "remark": record.remark,
                "import_id": import_id,
                "created_at": moment,
                "version": 1,
            }
            for record, place, code in zip(records, places, codes, strict=True)
        ],
    )


def fresh_codes(count: int) -> list[str]:
    """Return that many 户码 nobody has; among thousands a repeat is no longer improbable."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {new_household_code() for _number in range(count - len(fresh))}
        taken = select(Household.code).where(Household.code.in_(drawn))
        fresh |= drawn - set(db.session.scalars(taken))
    return list(fresh)


def add_people(
    records: Sequence[HouseholdRecord], homes: Sequence[int], job: Job
) -> dict[str, int]:
    """Store each household's head; return how much was left out of care tags and children."""
    consented_on, by = job.options.get("consented_on"), job.by
    heads = inserted_ids(
        Resident.__table__,
        [resident_row(record, home) for record, home in zip(records, homes, strict=True)],
    )
    people = list(zip(records, heads, strict=True))
    insert_all(Phone.__table__, phone_rows(people))
    insert_all(SearchTerm.__table__, term_rows(records, homes))
    tags = list(tag_rows(people, by)) if consented_on else []
    if consented_on:
        insert_all(CareTag.__table__, tags)
        signed = dict.fromkeys(row["resident_id"] for row in tags)
        insert_all(Consent.__table__, [consent_row(i, by, consented_on) for i in signed])
    return {
        "tags_left_out": sum(len(record.tags) for record in records) - len(tags),
        "children": sum(is_child(record) for record in records),
    }


def is_child(record: HouseholdRecord) -> bool:
    """Answer whether the person named may be under 14; a year alone is read in their favour."""
    year = record.birth.year if record.birth else None
    return year is not None and year >= today().year - CHILD_AGE


def resident_row(record: HouseholdRecord, home: int) -> dict[str, Any]:
    """Return the head; of a child only the name, until a guardian agrees (article 31)."""
    child = is_child(record)
    birth = None if child else record.birth
    return {
        "household_id": home,
        "position": 0,
        "name": record.head_name,
        "honorific": "",
        "relation": HEAD,
        "is_child": child,
        "is_emergency_contact": False,
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        "birth_is_lunar": bool(birth and birth.calendar == "lunar"),
        "birth_is_leap_month": bool(birth and birth.leap),
        "birth_as_written": birth.original[:40] if birth else "",
        "version": 1,
    }


def phone_rows(people: Sequence[tuple[HouseholdRecord, int]]) -> Iterator[dict[str, Any]]:
    for record, resident_id in people:
        for phone in () if is_child(record) else record.phones:
            yield {
                "resident_id": resident_id,
                "number": phone.number,
                "note": phone.note[:40],
            }


def tag_rows(
    people: Sequence[tuple[HouseholdRecord, int]], by: User | None
) -> Iterator[dict[str, Any]]:
    for record, resident_id in people:
        for tag in () if is_child(record) else record.tags:
            if tag not in NEVER_IMPORTED_TAGS:
                yield {
                    "resident_id": resident_id,
                    "tag": tag,
                    "noted_on": today(),
                    "noted_by_id": by.id if by else None,
                }


def consent_row(resident_id: int, by: User | None, given_on: date) -> dict[str, Any]:
    return {
        "resident_id": resident_id,
        "kind": "record",
        "answer": "granted",
        "form": "paper",
        "given_on": given_on,
        "asked_by_id": by.id if by else None,
    }


def term_rows(records: Sequence[HouseholdRecord], homes: Sequence[int]) -> Iterator[dict[str, Any]]:
    for record, home in zip(records, homes, strict=True):
        names = [(record.head_name, "")]
        for kind, term in terms_of(record.building, record.unit, record.room, names):
            yield {"household_id": home, "kind": kind, "term": term}
