"""What this room has on file about one resident, and forgetting it."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.wishes.models import Wish
from core.db import db

ERASED = "—"


@person_gathered.connect
def tell_wishes(resident: Resident) -> PersonSheet:
    """Tell the wishes of the person's household."""
    found = db.session.execute(
        select(Wish.collected_on, Wish.what, Wish.detail)
        .where(Wish.household_id == resident.household_id)
        .order_by(Wish.id)
    )
    rows = [tuple(row) for row in found]
    return PersonSheet(_("微心愿"), [_("哪天提的"), _("想要什么"), _("细节")], rows)


@person_erased.connect
def forget_wishes(resident: Resident, *, alone: bool) -> None:
    """Blank the words of wishes that were this person's, or of a household that was theirs alone."""
    wish = Wish.__table__
    theirs = wish.c.resident_id == resident.id
    if alone:
        theirs |= wish.c.household_id == resident.household_id
    db.session.execute(
        update(wish)
        .where(theirs)
        .values(what=ERASED, detail="", public_text=ERASED, version=wish.c.version + 1)
    )
