"""Merging loses no row of any table, also of tables that come later.

One row is written into every table that hangs on a household or its people, however indirectly;
the model tells which those are. A new table takes part without a word here.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table

from blueprints.households.merging import references_to
from blueprints.households.models import Household, Resident, Room
from core.clock import now, today
from core.db import UtcDateTime, db
from tests import factories

# Written anew from what they are the index of.
DERIVED = {"search_term"}
# What a column without a default may hold; the first type that fits.
SAMPLES: list[tuple[type, Callable[[], Any]]] = [
    (UtcDateTime, now),
    (DateTime, now),
    (Date, today),
    (Boolean, lambda: False),
    (Integer, lambda: 7),
    (JSON, dict),
    (LargeBinary, lambda: b"x"),
]
# Where a rule forbids what would otherwise be written.
SPECIAL: dict[str, dict[str, date | datetime]] = {"pairing": {"ended_on": today()}}


class Filler:
    """Writes one row into a table, and into those that it must refer to."""

    def __init__(self, followed: set[str], **known: int) -> None:
        self.followed, self.ids = followed, known

    def add(self, table: Table) -> dict[str, Any]:
        values = dict(SPECIAL.get(table.name, {}))
        for column in table.columns:
            if column.name not in values and self.is_wanted(column):
                values[column.name] = self.value(column)
        key = db.session.execute(table.insert().values(values)).inserted_primary_key
        if "id" in table.c:
            self.ids.setdefault(table.name, key[0])
        return dict(zip((part.name for part in table.primary_key), key, strict=True))

    def is_wanted(self, column: Column[Any]) -> bool:
        parents = [key.column.table.name for key in column.foreign_keys]
        if parents:
            return not column.nullable or (parents[0] in self.followed and parents[0] in self.ids)
        filled = column.nullable or column.default or column.server_default
        return not (filled or (column.primary_key and column.name == "id"))

    def value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name not in self.ids:
                self.add(parent)
            return self.ids[parent.name]
        for kind, sample in SAMPLES:
            if isinstance(column.type, kind):
                return sample()
        return secrets.token_hex(8)[: getattr(column.type, "length", None) or 16]


def hanging_on(*roots: str) -> list[Table]:
    """Return the tables that refer to these, or to one that does; what is referred to first."""
    reached = set(roots)
    found = []
    for table in db.metadata.sorted_tables:
        if {key.column.table.name for key in table.foreign_keys} & reached:
            reached.add(table.name)
            found.append(table)
    return [table for table in found if table.name not in {*roots, *DERIVED}]


def counts() -> dict[str, int]:
    tables = [table for table in db.metadata.sorted_tables if table.name not in DERIVED]
    number = db.func.count
    return {
        table.name: db.session.scalar(db.select(number()).select_from(table)) for table in tables
    }


@pytest.fixture
def homes(app: Any) -> tuple[Household, Household]:
    """祝婆婆's household twice, with nothing yet said of anybody."""
    first = factories.household(consent=False)
    return first, factories.household(
        db.session.get(Room, first.room_id), phone="10000000009", consent=False
    )


def head_of(home: Household) -> int:
    return db.session.scalar(db.select(Resident.id).where(Resident.household_id == home.id))


def test_a_row_of_every_table_survives_and_belongs_to_the_household_that_stays(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    people = {"household": (kept.id, gone.id), "resident": (head_of(kept), head_of(gone))}
    below = hanging_on("household", "resident")
    followed = {table.name for table in below} | {"household", "resident"}
    filler = Filler(followed, household=gone.id, resident=people["resident"][1], user=qin.id)
    rows = {table.name: filler.add(table) for table in below}
    db.session.commit()
    assert {"visit", "follow_up", "wish", "consent", "paper_subject", "handover"} <= set(rows)
    assert {"service_entry", "claim", "visit_photo", "attendance", "pairing"} <= set(rows)
    before = counts()
    answer = browser(qin).send(
        f"/households/{kept.id}/merging",
        {"other": str(gone.id), "people": "kept", "remark": "both"},
    )
    assert answer.status_code == 303, answer.text
    lost = {name: count - before[name] for name, count in counts().items() if count < before[name]}
    assert lost == {"household": -1, "resident": -1}, "the two doubles, and nothing else"
    for parent, (stays, _goes) in people.items():
        for table, column in references_to(db.metadata.tables[parent]):
            if table.name not in DERIVED | {parent, "resident"}:
                assert belongs(table, column, rows[table.name]) in (stays, None), table.name


def belongs(table: Table, column: Column[Any], key: dict[str, Any]) -> int | None:
    """Return what a row refers to now; one whose key is the reference itself was counted."""
    if column.primary_key:
        return None
    same = [table.c[name] == value for name, value in key.items()]
    return db.session.execute(db.select(column).where(*same)).scalar_one()
