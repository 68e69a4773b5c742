"""Who may see and change which pairings and visits.

Visits hold notes, so they belong to those who see the household in full: the secretary, and the
student who is paired with it now (its earlier visits included), or that student's deputy for
the time of a leave. A student keeps seeing that an own pairing once was, without the people in it. Managers, mentors and administrators see neither.
"""

from sqlalchemy import Select, and_, false, or_, select

from blueprints.accounts.models import User
from blueprints.households.access import paired_household_ids, stood_in_for
from blueprints.visits.absences import Absence
from blueprints.visits.models import FollowUp, Visit
from blueprints.visits.pairings import Pairing
from core.access import SECRETARY, STUDENT

LOOKING_AFTER = (STUDENT, SECRETARY)


def pairings_visible_to(user: User) -> Select[tuple[Pairing]]:
    """Return all pairings for the secretary; for a student those looked after, and own old ones."""
    if user.has_role(SECRETARY):
        return select(Pairing)
    if user.has_role(STUDENT):
        as_deputy = and_(Pairing.student_id.in_(stood_in_for(user)), Pairing.ended_on.is_(None))
        return select(Pairing).where(or_(Pairing.student_id == user.id, as_deputy))
    return select(Pairing).where(false())


def current_pairings_visible_to(user: User) -> Select[tuple[Pairing]]:
    """Return the pairings in force among them, in words that one index answers."""
    if user.has_role(SECRETARY) or not user.has_role(STUDENT):
        return pairings_visible_to(user).where(Pairing.ended_on.is_(None))
    return looked_after(user, select(Pairing).where(Pairing.ended_on.is_(None)))


def looked_after(user: User, pairings: Select[tuple[Pairing]]) -> Select[tuple[Pairing]]:
    """Narrow pairings in force down to those whose households this person visits today."""
    return pairings.where(Pairing.student_id.in_(stood_in_for(user)))


def sees_people_of(user: User, pairing: Pairing) -> bool:
    """Answer whether names and door are shown with a pairing that this person may see."""
    return user.has_role(SECRETARY) or pairing.is_current


def can_pair(user: User) -> bool:
    """Who looks after whom is the secretary's to arrange, and to end."""
    return user.has_role(SECRETARY)


def absences_visible_to(user: User) -> Select[tuple[Absence]]:
    """Return all leaves for the secretary, who arranges them; for a student the own ones."""
    if can_pair(user):
        return select(Absence)
    return own_absences(user) if can_take_leave(user) else select(Absence).where(false())


def own_absences(user: User) -> Select[tuple[Absence]]:
    return select(Absence).where(Absence.student_id == user.id)


def can_take_leave(user: User) -> bool:
    """Whoever looks after households may say when they are away."""
    return user.has_role(STUDENT)


def visits_visible_to(user: User) -> Select[tuple[Visit]]:
    """Return the visits of the households this person sees in full."""
    if user.has_role(SECRETARY):
        return select(Visit)
    if user.has_role(STUDENT):
        return select(Visit).where(Visit.household_id.in_(paired_household_ids(user)))
    return select(Visit).where(false())


def can_edit(user: User, visit: Visit) -> bool:
    """A visit is corrected by who paid it, or by the secretary."""
    return user.has_role(SECRETARY) or visit.visitor_id == user.id


def follow_ups_visible_to(user: User) -> Select[tuple[FollowUp]]:
    """Return what was promised in visits this person sees; whoever does it may tick it off."""
    if user.has_role(SECRETARY):
        return select(FollowUp)
    visit_ids = visits_visible_to(user).with_only_columns(Visit.id)
    return select(FollowUp).where(FollowUp.visit_id.in_(visit_ids))
