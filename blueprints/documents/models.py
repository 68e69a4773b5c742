"""Papers: drafted, issued under a number that is never used again, voided, never deleted."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.documents.hanging import (
    NamedVolunteer,
    PaperSubject,
    Posting,
    PostingAlreadyDown,  # noqa: F401 - others find everything of this room here
)
from blueprints.documents.kept_files import IssuedFile, Replacement  # noqa: F401 - so, too
from blueprints.documents.kinds import KINDS, Kind
from core.audit import SENSITIVE
from core.clock import now, today
from core.db import UtcDateTime, db
from core.errors import RuleBroken

DRAFT, ISSUED, VOID = "draft", "issued", "void"
DOCUMENT_STATES = {DRAFT: _l("草稿"), ISSUED: _l("已签发"), VOID: _l("已作废")}


class DocumentNotDraft(RuleBroken):
    """An issued paper is never changed; it is voided and made anew."""

    def __str__(self) -> str:
        return _("已经签发的文书不能再改。写错了请作废，再发一份。")


class DocumentNotIssued(RuleBroken):
    def __str__(self) -> str:
        return _("只有已签发、没有作废的文书能作废或换发。")


class AlreadyBeingReplaced(RuleBroken):
    def __str__(self) -> str:
        return _("这一份已经有替换它的草稿了，在登记簿最上面。")


class OnlyPublicPapersHang(RuleBroken):
    """Drafts, void papers and papers made out to one person are not put up in a stairwell."""

    def __str__(self) -> str:
        return _("只有已签发、没有作废、能公开的文书能登记张贴。")


class SerialCounter(db.Model):
    """The last number given per kind and year. Numbers only go up."""

    __tablename__ = "serial_counter"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Document(db.Model):
    """One paper. ``content`` is what it says; issuing freezes it for good."""

    __tablename__ = "document"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint("kind", "serial_year", "serial_number"),
        Index("ix_document_state_day", "state", "dated_on", "id"),
        CheckConstraint("(state = 'draft') = (serial_number IS NULL)", name="numbered_once_issued"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(8), default=DRAFT)
    title: Mapped[str] = mapped_column(String(120), default="", info=SENSITIVE)
    # The recipient's name on a certificate; empty for papers to everyone.
    recipient: Mapped[str] = mapped_column(String(60), default="", info=SENSITIVE)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=SENSITIVE)
    dated_on: Mapped[date] = mapped_column(default=today)
    serial_year: Mapped[int | None]
    serial_number: Mapped[int | None]
    serial: Mapped[str | None] = mapped_column(String(40), unique=True)
    code: Mapped[str | None] = mapped_column(String(12), unique=True)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    # Only drafts are deleted, and they have neither.
    prints: Mapped[list["PrintRun"]] = relationship(
        lazy="raise", order_by="PrintRun.id", passive_deletes="all"
    )
    postings: Mapped[list[Posting]] = relationship(
        back_populates="document", lazy="raise", order_by="Posting.id", passive_deletes="all"
    )
    replaces: Mapped[Replacement | None] = relationship(
        lazy="raise", foreign_keys="Replacement.new_id", viewonly=True
    )
    replaced_by: Mapped[Replacement | None] = relationship(
        lazy="raise", foreign_keys="Replacement.old_id", viewonly=True
    )
    subjects: Mapped[list[PaperSubject]] = relationship(lazy="raise", passive_deletes="all")
    named: Mapped[list[NamedVolunteer]] = relationship(lazy="raise", passive_deletes="all")
    drafted_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[drafted_by_id])
    issued_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[issued_by_id])
    voided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[voided_by_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def is_issued(self) -> bool:
        return self.state == ISSUED

    @property
    def is_void(self) -> bool:
        return self.state == VOID

    @property
    def whom(self) -> str:
        """Return who or what the register lists the paper under."""
        return self.recipient or self.title

    def require_draft(self) -> None:
        """Raise ``DocumentNotDraft`` for a paper that has its number already."""
        if self.state != DRAFT:
            raise DocumentNotDraft

    def issue(self, by: User, year: int, number: int, serial: str, code: str) -> None:
        """Give the paper its number and freeze it."""
        self.require_draft()
        # Reading ``by.id`` may flush: a paper that has only half of its number is refused.
        self.issued_by_id, self.issued_at = by.id, now()
        self.serial_year, self.serial_number, self.serial, self.code = year, number, serial, code
        self.state = ISSUED

    def void(self, by: User, reason: str) -> None:
        """Make the paper worthless; it stays in the register with its number."""
        if self.state != ISSUED:
            raise DocumentNotIssued
        self.state, self.voided_by_id, self.voided_at = VOID, by.id, now()
        self.void_reason = reason

    def require_postable(self) -> None:
        """Raise ``OnlyPublicPapersHang`` for everything else."""
        if not self.of_kind.is_public or self.state != ISSUED:
            raise OnlyPublicPapersHang


ISSUED_CONTENT_TRIGGERS = [
    """CREATE TRIGGER document_frozen BEFORE UPDATE ON document
    WHEN OLD.state <> 'draft' AND (NEW.content <> OLD.content OR NEW.serial <> OLD.serial
      OR NEW.code <> OLD.code OR NEW.recipient <> OLD.recipient OR NEW.dated_on <> OLD.dated_on)
    BEGIN SELECT RAISE(ABORT, 'an issued paper is frozen'); END""",
    """CREATE TRIGGER document_kept BEFORE DELETE ON document WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'an issued paper is kept'); END""",
]
for trigger in ISSUED_CONTENT_TRIGGERS:
    event.listen(Document.__table__, "after_create", DDL(trigger).execute_if(dialect="sqlite"))
# PostgreSQL compares JSON as text: what was written once is written the same way again.
POSTGRESQL_CONTENT_TRIGGER = """
CREATE FUNCTION refuse_document_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an issued paper is kept'; END IF;
  IF (NEW.content::text, NEW.serial, NEW.code, NEW.recipient, NEW.dated_on)
    IS NOT DISTINCT FROM (OLD.content::text, OLD.serial, OLD.code, OLD.recipient, OLD.dated_on)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an issued paper is frozen';
END $body$;
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE ON document
FOR EACH ROW EXECUTE FUNCTION refuse_document_change();
"""
event.listen(
    Document.__table__,
    "after_create",
    DDL(POSTGRESQL_CONTENT_TRIGGER).execute_if(dialect="postgresql"),
)


class PrintRun(db.Model):
    """One time that an issued paper was taken out as a file; the second is a reprint."""

    __tablename__ = "print_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    format: Mapped[str] = mapped_column(String(4))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[User] = relationship(lazy="raise")
