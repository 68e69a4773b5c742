"""What was read in, what came of it, and what headers turned out to mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from core.clock import now
from core.db import UtcDateTime, db


class LedgerImport(db.Model):
    """One workbook that was read in, with its counts."""

    __tablename__ = "ledger_import"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="households")
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))
    # The estate a ledger is of; volunteers and activities belong to none.
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)

    # Estates belong to a later room.
    estate: Mapped[Any] = relationship("Estate", lazy="raise")
    imported_by: Mapped[User | None] = relationship(lazy="raise")


class ImportedObject(db.Model):
    """One row of some table that an import made, or changed from ``before``."""

    __tablename__ = "imported_object"
    # The rights of a person to be forgotten reach here by what it is about.
    __table_args__ = (Index("ix_imported_object_object", "object_type", "object_id"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("ledger_import.id"), primary_key=True)
    object_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class KnownColumn(db.Model):
    """What a person said a header means; an empty field is a column to leave out."""

    __tablename__ = "known_column"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    header: Mapped[str] = mapped_column(String(60), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), default="")
