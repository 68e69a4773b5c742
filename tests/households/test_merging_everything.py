"""Merging loses no row of any table, also of tables that come later.

One row is written into every table that hangs on a household or its people.
"""

from typing import Any

import pytest
from sqlalchemy import Column, Table

from blueprints.households.merging import references_to
from blueprints.households.models import Household, Resident, Room
from core.db import db
from tests import factories
from tests.households.everything import DERIVED, Filler, hanging_on


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
