"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from core.db import db


@dataclass
class Queries:
    count: int = 0


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[Queries]]:
    """Count the statements run inside a ``with`` block."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        seen = Queries()

        def note(*_args: Any) -> None:
            seen.count += 1

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return counting
