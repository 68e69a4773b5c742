"""结对认亲: which student looks after which household, how often, and when a visit is due."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.models import Household
from core.clock import today
from core.db import db
from core.errors import RuleBroken

END_REASONS = {
    "handover": _l("换人接手"),
    "moved": _l("住户搬走"),
    "left": _l("学生离岗"),
    "declined": _l("住户不想继续"),
    "died": _l("住户离世"),
    "other": _l("其他"),
}
# After these nobody comes next.
FOR_GOOD = frozenset(("moved", "declined", "died"))


class HouseholdAlreadyPaired(RuleBroken):
    """One student looks after one household at a time."""

    def __str__(self) -> str:
        return _("这一户已经有人结对了，先结束原来的结对。")


class PairingAlreadyEnded(RuleBroken):
    def __str__(self) -> str:
        return _("这次结对已经结束了。")


class HouseholdMovedOut(RuleBroken):
    """Nobody lives there any more who could be looked after."""

    def __str__(self) -> str:
        return _("这一户已经搬走了。")


class Pairing(db.Model):
    """结对认亲: one student and one household, from a day until an end with its reason.

    ``due_on`` is the one answer to “when is the next visit due”. It is reckoned from the last
    visit that met someone, here and nowhere else, whenever a visit or the interval changes;
    every page that shows lateness reads this column. A pairing that has ended, or a proposal that
    was declined, is never due.
    """

    __tablename__ = "pairing"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_pairing_current_household",
            "household_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_pairing_student_due", "student_id", "ended_on", "due_on"),
        # Late visits by student, and coverage, are counted in these indexes alone.
        Index("ix_pairing_due", "ended_on", "due_on", "student_id"),
        Index("ix_pairing_met", "ended_on", "last_met_on"),
        CheckConstraint("interval_days BETWEEN 1 AND 366", name="interval_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    interval_days: Mapped[int]
    started_on: Mapped[date] = mapped_column(default=today)
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(12))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    was_declined: Mapped[bool] = mapped_column(default=False)
    last_met_on: Mapped[date | None]
    last_tried_on: Mapped[date | None]
    # Kept after it was visited, so that voiding that visit brings it back; see ``agreed_on``.
    agreed_next_on: Mapped[date | None]
    due_on: Mapped[date]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(lazy="raise")
    student: Mapped[User] = relationship(lazy="raise", foreign_keys=[student_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_current(self) -> bool:
        return self.ended_on is None

    def require_current(self) -> None:
        """Raise ``PairingAlreadyEnded`` for one that is over."""
        if not self.is_current:
            raise PairingAlreadyEnded

    @property
    def agreed_on(self) -> date | None:
        """Return the date agreed with the household, until somebody is met on it or later."""
        if self.agreed_next_on and self.last_met_on and self.last_met_on >= self.agreed_next_on:
            return None
        return self.agreed_next_on

    @property
    def tried_since(self) -> date | None:
        """Return the day of a call in vain after the last meeting."""
        tried, met = self.last_tried_on, self.last_met_on
        return tried if tried and (met is None or tried > met) else None

    def reckon_due(self) -> None:
        """Set ``due_on`` from what is known now; an agreed date comes before the interval."""
        interval = timedelta(days=self.interval_days)
        self.due_on = self.agreed_on or (self.last_met_on or self.started_on) + interval

    def revise(self, interval_days: int, agreed_next_on: date | None) -> None:
        """Change the rhythm. Raises ``PairingAlreadyEnded``."""
        self.require_current()
        self.interval_days, self.agreed_next_on = interval_days, agreed_next_on
        self.reckon_due()

    def days_late(self, on: date) -> int:
        """Return how many days the visit is late on a day; negative: days that remain."""
        return (on - self.due_on).days

    def end(self, reason: str, by: User, on: date) -> None:
        """End the pairing; the student's access to the household ends with it.

        Raises ``PairingAlreadyEnded``.
        """
        self.require_current()
        self.ended_on, self.end_reason, self.ended_by_id = on, reason, by.id
