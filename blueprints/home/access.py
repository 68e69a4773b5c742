"""Who may search the house."""

from blueprints.accounts.models import User
from core.access import MANAGER, SECRETARY, STUDENT

SEARCHING = (STUDENT, SECRETARY, MANAGER)


def may_search(user: User) -> bool:
    """Mentors and administrators see no residents, so there is nothing for them to find."""
    return user.has_role(*SEARCHING)
