"""Rows into tables, many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from core.clock import SHANGHAI
from core.db import db

BATCH = 5000
Row = dict[str, Any]


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def put(model: type[Any], rows: Iterable[Row]) -> None:
    """Insert rows that nothing else refers to."""
    for batch in batches(rows):
        db.session.execute(insert(model.__table__), batch)


def put_for_ids(model: type[Any], rows: Sequence[Row]) -> Sequence[int]:
    """Insert rows and return their ids in the same order.

    The ids are chosen here: asking the database for each would double the time.
    """
    first = 1 + (db.session.scalar(select(func.max(model.id))) or 0)
    ids = range(first, first + len(rows))
    put(model, ({"id": id_, **row} for id_, row in zip(ids, rows, strict=True)))
    if db.session.get_bind().dialect.name == "postgresql":
        counter = func.pg_get_serial_sequence(model.__tablename__, "id")
        db.session.execute(select(func.setval(counter, ids[-1])))
    return ids


def afternoon(day: date) -> datetime:
    """Return the moment at which something was written down on a day."""
    return datetime.combine(day, time(17), SHANGHAI)
