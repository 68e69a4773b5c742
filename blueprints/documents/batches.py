"""Papers issued together: who gets one, how far it is, and which papers it gave."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.documents.models import Document
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db
from core.errors import RuleBroken

MOST = 500
BEGUN, DONE, FAILED = "begun", "done", "failed"


class BatchIsOver(RuleBroken):
    def __str__(self) -> str:
        return _("这一批已经签发完了。")


class Batch(db.Model):
    """A set of papers that are issued in one transaction: all of them, or none.

    ``people``: a draft's words for each, with the volunteer's id and the names by which the
    papers are put in order. It is kept so that an interrupted batch can go on.
    """

    __tablename__ = "batch"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    dated_on: Mapped[date]
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, info=SENSITIVE)
    verify_root: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8), default=BEGUN)
    problem: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    created_by: Mapped[User] = relationship(lazy="raise")

    @property
    def size(self) -> int:
        return len(self.people)

    def require_open(self) -> None:
        if self.state == DONE:
            raise BatchIsOver


class BatchPaper(db.Model):
    """One paper of a batch, with the team under which it is put in order."""

    __tablename__ = "batch_paper"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(260))
    by_team: Mapped[str] = mapped_column(String(330))

    document: Mapped[Document] = relationship(lazy="raise")
