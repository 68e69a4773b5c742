"""Sheets on the walls: where each hangs, until when, and whose consent it rests on."""

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.models import Building, Unit
from core.clock import today
from core.db import db
from core.errors import RuleBroken

if TYPE_CHECKING:
    from blueprints.documents.models import Document

# Stored as it stands and told in the reader's language; it never says whose consent.
CONSENT_WITHDRAWN = "有人撤回了公示同意"
_l("有人撤回了公示同意")


class PostingAlreadyDown(RuleBroken):
    def __str__(self) -> str:
        return _("这一张已经撕下了。")


class PostingStillHangs(RuleBroken):
    def __str__(self) -> str:
        return _("这一张还贴着呢。")


class ConsentBehindPaperWithdrawn(RuleBroken):
    """Somebody the paper is about no longer agrees to be made public (article 15)."""

    def __str__(self) -> str:
        return _("有人撤回了公示同意，这份不能再贴。请作废，去掉那一条重发。")


class PaperSubject(db.Model):
    """Whose matter a public paper tells, masked as it is: whoever may take it back again.

    ``resident_id`` is empty where it concerns the household as a whole.
    """

    __tablename__ = "paper_subject"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    household_id: Mapped[int] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), index=True
    )
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id", ondelete="SET NULL"))
    withdrawn_on: Mapped[date | None]


class NamedVolunteer(db.Model):
    """A volunteer whose covered name a public paper shows, and who may take it back again.

    The paper itself says only 林**. Of two who agreed and are covered alike both are held to be
    named: a sheet that comes down for nothing harms nobody.
    """

    __tablename__ = "named_volunteer"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), index=True
    )
    withdrawn_on: Mapped[date | None]


class Posting(db.Model):
    """Where a paper hangs, and when it must come down."""

    __tablename__ = "posting"
    __audited__ = True
    __table_args__ = (
        Index("ix_posting_down", "taken_down_on", "down_on"),
        Index("ix_posting_building", "building_id", "taken_down_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    place: Mapped[str] = mapped_column(String(80))
    posted_on: Mapped[date] = mapped_column(default=today)
    down_on: Mapped[date]
    posted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    taken_down_on: Mapped[date | None]
    taken_down_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # A consent behind the paper was withdrawn: it must come down at once.
    withdrawn_reason: Mapped[str] = mapped_column(String(120), default="")

    document: Mapped["Document"] = relationship(back_populates="postings", lazy="raise")
    building: Mapped[Building | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    posted_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[posted_by_id])
    taken_down_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[taken_down_by_id])

    @property
    def where(self) -> str:
        """Return building, unit and place, as one looks for the sheet."""
        return " ".join(
            part
            for part in (
                self.building and self.building.name,
                self.unit and self.unit.title,
                self.place,
            )
            if part
        )

    @property
    def comes_down_at_once(self) -> bool:
        """The paper is void, or a consent behind it was withdrawn."""
        return bool(self.withdrawn_reason) or self.document.is_void

    def take_down(self, by: User) -> None:
        """Note that the sheet is off the wall."""
        if self.taken_down_on:
            raise PostingAlreadyDown
        self.taken_down_on, self.taken_down_by_id = today(), by.id

    def put_back(self) -> None:
        """Undo a slip of the thumb: the sheet is still on the wall."""
        if not self.taken_down_on:
            raise PostingStillHangs
        self.taken_down_on = self.taken_down_by_id = None

    def call_down(self, reason: str) -> None:
        """Put a sheet that must not hang any longer on the list of today."""
        if self.taken_down_on:
            raise PostingAlreadyDown
        self.withdrawn_reason = reason
