"""Days, months and lengths of time as people say them, in the reader's language."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_skeleton, get_month_names

from core.clock import local, today
from core.i18n import REGIONS, language
from core.i18n import gettext as _


def format_date(day: date) -> str:
    """A day as people say it: 9月14日, with the year when it is not this one.

    An aware datetime is told by its day in Shanghai.
    """
    if isinstance(day, datetime):
        day = local(day).date()
    return day_text(None if day.year == today().year else day.year, day.month, day.day)


def format_days(first: date, last: date | None) -> str:
    """From a day to another, or until now: 3月3日 – 至今; with the years when they differ."""
    if last is None:
        return f"{format_date(first)} – {_('至今')}"
    if first.year == last.year:
        return f"{format_date(first)} – {format_date(last)}"
    return " – ".join(day_text(day.year, day.month, day.day) for day in (first, last))


def day_text(year: int | None, month: int | None, day: int | None) -> str:
    if month is None:
        return _("%(year)s年", year=year)
    skeleton = ("y" if year else "") + "MMM" + ("d" if day else "")
    # A leap year stands in for a missing one: 2月29日 is a birthday.
    return in_words(date(year or 2000, month, day or 1), skeleton)


def format_month(day: date, year: bool = False, short: bool = False) -> str:
    """The month of a day in words: 11月, November; with the year 2026年11月, November 2026."""
    if year:
        return in_words(day, "yMMMM")
    # The wide names of Chinese months are numerals in characters, 十一月.
    width = "wide" if language() == "en" and not short else "abbreviated"
    return get_month_names(width, "stand-alone", REGIONS[language()])[day.month]


def in_words(day: date, skeleton: str) -> str:
    """Say the parts of a day that a CLDR skeleton names, as the reader's language does."""
    return _said(day, skeleton, REGIONS[language()])


@lru_cache(maxsize=4_000)
def _said(day: date, skeleton: str, region: str) -> str:
    return format_skeleton(skeleton, day, locale=region)


def format_minutes(minutes: int) -> str:
    """Service time for people: 90 → 1 小时 30 分, 60 → 1 小时, 30 → 30 分; corrections keep a −."""
    hours, rest = divmod(abs(minutes), 60)
    if hours and rest:
        text = _("%(hours)s 小时 %(minutes)s 分", hours=hours, minutes=rest)
    elif hours:
        text = _("%(hours)s 小时", hours=hours)
    else:
        text = _("%(minutes)s 分", minutes=rest)
    return f"−{text}" if minutes < 0 else text
