"""Who may see which teams, volunteers and hours, and who may change or vouch for them.

The secretary and the manager see all of it. Everyone else but the administrator sees the teams
and the names in them, and of the ledger only their own lines and those of a team they lead.
"""

from sqlalchemy import Select, false, or_, select

from blueprints.accounts.models import User
from blueprints.teams.models import Membership, ServiceEntry, Team, Volunteer
from core.access import MANAGER, MENTOR, SECRETARY, STUDENT
from core.db import db
from core.names import mask_name

TAKING_PART = (STUDENT, SECRETARY, MANAGER, MENTOR)
OVERSEEING = (SECRETARY, MANAGER)


def oversees(user: User) -> bool:
    """Answer whether the person keeps all teams and hours."""
    return user.has_role(*OVERSEEING)


def teams_visible_to(user: User) -> Select[tuple[Team]]:
    return select(Team) if user.has_role(*TAKING_PART) else select(Team).where(false())


def own_volunteer_ids(user: User) -> Select[tuple[int]]:
    return select(Volunteer.id).where(Volunteer.user_id == user.id)


def led_team_ids(user: User) -> Select[tuple[int]]:
    """Return the ids of the teams this person leads now."""
    return select(Membership.team_id).where(
        Membership.volunteer_id.in_(own_volunteer_ids(user)),
        Membership.is_leader,
        Membership.left_on.is_(None),
    )


def leads(user: User, team_id: int | None) -> bool:
    """Answer whether the person leads this team now."""
    if team_id is None:
        return False
    found = led_team_ids(user).where(Membership.team_id == team_id)
    return db.session.scalar(found.limit(1)) is not None


def leads_any(user: User) -> bool:
    return db.session.scalar(led_team_ids(user).limit(1)) is not None


def can_keep_members(user: User, team: Team) -> bool:
    """Who joins and who leaves is for the office and for the team's own leader."""
    return oversees(user) or (user.has_role(*TAKING_PART) and leads(user, team.id))


def can_link(user: User) -> bool:
    """Who may see every resident says which volunteer is one of them."""
    return user.has_role(SECRETARY)


def volunteers_visible_to(user: User) -> Select[tuple[Volunteer]]:
    """Return the volunteers whose own page this person may open."""
    if oversees(user):
        return select(Volunteer)
    if not user.has_role(*TAKING_PART):
        return select(Volunteer).where(false())
    return select(Volunteer).where(Volunteer.user_id == user.id)


def entries_visible_to(user: User) -> Select[tuple[ServiceEntry]]:
    """Return the lines of the ledger that this person may read."""
    if oversees(user):
        return select(ServiceEntry)
    if not user.has_role(*TAKING_PART):
        return select(ServiceEntry).where(false())
    return select(ServiceEntry).where(
        or_(
            ServiceEntry.volunteer_id.in_(own_volunteer_ids(user)),
            ServiceEntry.team_id.in_(led_team_ids(user)),
            ServiceEntry.proposed_by_id == user.id,
        )
    )


def entries_waiting_for(user: User) -> Select[tuple[ServiceEntry]]:
    """Return the waiting lines that this person may decide: somebody else's, proposed by others."""
    waiting = entries_visible_to(user).where(
        ServiceEntry.state == "proposed",
        ServiceEntry.proposed_by_id != user.id,
        ServiceEntry.volunteer_id.not_in(own_volunteer_ids(user)),
    )
    if not oversees(user):
        waiting = waiting.where(ServiceEntry.team_id.in_(led_team_ids(user)))
    return waiting


def can_vouch(user: User, entry: ServiceEntry) -> bool:
    """Answer whether confirming this line's time is this person's office at all.

    That it must also be somebody else's time is the line's own rule, and told in its words.
    """
    return oversees(user) or leads(user, entry.team_id)


def can_decide(user: User, entry: ServiceEntry) -> bool:
    """Answer whether this person may confirm or refuse the line now."""
    return entry.is_waiting and entry.may_be_decided_by(user.id) and can_vouch(user, entry)


def can_correct(user: User, entry: ServiceEntry) -> bool:
    """A mistake may be reported by who served, by who leads and by the office."""
    return entry.volunteer.user_id == user.id or can_vouch(user, entry)


def shown_name(user: User, volunteer: Volunteer) -> str:
    """Return the name as this person may read it.

    Mentors know no residents: for them only colleagues, who have an account, have a full name.
    """
    if user.has_role(STUDENT, *OVERSEEING) or volunteer.user_id is not None:
        return volunteer.name
    return mask_name(volunteer.name)
