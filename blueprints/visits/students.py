"""Students to choose from: who looks after a household, who stands in, who comes next."""

from collections.abc import Collection

from sqlalchemy import Select, select

from blueprints.accounts.models import User, UserEstate, UserRole
from core.access import STUDENT
from core.db import columns

# What a search looks into.
SEARCHED = (User.name, User.username)


def open_students() -> tuple[tuple[int, str], ...]:
    """Return id and name of all students who may be paired, by name."""
    return tuple(map(tuple, columns(_BY_NAME)))


def students(near: Collection[int] = ()) -> Select[tuple[int, str]]:
    """Return id and name of the students who may be paired, first who is placed in these estates."""
    found = select(User.id, User.name).where(
        User.id.in_(select(UserRole.user_id).where(UserRole.role == STUDENT)),
        User.closed_at.is_(None),
    )
    if near:
        placed = select(UserEstate.user_id).where(UserEstate.estate_id.in_(near))
        found = found.order_by(User.id.in_(placed).desc())
    return found.order_by(User.name, User.id)


# The list of all visits asks for each page; put together once.
_BY_NAME = students()
