"""The database: one engine, the transaction recipe, and the column types every room shares.

Why each SQLite setting: ``docs/design.md``, "Nothing lost".
"""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from types import ModuleType
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, Row, Select, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

# Up to and including this release, two connections that write and checkpoint a WAL
# database at once can lose committed pages (sqlite.org/wal.html, "the WAL-reset bug").
LAST_SQLITE_WITH_WAL_RESET_BUG = (3, 51, 2)

# How long a writer waits for its turn before it leaves the waiting to SQLite.
TURN_SECONDS = 10

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Execution options of a connection that writes also within a request that only reads.
WRITES = {"writes": True}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time: aware in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def sqlite_module() -> ModuleType:
    """Return the newest SQLite driver installed: pysqlite3 where it is, else Python's own."""
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    return pysqlite3


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode that is safe with this SQLite release."""
    return "WAL" if version > LAST_SQLITE_WITH_WAL_RESET_BUG else "DELETE"


def init_app(app: Flask) -> None:
    """Bind the database to the app with the recipe of its kind."""
    # An error goes into the log with its statement, never with the names and notes in it.
    options: dict[str, Any] = {"hide_parameters": True}
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options["module"] = sqlite_module()
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            install_sqlite_recipe(db.engine, journal_mode(sqlite_module().sqlite_version_info))


def install_sqlite_recipe(engine: Engine, journal: str) -> None:
    """Set each connection up and begin transactions ourselves.

    The driver's implicit transactions are off: they begin late and deferred, and a
    deferred transaction that reads and then writes fails at once when another has
    written meanwhile. A request that may write therefore begins IMMEDIATE.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.execute(f"PRAGMA journal_mode = {journal}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: who was forgotten is not left in the file's gaps.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    turn = threading.Lock()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if not (may_write() or connection.get_execution_options().get("writes")):
            begin(connection, "BEGIN")
            return
        # SQLite's own waiting is a lottery that somebody always loses when many write at once;
        # the threads of this process queue up instead.
        if not connection.info.get("has_turn"):
            connection.info["has_turn"] = turn.acquire(timeout=TURN_SECONDS)
        begin(connection, "BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: ConnectionPoolEntry) -> None:
        if record.info.pop("has_turn", False):
            turn.release()


def begin(connection: Connection, how: str) -> None:
    """Begin a transaction past SQLAlchemy's way of running a statement: every request pays it."""
    connection.connection.cursor().execute(how)


@cache
def mapped(table: str) -> Any:
    """Return the class whose objects a table holds, for a room before the one it belongs to."""
    mappers = db.Model.registry.mappers
    return next(mapper.class_ for mapper in mappers if mapper.local_table.name == table)


def columns(statement: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
    """Return the rows of a select of columns, within the session's transaction.

    For lists and counts that every page asks for: it leaves out what a session does to load
    objects, which takes as long as the query itself.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values or {}).all()


def may_write() -> bool:
    """Answer whether the transaction that begins now may change something."""
    if not has_request_context():
        return True
    return request.method not in SAFE_METHODS
