"""微心愿: a small wish on its way from being heard to being made real."""

from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from blueprints.households.models import Household, Resident
from blueprints.wishes.claims import Claim, WishStep
from blueprints.wishes.refusals import (
    OwnFulfilmentCannotBeConfirmed,
    WishAlreadyClaimed,
    WishInWrongState,
)
from blueprints.wishes.states import CLAIMED, COLLECTED, OPEN_IN, OPEN_WHEN_LAPSED, PUBLISHED, STEPS
from blueprints.wishes.wording import left_out
from core.audit import SENSITIVE
from core.clock import local, now, today
from core.db import db
from core.photos import Photo


class Wish(db.Model):
    """One wish. ``what`` is for colleagues; only ``public_text`` may ever be posted.

    Until the secretary approves it, ``public_text`` is no more than a proposal. It names
    nobody and no door. Money never changes hands (《慈善法》: no public fundraising).

    ``state`` is where the last step led. Ask ``standing`` where the wish stands today: a claim
    that has lapsed binds nobody, whether or not the nightly timer has come by.
    """

    __tablename__ = "wish"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_wish_state_since", "state", "since", "id"),
        Index("ix_wish_state_lapses", "state", "lapses_on"),
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
    public_text: Mapped[str] = mapped_column(String(60), default="", info=SENSITIVE)
    state: Mapped[str] = mapped_column(String(12), default=COLLECTED)
    # The day of the last step, and the first day on which a claim no longer binds.
    since: Mapped[date] = mapped_column(default=today)
    lapses_on: Mapped[date | None]
    collected_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    collected_on: Mapped[date] = mapped_column(default=today)
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(lazy="raise")
    resident: Mapped[Resident | None] = relationship(lazy="raise")
    collected_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[collected_by_id])
    claims: Mapped[list[Claim]] = relationship(
        back_populates="wish", lazy="raise", order_by=Claim.id
    )
    steps: Mapped[list[WishStep]] = relationship(
        back_populates="wish", lazy="raise", order_by=WishStep.id
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
    def said_in_parts(self) -> list[tuple[str, bool]]:
        """Return what was said in pieces, with those marked that the public text leaves out."""
        return left_out(self.what, self.public_text) if self.public_text else [(self.what, False)]

    @property
    def is_clean(self) -> bool:
        """Answer whether nothing had to be masked, so that one look is enough to approve it."""
        return self.public_text == self.what

    @property
    def has_lapsed(self) -> bool:
        """Answer whether it was promised so long ago that it hangs on the wall again."""
        return self.state == CLAIMED and self.lapses_on is not None and self.lapses_on <= today()

    @property
    def standing(self) -> str:
        """Return the state in which the wish stands today."""
        return PUBLISHED if self.has_lapsed else self.state

    @property
    def standing_since(self) -> date:
        """Return since which day it stands where it stands."""
        return self.lapses_on if self.has_lapsed and self.lapses_on else self.since

    @property
    def age(self) -> int:
        """Return for how many days it has stood there."""
        return (today() - self.standing_since).days

    @property
    def claim(self) -> Claim | None:
        """Return the live claim."""
        return next((claim for claim in self.claims if claim.ended_at is None), None)

    def has_part_in(self, user: User) -> bool:
        """Answer whether this person claimed the wish or helps with it."""
        return self.claim is not None and user.id in self.claim.everyone_ids

    def is_claimed_by(self, user: User) -> bool:
        return self.claim is not None and self.claim.claimer_id == user.id

    def was_claimed_on(self, day: date) -> bool:
        return self.claim is not None and local(self.claim.claimed_at).date() == day

    def is_open_for(self, step: str) -> bool:
        """Answer whether the wish stands where this step begins.

        Who comes late to say that it is done is heard as long as nobody else has taken it on.
        """
        here = self.state if step in OPEN_WHEN_LAPSED else self.standing
        return here in OPEN_IN[step]

    def must_be_open_for(self, step: str) -> None:
        """Raise ``WishInWrongState`` unless the wish stands where this step begins."""
        if not self.is_open_for(step):
            raise WishInWrongState(self.standing)

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

    def claim_by(self, by: User, until: date, grace_days: int) -> Claim:
        """Take the wish on until a day; some days later the claim lapses.

        The database lets one live claim through, so one that has lapsed is ended before.
        """
        if self.state == CLAIMED:
            raise WishAlreadyClaimed
        self._take("claim", by)
        self.lapses_on = until + timedelta(days=grace_days)
        claim = Claim(claimer_id=by.id, due_on=until, helpers=[])
        self.claims.append(claim)
        return claim

    def join(self, by: User) -> None:
        """Help with the claim of somebody else."""
        self.must_be_open_for("join")
        self.claim.join(by)

    def leave(self, by: User) -> None:
        """Help no longer."""
        self.must_be_open_for("leave")
        self.claim.leave(by)

    def release(self, by: User, reason: str = "") -> None:
        """Put a claimed wish back on the wall."""
        self._end_claim("release", "given_back", by, reason)

    def stay_with_its_claimer(self) -> None:
        """Let the claim bind until it is given back: the wish must not return to the wall."""
        self.lapses_on = None

    def lapse(self) -> None:
        """Put a wish whose claim has lapsed back on the wall; nobody did it."""
        if not self.has_lapsed:
            raise WishInWrongState(self.standing)
        self._end_claim("lapse", "late", None)

    def fulfil(
        self, by: User, note: str, cost_yuan: int | None = None,
        photo: Photo | None = None, photo_shows_resident: bool = False,
    ) -> None:  # fmt: skip
        """Say that it was done, with the proof; its photo may follow."""
        self._take("fulfil", by)
        claim = self.claim
        claim.fulfilled_at, claim.proof_note, claim.cost_yuan = now(), note, cost_yuan
        claim.photo, claim.photo_shows_resident = photo, photo_shows_resident

    def confirm(self, by: User, words: str) -> None:
        """Record what the resident said when someone else called back."""
        self._must_be_someone_elses(by)
        self._take("confirm", by)
        claim = self.claim
        claim.confirmed_at, claim.confirmed_by_id, claim.resident_words = now(), by.id, words

    def reopen(self, by: User, words: str, until: date, grace_days: int) -> None:
        """The resident says it is not done: back to the claimer, who has until a day."""
        self._must_be_someone_elses(by)
        self._take("reopen", by, words)
        claim = self.claim
        claim.fulfilled_at, claim.due_on = None, max(claim.due_on, until)
        self.lapses_on = claim.due_on + timedelta(days=grace_days)

    def thank(self, by: User, words: str = "") -> None:
        self._take("thank", by, words)

    def withdraw(self, by: User | None, reason: str) -> None:
        """The household takes the wish back, or its consent; any live claim ends."""
        self._end_claim("withdraw", "withdrawn", by, reason)

    def _end_claim(self, step: str, end_kind: str, by: User | None, reason: str = "") -> None:
        over = self.claim
        self._take(step, by, reason)
        if over:
            over.end(end_kind)

    def _must_be_someone_elses(self, by: User) -> None:
        if self.has_part_in(by):
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
        self.state, self.since, self.lapses_on = leads_to, today(), None
