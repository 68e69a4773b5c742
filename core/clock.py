"""What time it is. Everything a person sees is Shanghai time: a visit at 00:30 is today's."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    return datetime.now(UTC)


# Tests set this to stop or move the clock; it is read at every call.
source: Callable[[], datetime] = system_clock


def now() -> datetime:
    """Return this moment, aware, in Shanghai."""
    return source().astimezone(SHANGHAI)


def today() -> date:
    """Return the date on the wall calendar in Shanghai."""
    return now().date()


def local(moment: datetime) -> datetime:
    """Return a moment as a clock in Shanghai shows it."""
    return moment.astimezone(SHANGHAI)
