"""Reading and handing on promises: whose they are, which are open, who may take one over."""

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User, UserRole
from blueprints.visits.access import follow_ups_visible_to
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from blueprints.visits.promises import FollowUp
from blueprints.visits.queries import DOOR, NAME_ONLY
from core.access import SECRETARY
from core.db import db

WITH_DOOR = (
    joinedload(FollowUp.owner).options(*NAME_ONLY),
    joinedload(FollowUp.visit).joinedload(Visit.household).options(*DOOR),
)
MINE, ALL, DONE = STATES = ("mine", "all", "done")


def open_follow_ups(user: User) -> Select[tuple[FollowUp]]:
    """Return what is promised and not done yet; a visit that was struck out promised nothing."""
    valid = FollowUp.visit.has(Visit.stands)
    return follow_ups_visible_to(user).where(FollowUp.done_at.is_(None), valid)


def listed(user: User, state: str) -> Select[tuple[FollowUp]]:
    """Return own open promises, all open ones, or those that are done, for a list."""
    if state == DONE:
        found = follow_ups_visible_to(user).where(FollowUp.done_at.is_not(None))
        return found.options(*WITH_DOOR).order_by(FollowUp.done_at.desc(), FollowUp.id.desc())
    found = open_follow_ups(user)
    if state == MINE:
        found = found.where(FollowUp.owner_id == user.id)
    return found.options(*WITH_DOOR).order_by(FollowUp.due_on.nulls_last(), FollowUp.id)


def own_open(user: User, limit: int) -> list[FollowUp]:
    """Return this person's open promises, the earliest first."""
    return list(db.session.scalars(listed(user, MINE).limit(limit)))


def open_at(household_id: int) -> list[FollowUp]:
    """Return what is open at one household. Ask for its permission first."""
    found = select(FollowUp).join(FollowUp.visit)
    found = found.where(Visit.household_id == household_id, Visit.stands)
    owners = joinedload(FollowUp.owner).options(*NAME_ONLY)
    still_open = found.where(FollowUp.done_at.is_(None)).options(owners)
    return list(db.session.scalars(still_open.order_by(FollowUp.due_on.nulls_last(), FollowUp.id)))


def possible_owners(user: User, household_id: int) -> list[Row[tuple[int, str]]]:
    """Return who may take a promise at a household on: who sees it in full anyway.

    The student it is paired with comes first, or the asker where that is the secretary, because
    a deputy's access ends with the leave; then the others by name.
    """
    paired = db.session.scalar(
        select(Pairing.student_id).where(
            Pairing.household_id == household_id, Pairing.ended_on.is_(None)
        )
    )
    first = user.id if user.has_role(SECRETARY) or paired is None else paired
    office = select(UserRole.user_id).where(UserRole.role == SECRETARY)
    who = or_(User.id.in_((user.id, paired or user.id)), User.id.in_(office))
    found = select(User.id, User.name).where(who, User.closed_at.is_(None))
    rows = db.session.execute(found.order_by(User.name, User.id)).all()
    return sorted(rows, key=lambda row: row.id != first)


def hand_on(household_id: int, from_id: int, to_id: int, promised_by: int | None = None) -> None:
    """Let another person do what one has to do at a household and not done yet.

    With ``promised_by`` only what that person had promised.
    """
    here = select(Visit.id).where(Visit.household_id == household_id)
    if promised_by:
        here = here.where(Visit.visitor_id == promised_by)
    still_open = select(FollowUp).where(
        FollowUp.visit_id.in_(here), FollowUp.owner_id == from_id, FollowUp.done_at.is_(None)
    )
    # Not in one UPDATE: the trail follows each of them.
    for follow_up in db.session.scalars(still_open):
        follow_up.owner_id = to_id
