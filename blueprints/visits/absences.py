"""Leave: while a student is away, a deputy looks after their households, once there is one."""

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from core.db import db
from core.errors import RuleBroken


class AbsencesOverlap(RuleBroken):
    """One leave at a time with one deputy, so that everybody knows who goes."""

    def __str__(self) -> str:
        return _("这几天已经请过假了，不用再排一次。")


class LeaveIsSettled(RuleBroken):
    """A deputy is found once; after that, or after the leave, nobody is asked any more."""

    def __str__(self) -> str:
        return _("这次请假已经有人代看，或者已经结束了。")


class DeputyIsAway(RuleBroken):
    """Who is away looks after nobody, and who stands in for somebody does not go away."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("%(name)s那几天自己也请了假。", name=self.name)


class StandsInForSomebody(DeputyIsAway):
    def __str__(self) -> str:
        return _("%(name)s那几天正替别人看着，先换一位代看的人。", name=self.name)


class Absence(db.Model):
    """From a first to a last day, both included, the deputy sees the student's households.

    The access is this row: it opens by itself on the first day and is over after the last one.
    Who is away may say so before anybody stands in. Why is nobody's business and not kept.
    """

    __tablename__ = "absence"
    __audited__ = True
    __table_args__ = (
        # Asked with every look at a household: for whom does this person stand in today.
        Index("ix_absence_deputy_days", "deputy_id", "last_on", "first_on", "student_id"),
        Index("ix_absence_student_days", "student_id", "last_on"),
        CheckConstraint("deputy_id <> student_id", name="deputy_is_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    student: Mapped[User] = relationship(lazy="raise", foreign_keys=[student_id])
    deputy: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[deputy_id])

    @property
    def was_called_off(self) -> bool:
        """Answer whether it was over before it began."""
        return self.last_on < self.first_on

    def is_over(self, on: date) -> bool:
        return self.last_on < on

    def end_early(self, on: date) -> None:
        """The student is back on this day; the deputy's access is over at once."""
        self.last_on = min(self.last_on, on - timedelta(days=1))
