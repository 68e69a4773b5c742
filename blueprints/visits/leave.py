"""Arranging and reading leaves: who is away, and who looks after their households meanwhile."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, raiseload

from blueprints.accounts.models import User
from blueprints.accounts.queries import people_with_role
from blueprints.visits.absences import (
    Absence,
    AbsencesOverlap,
    DeputyIsAway,
    LeaveIsSettled,
    StandsInForSomebody,
)
from blueprints.visits.access import absences_visible_to, own_absences
from core.access import SECRETARY
from core.clock import today
from core.db import db
from core.notices import settle, tell

NAMES = tuple(
    joinedload(person).options(raiseload(User.role_rows), raiseload(User.estate_rows))
    for person in (Absence.student, Absence.deputy)
)


def grant_leave(
    student_id: int, deputy_id: int, first_on: date, last_on: date, by: User
) -> Absence:
    """Let a deputy look after a student's households from a first to a last day.

    Raises ``AbsencesOverlap``, ``DeputyIsAway`` and ``StandsInForSomebody``.
    """
    locked(student_id, deputy_id)
    absence = away(student_id, first_on, last_on, by)
    stand_in(absence, deputy_id, by)
    return absence


def take_leave(student: User, first_on: date, last_on: date) -> Absence:
    """Note that a student is away; who stands in is asked of the secretaries.

    Raises ``AbsencesOverlap`` and ``StandsInForSomebody``.
    """
    absence = away(student.id, first_on, last_on, student)
    db.session.add(absence)
    secretaries = {person.id for person in people_with_role(SECRETARY)}
    tell(secretaries, "leave_taken", absence, by=student)
    return absence


def find_deputy(absence: Absence, deputy_id: int, by: User) -> None:
    """Let a deputy look after the households of a student who is away or will be.

    Raises ``LeaveIsSettled`` and ``DeputyIsAway``.
    """
    if absence.deputy_id or absence.is_over(today()):
        raise LeaveIsSettled
    stand_in(absence, deputy_id, by)
    settle(absence)
    db.session.expire(absence, ["deputy"])
    tell([absence.student_id], "leave_covered", absence, by=by)


def away(student_id: int, first_on: date, last_on: date, by: User) -> Absence:
    """Return a leave that may be, without a deputy yet and not stored yet."""
    name = locked(student_id)[student_id]
    if met_by(Absence.student_id == student_id, first_on, last_on):
        raise AbsencesOverlap
    if met_by(Absence.deputy_id == student_id, first_on, last_on):
        raise StandsInForSomebody(name)
    return Absence(student_id=student_id, first_on=first_on, last_on=last_on, created_by_id=by.id)


def stand_in(absence: Absence, deputy_id: int, by: User) -> None:
    name = locked(deputy_id)[deputy_id]
    if met_by(Absence.student_id == deputy_id, absence.first_on, absence.last_on):
        raise DeputyIsAway(name)
    absence.deputy_id = deputy_id
    db.session.add(absence)
    tell([deputy_id], "leave_arranged", absence, by=by)


def end_leave(absence: Absence) -> None:
    """The student is back today, or does not go: nobody stands in, nobody is asked to."""
    absence.end_early(today())
    settle(absence)


def locked(*user_ids: int) -> dict[int, str]:
    """Return these people's names; two who arrange leave for one of them take turns."""
    rows = select(User.id, User.name).where(User.id.in_(user_ids)).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(rows.with_for_update())}


def met_by(whose: ColumnElement[bool], first_on: date, last_on: date) -> bool:
    """Answer whether a leave that is in force on any of these days meets the condition."""
    found = select(Absence.id).where(
        whose,
        Absence.first_on <= last_on,
        Absence.last_on >= first_on,
        Absence.last_on >= Absence.first_on,
    )
    return db.session.scalar(found.limit(1)) is not None


def leaves_about(user: User, day: date) -> list[Absence]:
    """Return the leaves in force on a day that concern this person, away or standing in."""
    concerned = or_(Absence.student_id == user.id, Absence.deputy_id == user.id)
    found = in_force(day).where(concerned).options(*NAMES)
    return list(db.session.scalars(found.order_by(Absence.last_on, Absence.id)))


def deputies_on(day: date, student_ids: Collection[int]) -> dict[int, Absence]:
    """Return who of these students is on leave on a day, and with it the deputy if there is one."""
    if not student_ids:
        return {}
    found = in_force(day).where(Absence.student_id.in_(student_ids)).options(*NAMES)
    return {absence.student_id: absence for absence in db.session.scalars(found)}


def in_force(day: date) -> Select[tuple[Absence]]:
    return select(Absence).where(Absence.first_on <= day, Absence.last_on >= day)


def uncovered(day: date) -> Select[tuple[Absence]]:
    """Return the leaves from this day on that nobody stands in for yet, the next first."""
    begun = Absence.last_on >= Absence.first_on
    found = select(Absence).where(Absence.deputy_id.is_(None), Absence.last_on >= day, begun)
    return found.order_by(Absence.first_on, Absence.id)


def own_leaves(user: User, day: date) -> list[Absence]:
    """Return this person's leaves that are not over on a day, the next first."""
    found = own_absences(user).where(Absence.last_on >= day).options(*NAMES)
    return list(db.session.scalars(found.order_by(Absence.first_on, Absence.id)))


def leaves_listed(user: User) -> Select[tuple[Absence]]:
    """Return all leaves this person may see, the latest first."""
    found = absences_visible_to(user).options(*NAMES)
    return found.order_by(Absence.last_on.desc(), Absence.id.desc())
