"""Storing a ledger's households in one transaction, and taking them out again.

Rows go in through the tables, thousands at a time, so they have no audit entries of their
own: the ``LedgerImport`` has, with its counts, and every household names its import.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, delete, exists, insert, select

from blueprints.accounts.models import User
from blueprints.households.actions import HEAD
from blueprints.households.ledger_cells import HouseholdRecord
from blueprints.households.ledger_plan import Picks, Plan
from blueprints.households.ledger_rooms import Place, places_of
from blueprints.households.models import (
    CHILD_AGE,
    CareTag,
    Consent,
    Household,
    LedgerImport,
    Phone,
    Resident,
    SearchTerm,
    new_household_code,
)
from blueprints.households.search_terms import terms_of
from core.addresses import address_key
from core.clock import now, today
from core.db import db
from core.errors import RuleBroken

# A left-behind child is not the head the row names, and needs a guardian's consent first.
NEVER_IMPORTED_TAGS = frozenset(["left_behind"])
OWN_TABLES = frozenset(["resident", "phone", "care_tag", "consent", "search_term"])


class ImportInUse(RuleBroken):
    """Work has begun with these households; taking them out would lose it."""

    def __str__(self) -> str:
        return _("这批住户里已经有了结对、走访或心愿，不能整批撤回。")


class ImportAlreadyUndone(RuleBroken):
    def __str__(self) -> str:
        return _("这次导入已经撤回了。")


def store(
    plan: Plan,
    picks: Picks,
    *,
    estate_id: int,
    file_name: str,
    data: bytes,
    by: User | None,
    consented_on: date | None,
) -> LedgerImport:
    """Store the plan's new households and return the import with its counts.

    Care tags are sensitive (个人信息保护法, articles 28 and 29): a ledger alone is no consent.
    They are stored only where ``consented_on`` says when the residents signed on paper; that
    answer is then recorded for each of them. Otherwise they are left out and counted.
    """
    records = plan.records(picks)
    kept = LedgerImport(
        file_name=file_name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        estate_id=estate_id,
        imported_by_id=by.id if by else None,
        counts={},
    )
    db.session.add(kept)
    db.session.flush()
    places = places_of(records)
    homes = add_households(records, places, kept.id)
    left_out = add_people(records, places, homes, by, consented_on)
    kept.counts = plan.counts | {"imported": len(homes)} | left_out
    db.session.flush()
    return kept


def add_households(
    records: Sequence[HouseholdRecord], places: Sequence[Place], import_id: int
) -> list[int]:
    codes = fresh_codes(len(records))
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
            }
            for record, place, code in zip(records, places, codes, strict=True)
        ],
    )


def fresh_codes(count: int) -> list[str]:
    """Return that many 户码 nobody has; among thousands a repeat is no longer improbable."""
    taken = set(db.session.scalars(select(Household.code)))
    fresh: set[str] = set()
    while len(fresh) < count:
        code = new_household_code()
        if code not in taken:
            fresh.add(code)
    return list(fresh)


def add_people(
    records: Sequence[HouseholdRecord],
    places: Sequence[Place],
    homes: Sequence[int],
    by: User | None,
    consented_on: date | None,
) -> dict[str, int]:
    """Store each household's head; return how much was left out of care tags and children."""
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
    row = {"household_id": home, "name": record.head_name, "relation": HEAD}
    child = is_child(record)
    birth = None if child else record.birth
    return row | {
        "is_child": child,
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        "birth_is_lunar": bool(birth and birth.calendar == "lunar"),
        "birth_is_leap_month": bool(birth and birth.leap),
        "birth_as_written": birth.original[:40] if birth else "",
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


def inserted_ids(table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows))


def insert_all(table: Table, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        db.session.execute(insert(table), listed)


def undo(done: LedgerImport) -> None:
    """Take an import's households out again, unless other work refers to one of them."""
    if done.undone_at:
        raise ImportAlreadyUndone
    homes = select(Household.id).where(Household.import_id == done.id)
    people = select(Resident.id).where(Resident.household_id.in_(homes))
    if any(refers(table, homes, people) for table in db.metadata.sorted_tables):
        raise ImportInUse
    for model in (Phone, CareTag, Consent):
        db.session.execute(delete(model).where(model.resident_id.in_(people)))
    for model in (SearchTerm, Resident):
        db.session.execute(delete(model).where(model.household_id.in_(homes)))
    db.session.execute(delete(Household).where(Household.import_id == done.id))
    done.undone_at = now()
    db.session.flush()


def refers(table: Table, homes: Any, people: Any) -> bool:
    """Answer whether a table of another room points at one of these households or people."""
    if table.name in OWN_TABLES:
        return False
    targets = {"household.id": homes, "resident.id": people}
    return any(
        db.session.scalar(select(exists().where(key.parent.in_(targets[key.target_fullname]))))
        for key in table.foreign_keys
        if key.target_fullname in targets
    )
