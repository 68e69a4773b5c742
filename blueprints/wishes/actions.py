"""Every change to a wish: the step itself, and who is told of it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.wishes.claims import Claim
from blueprints.wishes.consents import keep_off_the_wall, refuses_publication
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import (
    door_number,
    names_that_may_occur,
    next_number,
    who_can_call_back,
    who_looks_after,
)
from blueprints.wishes.refusals import OnePhotoOnly, PublishingDeclined, WishAlreadyClaimed
from blueprints.wishes.wording import proposed_text
from core.clock import today
from core.db import db
from core.notices import settle, tell
from core.photo_slots import home_of_photos
from core.photos import Photo
from core.settings import setting

NUMBERING_ATTEMPTS = 5


def collect(household: Household, by: User, what: str, **fields: Any) -> Wish:
    """Write a wish down under the next number, with a public text proposed for it.

    ``fields``: kind, detail, resident_id, visit_id. On SQLite nobody else writes meanwhile;
    elsewhere two may reach for one number, and the second takes the next.
    """
    proposal = proposal_for(what, household)
    db.session.flush()
    for attempt in range(NUMBERING_ATTEMPTS):
        year = today().year
        wish = Wish(
            year=year,
            number=next_number(year),
            household_id=household.id,
            collected_by_id=by.id,
            what=what,
            public_text=proposal,
            **fields,
        )
        try:
            with db.session.begin_nested():
                db.session.add(wish)
        except IntegrityError:
            if attempt == NUMBERING_ATTEMPTS - 1:
                raise
        else:
            break
    return wish


def proposal_for(what: str, household: Household) -> str:
    """Return the public text that the system suggests for what was written down."""
    names = names_that_may_occur(what, household.estate_id)
    return proposed_text(what, names, door_number(household.id))


def revise(wish: Wish, what: str, **fields: Any) -> None:
    """Correct a wish and propose its public text anew."""
    wish.revise(what, public_text=proposal_for(what, wish.household), **fields)
    db.session.flush()


def approve(wish: Wish, by: User, public_text: str) -> None:
    """Publish a wish; whoever wrote it down learns that it hangs. Raises PublishingDeclined."""
    if refuses_publication(wish):
        raise PublishingDeclined
    wish.approve(by, public_text)
    tell([wish.collected_by_id], "wish_published", wish, by=by)


def decline(wish: Wish, by: User, reason: str) -> None:
    """Send a wish back; whoever wrote it down reads why."""
    wish.decline(by, reason)
    tell([wish.collected_by_id], "wish_declined", wish, by=by)


def claim(wish: Wish, by: User, until: date) -> Claim:
    """Take a wish on; raise ``WishAlreadyClaimed`` when somebody was quicker.

    Two who read the wish as free at the same moment are told apart by the database: by the
    wish's version, and by ``uq_claim_live``.
    """
    try:
        with db.session.begin_nested():
            if wish.has_lapsed:
                put_back_lapsed(wish)
            taken = wish.claim_by(by, until, setting("wish_grace_days"))
    except (IntegrityError, StaleDataError) as error:
        raise WishAlreadyClaimed from error
    tell({wish.collected_by_id, *who_looks_after(wish)}, "wish_claimed", taken, by=by)
    return taken


def join(wish: Wish, by: User) -> None:
    """Help with somebody's claim, of one's own accord."""
    wish.join(by)
    tell([wish.claim.claimer_id], "claim_joined", wish.claim, by=by)


def leave(wish: Wish, by: User) -> None:
    """Help no longer."""
    wish.leave(by)
    tell([wish.claim.claimer_id], "claim_left", wish.claim, by=by)


def release(wish: Wish, by: User, reason: str) -> None:
    """Put a claimed wish back on the wall, unless its household wants it there no longer."""
    over = wish.claim
    wish.release(by, reason)
    keep_off_the_wall(wish, by)
    close(over, "claim_given_back", by)


def put_back_lapsed(wish: Wish) -> None:
    """Put a wish whose claim has lapsed back on the wall."""
    over = wish.claim
    wish.lapse()
    close(over, "claim_lapsed")


def fulfil(wish: Wish, by: User, **proof: Any) -> None:
    """Say that it was done, and ask somebody else to hear it from the resident.

    ``proof``: note, cost_yuan, photo, photo_shows_resident.
    """
    wish.fulfil(by, **proof)
    settle(wish.claim)
    tell(who_can_call_back(wish), "claim_to_confirm", wish.claim, by=by)


@home_of_photos("claim")
def add_photo(claim_id: int, photo: Photo) -> None:
    """Put the picture that followed its word into the claim. Raises ``OnePhotoOnly``."""
    claim = db.session.get_one(Claim, claim_id)
    if claim.photo_id:
        raise OnePhotoOnly
    claim.photo = photo


def confirm(wish: Wish, by: User, words: str) -> None:
    """Record that the resident calls it done."""
    wish.confirm(by, words)
    settle(wish.claim)
    people = wish.claim.everyone_ids | {wish.collected_by_id}
    tell(people, "claim_confirmed", wish.claim, by=by)


def reopen(wish: Wish, by: User, words: str) -> None:
    """Give a wish that is not done back to its claimer, with the usual time to do it."""
    until = today() + timedelta(days=setting("wish_claim_days"))
    wish.reopen(by, words, until, setting("wish_grace_days"))
    if refuses_publication(wish):
        wish.stay_with_its_claimer()
    settle(wish.claim)
    tell(wish.claim.everyone_ids, "claim_reopened", wish.claim, by=by)


def thank(wish: Wish, by: User, words: str = "") -> None:
    """Thank everybody who took part; the wish is over."""
    wish.thank(by, words)
    tell(wish.claim.everyone_ids, "claim_thanked", wish.claim, by=by)


def withdraw(wish: Wish, by: User, reason: str) -> None:
    """Take a wish off the wall; whoever promised it need not go on."""
    over = wish.claim
    wish.withdraw(by, reason)
    if over:
        close(over, "claim_withdrawn", by)


def close(over: Claim, kind: str, by: User | None = None) -> None:
    """Ask no more about a claim that is over, and tell those in it what became of it."""
    settle(over)
    tell(over.everyone_ids, kind, over, by=by)
