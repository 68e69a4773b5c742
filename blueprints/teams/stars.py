"""Stars: how many hours somebody has served, told to that person and to the secretary only.

Steps of 100, 300, 600, 1000 and 1500 hours are what several local rules use; a company may change
them. Nobody is compared with anybody.
"""

from dataclasses import dataclass

from blueprints.accounts.models import User
from blueprints.teams.models import Volunteer
from core.access import SECRETARY
from core.settings import setting


@dataclass(frozen=True)
class Stars:
    """How many stars there are, and what is missing for the next one (None: no next one)."""

    count: int
    next_hours: int | None
    minutes_missing: int


def stars_for(minutes: int) -> Stars:
    """Return the stars that confirmed minutes give, by the setting ``star_hours``."""
    steps = sorted(setting("star_hours"))
    count = sum(minutes >= hours * 60 for hours in steps)
    if count == len(steps):
        return Stars(count, None, 0)
    return Stars(count, steps[count], steps[count] * 60 - minutes)


def sees_stars(user: User, volunteer: Volunteer) -> bool:
    return user.has_role(SECRETARY) or volunteer.user_id == user.id
