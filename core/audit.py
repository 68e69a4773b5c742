"""The audit trail: who, when, what before and after; written with the change itself.

A model that sets ``__audited__ = True`` is recorded at every flush, in the same
transaction. Entries form a hash chain, and triggers refuse to change or delete them.
Columns marked ``info=SENSITIVE`` are recorded as changed, never with their words: the
trail cannot be erased, so it must not keep what a resident may ask to have erased
(个人信息保护法, article 47).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, String, event, insert, inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import UtcDateTime, db
from core.growing import only_grows

SENSITIVE = {"sensitive": True}
HIDDEN = "•"
GENESIS = "0" * 64


class AuditEntry(db.Model):
    """One change, or one look at something private."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    object_type: Mapped[str] = mapped_column(String(40), index=True)
    object_id: Mapped[str] = mapped_column(String(40), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    def expected_hash(self) -> str:
        """Return the hash that this entry's content and its predecessor's hash give."""
        return chain_hash(
            self.previous_hash,
            at=self.at,
            user_id=self.user_id,
            action=self.action,
            object_type=self.object_type,
            object_id=self.object_id,
            before=self.before,
            after=self.after,
        )


only_grows(
    AuditEntry.__table__,
    "the audit trail only grows",
    function="refuse_audit_change",
    trigger="audit_entry_only_grows",
)


def chain_hash(previous: str, **fields: Any) -> str:
    """Return the SHA-256 that links an entry with these fields to its predecessor."""
    body = json.dumps(fields, default=plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | None | list | dict) else str(value)


def record(action: str, obj: Any, **after: Any) -> None:
    """Note something that changes no column, such as the opening of a phone number."""
    append(db.session(), [(action, type_of(obj), str(obj.id), {}, after)])


def record_gone(obj: Any) -> None:
    """Note what an object was that is about to be deleted behind the session's back."""
    gone = changed(obj, "delete")
    if gone:
        append(db.session(), [gone])


def record_export(object_type: str, rows: int, **asked: Any) -> None:
    """Note that a list left the house as a file: how many lines, and what it was narrowed to."""
    after = {"rows": rows} | {name: value for name, value in asked.items() if value}
    append(db.session(), [("export", object_type, "", {}, after)])


def type_of(obj: Any) -> str:
    return obj.__class__.__tablename__


def append(
    session: Session, changes: Iterable[tuple[str, str, str, dict[str, Any], dict[str, Any]]]
) -> None:
    """Write entries at the end of the chain, inside the running transaction."""
    if session.get_bind().dialect.name == "postgresql":
        # One writer at a time may extend the chain; SQLite has only one writer anyway.
        session.execute(text("SELECT pg_advisory_xact_lock(7141)"))
    latest = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    previous = session.execute(latest).scalar() or GENESIS
    rows = []
    for action, object_type, object_id, before, after in changes:
        fields = {
            # Microseconds survive every database; the hash must be repeatable.
            "at": datetime.now(UTC),
            "user_id": actor_id(),
            "action": action,
            "object_type": object_type,
            "object_id": object_id,
            "before": jsonable(before),
            "after": jsonable(after),
        }
        entry_hash = chain_hash(previous, **fields)
        rows.append({**fields, "previous_hash": previous, "hash": entry_hash})
        previous = entry_hash
    session.connection().execute(insert(AuditEntry.__table__), rows)


def jsonable(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def actor_id() -> int | None:
    """Return who is asking: nobody on the command line or before login."""
    if not has_request_context():
        return None
    return getattr(current_user, "id", None)


@event.listens_for(Session, "after_flush")
def record_changes(session: Session, _context: Any) -> None:
    changes = [
        *(changed(obj, "create") for obj in session.new),
        *(changed(obj, "update") for obj in session.dirty if session.is_modified(obj)),
        *(changed(obj, "delete") for obj in session.deleted),
    ]
    found = [change for change in changes if change]
    if found:
        append(session, found)


def changed(obj: Any, action: str) -> tuple[str, str, str, dict[str, Any], dict[str, Any]] | None:
    """Return what a flush did to an audited object, or None when there is nothing to tell."""
    if not getattr(obj, "__audited__", False):
        return None
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(obj)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        hidden = bool(attribute.columns[0].info.get("sensitive"))
        if action == "delete":
            before[attribute.key] = shown(getattr(obj, attribute.key), hidden)
        elif history.has_changes():
            if action == "update" and history.deleted:
                before[attribute.key] = shown(history.deleted[0], hidden)
            after[attribute.key] = shown(getattr(obj, attribute.key), hidden)
    if not before and not after:
        return None
    identity = "-".join(str(part) for part in state.mapper.primary_key_from_instance(obj))
    return action, type_of(obj), identity, before, after


def shown(value: Any, hidden: bool) -> Any:
    return HIDDEN if hidden and value not in (None, "") else value


def first_broken_entry(newest: int | None = None) -> int | None:
    """Return the id of the first entry that breaks the chain, or None when it is whole.

    ``newest`` looks at so many of the latest entries only.
    """
    entries = select(AuditEntry).order_by(AuditEntry.id)
    previous: str | None = GENESIS
    if newest is not None:
        oldest = select(AuditEntry.id).order_by(AuditEntry.id.desc()).offset(newest - 1).limit(1)
        first = db.session.scalar(oldest)
        if first is not None:
            entries, previous = entries.where(AuditEntry.id >= first), None
    for entry in db.session.scalars(entries).yield_per(1000):
        if previous is None:
            previous = entry.previous_hash
        if entry.previous_hash != previous or entry.hash != entry.expected_hash():
            return entry.id
        previous = entry.hash
    return None
