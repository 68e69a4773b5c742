"""Students to choose from: who looks after a household, who stands in, who comes next."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from blueprints.accounts.models import User, UserEstate, UserRole
from blueprints.visits.pairings import Pairing
from core.access import STUDENT
from core.choices import offered_by, offering
from core.db import columns, db
from core.picking import PickField

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


def tell_loads(field: PickField) -> None:
    """Put beside each student on offer how many households they look after; the order stays."""
    offered = offered_by(field)
    counted = (
        select(Pairing.student_id, func.count())
        .where(Pairing.student_id.in_(offered), Pairing.ended_on.is_(None))
        .group_by(Pairing.student_id)
    )
    loads = {student_id: number for student_id, number in db.session.execute(counted)}
    field.choices = offering(
        (id_, with_load(str(name), loads.get(id_, 0)) if id_ else name)
        for id_, name in offered.items()
    )


def with_load(name: str, households: int) -> str:
    if not households:
        return _("%(name)s（还没有结对户）", name=name)
    return _("%(name)s（已有 %(n)s 户）", name=name, n=households)


# The list of all visits asks for each page; put together once.
_BY_NAME = students()
