"""Who may change whose account."""

from sqlalchemy import Select, select

from blueprints.accounts.models import User
from core.access import ADMIN, SECRETARY


def accounts_visible_to(user: User) -> Select[tuple[User]]:
    """Return all accounts to whoever manages them, nobody else's to anybody."""
    found = select(User)
    return found if user.has_role(SECRETARY, ADMIN) else found.where(User.id == user.id)


def may_change(by: User, user: User) -> bool:
    """Answer whether a manager of accounts may change this one, or open it with a new link.

    A secretary reads what is private of every resident, an administrator nothing of it; so an
    administrator may not open the door to a secretary's account, nor to its role.
    """
    return by.has_role(SECRETARY) or not user.has_role(SECRETARY)


def may_give(by: User, role: str) -> bool:
    """Answer whether a manager of accounts may give somebody this role."""
    return role != SECRETARY or by.has_role(SECRETARY)
