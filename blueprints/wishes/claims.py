"""认领: who promised a wish and until when, who helps, and every step of a wish's way."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.wishes.refusals import AlreadyTakingPart, NotTakingPart
from blueprints.wishes.states import PUBLISHED, STEPS, TOLD
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db
from core.photos import Photo

if TYPE_CHECKING:
    from blueprints.wishes.models import Wish


class Claim(db.Model):
    """One person's promise. Live until it ends; a fulfilled claim stays live."""

    __tablename__ = "claim"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_claim_live",
            "wish_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_claim_claimer", "claimer_id", "ended_at"),
        Index("ix_claim_due", "ended_at", "due_on"),
        Index("ix_claim_fulfilled", "fulfilled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    claimer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_kind: Mapped[str | None] = mapped_column(String(12))
    fulfilled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proof_note: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    # What the claimer spent of their own; for nobody's eyes but theirs and the secretary's.
    cost_yuan: Mapped[int | None] = mapped_column(info=SENSITIVE)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    # 《民法典》, article 1019: a person's picture needs the person's consent.
    photo_shows_resident: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resident_words: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)

    wish: Mapped["Wish"] = relationship(back_populates="claims", lazy="raise")
    claimer: Mapped[User] = relationship(lazy="raise", foreign_keys=[claimer_id])
    confirmed_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[confirmed_by_id])
    photo: Mapped[Photo | None] = relationship(lazy="raise")
    helpers: Mapped[list["Helper"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Helper.joined_at"
    )

    @property
    def everyone_ids(self) -> set[int]:
        """Return the ids of all who take part: the claimer and who helps."""
        return {self.claimer_id, *(helper.user_id for helper in self.helpers)}

    def days_late(self, on: date) -> int:
        """Return how many days the claim is late on a day; negative: days that remain."""
        return (on - self.due_on).days

    def join(self, by: User) -> None:
        """Let a colleague help. Raises ``AlreadyTakingPart``."""
        if by.id in self.everyone_ids:
            raise AlreadyTakingPart
        self.helpers.append(Helper(user_id=by.id))

    def leave(self, by: User) -> None:
        """Let a helper step back; nobody has to say why. Raises ``NotTakingPart``."""
        staying = [helper for helper in self.helpers if helper.user_id != by.id]
        if len(staying) == len(self.helpers):
            raise NotTakingPart
        self.helpers = staying

    def end(self, kind: str) -> None:
        """End the claim: ``given_back``, ``late`` or ``withdrawn``."""
        self.ended_at, self.end_kind = now(), kind


class Helper(db.Model):
    """A colleague who helps with a claim, of their own accord; the claimer answers for it."""

    __tablename__ = "claim_helper"
    __audited__ = True

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    user: Mapped[User] = relationship(lazy="raise")


class WishStep(db.Model):
    """One step of a wish's way, kept for good."""

    __tablename__ = "wish_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    from_state: Mapped[str] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(200), default="")

    wish: Mapped["Wish"] = relationship(back_populates="steps", lazy="raise")
    by: Mapped[User | None] = relationship(lazy="raise")

    @property
    def told(self) -> str:
        """Return in words what happened; a claim that ran out was released by nobody."""
        if self.to_state == PUBLISHED and self.by_id is None:
            return str(STEPS["lapse"].told)
        return str(TOLD[(self.from_state, self.to_state)])
