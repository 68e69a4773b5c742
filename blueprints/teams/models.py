"""Volunteer teams, the people in them, and the one ledger of service time."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.audit import SENSITIVE
from core.clock import now, today
from core.db import UtcDateTime, db
from core.errors import RuleBroken

TEAM_KINDS = {
    "care": _l("爱心服务"),
    "cleaning": _l("保洁服务"),
    "arts": _l("文艺"),
    "repair": _l("便民维修"),
    "other": _l("其他"),
}
SERVICE_KINDS = {
    "activity": _l("活动"),
    "visit": _l("走访"),
    "wish": _l("微心愿"),
    "repair": _l("便民服务"),
    "other": _l("其他"),
}
ENTRY_STATES = {
    "proposed": _l("待确认"),
    "confirmed": _l("已确认"),
    "rejected": _l("未通过"),
}


class OwnHoursCannotBeConfirmed(RuleBroken):
    """Someone else confirms: not the volunteer, and not who proposed the time."""

    def __str__(self) -> str:
        return _("时长要由别人确认，不能自己确认自己的。")


class EntryAlreadyDecided(RuleBroken):
    """An entry is decided once; a mistake is mended by a correction."""

    def __str__(self) -> str:
        return _("这一条已经有结果了。要改请记一条更正。")


class Team(db.Model):
    """志愿者服务队."""

    __tablename__ = "team"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="other")
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"), index=True)
    purpose: Mapped[str] = mapped_column(Text, default="")
    founded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="team", lazy="raise")

    __mapper_args__ = {"version_id_col": version}


class Volunteer(db.Model):
    """志愿者: staff or resident, with or without a login."""

    __tablename__ = "volunteer"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_terms: Mapped[str] = mapped_column(String(200), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), unique=True)
    phone: Mapped[str] = mapped_column(String(20), default="", info=SENSITIVE)
    skills: Mapped[str] = mapped_column(String(200), default="")
    joined_on: Mapped[date] = mapped_column(default=today)
    left_on: Mapped[date | None]
    # 《志愿服务条例》: a volunteer is named in public only with their own consent.
    agrees_to_publish: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="volunteer", lazy="raise")

    __mapper_args__ = {"version_id_col": version}


class Membership(db.Model):
    """One term of one person in one team."""

    __tablename__ = "membership"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_membership_current",
            "team_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    is_leader: Mapped[bool] = mapped_column(default=False)
    joined_on: Mapped[date] = mapped_column(default=today)
    left_on: Mapped[date | None]

    team: Mapped[Team] = relationship(back_populates="memberships", lazy="raise")
    volunteer: Mapped[Volunteer] = relationship(back_populates="memberships", lazy="raise")


class ServiceEntry(db.Model):
    """One line of the hours ledger. Lines are decided once and never changed or deleted.

    ``minutes`` may be negative only in a correction, which names the line it mends.
    Paid duty never becomes a line at all (《志愿服务条例》, article 2: unpaid and voluntary).
    """

    __tablename__ = "service_entry"
    __audited__ = True
    __table_args__ = (
        CheckConstraint("minutes > 0 OR corrects_id IS NOT NULL", name="minutes_positive"),
        CheckConstraint("state IN ('proposed','confirmed','rejected')", name="state_known"),
        Index("ix_service_entry_volunteer_state", "volunteer_id", "state", "served_on"),
        Index("ix_service_entry_state_served", "state", "served_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="activity")
    # What was done, in words that stay true when the activity is renamed or removed.
    what: Mapped[str] = mapped_column(String(120))
    served_on: Mapped[date]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200), default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("service_entry.id"), index=True)

    volunteer: Mapped[Volunteer] = relationship(lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")

    def confirm(self, by_id: int, volunteer_user_id: int | None) -> None:
        """Let ``by_id`` vouch for the time. Raises when that person may not, or it is decided."""
        self._decide("confirmed", by_id, volunteer_user_id, "")

    def reject(self, by_id: int, volunteer_user_id: int | None, reason: str) -> None:
        """Refuse the time with a reason. Raises as ``confirm`` does."""
        self._decide("rejected", by_id, volunteer_user_id, reason)

    def _decide(self, state: str, by_id: int, volunteer_user_id: int | None, reason: str) -> None:
        if self.state != "proposed":
            raise EntryAlreadyDecided
        if by_id in (self.proposed_by_id, volunteer_user_id):
            raise OwnHoursCannotBeConfirmed
        self.state, self.decided_by_id, self.decided_at = state, by_id, now()
        self.reason = reason


LEDGER_TRIGGERS = [
    """CREATE TRIGGER service_entry_no_delete BEFORE DELETE ON service_entry
    BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
    """CREATE TRIGGER service_entry_no_change BEFORE UPDATE ON service_entry
    WHEN OLD.state <> 'proposed' OR NEW.minutes <> OLD.minutes
      OR NEW.volunteer_id <> OLD.volunteer_id OR NEW.served_on <> OLD.served_on
    BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
]
for trigger in LEDGER_TRIGGERS:
    event.listen(ServiceEntry.__table__, "after_create", DDL(trigger).execute_if(dialect="sqlite"))
