"""Days that are worth a visit: whose birthday it is, and who was not greeted for a festival yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.visits.birthdays import own_pairings
from blueprints.visits.models import Visit, VisitKind
from core.clock import today
from core.db import db
from core.lunar import Festival, festivals_soon

GREETING = "festival"
# A greeting counts from so many days before a festival until so many days after it.
BEFORE_DAYS, AFTER_DAYS = 15, 7


@dataclass(frozen=True)
class Greeting:
    """A festival, and how many of the own households wait for a greeting."""

    festival: Festival
    waiting: int


def greetings_soon(user: User, since: date, days: int) -> list[Greeting]:
    """Return the festivals ahead, each with how many of this person's homes were not greeted."""
    festivals = festivals_soon(since, days)
    if not festivals:
        return []
    homes = {pairing.household_id for pairing in own_pairings(user) if welcomes(pairing.household)}
    greeted = greetings_paid(homes, festivals[0].on, festivals[-1].on)
    return [
        Greeting(
            festival,
            len(homes) - len({home for home, day in greeted if belongs(day, festival.on)}),
        )
        for festival in festivals
    ]


def homes_for_round(user: User) -> list[Household]:
    """Return the households this person looks after that welcome visits, door by door."""
    homes = [pairing.household for pairing in own_pairings(user)]
    welcome = [home for home in homes if welcomes(home)]
    return sorted(welcome, key=lambda home: (home.estate_id, home.address_key, home.id))


def greeted_lately(household_ids: Collection[int]) -> set[int]:
    """Return which of these households were greeted within the days of one festival."""
    day = today()
    return {home for home, paid_on in greetings_paid(household_ids, day, day) if paid_on <= day}


def greetings_paid(
    household_ids: Collection[int], first: date, last: date
) -> set[tuple[int, date]]:
    """Return (household, day) of the greetings that belong to a festival from first to last."""
    if not household_ids:
        return set()
    found = (
        select(Visit.household_id, Visit.visited_on)
        .join(VisitKind, VisitKind.visit_id == Visit.id)
        .where(
            Visit.household_id.in_(household_ids),
            VisitKind.kind == GREETING,
            Visit.met_somebody,
            Visit.visited_on >= first - timedelta(days=BEFORE_DAYS),
            Visit.visited_on <= last + timedelta(days=AFTER_DAYS),
        )
    )
    return {(home, day) for home, day in db.session.execute(found)}


def belongs(day: date, festival: date) -> bool:
    return festival - timedelta(days=BEFORE_DAYS) <= day <= festival + timedelta(days=AFTER_DAYS)


def welcomes(household: Household) -> bool:
    """Answer whether the household did not decline being visited."""
    answer = household.head.consent("visit") if household.head else None
    return answer is None or answer.answer == "granted"
