"""The way of a wish: no sequence of steps leads anywhere it should not."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from blueprints.wishes.models import Wish
from blueprints.wishes.refusals import (
    AlreadyTakingPart,
    OwnFulfilmentCannotBeConfirmed,
    WishAlreadyClaimed,
    WishInWrongState,
)
from blueprints.wishes.states import (
    CLAIMED,
    COLLECTED,
    CONFIRMED,
    FULFILLED,
    OPEN_IN,
    PUBLISHED,
    STATE_NAMES,
    STEPS,
    THANKED,
)
from core import clock
from core.clock import today
from core.errors import RuleBroken

LIN, FANG, QIN = (SimpleNamespace(id=number) for number in (1, 2, 3))
SOMEBODY = st.sampled_from([LIN, FANG, QIN])
GRACE = 3
# Where a promise stands; the live claim of a fulfilled wish is who did it.
HAS_A_CLAIM = {CLAIMED, FULFILLED, CONFIRMED, THANKED}


class WishJourney(RuleBasedStateMachine):
    """Everybody tries every step at any time, as double taps and old pages do; days go by."""

    def __init__(self) -> None:
        super().__init__()
        self.days_gone = 0
        clock.source = lambda: clock.system_clock() + timedelta(days=self.days_gone)
        self.wish = Wish(what="按摩仪", state=COLLECTED, since=today())

    def teardown(self) -> None:
        clock.source = clock.system_clock

    def attempt(self, step: str, allowed: bool, change: Any) -> None:
        """Try a step; it must go through exactly when the table of steps says so."""
        before = self.wish.state
        allowed = allowed and self.wish.is_open_for(step)
        try:
            change()
        except RuleBroken:
            assert not allowed
            assert self.wish.state == before
        else:
            assert allowed
            assert before in OPEN_IN[step]
            assert self.wish.state == (STEPS[step].leads_to if step in STEPS else before)

    @rule(days=st.integers(1, 10))
    def let_days_go_by(self, days: int) -> None:
        self.days_gone += days

    @rule(by=SOMEBODY)
    def approve(self, by: Any) -> None:
        self.attempt("approve", True, lambda: self.wish.approve(by, "按摩仪一台"))

    @rule(by=SOMEBODY)
    @precondition(lambda self: len(self.wish.steps) > 8)
    def decline(self, by: Any) -> None:
        self.attempt("decline", True, lambda: self.wish.decline(by, "办不了"))

    @rule(by=SOMEBODY, days=st.integers(0, 14))
    def claim(self, by: Any, days: int) -> None:
        """A claim that has lapsed is ended first, as the action does."""
        if self.wish.has_lapsed:
            self.wish.lapse()
        until = today() + timedelta(days=days)
        self.attempt("claim", True, lambda: self.wish.claim_by(by, until, GRACE))

    @rule(by=SOMEBODY)
    def join(self, by: Any) -> None:
        new = not self.wish.has_part_in(by)
        self.attempt("join", new, lambda: self.wish.join(by))

    @rule(by=SOMEBODY)
    def leave(self, by: Any) -> None:
        helps = self.wish.has_part_in(by) and not self.wish.is_claimed_by(by)
        self.attempt("leave", helps, lambda: self.wish.leave(by))

    @rule(by=SOMEBODY)
    def release(self, by: Any) -> None:
        self.attempt("release", True, lambda: self.wish.release(by))

    @rule()
    def the_night_comes(self) -> None:
        self.attempt("lapse", self.wish.has_lapsed, self.wish.lapse)

    @rule()
    @precondition(lambda self: self.wish.state == CLAIMED)
    def the_household_wants_no_wall(self) -> None:
        on_the_wall = self.wish.has_lapsed
        self.wish.withdraw(QIN, "不同意公示") if on_the_wall else self.wish.stay_with_its_claimer()

    @rule(by=SOMEBODY, cost=st.none() | st.integers(0, 300))
    def fulfil(self, by: Any, cost: int | None) -> None:
        self.attempt("fulfil", True, lambda: self.wish.fulfil(by, "送到了", cost))

    @rule(by=SOMEBODY)
    def confirm(self, by: Any) -> None:
        other = not self.wish.has_part_in(by)
        self.attempt("confirm", other, lambda: self.wish.confirm(by, "好用"))

    @rule(by=SOMEBODY)
    def reopen(self, by: Any) -> None:
        other = not self.wish.has_part_in(by)
        self.attempt("reopen", other, lambda: self.wish.reopen(by, "还没送来", today(), GRACE))

    @rule(by=SOMEBODY)
    def thank(self, by: Any) -> None:
        self.attempt("thank", True, lambda: self.wish.thank(by, "辛苦了"))

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
    def nobody_has_two_places_in_a_claim(self) -> None:
        for claim in self.wish.claims:
            places = [claim.claimer_id, *(helper.user_id for helper in claim.helpers)]
            assert len(places) == len(set(places))

    @invariant()
    def only_a_claimed_wish_lapses_and_never_before_it_is_late(self) -> None:
        assert self.wish.lapses_on is None or self.wish.state == CLAIMED
        if self.wish.has_lapsed:
            assert self.wish.claim.days_late(today()) >= GRACE
            assert self.wish.standing == PUBLISHED

    @invariant()
    def nobody_who_had_a_part_in_it_confirmed_it(self) -> None:
        for claim in self.wish.claims:
            assert claim.confirmed_by_id not in claim.everyone_ids

    @invariant()
    def it_has_not_stood_there_since_tomorrow(self) -> None:
        assert self.wish.age >= 0

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
TestWishJourney.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)


@pytest.fixture
def claimed() -> Wish:
    wish = Wish(what="按摩仪", state=COLLECTED)
    wish.approve(QIN, "按摩仪一台")
    wish.claim_by(LIN, today(), GRACE)
    return wish


def test_a_claimed_wish_cannot_be_claimed_again(claimed: Wish) -> None:
    with pytest.raises(WishAlreadyClaimed):
        claimed.claim_by(FANG, today(), GRACE)


def test_nobody_confirms_what_they_did_themselves(claimed: Wish) -> None:
    claimed.fulfil(LIN, "送到了")
    for step in (
        lambda: claimed.confirm(LIN, "好"),
        lambda: claimed.reopen(LIN, "没", today(), GRACE),
    ):
        with pytest.raises(OwnFulfilmentCannotBeConfirmed):
            step()


def test_a_step_from_the_wrong_place_names_the_state_it_found(claimed: Wish, app: Any) -> None:
    with app.test_request_context(), pytest.raises(WishInWrongState, match="已认领"):
        claimed.approve(QIN, "按摩仪一台")


def test_a_wish_that_is_not_done_gives_its_claimer_new_time(claimed: Wish) -> None:
    claimed.fulfil(LIN, "送到了")
    claimed.reopen(QIN, "还没送来", today() + timedelta(days=14), GRACE)
    assert claimed.claim.due_on == today() + timedelta(days=14)
    assert claimed.claim.fulfilled_at is None


def test_a_wish_that_came_back_waits_from_that_day(claimed: Wish) -> None:
    claimed.since = today() - timedelta(days=20)
    claimed.release(LIN, "没空")
    assert claimed.age == 0


@pytest.fixture
def days_later() -> Iterator[Any]:
    """Let so many days go by."""
    yield lambda days: setattr(clock, "source", lambda: clock.system_clock() + timedelta(days=days))
    clock.source = clock.system_clock


def test_a_claim_binds_through_its_days_of_grace_and_no_longer(
    claimed: Wish, days_later: Any
) -> None:
    due: date = claimed.claim.due_on
    for days, standing in ((0, CLAIMED), (GRACE - 1, CLAIMED), (GRACE, PUBLISHED)):
        days_later(days)
        assert claimed.standing == standing
    assert claimed.standing_since == due + timedelta(days=GRACE)


def test_who_comes_late_is_heard_as_long_as_nobody_else_took_it_on(
    claimed: Wish, days_later: Any
) -> None:
    days_later(30)
    assert claimed.is_open_for("claim")
    claimed.fulfil(LIN, "昨天送到了")
    assert claimed.standing == FULFILLED


def test_one_place_in_a_claim_for_each_person(claimed: Wish) -> None:
    claimed.join(FANG)
    for person in (LIN, FANG):
        with pytest.raises(AlreadyTakingPart):
            claimed.join(person)
    claimed.fulfil(LIN, "一起送到了")
    with pytest.raises(OwnFulfilmentCannotBeConfirmed):
        claimed.confirm(FANG, "好")
