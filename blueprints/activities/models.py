"""活动: planned, attended in minutes, written up, and proposed to the hours ledger."""

import secrets
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.activities.joining import Signup
from blueprints.activities.refusals import (
    ActivityHasAttendance,
    ActivityNotHeldYet,
    AlreadyNoted,
    AttendanceInLedger,
    NotArrived,
    SignupClosed,
)
from blueprints.activities.series import ActivitySeries
from blueprints.households.models import Estate
from blueprints.teams.models import DAY_MINUTES, ServiceEntry, Team, Volunteer
from core.audit import SENSITIVE
from core.clock import local, now, today
from core.db import UtcDateTime, db
from core.photos import Photo

ACTIVITY_KINDS = {
    "festival": _l("节日活动"),
    "quiz": _l("知识抢答"),
    "cleaning": _l("爱国卫生"),
    "haircut": _l("义剪义修"),
    "outreach": _l("宣讲"),
    "social": _l("文艺联谊"),
    "party_day": _l("主题党日"),
    "training": _l("培训"),
    "other": _l("其他"),
}
ACTIVITY_STATES = {"planned": _l("要办"), "held": _l("办过"), "cancelled": _l("取消")}


def new_code_key() -> str:
    return secrets.token_urlsafe(12)


class Activity(db.Model):
    """One occasion with a place, a time and somebody who answers for it."""

    __tablename__ = "activity"
    __audited__ = True
    __table_args__ = (
        Index("ix_activity_start", "starts_at", "id"),
        Index(
            "ix_activity_unrecorded",
            "starts_at",
            sqlite_where=text("recorded_on IS NULL"),
            postgresql_where=text("recorded_on IS NULL"),
        ),
        # One activity for each day of a series, however often the series is made.
        Index("uq_activity_series_id_series_day", "series_id", "series_day", unique=True),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(12), default="other")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"))
    place: Mapped[str] = mapped_column(String(80), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("activity_series.id"))
    # The day that the series gave; the activity itself may have been moved since.
    series_day: Mapped[date | None]
    # How many places there are; whoever signs up later waits. None: as many as like.
    capacity: Mapped[int | None]
    plan: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    write_up: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    state: Mapped[str] = mapped_column(String(12), default="planned")
    # The day the record was complete: who came is noted and nothing waits to be sent.
    recorded_on: Mapped[date | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Part of every code for signing in on site; a new one makes printed codes worthless.
    code_key: Mapped[str] = mapped_column(String(24), default=new_code_key, info=SENSITIVE)
    version: Mapped[int] = mapped_column(default=1)

    team: Mapped[Team | None] = relationship(lazy="raise")
    estate: Mapped[Estate | None] = relationship(lazy="raise")
    leader: Mapped[Volunteer | None] = relationship(lazy="raise")
    series: Mapped[ActivitySeries | None] = relationship(lazy="raise")
    attendances: Mapped[list["Attendance"]] = relationship(
        back_populates="activity", lazy="raise", cascade="all, delete-orphan"
    )
    signups: Mapped[list[Signup]] = relationship(
        back_populates="activity", lazy="raise", cascade="all, delete-orphan", order_by=Signup.id
    )
    photo_rows: Mapped[list["ActivityPhoto"]] = relationship(
        lazy="raise", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def day(self) -> date:
        return local(self.starts_at).date()

    @property
    def planned_minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def has_begun(self) -> bool:
        return self.state != "cancelled" and self.starts_at <= now()

    @property
    def is_over(self) -> bool:
        return self.ends_at < now()

    def require_begun(self) -> None:
        """Raise unless the activity has begun: attendance is what was, not what is hoped."""
        if not self.has_begun:
            raise ActivityNotHeldYet

    @property
    def takes_signups(self) -> bool:
        return self.state == "planned" and self.starts_at > now()

    def require_signups_open(self) -> None:
        if not self.takes_signups:
            raise SignupClosed

    @property
    def signed_up(self) -> list[Signup]:
        """Return who means to come, in the order they said so; needs ``signups`` loaded."""
        return [signup for signup in self.signups if signup.withdrawn_at is None]

    @property
    def coming(self) -> list[Signup]:
        """Return who has a place."""
        return self.signed_up[: self.capacity]

    @property
    def waiting(self) -> list[Signup]:
        """Return who has a place only when somebody else withdraws."""
        return self.signed_up[self.capacity :] if self.capacity else []

    def signup_of(self, user_id: int) -> Signup | None:
        """Return the place, or the place in the queue, of the person with this account."""
        own = (signup for signup in self.signed_up if signup.volunteer.user_id == user_id)
        return next(own, None)

    def cancel(self) -> None:
        """Call the activity off; needs ``attendances`` loaded."""
        if self.attendances:
            raise ActivityHasAttendance
        self.state = "cancelled"

    def note_attendance(self) -> None:
        """Mark the activity as held, and its record as complete when nothing waits to be sent.

        Needs ``attendances`` loaded. The day stays that of the first completion.
        """
        self.require_begun()
        self.state = "held"
        waits = any(one.is_unsent or one.is_open for one in self.attendances)
        if self.recorded_on is None and self.attendances and not waits:
            self.recorded_on = today()

    def attendance_of(self, user_id: int) -> "Attendance | None":
        """Return what is noted of the person with this account; needs ``attendances`` loaded."""
        own = (one for one in self.attendances if one.volunteer.user_id == user_id)
        return next(own, None)

    @property
    def unsent(self) -> list["Attendance"]:
        """Return who served and whose time is not in the ledger yet."""
        return [attendance for attendance in self.attendances if attendance.is_unsent]


class Attendance(db.Model):
    """One person at one activity. Paid duty is noted and proposes no hours."""

    __tablename__ = "attendance"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint("activity_id", "volunteer_id"),
        CheckConstraint(f"minutes BETWEEN 0 AND {DAY_MINUTES}", name="minutes_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    minutes: Mapped[int]
    on_duty: Mapped[bool] = mapped_column(default=False)
    # When they signed in and out on site, where they did so themselves.
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("service_entry.id"), unique=True)

    # An attendance is read from its activity's page, so the activity is there already.
    activity: Mapped[Activity] = relationship(back_populates="attendances", lazy="raise_on_sql")
    volunteer: Mapped[Volunteer] = relationship(lazy="raise")
    entry: Mapped[ServiceEntry | None] = relationship(lazy="raise")

    @property
    def is_unsent(self) -> bool:
        return self.entry is None and not self.on_duty and self.minutes > 0

    @property
    def is_open(self) -> bool:
        """Answer whether they signed in and nobody has said for how long they stayed."""
        return self.arrived_at is not None and self.left_at is None and self.minutes == 0

    @property
    def minutes_so_far(self) -> int:
        """Return what was noted, or else the time since they came, up to the planned end."""
        return self.minutes or self.minutes_until(min(now(), self.activity.ends_at))

    def minutes_until(self, moment: datetime) -> int:
        """Return the time since they came; before the beginning nothing counts."""
        since = max(self.arrived_at or self.activity.starts_at, self.activity.starts_at)
        return min(max(round((moment - since).total_seconds() / 60), 0), DAY_MINUTES)

    def leave(self) -> None:
        """Note that they go now. Raises NotArrived, AlreadyNoted."""
        if self.arrived_at is None:
            raise NotArrived
        if not self.is_open:
            raise AlreadyNoted
        self.left_at = now()
        self.minutes = self.minutes_until(self.left_at)

    @property
    def is_in_ledger(self) -> bool:
        """Answer whether a line that waits or counts holds this time; needs ``entry`` loaded.

        A line that was refused holds nothing: what was wrong is mended and sent again.
        """
        return self.entry is not None and self.entry.state != "rejected"

    def change(self, minutes: int, on_duty: bool) -> None:
        """Mend what was noted. Raises AttendanceInLedger once it has gone to the ledger."""
        if (minutes, on_duty) == (self.minutes, self.on_duty):
            return
        self.require_unsent()
        self.minutes, self.on_duty, self.entry = minutes, on_duty, None

    def require_unsent(self) -> None:
        if self.is_in_ledger:
            raise AttendanceInLedger


class ActivityPhoto(db.Model):
    """One photo of an activity."""

    __tablename__ = "activity_photo"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)

    photo: Mapped[Photo] = relationship(lazy="raise")
