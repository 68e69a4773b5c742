"""What this room has on file about one resident, and forgetting it."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from blueprints.accounts.models import User
from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.visits.handovers import Handover
from blueprints.visits.models import FollowUp, Visit
from blueprints.visits.pairings import Pairing
from blueprints.visits.revisions import VisitRevision
from core.db import db


@person_gathered.connect
def tell_visits(resident: Resident) -> PersonSheet:
    """Tell every visit to the person's home."""
    found = db.session.execute(
        select(Visit.visited_on, User.name, Visit.met, Visit.note)
        .join(User, User.id == Visit.visitor_id)
        .where(Visit.household_id == resident.household_id, Visit.voided_at.is_(None))
        .order_by(Visit.visited_on)
    )
    rows = [(day, name, _("见到") if met else _("没见到"), note) for day, name, met, note in found]
    return PersonSheet(_("走访"), [_("日期"), _("走访人"), _("见到没有"), _("记录")], rows)


@person_erased.connect
def forget_words(resident: Resident, *, alone: bool) -> None:
    """Blank what was written about the household when it was about this person alone."""
    if not alone:
        return
    visits = select(Visit.id).where(Visit.household_id == resident.household_id)
    promise, visit = FollowUp.__table__, Visit.__table__
    db.session.execute(
        update(promise)
        .where(promise.c.visit_id.in_(visits))
        .values(what="", version=promise.c.version + 1)
    )
    db.session.execute(
        update(visit)
        .where(visit.c.household_id == resident.household_id)
        .values(note="", version=visit.c.version + 1)
    )
    db.session.execute(delete(VisitRevision).where(VisitRevision.visit_id.in_(visits)))
    pairings = select(Pairing.id).where(Pairing.household_id == resident.household_id)
    handover = Handover.__table__
    db.session.execute(
        update(handover)
        .where(handover.c.pairing_id.in_(pairings))
        .values(facts="", version=handover.c.version + 1)
    )
