"""Reading the posting register: what hangs, what must come down, what came down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from blueprints.documents.models import Posting
from blueprints.documents.queries import AT_ONCE
from blueprints.households.models import Building, Estate, Unit
from core.db import db

DUE, HANGING, DOWN = "due", "hanging", "down"


@dataclass(frozen=True)
class AskedPostings:
    """Which sheets are shown: those of a list, in one building or everywhere."""

    show: str = HANGING
    building: int | None = None


def posting_register(
    postings: Select[tuple[Posting]], asked: AskedPostings, today: date
) -> Select[tuple[Posting]]:
    """Narrow postings to one list, with all that a line of it says."""
    found = (
        postings.join(Posting.document)
        .outerjoin(Posting.building)
        .outerjoin(Building.estate)
        .outerjoin(Posting.unit)
        .options(
            contains_eager(Posting.document),
            contains_eager(Posting.building).contains_eager(Building.estate),
            contains_eager(Posting.unit),
            joinedload(Posting.posted_by),
            joinedload(Posting.taken_down_by),
        )
    )
    if asked.building:
        found = found.where(Posting.building_id == asked.building)
    if asked.show == DOWN:
        down = found.where(Posting.taken_down_on.is_not(None))
        return down.order_by(
            Posting.taken_down_on.desc(), Posting.down_on.desc(), Posting.id.desc()
        )
    found = found.where(Posting.taken_down_on.is_(None))
    if asked.show == DUE:
        due = found.where(or_(Posting.down_on <= today, AT_ONCE))
        # The way one walks: estate by estate, building by building, door by door.
        return due.order_by(
            Estate.name, Building.sort_key, Unit.sort_key, Posting.place, Posting.id
        )
    return found.order_by(AT_ONCE.desc(), Posting.down_on, Posting.id)


def by_building(postings: Iterable[Posting]) -> list[tuple[Building | None, list[Posting]]]:
    """Gather sheets that are in order already into those of each building."""
    groups = groupby(postings, key=lambda posting: posting.building)
    return [(building, list(sheets)) for building, sheets in groups]


def units_of(building_id: int) -> dict[str, int]:
    """Return the ids of a building's units by name, in natural order."""
    rows = db.session.execute(
        select(Unit.name, Unit.id).where(Unit.building_id == building_id).order_by(Unit.sort_key)
    )
    return {name: unit_id for name, unit_id in rows}


def unit_names() -> list[str]:
    """Return every name that a unit has anywhere, in natural order; nameless ones left out."""
    named = select(Unit.name, Unit.sort_key).where(Unit.name != "").distinct()
    return [name for name, _key in db.session.execute(named.order_by(Unit.sort_key))]
