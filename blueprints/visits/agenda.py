"""What falls on which day for one person: visits, birthdays, festivals, promises.

The calendar page tells names; the feed for other programmes only counts, see ``feed.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func

from blueprints.accounts.models import User
from blueprints.visits.access import can_pair, visits_visible_to
from blueprints.visits.birthdays import birthday_of, own_pairings
from blueprints.visits.follow_ups import MINE, listed
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from blueprints.visits.promises import FollowUp
from blueprints.visits.queries import due_by
from core.db import db
from core.lunar import Festival, festivals_soon

DUE, LATE, BIRTHDAY, PROMISE, FESTIVAL, DONE = (
    "due",
    "late",
    "birthday",
    "promise",
    "festival",
    "done",
)
SIGNS = {
    DUE: "door",
    LATE: "alert",
    BIRTHDAY: "cake",
    PROMISE: "clock",
    FESTIVAL: "moon",
    DONE: "check",
}
MOST_PROMISES = 200


@dataclass(frozen=True)
class Entry:
    """One thing on one day; ``url`` is where it is done or read."""

    on: date
    kind: str
    text: str
    url: str | None = None

    @property
    def sign(self) -> str:
        return SIGNS[self.kind]


def agenda(user: User, first: date, last: date, today: date) -> list[Entry]:
    """Return what falls on the days from first to last, visits before greetings."""
    pairings = own_pairings(user)
    found = [
        *visits_to_come(pairings, today),
        *birthdays(pairings, first),
        *promises(user, today),
        *festivals(first, last),
    ]
    return sorted((entry for entry in found if first <= entry.on <= last), key=place)


def place(entry: Entry) -> tuple[date, int]:
    return entry.on, list(SIGNS).index(entry.kind)


def visits_to_come(pairings: Sequence[Pairing], today: date) -> Iterator[Entry]:
    """Tell each own household's next visit; one that is late stands on today."""
    for pairing in pairings:
        late = pairing.days_late(today)
        name = pairing.household.called(True)
        url = url_for("visits.new", household=pairing.household_id)
        if late > 0:
            yield Entry(today, LATE, _("%(home)s，超期 %(days)s 天", home=name, days=late), url)
        else:
            yield Entry(pairing.due_on, DUE, name, url)


def birthdays(pairings: Sequence[Pairing], first: date) -> Iterator[Entry]:
    for pairing in pairings:
        for resident in pairing.household.residents:
            if resident.birth_month and resident.birth_day and resident.may_be_recorded:
                words = _("%(name)s生日", name=resident.called)
                url = url_for("households.show", household_id=pairing.household_id)
                yield Entry(birthday_of(resident, first), BIRTHDAY, words, url)


def promises(user: User, today: date) -> Iterator[Entry]:
    """Tell what this person still has to do; what is late stands on today."""
    mine = listed(user, MINE).where(FollowUp.due_on.is_not(None)).limit(MOST_PROMISES)
    for promise in db.session.scalars(mine):
        url = url_for("visits.show", visit_id=promise.visit_id)
        yield Entry(max(promise.due_on or today, today), PROMISE, promise.what, url)


def festivals(first: date, last: date) -> Iterator[Entry]:
    for festival in festivals_between(first, last):
        url = url_for("visits.new_round", kind="festival")
        yield Entry(festival.on, FESTIVAL, str(festival.name), url)


def festivals_between(first: date, last: date) -> list[Festival]:
    return festivals_soon(first, (last - first).days)


def visits_paid(user: User, first: date, last: date) -> dict[date, int]:
    """Return how many visits that this person may see were paid on each day."""
    paid = (
        visits_visible_to(user)
        .where(Visit.visited_on.between(first, last), Visit.stands)
        .with_only_columns(Visit.visited_on, func.count())
        .group_by(Visit.visited_on)
    )
    return {day: number for day, number in db.session.execute(paid)}


def due_by_day(user: User, first: date, last: date) -> dict[date, int]:
    """Return for the secretary how many visits fall due on each day, everybody's together."""
    if not can_pair(user):
        return {}
    due = due_by(user, last).where(Pairing.due_on >= first)
    counted = due.with_only_columns(Pairing.due_on, func.count()).group_by(Pairing.due_on)
    return {day: number for day, number in db.session.execute(counted)}
