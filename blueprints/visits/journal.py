"""The list of all visits: fifty lines at a time, as quick among 200,000 visits as among 200.

A page begins where the last one ended (a day and a visit's number), so no row is counted or
skipped; the lines of one page come in one query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from flask import url_for
from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import aliased

from blueprints.accounts.models import User
from blueprints.households.models import Building, Household, Resident, Room, Unit
from blueprints.visits.access import visits_visible_to
from blueprints.visits.models import Visit
from blueprints.visits.queries import last_of_month
from core.dates import format_date, format_minutes
from core.db import db
from core.i18n import gettext as _
from core.names import display_with_honorific

PAGE = 50
NOTE_LENGTH = 60
NEWEST_FIRST = (Visit.visited_on.desc(), Visit.id.desc())
OLDEST_FIRST = (Visit.visited_on, Visit.id)


# The first of the residents, who gives the home its name.
_LIVING_THERE = aliased(Resident)
_HEAD = (
    select(_LIVING_THERE.id)
    .where(_LIVING_THERE.household_id == Visit.household_id)
    .order_by(_LIVING_THERE.position, _LIVING_THERE.id)
    .limit(1)
    .correlate(Visit)
    .scalar_subquery()
)
# Put together once, not for every request.
LINES = (
    select(
        Visit.id,
        Visit.visited_on,
        Visit.met,
        Visit.minutes,
        Visit.note,
        Visit.voided_at,
        User.name.label("visitor"),
        Building.name.label("building"),
        Unit.name.label("unit"),
        Room.number.label("room"),
        Resident.name.label("head_name"),
        Resident.honorific.label("head_honorific"),
    )
    .join(User, User.id == Visit.visitor_id)
    .join(Household, Household.id == Visit.household_id)
    .join(Room, Room.id == Household.room_id)
    .join(Unit, Unit.id == Room.unit_id)
    .join(Building, Building.id == Unit.building_id)
    .outerjoin(Resident, Resident.id == _HEAD)
    .order_by(*NEWEST_FIRST)
)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed down to; None leaves it open. ``month`` is its first day."""

    student: int | None = None
    household: int | None = None
    month: date | None = None

    def as_query(self) -> dict[str, str | int]:
        """Return the filters as the address of a page carries them."""
        month = self.month.strftime("%Y-%m") if self.month else None
        asked = {"student": self.student, "household": self.household, "month": month}
        return {name: value for name, value in asked.items() if value}


class Line(NamedTuple):
    """One visit in the words of the list; whoever sees the visit sees the name."""

    id: int
    title: str
    facts: list[str]
    note: str
    met: bool
    voided: bool


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """Put rows into words; what many lines share is translated only once."""
    day, time, home, flat = cache(format_date), cache(format_minutes), _("%(name)s家"), cache(door)
    lines = []
    for id, on, met, minutes, note, voided, visitor, building, unit, room, head, honorific in rows:
        who = display_with_honorific(head or "", honorific or "")
        title = home % {"name": who} if who else building
        facts = [day(on), visitor, f"{flat(building, unit)} {room}".rstrip()]
        if minutes:
            facts.insert(2, time(minutes))
        lines.append(Line(id, title, facts, shortened(note or ""), met, voided is not None))
    return lines


def door(building: str, unit: str) -> str:
    return f"{building} {_('%(unit)s单元', unit=unit)}" if unit else building


def shortened(note: str) -> str:
    return note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1]}…"


@dataclass(frozen=True)
class JournalPage:
    """Lines, newest first, and the ways to the pages before and after."""

    lines: list[Line]
    prev_url: str | None
    next_url: str | None


def journal_page(user: User, filters: Filters, asked: Mapping[str, str]) -> JournalPage:
    """Return the page after ``asked["before"]`` (older) or before ``asked["after"]`` (newer)."""
    older, newer = Mark.read(asked.get("before", "")), Mark.read(asked.get("after", ""))
    ids = narrowed(visits_visible_to(user), filters)
    if newer and not older:
        ids = ids.where(tuple_(Visit.visited_on, Visit.id) > tuple_(newer.day, newer.visit_id))
        ids = ids.order_by(*OLDEST_FIRST)
    else:
        if older:
            ids = ids.where(tuple_(Visit.visited_on, Visit.id) < tuple_(older.day, older.visit_id))
        ids = ids.order_by(*NEWEST_FIRST)
    page = ids.with_only_columns(Visit.id).limit(PAGE + 1)
    rows = db.session.execute(LINES.where(Visit.id.in_(page.scalar_subquery()))).all()
    return cut(rows, filters, backwards=bool(newer and not older), has_newer=bool(older))


def cut(rows: list[Row], filters: Filters, backwards: bool, has_newer: bool) -> JournalPage:
    """Drop the row that only tells that there are more, and say where both ways lead."""
    more = len(rows) > PAGE
    kept = (rows[-PAGE:] if backwards else rows[:PAGE]) if more else rows
    newer = more if backwards else has_newer
    older = backwards or more
    first, last = (Mark.of(kept[0]), Mark.of(kept[-1])) if kept else (None, None)
    here = filters.as_query()
    return JournalPage(
        lines_of(kept),
        url_for("visits.index", **here, after=first) if newer and first else None,
        url_for("visits.index", **here, before=last) if older and last else None,
    )


@dataclass(frozen=True)
class Mark:
    """A place in the list: 2026-11-03.812."""

    day: date
    visit_id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.visit_id}"

    @classmethod
    def of(cls, row: Row) -> "Mark":
        return cls(row.visited_on, row.id)

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """Return the place that a page's address names, or None."""
        day, _dot, number = text.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None


def narrowed(visits: Select[tuple[Visit]], filters: Filters) -> Select[tuple[Visit]]:
    if filters.student:
        visits = visits.where(Visit.visitor_id == filters.student)
    if filters.household:
        visits = visits.where(Visit.household_id == filters.household)
    if filters.month:
        last = last_of_month(filters.month)
        visits = visits.where(Visit.visited_on.between(filters.month, last))
    return visits
