"""What people are told about pairings: that one begins, that one is over."""

from collections.abc import Collection

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User
from blueprints.households.access import in_full_for
from blueprints.households.models import Household
from blueprints.visits.models import Pairing
from core.db import db
from core.notices import Kind, Subject, about

ABOUT_PAIRINGS = {
    "pairing_begun": Kind("pair", _l("这一户和您结对了，去认认门")),
    "pairing_ended": Kind("pair", _l("您的一户结对结束了，往后不用去了")),
}


@about("pairing", ABOUT_PAIRINGS)
def pairings_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return the households of these pairings, as far as the reader still looks after them."""
    looked_after = (
        select(Pairing)
        .join(Pairing.household)
        .where(Pairing.id.in_(ids), in_full_for(reader))
        .options(joinedload(Pairing.household).selectinload(Household.residents))
    )
    return {pairing.id: subject(pairing.household) for pairing in db.session.scalars(looked_after)}


def subject(household: Household) -> Subject:
    page = url_for("households.show", household_id=household.id)
    return Subject(household.called(True), page)
