"""Changes to teams and to the ledger that touch more than one object."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from blueprints.accounts.models import User
from blueprints.households.models import Resident
from blueprints.teams.models import (
    DAY_MINUTES,
    Membership,
    ServiceEntry,
    Team,
    Volunteer,
)
from blueprints.teams.queries import volunteer_of
from blueprints.teams.refusals import (
    AccountHasVouched,
    AlreadyInTeam,
    MoreThanADay,
    NoTimeServed,
    OwnAccountLinkedByAnother,
    ResidentAlreadyLinked,
    ServedInTheFuture,
)
from core.clock import today
from core.db import db
from core.notices import tell


def add_member(
    team: Team, volunteer: Volunteer, joined_on: date, is_leader: bool = False
) -> Membership:
    """Begin a person's term in a team. Raises AlreadyInTeam."""
    membership = Membership(
        team_id=team.id, volunteer_id=volunteer.id, joined_on=joined_on, is_leader=is_leader
    )
    # What else is pending goes first: its conflicts are not this one's.
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError as error:
        raise AlreadyInTeam from error
    return membership


def change_leadership(membership: Membership, leads: bool, until: date | None) -> None:
    """Begin somebody's term as leader, plan its end anew, or end it; terms before stay on record."""
    if membership.is_leader != leads:
        membership = membership.turned()
        # The term that ended must be gone from the current ones before the next begins.
        db.session.flush()
        db.session.add(membership)
    membership.lead_until(until)
    db.session.flush()


def link(volunteer: Volunteer, resident: Resident | None) -> None:
    """Say which resident a volunteer is. Raises ResidentAlreadyLinked."""
    volunteer.resident_id = resident.id if resident else None
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:
        raise ResidentAlreadyLinked from error


def connect(volunteer: Volunteer, user_id: int | None, by: User) -> None:
    """Say which account a volunteer has. Raises OwnAccountLinkedByAnother, AccountHasVouched."""
    if user_id == volunteer.user_id:
        return
    if volunteer.user_id == by.id:
        raise OwnAccountLinkedByAnother
    decided = select(ServiceEntry.id).where(
        ServiceEntry.volunteer_id == volunteer.id, ServiceEntry.decided_by_id == user_id
    )
    if user_id is not None and db.session.scalar(decided.limit(1)) is not None:
        raise AccountHasVouched
    volunteer.user_id = user_id


def new_volunteer(name: str, phone: str = "") -> Volunteer:
    """Return a person who begins to volunteer today."""
    volunteer = Volunteer(name=name, phone=phone)
    db.session.add(volunteer)
    db.session.flush()
    return volunteer


def volunteer_for(user: User) -> Volunteer:
    """Return the volunteer that this account belongs to; made when it is the first time."""
    found = volunteer_of(user)
    if found is None:
        found = new_volunteer(user.name)
        found.user_id = user.id
        db.session.flush()
    return found


def propose(
    volunteer: Volunteer,
    minutes: int,
    served_on: date,
    what: str,
    kind: str,
    team: Team | None,
    by: User,
) -> ServiceEntry:
    """Write time that was served into the ledger, waiting for somebody else to confirm it.

    Only unpaid time of one's own may be proposed (《志愿服务条例》, article 2); travel does not
    count. Raises GuardianHasNotAgreed, NoTimeServed, MoreThanADay, ServedInTheFuture.
    """
    volunteer.require_guardian()
    if minutes <= 0:
        raise NoTimeServed
    if minutes > DAY_MINUTES:
        raise MoreThanADay
    if served_on > today():
        raise ServedInTheFuture
    entry = ServiceEntry(
        volunteer_id=volunteer.id,
        minutes=minutes,
        served_on=served_on,
        what=what,
        kind=kind,
        team_id=team.id if team else None,
        proposed_by_id=by.id,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def correct(entry: ServiceEntry, minutes: int, reason: str, by: User) -> ServiceEntry:
    """Append a correction, which waits to be confirmed as every line does.

    Raises what ``ServiceEntry.correction`` raises.
    """
    correction = entry.correction(minutes, reason, by.id)
    db.session.add(correction)
    db.session.flush()
    return correction


def confirm_together(entries: list[ServiceEntry], by: User) -> list[ServiceEntry]:
    """Confirm lines that wait for this person and return them, leaving out the long ones.

    Raises what ``ServiceEntry.confirm`` raises.
    """
    plain = [entry for entry in entries if not entry.is_long]
    for entry in plain:
        confirm(entry, by)
    return plain


def confirm(entry: ServiceEntry, by: User) -> None:
    """Vouch for somebody's time, and let them know. Raises as ``ServiceEntry.confirm`` does."""
    entry.confirm(by.id)
    tell_whose_it_is(entry, "hours_confirmed", by)


def reject(entry: ServiceEntry, by: User, why: str) -> None:
    """Refuse somebody's time, and let them know and whoever wrote it down. Raises likewise."""
    entry.reject(by.id, why)
    tell_whose_it_is(entry, "hours_rejected", by)


def tell_whose_it_is(entry: ServiceEntry, kind: str, by: User) -> None:
    """Tell the volunteer; of what was refused also who proposed it and can mend it."""
    people = {entry.volunteer.user_id}
    if kind == "hours_rejected":
        people.add(entry.proposed_by_id)
    tell(people - {None}, kind, entry, by=by)
