"""What was written about homes in this room, and letting go of it."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, delete, or_, select, update

from blueprints.households.retention import Written
from blueprints.households.signals import written_about, written_let_go
from blueprints.visits.handovers import Handover
from blueprints.visits.models import FollowUp, Visit, VisitPhoto
from blueprints.visits.pairings import Pairing
from blueprints.visits.revisions import VisitRevision
from core.db import db
from core.photo_slots import close_slots

# Households: a choice of them in the database, or those that are named.
Homes = Select[tuple[int]] | Collection[int]


@written_about.connect
def tell_written(homes: Select[tuple[int]]) -> list[Written]:
    """Tell what there is of visits, promises and sheets of handovers."""
    visits = select(Visit.household_id).where(Visit.household_id.in_(homes))
    earlier = visits.join(VisitRevision, VisitRevision.visit_id == Visit.id)
    promised = visits.join(FollowUp, FollowUp.visit_id == Visit.id).where(FollowUp.what != "")
    agreed = (
        select(Pairing.household_id)
        .join(Handover, Handover.pairing_id == Pairing.id)
        .where(Pairing.household_id.in_(homes), Handover.facts != "")
    )
    return [
        Written(_l("走访记录的文字"), visits.where(or_(Visit.note != "", Visit.void_reason != ""))),
        Written(_l("走访改过的话"), earlier),
        Written(_l("跟进的文字"), promised),
        Written(_l("交接单上的话"), agreed),
        Written(_l("走访的照片"), visits.join(VisitPhoto, VisitPhoto.visit_id == Visit.id)),
    ]


@written_let_go.connect
def forget_written(homes: Homes) -> list[int]:
    """Blank all of it, and take the photos out; return their ids. That visits were made stays."""
    visit, promise = Visit.__table__, FollowUp.__table__
    visits = select(Visit.id).where(Visit.household_id.in_(homes))
    db.session.execute(
        update(promise)
        .where(promise.c.visit_id.in_(visits), promise.c.what != "")
        .values(what="", version=promise.c.version + 1)
    )
    db.session.execute(
        update(visit)
        .where(visit.c.household_id.in_(homes), or_(visit.c.note != "", visit.c.void_reason != ""))
        .values(note="", void_reason="", version=visit.c.version + 1)
    )
    db.session.execute(delete(VisitRevision).where(VisitRevision.visit_id.in_(visits)))
    forget_handovers(homes)
    return take_photos_out(visits)


def forget_handovers(homes: Homes) -> None:
    pairings = select(Pairing.id).where(Pairing.household_id.in_(homes))
    handover = Handover.__table__
    db.session.execute(
        update(handover)
        .where(handover.c.pairing_id.in_(pairings), handover.c.facts != "")
        .values(facts="", version=handover.c.version + 1)
    )


def take_photos_out(visits: Select[tuple[int]]) -> list[int]:
    """Take all photos out of visits, and let none of them follow; return their ids."""
    theirs = VisitPhoto.visit_id.in_(visits)
    photos = list(db.session.scalars(select(VisitPhoto.photo_id).where(theirs)))
    db.session.execute(delete(VisitPhoto).where(theirs))
    close_slots("visit", db.session.scalars(visits).all())
    return photos
