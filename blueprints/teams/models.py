"""The one ledger of service time; the teams and the people in them are in ``people.py``."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.teams.people import (
    TEAM_KINDS,  # noqa: F401 - others find every table of this room here
    Membership,  # noqa: F401 - others find every table of this room here
    Team,
    Volunteer,
)
from blueprints.teams.refusals import (
    CorrectedBelowZero,
    EntryAlreadyDecided,
    MoreThanADay,
    NoTimeServed,
    OnlyConfirmedCanBeCorrected,
    OwnHoursCannotBeConfirmed,
)
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db
from core.settings import setting

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


DAY_MINUTES = 24 * 60


class ServiceEntry(db.Model):
    """One line of the hours ledger. Lines are decided once and never changed or deleted.

    ``minutes`` may be negative only in a correction, which names the line it mends.
    Paid duty never becomes a line at all (《志愿服务条例》, article 2: unpaid and voluntary).
    """

    __tablename__ = "service_entry"
    __audited__ = True
    __table_args__ = (
        CheckConstraint("minutes > 0 OR corrects_id IS NOT NULL", name="minutes_positive"),
        CheckConstraint(
            f"minutes <> 0 AND minutes BETWEEN -{DAY_MINUTES} AND {DAY_MINUTES}",
            name="minutes_sane",
        ),
        CheckConstraint("state IN ('proposed','confirmed','rejected')", name="state_known"),
        CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by_somebody"
        ),
        CheckConstraint("decided_by_id <> proposed_by_id", name="decided_by_another"),
        Index("ix_service_entry_volunteer_state", "volunteer_id", "state", "served_on"),
        # The month's hours are summed in this index alone.
        Index("ix_service_entry_state_served", "state", "served_on", "minutes"),
        Index("ix_service_entry_team_served", "team_id", "served_on"),
        Index("ix_service_entry_served", "served_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[str] = mapped_column(String(12), default="activity")
    # What was done, in words that stay true when the activity is renamed or removed.
    what: Mapped[str] = mapped_column(String(120), info=SENSITIVE)
    served_on: Mapped[date]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Why a correction was made, and why a line was refused.
    reason: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    refusal: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("service_entry.id"), index=True)

    volunteer: Mapped[Volunteer] = relationship(lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")
    proposed_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    corrections: Mapped[list["ServiceEntry"]] = relationship(
        lazy="raise", order_by="ServiceEntry.id"
    )

    @property
    def is_waiting(self) -> bool:
        return self.state == "proposed"

    @property
    def is_long(self) -> bool:
        """Answer whether somebody looks at this line by itself before vouching for it."""
        return abs(self.minutes) > setting("hours_to_look_at_minutes")

    def may_be_decided_by(self, user_id: int) -> bool:
        """Answer whether this is somebody else: neither the volunteer nor the proposer.

        Needs ``volunteer`` loaded, as deciding does.
        """
        return user_id not in (self.proposed_by_id, self.volunteer.user_id)

    def confirm(self, by_id: int) -> None:
        """Let ``by_id`` vouch for the time. Raises when that person may not, or it is decided."""
        self._decide("confirmed", by_id)

    def reject(self, by_id: int, why: str) -> None:
        """Refuse the time with a reason. Raises as ``confirm`` does."""
        self._decide("rejected", by_id)
        self.refusal = why

    def _decide(self, state: str, by_id: int) -> None:
        if not self.is_waiting:
            raise EntryAlreadyDecided
        if not self.may_be_decided_by(by_id):
            raise OwnHoursCannotBeConfirmed
        self.state, self.decided_by_id, self.decided_at = state, by_id, now()

    def correction(self, minutes: int, reason: str, by_id: int) -> "ServiceEntry":
        """Return a new line that adds to this one; needs ``corrections`` loaded.

        ``minutes`` is signed. Whatever of the waiting corrections is confirmed, this line and
        its corrections together stay between nothing and a day. Raises OnlyConfirmedCanBeCorrected,
        NoTimeServed, CorrectedBelowZero, MoreThanADay.
        """
        if self.state != "confirmed" or self.corrects_id is not None:
            raise OnlyConfirmedCanBeCorrected
        if minutes == 0:
            raise NoTimeServed
        if self._at_least() + minutes < 0:
            raise CorrectedBelowZero
        if self._at_most() + minutes > DAY_MINUTES:
            raise MoreThanADay
        return ServiceEntry(
            volunteer_id=self.volunteer_id,
            team_id=self.team_id,
            kind=self.kind,
            what=self.what,
            served_on=self.served_on,
            minutes=minutes,
            reason=reason,
            proposed_by_id=by_id,
            corrects_id=self.id,
        )

    @property
    def minutes_now(self) -> int:
        """Return what this line counts for with its confirmed corrections."""
        return self.minutes + sum(c.minutes for c in self.corrections if c.state == "confirmed")

    def _at_least(self) -> int:
        return self.minutes_now + sum(min(c.minutes, 0) for c in self.corrections if c.is_waiting)

    def _at_most(self) -> int:
        return self.minutes_now + sum(max(c.minutes, 0) for c in self.corrections if c.is_waiting)


LEDGER_TRIGGERS = [
    """CREATE TRIGGER service_entry_no_delete BEFORE DELETE ON service_entry
    BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
    """CREATE TRIGGER service_entry_no_change BEFORE UPDATE ON service_entry
    WHEN OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.minutes <> OLD.minutes
      OR NEW.volunteer_id <> OLD.volunteer_id OR NEW.served_on <> OLD.served_on
      OR NEW.kind <> OLD.kind OR NEW.what <> OLD.what OR NEW.reason <> OLD.reason
      OR NEW.team_id IS NOT OLD.team_id OR NEW.corrects_id IS NOT OLD.corrects_id
      OR NEW.proposed_by_id <> OLD.proposed_by_id OR NEW.proposed_at <> OLD.proposed_at
    BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
]
for trigger in LEDGER_TRIGGERS:
    event.listen(ServiceEntry.__table__, "after_create", DDL(trigger).execute_if(dialect="sqlite"))

LEDGER_TRIGGERS_POSTGRESQL = """
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND
     (NEW.id, NEW.minutes, NEW.volunteer_id, NEW.served_on, NEW.kind, NEW.what, NEW.reason,
      NEW.team_id, NEW.corrects_id, NEW.proposed_by_id, NEW.proposed_at)
     IS NOT DISTINCT FROM
     (OLD.id, OLD.minutes, OLD.volunteer_id, OLD.served_on, OLD.kind, OLD.what, OLD.reason,
      OLD.team_id, OLD.corrects_id, OLD.proposed_by_id, OLD.proposed_at)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the hours ledger only grows';
END $body$;
CREATE TRIGGER service_entry_only_grows BEFORE UPDATE OR DELETE ON service_entry
FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
"""
event.listen(
    ServiceEntry.__table__,
    "after_create",
    DDL(LEDGER_TRIGGERS_POSTGRESQL).execute_if(dialect="postgresql"),
)
