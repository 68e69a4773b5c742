"""The list of all visits: fifty lines at a time, as quick among 200,000 visits as among 200.

A page begins where the last one ended (a day and a visit's number), so no row is counted or
skipped; the lines of one page come in one query.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flask import url_for
from sqlalchemy import Boolean, Date, Integer, Row, Select, and_, bindparam, select, tuple_
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from blueprints.accounts.models import User
from blueprints.households.erasure import ERASED_NAME
from blueprints.households.models import Building, Household, Resident, Room, Unit
from blueprints.visits.access import visits_visible_to
from blueprints.visits.checks import as_day
from blueprints.visits.models import VISIT_KINDS, Visit, VisitKind
from blueprints.visits.queries import last_of_month
from core.access import Asker
from core.clock import today
from core.db import columns
from core.i18n import gettext as _
from core.names import display_with_honorific

PAGE = 50
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
        Visit.stands.label("stands"),
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

DAY, VISIT = bindparam("day", type_=Date), bindparam("visit", type_=Integer)
NARROWED = {
    "student": Visit.visitor_id == bindparam("student"),
    "household": Visit.household_id == bindparam("household"),
    "month": Visit.visited_on.between(bindparam("month"), bindparam("month_end")),
    "on": Visit.visited_on == bindparam("on"),
    "kind": Visit.kind_rows.any(VisitKind.kind == bindparam("kind")),
    "met": and_(Visit.stands, Visit.met == bindparam("met", type_=Boolean)),
}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed down to; None leaves it open.

    ``month`` is its first day. ``met`` leaves the visits that every figure counts, those that
    stand: True where somebody was met, False for calls in vain.
    """

    student: int | None = None
    household: int | None = None
    month: date | None = None
    on: date | None = None
    kind: str | None = None
    met: bool | None = None

    @classmethod
    def read(cls, asked: MultiDict[str, str]) -> "Filters":
        """Return what an address asks for; what makes no sense leaves the list open."""
        if not asked:
            return cls()
        kind = asked.get("kind")
        return cls(
            student=asked.get("student", type=int),
            household=asked.get("household", type=int),
            month=as_day(f"{asked.get('month')}-01"),
            on=as_day(asked.get("day")),
            kind=kind if kind in VISIT_KINDS else None,
            met={"1": True, "0": False}.get(asked.get("met", "")),
        )

    def as_query(self) -> dict[str, str | int]:
        """Return the filters as the address of a page carries them."""
        asked = {
            "student": self.student,
            "household": self.household,
            "month": self.month.strftime("%Y-%m") if self.month else None,
            "day": self.on.isoformat() if self.on else None,
            "kind": self.kind,
            "met": {True: "1", False: "0", None: None}[self.met],
        }
        return {name: value for name, value in asked.items() if value}

    def values(self) -> dict[str, int | str | date]:
        """Return the values that the conditions in ``NARROWED`` compare with."""
        last = last_of_month(self.month) if self.month else None
        asked = {name: getattr(self, name) for name in NARROWED} | {"month_end": last}
        return {name: value for name, value in asked.items() if value is not None}


class Line(NamedTuple):
    """One visit as the list tells it; whoever sees the visit sees the name."""

    id: int
    visited_on: date
    met: bool
    minutes: int | None
    note: str | None
    stands: bool
    visitor: str
    building: str
    unit: str
    room: str
    head_name: str | None
    head_honorific: str | None

    @property
    def home(self) -> str:
        return home_of(self.head_name, self.head_honorific)

    @property
    def door(self) -> str:
        return f"{door(self.building, self.unit)} {self.room}".rstrip()


def home_of(head_name: str | None, honorific: str | None) -> str:
    """Return whose home it is (祝婆婆家), empty where nobody is known to live."""
    if not head_name or head_name == ERASED_NAME:
        return ""
    return _("%(name)s家", name=display_with_honorific(head_name, honorific or ""))


def door(building: str, unit: str) -> str:
    return f"{building} {_('%(unit)s单元', unit=unit)}" if unit else building


@dataclass(frozen=True)
class JournalPage:
    """Lines, newest first, and the ways to the pages before and after."""

    lines: list[Line]
    prev_url: str | None
    next_url: str | None


def journal_page(user: User, filters: Filters, asked: Mapping[str, str]) -> JournalPage:
    """Return the page after ``asked["before"]`` (older) or before ``asked["after"]`` (newer)."""
    older, newer = Mark.read(asked.get("before", "")), Mark.read(asked.get("after", ""))
    place, backwards = older or newer, bool(newer and not older)
    values = filters.values() | (place.values() if place else {})
    statement = lines_for(Asker.like(user), today(), frozenset(values), backwards)
    rows = columns(statement, values | {Asker.id.key: user.id})
    return cut(rows, filters, backwards, has_newer=bool(older))


@lru_cache
def lines_for(asker: Asker, _day: date, given: frozenset[str], backwards: bool) -> Select:
    """Return the select of one page, and one row more that tells whether there are others."""
    ids = narrowed(visits_visible_to(asker), given).with_only_columns(Visit.id)
    if "day" in given:
        here, there = tuple_(Visit.visited_on, Visit.id), tuple_(DAY, VISIT)
        ids = ids.where(here > there if backwards else here < there)
    ids = ids.order_by(*(OLDEST_FIRST if backwards else NEWEST_FIRST)).limit(PAGE + 1)
    return LINES.where(Visit.id.in_(ids.scalar_subquery()))


def narrowed(visits: Select[tuple[Visit]], given: Collection[str]) -> Select[tuple[Visit]]:
    """Narrow visits down by the filters that have a value; it is filled in when they are read."""
    return visits.where(*(wanted for value, wanted in NARROWED.items() if value in given))


def cut(rows: Sequence[Row], filters: Filters, backwards: bool, has_newer: bool) -> JournalPage:
    """Drop the row that only tells that there are more, and say where both ways lead."""
    more = len(rows) > PAGE
    kept = (rows[-PAGE:] if backwards else rows[:PAGE]) if more else rows
    newer = more if backwards else has_newer
    older = backwards or more
    first, last = (Mark.of(kept[0]), Mark.of(kept[-1])) if kept else (None, None)
    here = filters.as_query()
    return JournalPage(
        [Line._make(row) for row in kept],
        url_for("visits.index", **here, after=first) if newer and first else None,
        url_for("visits.index", **here, before=last) if older and last else None,
    )


@dataclass(frozen=True)
class Mark:
    """A place in the list: 2026-11-03.812."""

    day: date
    visit_id: int

    def values(self) -> dict[str, int | date]:
        return {"day": self.day, "visit": self.visit_id}

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
