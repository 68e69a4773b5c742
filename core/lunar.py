"""Days that come round every year: birthdays in either calendar, festivals, the winter solstice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from lunardate import LunarDate

SOLAR_FESTIVALS = (
    ("lei_feng", _l("学雷锋日"), 3, 5),
    ("party", _l("七一"), 7, 1),
    ("volunteers", _l("国际志愿者日"), 12, 5),
)
LUNAR_FESTIVALS = (
    ("spring", _l("春节"), 1, 1),
    ("lantern", _l("元宵"), 1, 15),
    ("dragon_boat", _l("端午"), 5, 5),
    ("mid_autumn", _l("中秋"), 8, 15),
    ("double_ninth", _l("重阳"), 9, 9),
)
NEW_YEARS_EVE = "new_years_eve"
KEPT_BY_THE_MOON = {NEW_YEARS_EVE, *(key for key, *_day in LUNAR_FESTIVALS)}
# Compared with Meeus's series for the solstice in Beijing's time, 2001 to 2099: the formula is a
# day late in 2021 alone, when it fell less than a minute before midnight.
SOLSTICE_OFFSET, SOLSTICE_DAYS_PER_YEAR = 21.94, 0.2422
SOLSTICE_A_DAY_EARLIER = {2021}


@dataclass(frozen=True, order=True)
class Festival:
    """A day worth a greeting."""

    on: date
    key: str
    name: LazyString

    @property
    def sign(self) -> str:
        """Return the icon: a moon where the moon sets the day."""
        return "moon" if self.key in KEPT_BY_THE_MOON else "cal"


def solar_day(year: int, month: int, day: int, leap_month: bool = False) -> date:
    """Return the day of a lunar date. A day or leap month the year lacks falls back.

    The 30th of a month of 29 days is kept on the 29th (腊月三十 in 2025 to 2028), a leap month
    in its plain namesake.
    """
    leap = leap_month and LunarDate.leap_month_for_year(year) == month
    try:
        return LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return LunarDate(year, month, day - 1, leap).to_solar_date()


def next_birthday(month: int, day: int, lunar: bool, leap_month: bool, since: date) -> date:
    """Return the first birthday on or after a day."""
    years = range(since.year - 1, since.year + 3)
    if lunar:
        days = [solar_day(year, month, day, leap_month) for year in years]
    else:
        days = [day_of_year(year, month, day) for year in years]
    return min(found for found in days if found >= since)


def day_of_year(year: int, month: int, day: int) -> date:
    """Return a day of a year; who was born on February 29 is greeted the day before March."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def winter_solstice(year: int) -> date:
    """Return 冬至 by the usual formula for this century."""
    within = year % 100
    day = int(within * SOLSTICE_DAYS_PER_YEAR + SOLSTICE_OFFSET) - within // 4
    return date(year, 12, day - (year in SOLSTICE_A_DAY_EARLIER))


def festivals_of(year: int) -> Iterator[Festival]:
    """Return the festivals that begin in a solar year; 除夕 is the day before 春节."""
    for key, name, month, day in SOLAR_FESTIVALS:
        yield Festival(date(year, month, day), key, name)
    for key, name, month, day in LUNAR_FESTIVALS:
        yield Festival(solar_day(year, month, day), key, name)
    yield Festival(solar_day(year, 1, 1) - timedelta(days=1), NEW_YEARS_EVE, _l("除夕"))
    yield Festival(winter_solstice(year), "solstice", _l("冬至"))


def festivals_soon(since: date, days: int) -> list[Festival]:
    """Return the festivals from a day until ``days`` later, the next first."""
    until = since + timedelta(days=days)
    years = range(since.year, until.year + 1)
    found = [festival for year in years for festival in festivals_of(year)]
    return sorted(festival for festival in found if since <= festival.on <= until)
