"""What a visit said before it was corrected.

Kept beside the visit, not in the audit trail: a resident may ask to have the words erased, and
the trail cannot be erased.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from core.clock import now
from core.db import UtcDateTime, db

if TYPE_CHECKING:
    from blueprints.visits.models import Visit

COLUMNS = ("visited_on", "met", "not_met_reason", "minutes", "on_duty", "note")


class VisitRevision(db.Model):
    """One correction: who, when, and what stood there before."""

    __tablename__ = "visit_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    revised_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revised_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)

    revised_by: Mapped[User] = relationship(lazy="raise")


def state_of(visit: "Visit") -> dict[str, Any]:
    """Return what a visit says now, as a revision keeps it."""
    state = {name: getattr(visit, name) for name in COLUMNS}
    state["visited_on"] = visit.visited_on.isoformat()
    return state | {"kinds": visit.kinds, "residents": visit.met_ids}


def day_in(state: dict[str, Any]) -> date:
    return date.fromisoformat(state["visited_on"])
