"""What the nightly timer does. Pages reckon lateness from the day itself and wait for nothing."""

from datetime import timedelta

from sqlalchemy import select

from blueprints.visits.models import Visit
from blueprints.visits.promises import FollowUp
from core.clock import today
from core.db import db
from core.notices import tell

REMIND_DAYS_BEFORE = timedelta(days=1)
# What is later than this was told long ago; the list goes on showing it.
REMIND_DAYS_AFTER = timedelta(days=14)


def remind() -> list[FollowUp]:
    """Tell whoever promised something that its day is near, or over: once each; return all."""
    due = promises_due()
    for promise in due:
        late = promise.days_late(today()) > 0
        since = promise.due_on if late else promise.due_on - REMIND_DAYS_BEFORE
        kind = "promise_late" if late else "promise_due_soon"
        tell([promise.owner_id], kind, promise, not_again_since=since)
    return due


def promises_due() -> list[FollowUp]:
    """Return what is promised for tomorrow, today or lately, and not done."""
    days = (today() - REMIND_DAYS_AFTER, today() + REMIND_DAYS_BEFORE)
    found = (
        select(FollowUp)
        .where(FollowUp.done_at.is_(None), FollowUp.due_on.between(*days))
        .where(FollowUp.visit.has(Visit.stands))
    )
    return list(db.session.scalars(found.order_by(FollowUp.due_on, FollowUp.id)))
