"""Reading pairings, what is due, what comes up, and one visit with all that belongs to it.

“Due” and “late” are asked here and nowhere else: every list and every count of them is
``due_by`` with a day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, raiseload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from blueprints.accounts.models import User
from blueprints.households.access import households_visible_to
from blueprints.households.models import Household, Resident, Room
from blueprints.visits.access import (
    current_pairings_visible_to,
    follow_ups_visible_to,
    looked_after,
    pairings_visible_to,
    visits_visible_to,
)
from blueprints.visits.models import FollowUp, Visit, VisitCompany, VisitPhoto, VisitResident
from blueprints.visits.pairings import Pairing
from core.db import db
from core.photos import Photo

PAGE = 50
TIMELINE_LENGTH = 20
# A list tells a colleague's name; roles and estates of everybody in it would be two queries more.
NAME_ONLY = (raiseload(User.role_rows), raiseload(User.estate_rows))
DOOR = (
    joinedload(Household.estate),
    joinedload(Household.building),
    joinedload(Household.room).joinedload(Room.unit),
    selectinload(Household.residents),
)
PAIR: tuple[ORMOption, ...] = (
    joinedload(Pairing.household).options(*DOOR),
    joinedload(Pairing.student).options(*NAME_ONLY),
)


@dataclass(frozen=True)
class Figures:
    """Visits that count: how many, and how many of them met somebody."""

    visits: int
    met: int


def current_pairings(user: User) -> Select[tuple[Pairing]]:
    """Return the pairings in force that this person may see."""
    return current_pairings_visible_to(user)


def due_by(user: User, day: date) -> Select[tuple[Pairing]]:
    """Return the pairings whose visit is due on this day or has been before."""
    return current_pairings(user).where(Pairing.due_on <= day)


def due_pairings(
    user: User, today: date, ahead: int = 0, limit: int | None = None
) -> list[Pairing]:
    """Return what is due today, or within ``ahead`` days, the most late first."""
    due = due_by(user, today + timedelta(days=ahead)).options(*PAIR)
    return list(db.session.scalars(due.order_by(Pairing.due_on, Pairing.id).limit(limit)))


def count_due(user: User, today: date) -> int:
    """Return how many visits are due today or late."""
    return count(due_by(user, today))


def count_late(user: User, today: date) -> int:
    """Return how many visits are late: their day has passed."""
    return count(due_by(user, today - timedelta(days=1)))


def late_by_student(user: User, today: date) -> list[tuple[str, int]]:
    """Return (name, late visits) for each student who has some, in the order of names."""
    late = due_by(user, today - timedelta(days=1)).join(Pairing.student)
    counted = late.with_only_columns(User.name, func.count()).group_by(User.id, User.name)
    found = db.session.execute(counted.order_by(User.name, User.id))
    return [(name, late) for name, late in found]


def count(pairings: Select[tuple[Pairing]]) -> int:
    return db.session.scalar(pairings.with_only_columns(func.count())) or 0


@dataclass(frozen=True)
class AskedPairings:
    """Which pairings a list is about: a student's, those that have ended, or only those of the
    current ones that are ``due``, ``late`` or ``met`` this month. ``mine`` leaves the households
    that the reader visits these days, a deputy's included."""

    student: int | None = None
    ended: bool = False
    only: str = ""
    mine: bool = False

    def as_query(self) -> dict[str, str | int]:
        """Return the filters as the address of a page carries them."""
        asked = {"student": self.student, "ended": int(self.ended), "only": self.only}
        return {name: value for name, value in (asked | {"mine": int(self.mine)}).items() if value}


def pairings_page(user: User, asked: AskedPairings, day: date, page: int) -> Pagination:
    """Return one page of the pairings asked for."""
    found = pairings(user, asked, day)
    return db.paginate(found, page=page, per_page=PAGE, error_out=False)


def pairings(user: User, asked: AskedPairings, day: date) -> Select[tuple[Pairing]]:
    """Return current pairings by due date, or ended ones by their end."""
    if asked.ended:
        found = pairings_visible_to(user).where(Pairing.ended_on.is_not(None))
        found = found.order_by(Pairing.ended_on.desc(), Pairing.id.desc())
    else:
        found = current_only(user, asked.only, day).order_by(Pairing.due_on, Pairing.id)
    if asked.student:
        found = found.where(Pairing.student_id == asked.student)
    if asked.mine:
        found = looked_after(user, found)
    return found.options(*PAIR)


def current_only(user: User, only: str, day: date) -> Select[tuple[Pairing]]:
    """Return the pairings in force, or of them the due, the late, the met ones of the month."""
    if only == "due":
        return due_by(user, day)
    if only == "late":
        return due_by(user, day - timedelta(days=1))
    if only == "met":
        return met_since(user, day.replace(day=1))
    return current_pairings(user)


def met_since(user: User, day: date) -> Select[tuple[Pairing]]:
    """Return the pairings in force whose household was met on this day or later."""
    return current_pairings(user).where(Pairing.last_met_on >= day)


def with_pair(pairings: Select[tuple[Pairing]], pairing_id: int) -> Select[tuple[Pairing]]:
    """Return one of the visible pairings with its household and student."""
    return pairings.where(Pairing.id == pairing_id).options(*PAIR)


def pairings_of(household: Household) -> list[Pairing]:
    """Return who looks after the household and who did, the latest first."""
    found = select(Pairing).where(Pairing.household_id == household.id)
    students = joinedload(Pairing.student).options(*NAME_ONLY)
    in_order = found.options(students).order_by(Pairing.started_on.desc(), Pairing.id.desc())
    return list(db.session.scalars(in_order))


def current_pairing_of(household: Household) -> Pairing | None:
    """Return the pairing in force, locked where the database knows row locks."""
    return db.session.scalar(
        select(Pairing)
        .where(Pairing.household_id == household.id, Pairing.ended_on.is_(None))
        .with_for_update()
    )


def visit_with_consents(visit_id: int) -> Select[tuple[Visit]]:
    """Return a visit with what its household agreed to; for who may see it, ask before."""
    residents = joinedload(Visit.household).selectinload(Household.residents)
    return (
        select(Visit).where(Visit.id == visit_id).options(residents.selectinload(Resident.consents))
    )


def household_to_visit(user: User, household_id: int) -> Select[tuple[Household]]:
    """Return a household this person sees in full, with all that a consent touches."""
    residents = selectinload(Household.residents)
    consents = residents.selectinload(Resident.consents)
    found = households_visible_to(user).where(Household.id == household_id)
    return found.options(*DOOR, consents, residents.selectinload(Resident.care_tags))


def visit_in_full(user: User, visit_id: int) -> Select[tuple[Visit]]:
    """Return one visible visit with everything its page shows."""
    residents = joinedload(Visit.household).selectinload(Household.residents)
    return (
        visits_visible_to(user)
        .where(Visit.id == visit_id)
        .options(
            joinedload(Visit.household).options(*DOOR),
            residents.selectinload(Resident.consents),
            joinedload(Visit.visitor).options(*NAME_ONLY),
            joinedload(Visit.voided_by).options(*NAME_ONLY),
            selectinload(Visit.company_rows).joinedload(VisitCompany.user).options(*NAME_ONLY),
            selectinload(Visit.kind_rows),
            selectinload(Visit.met_rows).joinedload(VisitResident.resident),
            selectinload(Visit.photo_rows).joinedload(VisitPhoto.photo),
            selectinload(Visit.follow_ups).joinedload(FollowUp.owner).options(*NAME_ONLY),
        )
    )


def follow_up_of(user: User, follow_up_id: int) -> Select[tuple[FollowUp]]:
    """Return a promise from a visible visit, with who made it."""
    found = follow_ups_visible_to(user).where(FollowUp.id == follow_up_id)
    return found.options(joinedload(FollowUp.owner).options(*NAME_ONLY))


def photo_of_visit(user: User, visit_id: int, photo_id: int) -> Select[tuple[Photo]]:
    """Return a photo of a visible visit."""
    visit_ids = visits_visible_to(user).where(Visit.id == visit_id).with_only_columns(Visit.id)
    linked = select(VisitPhoto.photo_id).where(VisitPhoto.visit_id.in_(visit_ids))
    return select(Photo).where(Photo.id == photo_id, Photo.id.in_(linked))


def visits_of(household: Household, limit: int = TIMELINE_LENGTH) -> list[Visit]:
    """Return the latest visits to a household, for its page. Ask for its permission first."""
    found = select(Visit).where(Visit.household_id == household.id)
    return list(
        db.session.scalars(
            found.options(
                joinedload(Visit.visitor).options(*NAME_ONLY),
                selectinload(Visit.kind_rows),
                selectinload(Visit.met_rows).joinedload(VisitResident.resident),
                selectinload(Visit.photo_rows),
                selectinload(Visit.follow_ups),
            )
            .order_by(Visit.visited_on.desc(), Visit.id.desc())
            .limit(limit)
        )
    )


def figures_of(household: Household, year: int) -> Figures:
    """Return a household's visits of one year."""
    return figures(date(year, 1, 1), date(year, 12, 31), household)


def month_figures(year: int, month: int) -> Figures:
    """Return a month's visits; every page and paper that tells them asks here."""
    first = date(year, month, 1)
    return figures(first, last_of_month(first))


def visits_met_in_month(year: int, month: int) -> int:
    """Return how many visits of a month met somebody."""
    return month_figures(year, month).met


def figures(first: date, last: date, household: Household | None = None) -> Figures:
    """Count visits from one day to another, both included; void ones never count."""
    counted = select(
        func.count(), func.coalesce(func.sum(case((Visit.met_somebody, 1), else_=0)), 0)
    )
    counted = counted.where(Visit.visited_on.between(first, last), Visit.stands)
    if household:
        counted = counted.where(Visit.household_id == household.id)
    return Figures(*db.session.execute(counted).one())


def last_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
