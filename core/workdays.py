"""Working days: Monday to Friday, but for the official calendar that a company keeps up to date."""

from datetime import date, timedelta

from core.settings import setting

SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Answer by the settings ``holidays`` and ``workdays`` (调休) first, then by the weekday."""
    if day.isoformat() in setting("workdays"):
        return True
    return day.weekday() < SATURDAY and day.isoformat() not in setting("holidays")


def working_days_after(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def latest_day_due_before(day: date, count: int) -> date:
    """Return the last day whose ``count``-th working day after it lies before ``day``."""
    start = day - DAY
    while working_days_after(start, count) >= day:
        start -= DAY
    return start


def is_calendar_checked(year: int) -> bool:
    """Answer whether somebody has compared this year's calendar with the official notice."""
    return year in setting("calendar_checked_years")
