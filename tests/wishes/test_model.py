"""The way of a wish: no sequence of steps leads anywhere it should not."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from blueprints.wishes.models import (
    OwnFulfilmentCannotBeConfirmed,
    Wish,
    WishAlreadyClaimed,
    WishInWrongState,
)
from blueprints.wishes.states import (
    CLAIMED,
    COLLECTED,
    CONFIRMED,
    FULFILLED,
    PUBLISHED,
    STATE_NAMES,
    STEPS,
    THANKED,
)
from core.clock import today
from core.errors import RuleBroken

LIN, FANG, QIN = (SimpleNamespace(id=number) for number in (1, 2, 3))
SOMEBODY = st.sampled_from([LIN, FANG, QIN])
# Where a promise stands; the live claim of a fulfilled wish is who did it.
HAS_A_CLAIM = {CLAIMED, FULFILLED, CONFIRMED, THANKED}


class WishJourney(RuleBasedStateMachine):
    """Everybody tries every step at any time, as double taps and old pages do."""

    def __init__(self) -> None:
        super().__init__()
        self.wish = Wish(what="按摩仪", state=COLLECTED)

    def attempt(self, step: str, allowed: bool, change: Any) -> None:
        """Try a step; it must go through exactly when the table of steps says so."""
        before = self.wish.state
        allowed = allowed and before in STEPS[step].begins_in
        try:
            change()
        except RuleBroken:
            assert not allowed
            assert self.wish.state == before
        else:
            assert allowed
            assert self.wish.state == STEPS[step].leads_to

    @rule(by=SOMEBODY)
    def approve(self, by: Any) -> None:
        self.attempt("approve", True, lambda: self.wish.approve(by, "按摩仪一台"))

    @rule(by=SOMEBODY)
    @precondition(lambda self: len(self.wish.steps) > 8)
    def decline(self, by: Any) -> None:
        self.attempt("decline", True, lambda: self.wish.decline(by, "办不了"))

    @rule(by=SOMEBODY, days=st.integers(0, 14))
    def claim(self, by: Any, days: int) -> None:
        until = today() + timedelta(days=days)
        self.attempt("claim", True, lambda: self.wish.claim_by(by, until))

    @rule(kind=st.sampled_from(["given_back", "late"]))
    def release(self, kind: str) -> None:
        self.attempt("release", True, lambda: self.wish.release(None, kind))

    @rule(by=SOMEBODY)
    def fulfil(self, by: Any) -> None:
        self.attempt("fulfil", True, lambda: self.wish.fulfil(by, "送到了", None, None))

    @rule(by=SOMEBODY)
    def confirm(self, by: Any) -> None:
        other = not self.wish.is_claimed_by(by)
        self.attempt("confirm", other, lambda: self.wish.confirm(by, "好用"))

    @rule(by=SOMEBODY)
    def reopen(self, by: Any) -> None:
        other = not self.wish.is_claimed_by(by)
        self.attempt("reopen", other, lambda: self.wish.reopen(by, "还没送来", today()))

    @rule(by=SOMEBODY)
    def thank(self, by: Any) -> None:
        self.attempt("thank", True, lambda: self.wish.thank(by))

    @rule(by=SOMEBODY)
    @precondition(lambda self: len(self.wish.steps) > 8)
    def withdraw(self, by: Any) -> None:
        self.attempt("withdraw", True, lambda: self.wish.withdraw(by, "不想要了"))

    @invariant()
    def at_most_one_claim_is_live(self) -> None:
        live = [claim for claim in self.wish.claims if claim.ended_at is None]
        assert len(live) == (1 if self.wish.state in HAS_A_CLAIM else 0)

    @invariant()
    def every_ended_claim_says_why(self) -> None:
        assert all(claim.end_kind for claim in self.wish.claims if claim.ended_at)

    @invariant()
    def the_story_is_unbroken_and_can_be_told(self) -> None:
        states = [COLLECTED, *(step.to_state for step in self.wish.steps)]
        assert [step.from_state for step in self.wish.steps] == states[:-1]
        assert states[-1] == self.wish.state
        assert set(states) <= set(STATE_NAMES)

    @invariant()
    def what_was_never_approved_is_not_on_the_wall(self) -> None:
        if self.wish.state in {PUBLISHED, *HAS_A_CLAIM}:
            assert self.wish.published_on
            assert self.wish.title == "按摩仪一台"


TestWishJourney = WishJourney.TestCase
TestWishJourney.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@pytest.fixture
def claimed() -> Wish:
    wish = Wish(what="按摩仪", state=COLLECTED)
    wish.approve(QIN, "按摩仪一台")
    wish.claim_by(LIN, today())
    return wish


def test_a_claimed_wish_cannot_be_claimed_again(claimed: Wish) -> None:
    with pytest.raises(WishAlreadyClaimed):
        claimed.claim_by(FANG, today())


def test_nobody_confirms_what_they_did_themselves(claimed: Wish) -> None:
    claimed.fulfil(LIN, "送到了", None, None)
    for step in (lambda: claimed.confirm(LIN, "好"), lambda: claimed.reopen(LIN, "没", today())):
        with pytest.raises(OwnFulfilmentCannotBeConfirmed):
            step()


def test_a_step_from_the_wrong_place_names_the_state_it_found(claimed: Wish, app: Any) -> None:
    with app.test_request_context(), pytest.raises(WishInWrongState, match="已认领"):
        claimed.approve(QIN, "按摩仪一台")


def test_a_wish_that_is_not_done_gives_its_claimer_new_time(claimed: Wish) -> None:
    claimed.fulfil(LIN, "送到了", None, None)
    claimed.reopen(QIN, "还没送来", today() + timedelta(days=14))
    assert claimed.claim.due_on == today() + timedelta(days=14)
    assert claimed.claim.fulfilled_at is None


def test_a_wish_that_came_back_waits_from_that_day(claimed: Wish) -> None:
    claimed.published_on = today() - timedelta(days=20)
    claimed.release(LIN, "given_back", "没空")
    assert claimed.waiting_since == today()
