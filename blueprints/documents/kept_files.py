"""The very bytes of each issued paper, and which paper replaces which.

The file lies in the database: it is there in the same commit as its number, in every backup, and
nowhere else. A paper issued before files were kept has none.
"""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import UtcDateTime, db
from core.growing import only_grows

if TYPE_CHECKING:
    from blueprints.documents.models import Document


class IssuedFile(db.Model):
    """A paper's PDF as it was when it got its number, and its SHA-256. Never changed."""

    __tablename__ = "issued_file"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @classmethod
    def of(cls, document_id: int, pdf: bytes) -> "IssuedFile":
        return cls(document_id=document_id, sha256=digest_of(pdf), pdf=pdf)


def digest_of(pdf: bytes) -> str:
    """Return the fingerprint by which a file is recognised."""
    return sha256(pdf).hexdigest()


class Replacement(db.Model):
    """A new paper that takes the place of an issued one; issuing it makes the old one void."""

    __tablename__ = "replacement"

    new_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    old_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    new: Mapped["Document"] = relationship(lazy="raise", foreign_keys=[new_id])
    old: Mapped["Document"] = relationship(lazy="raise", foreign_keys=[old_id])


only_grows(
    IssuedFile.__table__,
    "an issued file is kept as it is",
    function="refuse_file_change",
    trigger="issued_file_kept",
)
