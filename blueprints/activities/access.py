"""Who may see which activities, plan them and note who came.

Everyone but the administrator sees what is on. The office plans everything; a team's leader
plans for that team; who created an activity or answers for it keeps its record.
"""

from sqlalchemy import Select, false, select

from blueprints.accounts.models import User
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity, ActivityPhoto
from blueprints.teams.access import OVERSEEING, TAKING_PART, leads, leads_any, oversees
from core.access import STUDENT
from core.photos import Photo


def activities_visible_to(user: User) -> Select[tuple[Activity]]:
    if user.has_role(*TAKING_PART):
        return select(Activity)
    return select(Activity).where(false())


def can_plan(user: User) -> bool:
    """Answer whether the person plans activities at all; for which teams, ``plans_for`` says."""
    return oversees(user) or (user.has_role(*TAKING_PART) and leads_any(user))


def plans_for(user: User, team_id: int | None) -> bool:
    """The office plans for every team and for none; a leader only for their own."""
    return oversees(user) or leads(user, team_id)


def can_keep(user: User, activity: Activity) -> bool:
    """Answer whether the person may change the activity and note who came.

    Needs ``leader`` loaded.
    """
    answers_for_it = activity.leader is not None and activity.leader.user_id == user.id
    return (
        oversees(user)
        or activity.created_by_id == user.id
        or answers_for_it
        or leads(user, activity.team_id)
    )


def can_withdraw(user: User, signup: Signup) -> bool:
    """Everyone gives back their own place; who keeps the activity, anybody's."""
    return signup.volunteer.user_id == user.id or can_keep(user, signup.activity)


def can_write_questions(user: User) -> bool:
    """Whoever works here writes questions for the bank; mentors read them."""
    return user.has_role(STUDENT, *OVERSEEING)


def can_see_photos(user: User) -> bool:
    """Residents are on the photos, and mentors see no residents."""
    return user.has_role(STUDENT, *OVERSEEING)


def photos_visible_to(user: User, activity: Activity) -> Select[tuple[Photo]]:
    """Return the photos of an activity that this person sees."""
    statement = select(Photo).join(ActivityPhoto, ActivityPhoto.photo_id == Photo.id)
    if not can_see_photos(user):
        return statement.where(false())
    return statement.where(ActivityPhoto.activity_id == activity.id)
