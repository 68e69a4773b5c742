"""Rows by the thousand: written through their table, without objects or audit entries."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, func, insert, select

from core.db import db


def inserted_ids(table: Table, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows that all name the same columns; return their ids in the same order.

    SQLite numbers rows upwards and has one writer, so the ids are those after the last. Asking it
    for ids in a known order would send every row on its own.
    """
    listed = list(rows)
    if not listed:
        return []
    if db.engine.dialect.name != "sqlite":
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(db.session.scalars(statement, listed))
    last = db.session.scalar(select(func.max(table.c.id))) or 0
    insert_all(table, listed)
    made = select(table.c.id).where(table.c.id > last).order_by(table.c.id)
    return list(db.session.scalars(made))


def insert_all(table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns; columns they leave out take their default."""
    listed = list(rows)
    if not listed:
        return
    dialect = db.engine.dialect
    if not dialect.positional or any(
        column.default is not None and column.name not in listed[0] for column in table.columns
    ):
        db.session.execute(insert(table), listed)
        return
    # The driver itself, since preparing each row by itself takes longer than storing it.
    names = list(listed[0])
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup or names
    ready = {
        name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names
    }
    changed = [(name, process) for name, process in ready.items() if process]
    for row in listed:
        for name, process in changed:
            row[name] = process(row[name])
    values = [tuple(row[name] for name in order) for row in listed]
    db.session.connection().exec_driver_sql(str(compiled), values)
