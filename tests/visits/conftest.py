"""What the tests of this room start from: 林一舟 looks after 祝婆婆's household."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Self

import pytest
from flask import Flask
from sqlalchemy import event

from blueprints.visits import extras
from blueprints.visits.absences import Absence
from blueprints.visits.models import Visit
from core.clock import today
from core.db import db
from tests import factories


@pytest.fixture
def home(lin: Any, qin: Any) -> Any:
    """祝婆婆's household at 示2栋 1单元 301."""
    return factories.household()


@pytest.fixture
def pairing(lin: Any, home: Any) -> Any:
    """林一舟's pairing with it, every 21 days for 30 days now: nine days late."""
    return factories.pairing(lin, home)


@pytest.fixture
def head(home: Any) -> Any:
    """祝婆婆 herself."""
    return factories.head(home)


@pytest.fixture
def heard(app: Any) -> Iterator[list[dict[str, Any]]]:
    """Wishes heard during visits, as the room of wishes would receive them."""
    wishes: list[dict[str, Any]] = []

    def listen(visit: Any, **wish: Any) -> None:
        wishes.append({"visit": visit.id} | wish)

    with extras.wish_heard.connected_to(listen):
        yield wishes


def form_of(home: Any) -> str:
    return f"/visits/new?household={home.id}"


def visits() -> list[Visit]:
    with_all = (db.selectinload(Visit.kind_rows), db.selectinload(Visit.met_rows))
    return list(db.session.scalars(db.select(Visit).options(*with_all).order_by(Visit.id)))


def told(**changes: Any) -> dict[str, Any]:
    """A visit that met somebody today, as its form sends it."""
    fields = {"met": "yes", "kinds": ["chat"], "day": today().isoformat(), "minutes": "30"}
    return fields | changes


def days_ago(count: int) -> str:
    return (today() - timedelta(days=count)).isoformat()


def all_at_once(app: Flask, sends: list[Callable[[], Any]]) -> list[Any]:
    """Run these, each in a thread and an application context of its own; return what they did."""

    def run(send: Callable[[], Any]) -> Any:
        with app.app_context():
            return send()

    db.session.commit()
    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(run, sends))


class QueryCounter:
    """How many statements the database was asked while the ``with`` block ran."""

    def __enter__(self) -> Self:
        self.count = 0
        event.listen(db.engine, "before_cursor_execute", self.add)
        return self

    def add(self, *_args: Any) -> None:
        self.count += 1

    def __exit__(self, *_args: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self.add)


def absences() -> list[Absence]:
    return list(db.session.scalars(db.select(Absence)))
