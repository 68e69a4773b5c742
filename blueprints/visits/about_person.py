"""What this room has on file about one resident, and forgetting it."""

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.visits.handovers import Handover
from blueprints.visits.models import FollowUp, Visit, VisitPhoto
from blueprints.visits.pairings import Pairing
from blueprints.visits.revisions import VisitRevision
from blueprints.visits.words import forget_written
from core.db import db
from core.photos import Photo


@person_gathered.connect
def tell_visits(resident: Resident) -> PersonSheet:
    """Tell every visit to the person's home, with its photos; those struck out as well."""
    found = db.session.execute(
        select(Visit.visited_on, User.name, Visit.met, Visit.note, Visit.void_reason)
        .join(User, User.id == Visit.visitor_id)
        .where(Visit.household_id == resident.household_id)
        .order_by(Visit.visited_on, Visit.id)
    )
    rows = [
        (day, name, _("见到") if met else _("没见到"), note, reason)
        for day, name, met, note, reason in found
    ]
    photos = db.session.execute(
        select(Visit.visited_on, Photo.name)
        .join(VisitPhoto, VisitPhoto.visit_id == Visit.id)
        .join(Photo, Photo.id == VisitPhoto.photo_id)
        .where(Visit.household_id == resident.household_id)
        .order_by(Visit.visited_on, Photo.id)
    )
    headers = [_("日期"), _("走访人"), _("见到没有"), _("记录"), _("作废原因")]
    named = [(_("走访 %(day)s", day=day), name) for day, name in photos]
    return PersonSheet(_("走访"), headers, rows, named)


@person_gathered.connect
def tell_earlier_words(resident: Resident) -> PersonSheet:
    """Tell what visits said before they were corrected."""
    found = db.session.execute(
        select(Visit.visited_on, VisitRevision.before)
        .join(VisitRevision, VisitRevision.visit_id == Visit.id)
        .where(Visit.household_id == resident.household_id)
        .order_by(VisitRevision.id)
    )
    rows = [(day, before["note"]) for day, before in found if before.get("note")]
    return PersonSheet(_("走访改过的话"), [_("日期"), _("改以前记的")], rows)


@person_gathered.connect
def tell_promises(resident: Resident) -> PersonSheet:
    """Tell what was promised to the household."""
    found = db.session.execute(
        select(Visit.visited_on, FollowUp.what, FollowUp.due_on, FollowUp.done_at)
        .join(Visit, Visit.id == FollowUp.visit_id)
        .where(Visit.household_id == resident.household_id)
        .order_by(Visit.visited_on, FollowUp.id)
    )
    rows = [(day, what, due, _("办完了") if done else "") for day, what, due, done in found]
    headers = [_("哪天答应的"), _("答应了什么"), _("说好哪天前"), _("办完没有")]
    return PersonSheet(_("答应的事"), headers, rows)


@person_gathered.connect
def tell_handovers(resident: Resident) -> PersonSheet:
    """Tell what was agreed with the household, as one student handed it to the next."""
    found = db.session.execute(
        select(Handover.written_at, Handover.facts)
        .join(Pairing, Pairing.id == Handover.pairing_id)
        .where(Pairing.household_id == resident.household_id, Handover.facts != "")
        .order_by(Handover.id)
    )
    rows = [(moment.date(), facts) for moment, facts in found]
    return PersonSheet(_("交接单"), [_("哪天写的"), _("说好的事")], rows)


@person_erased.connect
def forget_words(resident: Resident, *, alone: bool) -> list[int]:
    """Let go of what was written about the home when it was about this person alone."""
    return forget_written([resident.household_id]) if alone else []
