"""Students to choose from: who looks after a household, who stands in, who comes next."""

from collections.abc import Collection

from sqlalchemy import Select, select

from blueprints.accounts.models import User, UserEstate, UserRole
from core.access import STUDENT

# What a search looks into.
SEARCHED = (User.name, User.username)


def students(near: Collection[int] = ()) -> Select[tuple[int, str]]:
    """Return id and name of the students who may be paired, first who is placed in these estates."""
    placed = select(UserEstate.user_id).where(UserEstate.estate_id.in_(near))
    return (
        select(User.id, User.name)
        .where(
            User.id.in_(select(UserRole.user_id).where(UserRole.role == STUDENT)),
            User.closed_at.is_(None),
        )
        .order_by(User.id.in_(placed).desc(), User.name, User.id)
    )
