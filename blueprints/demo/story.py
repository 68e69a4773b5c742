"""What the scenes of the demo share: the day it is told on, its people, homes and volunteers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from lunardate import LunarDate

from blueprints.accounts.models import User
from blueprints.households.models import Building, Estate, Household, Resident
from blueprints.teams.models import Team, Volunteer
from core import clock
from core.db import db

SEED = 2026
# No telephone in China begins with 100 and has eleven digits.
FIRST_PHONE = 10000001000


@dataclass
class Story:
    """Everything is told relative to ``today``, so that the demo looks alive on any day."""

    today: date = field(default_factory=clock.today)
    dice: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - no secret
    people: dict[str, User] = field(default_factory=dict)
    estates: dict[str, Estate] = field(default_factory=dict)
    buildings: dict[tuple[str, str], Building] = field(default_factory=dict)
    homes: dict[str, Household] = field(default_factory=dict)
    # Who each household is called after, by the household's id.
    heads: dict[int, Resident] = field(default_factory=dict)
    # Homes that nobody is named after in the story, to be paired and visited at will.
    ordinary: list[Household] = field(default_factory=list)
    teams: dict[str, Team] = field(default_factory=dict)
    leaders: dict[str, Volunteer] = field(default_factory=dict)
    volunteers: dict[str, Volunteer] = field(default_factory=dict)
    phones: Iterator[int] = field(default_factory=lambda: count(FIRST_PHONE))

    def ago(self, days: int) -> date:
        """Return the day that many days before the story's today."""
        return self.today - timedelta(days=days)

    @contextmanager
    def on(self, days_ago: int, hour: int = 10, minute: int = 0) -> Iterator[date]:
        """Let what happens inside happen then: models read the clock, so dates come true."""
        day, real = self.ago(days_ago), clock.source
        moment = datetime.combine(day, time(hour, minute), clock.SHANGHAI)
        clock.source = lambda: moment
        try:
            yield day
            db.session.flush()
        finally:
            clock.source = real

    def days_since_lunar(self, month: int, day: int, at_least: int) -> int:
        """Return how many days ago this day of the lunar year last was, a few days at least."""
        for year in (self.today.year, self.today.year - 1):
            passed = (self.today - LunarDate(year, month, day).to_solar_date()).days
            if passed >= at_least:
                return passed
        raise ValueError(f"lunar {month}-{day} does not come every year")


def lunar_birthday(story: Story, days_ahead: int) -> tuple[int, int]:
    """Return the lunar month and day that lies so many days ahead; leap months count as plain."""
    day = LunarDate.from_solar_date(*(story.today + timedelta(days=days_ahead)).timetuple()[:3])
    return day.month, day.day
