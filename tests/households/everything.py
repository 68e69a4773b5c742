"""One row in every table that hangs on a household or its people, however indirectly.

The model tells which tables those are: one that comes later takes part without a word here.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table

from core.clock import now, today
from core.db import UtcDateTime, db

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
