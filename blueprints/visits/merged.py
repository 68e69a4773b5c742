"""What becomes of visits when two records of their household become one."""

from sqlalchemy import update

from blueprints.households.models import Household
from blueprints.households.signals import households_merged
from blueprints.visits.actions import reckon
from blueprints.visits.models import Visit
from blueprints.visits.queries import current_pairing_of
from core.db import db


@households_merged.connect
def reckon_anew(household: Household) -> None:
    """Count for the pairing in force what was visited under the other record meanwhile.

    Such visits belonged to no pairing; left so, a household that was met last week would be late.
    """
    pairing = current_pairing_of(household)
    if pairing is None:
        return
    meanwhile = (
        Visit.household_id == household.id,
        Visit.pairing_id.is_(None),
        Visit.visited_on >= pairing.started_on,
    )
    db.session.execute(update(Visit).where(*meanwhile).values(pairing_id=pairing.id))
    reckon(pairing)
