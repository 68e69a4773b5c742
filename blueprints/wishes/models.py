"""微心愿: a small wish on its way from being heard to being made real."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.models import Household, Resident
from blueprints.wishes.states import (
    CLAIMED,
    COLLECTED,
    OPEN_IN,
    PUBLISHED,
    STATE_NAMES,
    STEPS,
    TOLD,
)
from core.audit import SENSITIVE
from core.clock import local, now, today
from core.db import UtcDateTime, db
from core.errors import RuleBroken
from core.photos import Photo


class WishInWrongState(RuleBroken):
    """The wish is not where this step begins; somebody was quicker, or the page is old."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state

    def __str__(self) -> str:
        return _("这个心愿现在是“%(state)s”，这一步做不了。", state=STATE_NAMES[self.state])


class WishAlreadyClaimed(RuleBroken):
    def __str__(self) -> str:
        return _("刚刚被别人认领了。")


class OwnFulfilmentCannotBeConfirmed(RuleBroken):
    """Someone other than who fulfilled the wish asks the resident."""

    def __str__(self) -> str:
        return _("要请另一位同事回访，自己办的不能自己确认。")


class Wish(db.Model):
    """One wish. ``what`` is for colleagues; only ``public_text`` may ever be posted.

    Until the secretary approves it, ``public_text`` is no more than a proposal. It names
    nobody and no door. Money never changes hands (《慈善法》: no public fundraising).
    """

    __tablename__ = "wish"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_wish_state_day", "state", "collected_on", "id"),
        CheckConstraint(
            "state IN ('collected','published','claimed','fulfilled','confirmed','thanked',"
            "'declined','withdrawn')",
            name="state_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    what: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    detail: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    kind: Mapped[str] = mapped_column(String(12), default="thing")
    public_text: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(12), default=COLLECTED)
    collected_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    collected_on: Mapped[date] = mapped_column(default=today)
    published_on: Mapped[date | None]
    cost_yuan: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(lazy="raise")
    resident: Mapped[Resident | None] = relationship(lazy="raise")
    collected_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[collected_by_id])
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="wish", lazy="raise", order_by="Claim.id"
    )
    steps: Mapped[list["WishStep"]] = relationship(
        back_populates="wish", lazy="raise", order_by="WishStep.id"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def label(self) -> str:
        """Return the number that stands for the wish in public: 2026-017."""
        return f"{self.year}-{self.number:03d}"

    @property
    def title(self) -> str:
        """Return the words it is listed under: those that were approved, once there are some."""
        return self.public_text if self.published_on else self.what

    @property
    def is_clean(self) -> bool:
        """Answer whether nothing had to be masked, so that one look is enough to approve it."""
        return self.public_text == self.what

    @property
    def claim(self) -> "Claim | None":
        """Return the live claim."""
        return next((claim for claim in self.claims if claim.ended_at is None), None)

    @property
    def waiting_since(self) -> date | None:
        """Return since when it hangs unclaimed: published, or the last time it came back."""
        returned = [local(claim.ended_at).date() for claim in self.claims if claim.ended_at]
        return max(returned, default=self.published_on)

    def is_claimed_by(self, user: User) -> bool:
        return self.claim is not None and self.claim.claimer_id == user.id

    def was_claimed_on(self, day: date) -> bool:
        return self.claim is not None and local(self.claim.claimed_at).date() == day

    def is_open_for(self, step: str) -> bool:
        """Answer whether the wish stands where this step begins."""
        return self.state in OPEN_IN[step]

    def must_be_open_for(self, step: str) -> None:
        """Raise ``WishInWrongState`` unless the wish stands where this step begins."""
        if not self.is_open_for(step):
            raise WishInWrongState(self.state)

    def revise(
        self, what: str, kind: str, detail: str, resident_id: int | None, public_text: str
    ) -> None:
        """Correct what was written down, before the secretary has decided."""
        self.must_be_open_for("revise")
        self.what, self.kind, self.detail = what, kind, detail
        self.resident_id, self.public_text = resident_id, public_text

    def approve(self, by: User, public_text: str) -> None:
        """Publish under a text that names nobody."""
        self._take("approve", by)
        self.public_text, self.published_on = public_text, today()

    def decline(self, by: User, reason: str) -> None:
        self._take("decline", by, reason)

    def claim_by(self, by: User, until: date) -> "Claim":
        """Take the wish on until a day. The database lets one live claim through."""
        if self.state == CLAIMED:
            raise WishAlreadyClaimed
        self._take("claim", by)
        claim = Claim(claimer_id=by.id, due_on=until)
        self.claims.append(claim)
        return claim

    def release(self, by: User | None, kind: str, reason: str = "") -> None:
        """Put a claimed wish back on the wall: given back, or late (then by nobody)."""
        claim = self.claim
        self._take("release", by, reason)
        if claim:
            claim.end(kind)

    def fulfil(self, by: User, note: str, photo: Photo | None, cost_yuan: int | None) -> None:
        """Say that it was done, with the proof."""
        claim = self.claim
        self._take("fulfil", by)
        if claim:
            claim.fulfilled_at, claim.proof_note, claim.photo = now(), note, photo
        self.cost_yuan = cost_yuan

    def confirm(self, by: User, words: str) -> None:
        """Record what the resident said when someone else called back."""
        self._must_be_someone_elses(by)
        claim = self.claim
        self._take("confirm", by)
        if claim:
            claim.confirmed_at, claim.confirmed_by_id, claim.resident_words = now(), by.id, words

    def reopen(self, by: User, words: str, until: date) -> None:
        """The resident says it is not done: back to the claimer, who has until a day."""
        self._must_be_someone_elses(by)
        claim = self.claim
        self._take("reopen", by, words)
        if claim:
            claim.fulfilled_at, claim.due_on = None, max(claim.due_on, until)

    def thank(self, by: User) -> None:
        self._take("thank", by)

    def withdraw(self, by: User | None, reason: str) -> None:
        """The household takes the wish back, or its consent; any live claim ends."""
        claim = self.claim
        self._take("withdraw", by, reason)
        if claim:
            claim.end("withdrawn")

    def _must_be_someone_elses(self, by: User) -> None:
        if self.is_claimed_by(by):
            raise OwnFulfilmentCannotBeConfirmed

    def _take(self, step: str, by: User | None, reason: str = "") -> None:
        self.must_be_open_for(step)
        leads_to = STEPS[step].leads_to
        self.steps.append(
            WishStep(
                by_id=by.id if by else None,
                from_state=self.state,
                to_state=leads_to,
                reason=reason,
            )
        )
        self.state = leads_to


class Claim(db.Model):
    """认领: one person's promise. Live until it ends; a fulfilled claim stays live."""

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
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resident_words: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)

    wish: Mapped[Wish] = relationship(back_populates="claims", lazy="raise")
    claimer: Mapped[User] = relationship(lazy="raise", foreign_keys=[claimer_id])
    photo: Mapped[Photo | None] = relationship(lazy="raise")

    def days_late(self, on: date) -> int:
        """Return how many days the claim is late on a day; negative: days that remain."""
        return (on - self.due_on).days

    def end(self, kind: str) -> None:
        """End the claim: ``given_back``, ``late`` or ``withdrawn``."""
        self.ended_at, self.end_kind = now(), kind


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

    wish: Mapped[Wish] = relationship(back_populates="steps", lazy="raise")
    by: Mapped[User | None] = relationship(lazy="raise")

    @property
    def told(self) -> str:
        """Return in words what happened; a claim that ran out was released by nobody."""
        if self.to_state == PUBLISHED and self.by_id is None:
            return _("到期没办成，自动退回")
        return str(TOLD[(self.from_state, self.to_state)])
