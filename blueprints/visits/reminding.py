"""A secretary's nudge: whoever looks after a household is told, once a day, that a visit is late."""

from collections.abc import Collection
from datetime import date, datetime, time

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.visits.leave import deputies_on
from blueprints.visits.pairings import Pairing
from core.clock import SHANGHAI
from core.db import db
from core.errors import RuleBroken
from core.notices import Notice, tell


class VisitNotLate(RuleBroken):
    """Only what is late is worth a nudge; meanwhile somebody may have called."""

    def __str__(self) -> str:
        return _("这一户没有超期，不用提醒。")


def remind(pairing: Pairing, by: User, day: date) -> None:
    """Tell the student, and who stands in these days, that a visit is late.

    A second time on the same day tells nobody anything. Raises ``VisitNotLate``.
    """
    if not pairing.is_current or pairing.days_late(day) <= 0:
        raise VisitNotLate
    absence = deputies_on(day, [pairing.student_id]).get(pairing.student_id)
    deputy_id = absence.deputy_id if absence else None
    people = {pairing.student_id} | ({deputy_id} if deputy_id else set())
    tell(people, "visit_reminder", pairing, by=by, not_again_since=day)


def reminded_on(day: date, student_ids: Collection[int]) -> set[int]:
    """Return which of these students were reminded of a visit on a day or since."""
    since = datetime.combine(day, time(), SHANGHAI)
    found = select(Notice.user_id).where(
        Notice.user_id.in_(student_ids), Notice.kind == "visit_reminder", Notice.at >= since
    )
    return set(db.session.scalars(found))
