"""When claimed wishes are to be made good, on their claimers' calendar."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from blueprints.accounts.models import User
from blueprints.visits.agenda import CLAIM, Entry, falls_on_days
from blueprints.wishes.queries import claims_of


@falls_on_days
def claims_due(user: User, first: date, last: date, today: date) -> Iterator[Entry]:
    """Tell what this person has to make good; what is late stands on today."""
    for claim in claims_of(user):
        on = max(claim.due_on, today)
        if first <= on <= last:
            words = _("心愿“%(wish)s”要办好", wish=claim.wish.title)
            yield Entry(on, CLAIM, "wish", words, url_for("wishes.show", wish_id=claim.wish_id))
