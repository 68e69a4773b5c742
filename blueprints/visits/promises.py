"""What was promised during a visit: who does it, until when, and whether it is done."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db

if TYPE_CHECKING:
    from blueprints.visits.models import Visit


class FollowUp(db.Model):
    """Something promised during a visit, with who does it and by when."""

    __tablename__ = "follow_up"
    __audited__ = True
    __table_args__ = (
        Index("ix_follow_up_owner_open", "owner_id", "done_at", "due_on"),
        Index("ix_follow_up_open", "done_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    what: Mapped[str] = mapped_column(String(200), info=SENSITIVE)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    visit: Mapped["Visit"] = relationship(back_populates="follow_ups", lazy="raise")
    owner: Mapped[User] = relationship(lazy="raise", foreign_keys=[owner_id])

    __mapper_args__ = {"version_id_col": version}

    def complete(self, by: User) -> None:
        """Note that it is done; the first time counts."""
        if self.done_at is None:
            self.done_at, self.done_by_id = now(), by.id

    def reopen(self) -> None:
        """Note that it is not done after all."""
        self.done_at = self.done_by_id = None

    def revise(self, what: str, owner_id: int, due_on: date | None) -> None:
        """Change what it is, who does it, or by when."""
        self.what, self.owner_id, self.due_on = what, owner_id, due_on

    def days_late(self, on: date) -> int | None:
        """Return how many days it is late on a day; negative: days that remain; None: no day."""
        return (on - self.due_on).days if self.due_on else None
