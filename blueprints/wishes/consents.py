"""A household that does not agree to publication has no wish on the wall."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from blueprints.accounts.models import User
from blueprints.households.models import Consent, Resident
from blueprints.households.signals import consent_refused
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from blueprints.wishes.states import CLAIMED, PUBLISHED
from core.clock import today
from core.db import db

REASON = "住户撤回了公示同意"


@consent_refused.connect
def take_off_the_wall(resident: Resident, *, kind: str, by: User) -> None:
    """Withdraw what hangs unclaimed: the resident's own wishes and those of the whole household.

    A claimed wish stays with whoever promised it: the help was asked for, only not the wall.
    """
    if kind != "publish":
        return
    theirs = or_(Wish.resident_id.is_(None), Wish.resident_id == resident.id)
    promised = select(Wish).where(
        Wish.household_id == resident.household_id, Wish.state.in_((PUBLISHED, CLAIMED)), theirs
    )
    with_claims = (selectinload(Wish.claims).selectinload(Claim.helpers), selectinload(Wish.steps))
    for wish in db.session.scalars(promised.options(*with_claims)):
        if wish.standing == PUBLISHED:
            wish.withdraw(by, REASON)
        else:
            wish.stay_with_its_claimer()
    db.session.flush()


def keep_off_the_wall(wish: Wish, by: User | None) -> None:
    """Withdraw a wish that came back to a wall on which its household does not want it."""
    if refuses_publication(wish):
        wish.withdraw(by, REASON)


def refuses_publication(wish: Wish) -> bool:
    """Answer whether somebody whose wish it is said no to the wall, or took their yes back.

    The wish of a whole household is everybody's in it.
    """
    answers = (
        select(Consent.resident_id, Consent.answer)
        .join(Consent.resident)
        .where(
            Resident.household_id == wish.household_id,
            Consent.kind == "publish",
            Consent.given_on <= today(),
        )
        .order_by(Consent.id)
    )
    latest = {resident_id: answer for resident_id, answer in db.session.execute(answers)}
    refusing = {resident_id for resident_id, answer in latest.items() if answer != "granted"}
    return bool(refusing) and (wish.resident_id is None or wish.resident_id in refusing)
