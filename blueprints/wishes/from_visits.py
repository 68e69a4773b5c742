"""Wishes that were heard during a visit, told on the visit's own form."""

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.visits.extras import wish_heard
from blueprints.visits.models import Visit
from blueprints.wishes.actions import collect
from core.db import db


@wish_heard.connect
def collect_from_visit(visit: Visit, *, by: User, what: str, kind: str) -> None:
    """Write the wish down in the visit's own transaction: both are saved, or neither."""
    household = db.session.get_one(Household, visit.household_id)
    collect(household, by, what, kind=kind, visit_id=visit.id)
