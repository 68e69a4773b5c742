"""What falls on which day for one person: visits, birthdays, festivals, promises.

Later rooms tell theirs, too::

    @falls_on_days
    def claims_due(user: User, first: date, last: date, today: date) -> Iterator[Entry]: ...

The calendar page tells names; the feed for other programmes only counts, see ``feed.py``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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

ACTIVITY, DUE, LATE, BIRTHDAY, PROMISE, CLAIM, FESTIVAL = KINDS = (
    "activity",
    "due",
    "late",
    "birthday",
    "promise",
    "claim",
    "festival",
)
MOST_PROMISES = 200


@dataclass(frozen=True)
class Entry:
    """One thing on one day; ``url`` is where it is done or read.

    ``public`` is what anybody may read of it, with a ``key`` of its own among those of its kind
    and day; without, the feed only counts it. ``hours`` are for what does not take all day.
    """

    on: date
    kind: str
    sign: str
    text: str
    url: str | None = None
    public: str = ""
    key: str = ""
    hours: tuple[datetime, datetime] | None = None


Source = Callable[[User, date, date, date], Iterable[Entry]]
SOURCES: list[Source] = []


def falls_on_days(source: Source) -> Source:
    """Let a later room tell what falls on somebody's days from a first to a last, seen today."""
    SOURCES.append(source)
    return source


def agenda(user: User, first: date, last: date, today: date) -> list[Entry]:
    """Return what falls on the days from first to last, in the order of ``KINDS``."""
    pairings = own_pairings(user)
    found = [
        *visits_to_come(pairings, today),
        *birthdays(pairings, first),
        *promises(user, today),
        *festivals(first, last),
        *(entry for source in SOURCES for entry in source(user, first, last, today)),
    ]
    return sorted((entry for entry in found if first <= entry.on <= last), key=place)


def place(entry: Entry) -> tuple[date, int]:
    return entry.on, KINDS.index(entry.kind)


def visits_to_come(pairings: Sequence[Pairing], today: date) -> Iterator[Entry]:
    """Tell each own household's next visit; one that is late stands on today."""
    for pairing in pairings:
        late = pairing.days_late(today)
        name = pairing.household.called(True)
        url = url_for("visits.new", household=pairing.household_id)
        if late > 0:
            words = _("%(home)s，超期 %(days)s 天", home=name, days=late)
            yield Entry(today, LATE, "alert", words, url)
        else:
            yield Entry(pairing.due_on, DUE, "door", name, url)


def birthdays(pairings: Sequence[Pairing], first: date) -> Iterator[Entry]:
    for pairing in pairings:
        for resident in pairing.household.residents:
            if resident.birth_month and resident.birth_day and resident.may_be_recorded:
                words = _("%(name)s生日", name=resident.called)
                url = url_for("households.show", household_id=pairing.household_id)
                yield Entry(birthday_of(resident, first), BIRTHDAY, "cake", words, url)


def promises(user: User, today: date) -> Iterator[Entry]:
    """Tell what this person still has to do; what is late stands on today."""
    mine = listed(user, MINE).where(FollowUp.due_on.is_not(None)).limit(MOST_PROMISES)
    for promise in db.session.scalars(mine):
        url = url_for("visits.show", visit_id=promise.visit_id)
        yield Entry(max(promise.due_on or today, today), PROMISE, "clock", promise.what, url)


def festivals(first: date, last: date) -> Iterator[Entry]:
    for festival in festivals_between(first, last):
        url = url_for("visits.new_round", kind="festival")
        name = str(festival.name)
        yield Entry(festival.on, FESTIVAL, festival.sign, name, url, public=name, key=festival.key)


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
