"""Rows by the thousand: written through their table, without objects or audit entries."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, insert

from core.db import db


def inserted_ids(table: Table, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows that all name the same columns; return their ids in the same order."""
    listed = list(rows)
    if not listed:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, listed))


def insert_all(table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    listed = list(rows)
    if listed:
        db.session.execute(insert(table), listed)
