"""How a first page speaks to the person: a greeting and today's date in both calendars."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from lunardate import LunarDate

from blueprints.accounts.models import User
from blueprints.home.waiting import Waiting
from core.access import SECRETARY
from core.clock import now
from core.dates import WEEKDAYS, PartialDate
from core.day_words import format_date
from core.names import split_surname

# From which hour one says what.
HELLOS = (
    (18, _l("晚上好")),
    (13, _l("下午好")),
    (11, _l("中午好")),
    (5, _l("早上好")),
    (0, _l("夜深了")),
)


def greeting(user: User, waiting: Waiting) -> str:
    """Return the headline: the secretary reads at once how much waits."""
    if not user.has_role(SECRETARY):
        return _("%(hello)s，%(name)s", hello=hello(), name=user.name)
    surname = split_surname(user.name)[0]
    if not waiting.decisions:
        return _("%(surname)s书记，今天没有事等您", surname=surname)
    return _("%(surname)s书记，今天有 %(n)s 件事等您", surname=surname, n=waiting.decisions)


def hello() -> str:
    hour = now().hour
    return next(str(words) for begins, words in HELLOS if hour >= begins)


def day_text(day: date) -> str:
    """Return a day with its weekday: 9月21日 周一."""
    weekday = WEEKDAYS[day.weekday()]
    return _("%(day)s %(weekday)s", day=format_date(day), weekday=weekday)


def lunar_text(day: date) -> str:
    """Return a day in the lunar calendar: 农历八月十一."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return str(PartialDate(None, lunar.month, lunar.day, "lunar", lunar.is_leap_month))
