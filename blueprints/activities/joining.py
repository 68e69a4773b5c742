"""报名: who means to come. The first ones have a place; the others wait in the order they came."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.teams.models import Volunteer
from core.clock import now
from core.db import UtcDateTime, db

if TYPE_CHECKING:
    from blueprints.activities.models import Activity


class Signup(db.Model):
    """One person's wish to come. A withdrawn one stays, so that asking again goes to the end."""

    __tablename__ = "signup"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_signup_current",
            "activity_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    signed_up_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # A signup is read from its activity's page, so the activity is there already.
    activity: Mapped["Activity"] = relationship(back_populates="signups", lazy="raise_on_sql")
    volunteer: Mapped[Volunteer] = relationship(lazy="raise")

    def withdraw(self) -> None:
        """Give the place back; whoever waits longest has it then. Raises SignupClosed."""
        self.activity.require_signups_open()
        self.withdrawn_at = now()
