"""Visits: who called at which household on which day, and what they did there."""

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.models import Household, Resident
from blueprints.visits.calendar_links import CalendarLink  # noqa: F401 - every table is found here
from blueprints.visits.handovers import Handover  # noqa: F401 - every table is found here
from blueprints.visits.pairings import Pairing  # noqa: F401 - every table is found here
from blueprints.visits.promises import FollowUp
from blueprints.visits.revisions import VisitRevision  # noqa: F401 - every table is found here
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db
from core.errors import RuleBroken
from core.photos import Photo

VISIT_KINDS = {
    "chat": _l("结对走访"),
    "festival": _l("节日慰问"),
    "lesson": _l("送学上门"),
    "outreach": _l("上门宣传"),
    "phone": _l("电话"),
    "urgent": _l("应急"),
    "errand": _l("跑腿代办"),
    "repair": _l("搭手修理"),
    "escort": _l("陪诊"),
}
NOT_MET_REASONS = {
    "nobody": _l("敲门没人应"),
    "away": _l("出门了"),
    "moved": _l("像是搬走了"),
    "busy": _l("这会儿不方便"),
}


class VisitsDeclined(RuleBroken):
    """Refusing is free: a household that said no is not visited, nor written about."""

    def __str__(self) -> str:
        return _("这一户说过不愿意被走访，所以不记走访。改了主意的话，先在住户页记下新的回答。")


class PhotosDeclined(RuleBroken):
    """A household that wants no photos has none taken in."""

    def __str__(self) -> str:
        return _("这一户不愿意拍照，照片没有收。")


class VisitAlreadyVoided(RuleBroken):
    def __str__(self) -> str:
        return _("这次走访已经作废了。")


class VisitKind(db.Model):
    """One of the things done during a visit."""

    __tablename__ = "visit_kind"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)


class VisitResident(db.Model):
    """One resident who was met."""

    __tablename__ = "visit_resident"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)

    resident: Mapped[Resident] = relationship(lazy="raise")


class VisitCompany(db.Model):
    """A colleague who came along; the visit is the visitor's to tell."""

    __tablename__ = "visit_company"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)

    user: Mapped[User] = relationship(lazy="raise")


class VisitPhoto(db.Model):
    """One photo of a visit, in the order taken."""

    __tablename__ = "visit_photo"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)

    photo: Mapped[Photo] = relationship(lazy="raise")


class Visit(db.Model):
    """走访: somebody called at a household on a day, and met someone or did not."""

    __tablename__ = "visit"
    __audited__ = True
    __table_args__ = (
        Index("ix_visit_household_day", "household_id", "visited_on", "id"),
        Index("ix_visit_day", "visited_on", "id"),
        Index("ix_visit_visitor_day", "visitor_id", "visited_on", "id"),
        # Month figures count in this index alone.
        Index("ix_visit_month_figures", "visited_on", "met", "voided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    visited_on: Mapped[date]
    met: Mapped[bool]
    not_met_reason: Mapped[str | None] = mapped_column(String(12))
    minutes: Mapped[int | None]
    # Paid duty is work, not voluntary service; it never reaches the hours ledger.
    on_duty: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    void_reason: Mapped[str] = mapped_column(String(200), default="", info=SENSITIVE)
    # Also makes a change of kinds or residents alone a new version of the visit.
    revised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(lazy="raise")
    visitor: Mapped[User] = relationship(lazy="raise", foreign_keys=[visitor_id])
    voided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[voided_by_id])
    kind_rows: Mapped[list[VisitKind]] = relationship(lazy="raise", cascade="all, delete-orphan")
    met_rows: Mapped[list[VisitResident]] = relationship(lazy="raise", cascade="all, delete-orphan")
    company_rows: Mapped[list[VisitCompany]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by=VisitCompany.user_id
    )
    photo_rows: Mapped[list[VisitPhoto]] = relationship(lazy="raise", cascade="all, delete-orphan")
    follow_ups: Mapped[list[FollowUp]] = relationship(
        back_populates="visit", lazy="raise", order_by=FollowUp.id
    )

    __mapper_args__ = {"version_id_col": version}

    @hybrid_property
    def stands(self) -> bool:
        """Answer whether the visit counts: it was not struck out."""
        return self.voided_at is None

    @stands.inplace.expression
    @classmethod
    def _stands(cls) -> ColumnElement[bool]:
        return cls.voided_at.is_(None)

    @hybrid_property
    def met_somebody(self) -> bool:
        """Answer whether the visit stands and met somebody.

        Every figure, list and paper that tells of people met asks this; a call in vain never
        puts the next visit off.
        """
        return self.stands and self.met

    @met_somebody.inplace.expression
    @classmethod
    def _met_somebody(cls) -> ColumnElement[bool]:
        return and_(cls.met, cls.stands)

    @property
    def kinds(self) -> list[str]:
        done = {row.kind for row in self.kind_rows}
        return [kind for kind in VISIT_KINDS if kind in done]

    def set_kinds(self, kinds: Collection[str]) -> None:
        kept = [row for row in self.kind_rows if row.kind in kinds]
        held = {row.kind for row in kept}
        self.kind_rows = kept + [VisitKind(kind=kind) for kind in kinds if kind not in held]

    @property
    def met_ids(self) -> list[int]:
        return sorted(row.resident_id for row in self.met_rows)

    def set_met(self, resident_ids: Collection[int]) -> None:
        kept = [row for row in self.met_rows if row.resident_id in resident_ids]
        held = {row.resident_id for row in kept}
        self.met_rows = kept + [
            VisitResident(resident_id=found) for found in resident_ids if found not in held
        ]

    def require_valid(self) -> None:
        """Raise ``VisitAlreadyVoided`` for one that was struck out."""
        if not self.stands:
            raise VisitAlreadyVoided

    def void(self, by: User, reason: str) -> None:
        """Strike the visit out; it stays readable and no longer counts. Raises as above."""
        self.require_valid()
        self.voided_at, self.voided_by_id, self.void_reason = now(), by.id, reason
