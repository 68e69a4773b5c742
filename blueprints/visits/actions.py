"""Changes around pairings and visits that touch several objects."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from blueprints.accounts.models import User
from blueprints.households.actions import answer_consent
from blueprints.households.models import Household
from blueprints.teams.actions import propose
from blueprints.teams.queries import volunteer_of
from blueprints.visits.days import welcomes
from blueprints.visits.extras import wish_heard
from blueprints.visits.models import FollowUp, PhotosDeclined, Visit, VisitPhoto, VisitsDeclined
from blueprints.visits.pairings import HouseholdAlreadyPaired, HouseholdMovedOut, Pairing
from blueprints.visits.queries import current_pairing_of, visit_with_consents
from blueprints.visits.revisions import VisitRevision, state_of
from blueprints.visits.told import Promise, Told
from core import notices
from core.audit import record
from core.clock import now, today
from core.db import db
from core.photo_slots import home_of_photos
from core.photos import Photo


def pair(
    household: Household, student_id: int, interval_days: int, started_on: date, by: User
) -> Pairing:
    """Let a student look after a household from a day on.

    Raises ``HouseholdMovedOut``, and ``HouseholdAlreadyPaired``: of two who pair one household at
    the same moment the database lets one through.
    """
    if household.moved_out_on:
        raise HouseholdMovedOut
    pairing = Pairing(
        household_id=household.id,
        student_id=student_id,
        interval_days=interval_days,
        started_on=started_on,
        created_by_id=by.id,
    )
    pairing.reckon_due()
    # What else is pending goes first: its conflicts are not this one's.
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(pairing)
    except IntegrityError as error:
        raise HouseholdAlreadyPaired from error
    notices.tell([student_id], "pairing_begun", pairing, by=by)
    return pairing


def note_declined(
    household: Household, student_id: int, interval_days: int, asked_on: date, by: User
) -> Pairing:
    """Keep that a household was asked and declined: the day, and nothing more."""
    proposal = Pairing(
        household_id=household.id,
        student_id=student_id,
        interval_days=interval_days,
        started_on=asked_on,
        was_declined=True,
        created_by_id=by.id,
    )
    proposal.reckon_due()
    proposal.end("declined", by, asked_on)
    db.session.add(proposal)
    db.session.flush()
    return proposal


def require_welcome(household: Household) -> None:
    """Raise ``VisitsDeclined`` when the head of the household said no to being visited."""
    if not welcomes(household):
        raise VisitsDeclined


def note_spoken_consent(household: Household, by: User) -> None:
    """Write down that the head of the household agreed, at the door, to be visited."""
    if household.head and not household.head.agrees_to("visit"):
        answer_consent(
            household.head,
            kind="visit",
            answer="granted",
            form="spoken",
            given_on=today(),
            by=by,
        )


def record_visit(
    household: Household,
    by: User,
    told: Told,
    photos: Sequence[Photo] = (),
    promise: Promise | None = None,
    agreed_next_on: date | None = None,
) -> Visit:
    """Write a visit down, reckon what is due next, and propose unpaid time to the ledger.

    Raises ``VisitsDeclined``.
    """
    require_welcome(household)
    pairing = current_pairing_of(household)
    visit = Visit(
        household_id=household.id,
        pairing_id=pairing.id if pairing else None,
        visitor_id=by.id,
        kind_rows=[],
        met_rows=[],
        photo_rows=[],
    )
    tell(visit, told, photos)
    if promise:
        visit.follow_ups = [promised(promise, by)]
    db.session.add(visit)
    for follow_up in visit.follow_ups if promise else ():
        notices.tell([follow_up.owner_id], "promise_given", follow_up, by=by)
    if pairing and agreed_next_on:
        pairing.agreed_next_on = agreed_next_on
    reckon(pairing)
    propose_time(visit, by)
    return visit


def record_round(calls: Sequence[tuple[Household, Told]], by: User) -> list[Visit]:
    """Write the visits of one round down: all of them, or none.

    Raises ``VisitsDeclined``.
    """
    return [record_visit(household, by, told) for household, told in calls]


def promised(promise: Promise, by: User) -> FollowUp:
    """Return a promise as it is written down."""
    return FollowUp(what=promise.what, due_on=promise.due_on, owner_id=promise.owner_id or by.id)


def tell(visit: Visit, told: Told, photos: Sequence[Photo]) -> None:
    """Put what is told into the visit."""
    visit.visited_on, visit.met, visit.on_duty = told.visited_on, told.met, told.on_duty
    visit.not_met_reason, visit.minutes, visit.note = told.not_met_reason, told.minutes, told.note
    visit.set_kinds(told.kinds)
    visit.set_met(told.resident_ids)
    visit.photo_rows.extend(VisitPhoto(photo=photo) for photo in photos)


@home_of_photos("visit")
def add_photo(visit_id: int, photo: Photo) -> None:
    """Put a photo that followed its visit into it.

    Raises ``VisitAlreadyVoided``, and ``PhotosDeclined`` when they changed their mind meanwhile.
    """
    visit = db.session.execute(visit_with_consents(visit_id)).unique().scalar_one()
    visit.require_valid()
    answer = visit.household.head.consent("photo") if visit.household.head else None
    if answer and answer.answer != "granted":
        raise PhotosDeclined
    db.session.add(VisitPhoto(visit_id=visit.id, photo=photo))


def propose_time(visit: Visit, by: User) -> None:
    """Propose the visit's minutes once, when it is written down.

    Only for who is a volunteer, and never for paid duty. Later corrections of the visit leave the
    ledger alone; there they are corrections of their own.
    """
    volunteer = volunteer_of(by)
    if visit.minutes and not visit.on_duty and volunteer:
        propose(
            volunteer,
            minutes=visit.minutes,
            served_on=visit.visited_on,
            what="入户走访",
            kind="visit",
            team=None,
            by=by,
        )


def drop_photos(visit: Visit, photo_ids: Collection[int]) -> list[Photo]:
    """Take photos out of a visit and return them; their files are to go after the commit."""
    dropped = [row.photo for row in visit.photo_rows if row.photo_id in photo_ids]
    if dropped:
        visit.photo_rows = [row for row in visit.photo_rows if row.photo_id not in photo_ids]
        for photo in dropped:
            db.session.delete(photo)
        record("drop_photo", visit, photos=sorted(photo_ids))
    return dropped


def revise_visit(visit: Visit, told: Told, by: User, photos: Sequence[Photo] = ()) -> None:
    """Correct a visit, keep what it said before, and reckon anew. Raises ``VisitAlreadyVoided``."""
    visit.require_valid()
    before = state_of(visit)
    tell(visit, told, photos)
    visit.revised_at = now()
    after = state_of(visit)
    if after != before:
        db.session.add(VisitRevision(visit_id=visit.id, revised_by_id=by.id, before=before))
    rows = ("kinds", "residents")
    if any(after[name] != before[name] for name in rows):
        # Rows of their own tables, which the trail does not follow by itself.
        sides = ({name: state[name] for name in rows} for state in (before, after))
        record("revise_visit", visit, **dict(zip(("before", "after"), sides, strict=True)))
    reckon_again(visit)


def void_visit(visit: Visit, by: User, reason: str) -> None:
    """Strike a visit out and reckon without it. Raises ``VisitAlreadyVoided``."""
    visit.void(by, reason)
    reckon_again(visit)


def reckon_again(visit: Visit) -> None:
    """Reckon the pairing that the visit belongs to."""
    pairing = db.session.get(Pairing, visit.pairing_id) if visit.pairing_id else None
    reckon(pairing)


def reckon(pairing: Pairing | None) -> None:
    """Set when somebody was last met and last called on, and so what is due next.

    From visits that are not void; only those that met somebody put off the next one.
    """
    db.session.flush()
    if pairing is None:
        return
    last_tried = func.max(Visit.visited_on)
    last_met = last_tried.filter(Visit.met_somebody)
    pairing.last_met_on, pairing.last_tried_on = db.session.execute(
        select(last_met, last_tried).where(Visit.pairing_id == pairing.id, Visit.stands)
    ).one()
    pairing.reckon_due()
    if pairing.days_late(today()) <= 0:
        notices.settle(pairing)
    db.session.flush()


def hear_wish(visit: Visit, by: User, what: str, kind: str) -> None:
    """Hand a wish that was heard during the visit to the room of wishes."""
    wish_heard.send(visit, by=by, what=what, kind=kind)
