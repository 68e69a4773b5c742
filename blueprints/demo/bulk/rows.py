"""Rows into tables, many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from sqlalchemy import insert

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


def put_for_ids(model: type[Any], rows: Sequence[Row]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    statement = insert(model.__table__).returning(model.id, sort_by_parameter_order=True)
    return [id_ for batch in batches(rows) for id_ in db.session.scalars(statement, batch)]


def afternoon(day: date) -> datetime:
    """Return the moment at which something was written down on a day."""
    return datetime.combine(day, time(17), SHANGHAI)
