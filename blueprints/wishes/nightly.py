"""What the nightly timer does. Nothing waits for it: pages reckon lateness from the date itself,
so a night that is missed, or one that comes twice, makes no difference to what people see."""

from datetime import timedelta

from blueprints.wishes.actions import put_back_lapsed
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import claims_due_by, lapsed_wishes
from core.clock import today
from core.db import db
from core.notices import tell

REMIND_DAYS_BEFORE = timedelta(days=2)


def remind() -> list[Claim]:
    """Remind, once each, of claims that are due soon and of those that are late; return them."""
    due = claims_due_by(today() + REMIND_DAYS_BEFORE)
    for claim in due:
        late = claim.days_late(today()) > 0
        since = claim.due_on if late else claim.due_on - REMIND_DAYS_BEFORE
        kind = "claim_late" if late else "claim_due_soon"
        tell(claim.everyone_ids, kind, claim, not_again_since=since)
    return due


def release_late() -> list[Wish]:
    """Put the wishes whose claims have lapsed back on the wall; return them."""
    released = lapsed_wishes()
    for wish in released:
        put_back_lapsed(wish)
    db.session.flush()
    return released
