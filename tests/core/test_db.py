"""The database's recipe: what is committed is on disk, and writers wait for one another."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from core import clock
from core.db import WRITES, db, journal_mode
from core.kept import KeptForm
from tests import factories


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((3, 53, 4), "WAL")],
)
def test_wal_is_used_only_where_it_is_safe(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("busy_timeout", 5000), ("synchronous", 2)]
)
def test_each_connection_is_set_up(app: Flask, pragma: str, value: int) -> None:
    assert db.session.execute(db.text(f"PRAGMA {pragma}")).scalar() == value


def test_two_that_read_and_then_write_wait_instead_of_failing(app: Flask) -> None:
    estate_id = factories.estate().id
    db.session.commit()
    begun = threading.Barrier(2, timeout=10)

    def add_a_letter() -> None:
        with app.app_context():
            begun.wait()
            estate = db.session.get_one(factories.Estate, estate_id)
            estate.name += "一"
            db.session.commit()

    threads = [threading.Thread(target=add_a_letter) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.get_one(factories.Estate, estate_id).name == "桥机嘉园一一"


def test_writers_of_one_process_queue_up_instead_of_trying_their_luck(app: Flask) -> None:
    estate_id = factories.estate().id
    db.session.commit()
    refused: list[Exception] = []
    db.engine.dispose()

    @event.listens_for(db.engine, "checkout")
    def refuse_at_once(connection: Any, *_rest: object) -> None:
        """Without waiting, SQLite refuses whoever comes while another writes."""
        connection.execute("PRAGMA busy_timeout = 0")

    def add_a_letter() -> None:
        with app.app_context():
            try:
                db.session.get_one(factories.Estate, estate_id).name += "一"
                time.sleep(0.02)
                db.session.commit()
            except OperationalError as error:
                refused.append(error)

    threads = [threading.Thread(target=add_a_letter) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not refused
    assert db.session.get_one(factories.Estate, estate_id).name == "桥机嘉园" + "一" * 8


def test_a_request_that_reads_takes_the_write_lock_only_where_it_says_so(app: Flask) -> None:
    sent: list[str] = []
    db.session.rollback()
    db.session.connection().connection.driver_connection.set_trace_callback(sent.append)
    db.session.rollback()
    with app.test_request_context("/"):
        db.session.execute(db.text("SELECT 1"))
        db.session.rollback()
        db.session.connection(execution_options=WRITES)
        db.session.connection().connection.driver_connection.set_trace_callback(None)
        db.session.rollback()
    assert [each for each in sent if each.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_moments_keep_their_zone(app: Flask) -> None:
    user = factories.user("lin", "林一舟", ["student"])
    assert user.created_at.tzinfo == UTC
    with pytest.raises(ValueError, match="time zone"):
        KeptForm.__table__.c.created_at.type.process_bind_param(
            datetime(2026, 9, 21),  # noqa: DTZ001 - the mistake this test is about
            db.engine.dialect,
        )


def test_half_past_midnight_in_shanghai_is_already_the_new_day(set_clock: object) -> None:
    set_clock(2026, 9, 22, 0, 30)
    assert clock.today().isoformat() == "2026-09-22"


def test_an_error_shows_the_statement_and_nothing_of_its_values(app: Flask) -> None:
    with pytest.raises(OperationalError) as failed:
        db.session.execute(db.text("SELECT :said FROM nowhere"), {"said": "祝婆婆腰疼"})
    assert "nowhere" in str(failed.value)
    assert "祝婆婆" not in str(failed.value)
