"""Dates and times as ledgers give them and as people read them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from lunardate import LunarDate

from core.day_words import day_text
from core.i18n import N_
from core.i18n import gettext as _
from core.numerals import chinese_number, digit_by_digit, half_width

# Nobody living was born earlier, and a plan further ahead is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1880, 2100

WEEKDAYS = (_l("周一"), _l("周二"), _l("周三"), _l("周四"), _l("周五"), _l("周六"), _l("周日"))

_LUNAR_MONTHS = (
    N_("正月"), N_("二月"), N_("三月"), N_("四月"), N_("五月"), N_("六月"), N_("七月"),
    N_("八月"), N_("九月"), N_("十月"), N_("冬月"), N_("腊月"),
)  # fmt: skip
_LUNAR_DAYS = (
    N_("初一"), N_("初二"), N_("初三"), N_("初四"), N_("初五"), N_("初六"), N_("初七"),
    N_("初八"), N_("初九"), N_("初十"), N_("十一"), N_("十二"), N_("十三"), N_("十四"),
    N_("十五"), N_("十六"), N_("十七"), N_("十八"), N_("十九"), N_("二十"), N_("廿一"),
    N_("廿二"), N_("廿三"), N_("廿四"), N_("廿五"), N_("廿六"), N_("廿七"), N_("廿八"),
    N_("廿九"), N_("三十"),
)  # fmt: skip

_SEPARATOR = r"[./\-、。,]"
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
# Which part of the day, or which weekday, stands behind many a date in a journal.
_WHEN = re.compile(r"(\(?(星期|周)[一二三四五六日天]\)?|凌晨|清早|早上|上午|中午|下午|傍晚|晚上)+$")
_SOLAR = re.compile(
    rf"(\d{{4}})(?:(?:年|{_SEPARATOR})(\d{{1,2}})(?:(?:月|{_SEPARATOR})(\d{{1,2}})[日号]?)?)?[年月.]?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_MONTH_DAY = re.compile(r"()(\d{1,2})月(\d{1,2})[日号]?")
_CHINESE_YEAR = re.compile(r"^[零〇一二三四五六七八九]{4}(?=年)")
_CHINESE_PART = re.compile(r"[零〇一二三四五六七八九十]{1,3}(?=[月日号])")
_LUNAR_WORD = re.compile(r"农历|阴历|旧历|古历|\(农\)|\(阴\)")
_LUNAR_HINT = re.compile(r"正月|冬月|腊月|闰|月初|廿|卅")
_LUNAR = re.compile(
    r"(?:(\d{4})年?)?(闰)?(?:([正冬腊]|[一二三四五六七八九十\d]{1,3})月(.{1,4}?)?[日号]?)?"
)


def year_from(text: str) -> int:
    """Read the year of an address. Raises ValueError for what nobody can mean."""
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return year


def month_from(text: str) -> date:
    """Read the first day of a month, written 2026-09 or as that day. Raises ValueError."""
    first = date.fromisoformat(f"{text[:7]}-01")
    year_from(str(first.year))
    return first


class DateError(ValueError):
    """A date that cannot be kept; the subclasses say why."""

    code: str
    text: LazyString

    def __init__(self, original: str) -> None:
        super().__init__(original)
        self.original = original

    def reason(self, label: object) -> str:
        """The reason in plain words, about the column called `label`."""
        return str(self.text) % {"label": label, "original": self.original}


class DateUnreadable(DateError):
    """The text has no form we know."""

    code, text = "date_unreadable", _l("%(label)s看不懂：%(original)s")


class DateDoesNotExist(DateError):
    """There is no such day, as 2月30日."""

    code, text = "date_invalid", _l("%(label)s不存在：%(original)s")


class DateInFuture(DateError):
    """The day has not come yet."""

    code, text = "date_future", _l("%(label)s晚于当天：%(original)s")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it was given: the missing parts stay None.

    `year` may be missing for a birthday (腊月三十). `original` is what the ledger said.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    calendar: Literal["solar", "lunar"] = "solar"
    leap: bool = False
    original: str = ""

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @property
    def value(self) -> str:
        """A short fixed form: 1948-03-05, 1956-07, 1949, --03-05; lunar: 1953年腊月廿三."""
        if self.calendar == "lunar":
            return self._lunar_value()
        year = "-" if self.year is None else f"{self.year:04d}"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part)])

    def __str__(self) -> str:
        if self.calendar == "lunar":
            return _("农历%(date)s", date=self._lunar_text())
        return day_text(self.year, self.month, self.day)

    def _lunar_text(self) -> str:
        """In words, in the reader's language: 闰六月初一, leap 6th month 1st."""
        month = _(_LUNAR_MONTHS[self.month - 1]) if self.month else ""
        if self.leap:
            month = _("闰%(month)s", month=month)
        if self.day:
            month = _("%(month)s%(day)s", month=month, day=_(_LUNAR_DAYS[self.day - 1]))
        return _("%(year)s年%(date)s", year=self.year, date=month) if self.year else month

    def _lunar_value(self) -> str:
        return "".join(
            [
                f"{self.year}年" if self.year else "",
                "闰" if self.leap else "",
                _LUNAR_MONTHS[self.month - 1] if self.month else "",
                _LUNAR_DAYS[self.day - 1] if self.day else "",
            ]
        )

    def is_after(self, day: date) -> bool:
        """Whether even the earliest day this can mean comes after `day`."""
        if self.year is None:
            return False
        if self.calendar == "lunar" and self.day and self.month:
            return LunarDate(self.year, self.month, self.day, self.leap).to_solar_date() > day
        given = [part for part in (self.year, self.month, self.day) if part is not None]
        return given > [day.year, day.month, day.day][: len(given)]


def parse_date(value: object, latest: date | None = None) -> PartialDate:
    """Read a date from a ledger's cell with the precision it has.

    19540612 is a day and 1949 a year, never Excel serial numbers. Raises DateUnreadable,
    DateDoesNotExist, or DateInFuture when `latest` is given and the date lies after it.
    """
    parsed = _from_datetime(value) if isinstance(value, date) else _from_text(str(value).strip())
    if latest is not None and parsed.is_after(latest):
        raise DateInFuture(parsed.original)
    return parsed


def _from_datetime(value: date) -> PartialDate:
    return PartialDate(value.year, value.month, value.day, original=value.strftime("%Y-%m-%d"))


def _from_text(original: str) -> PartialDate:
    text = _WHEN.sub("", re.sub(r"\s", "", _TIME.sub("", half_width(original))))
    if _LUNAR_WORD.search(text) or _LUNAR_HINT.search(text):
        return _lunar(_LUNAR_WORD.sub("", text).strip("()"), original)
    text = _CHINESE_YEAR.sub(lambda match: digit_by_digit(match[0]), text)
    text = _CHINESE_PART.sub(lambda match: str(chinese_number(match[0])), text)
    for pattern in (_COMPACT, _SOLAR, _MONTH_DAY):
        if match := pattern.fullmatch(text):
            return _solar(*(int(part) if part else None for part in match.groups()), original)
    raise DateUnreadable(original)


def _solar(year: int | None, month: int | None, day: int | None, original: str) -> PartialDate:
    # A leap year stands in for a missing one, so that 2月29日 is a birthday.
    _require(year is None or FIRST_YEAR <= year <= LAST_YEAR, original)
    try:
        date(year or 2000, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateDoesNotExist(original) from None
    return PartialDate(year, month, day, original=original)


def _lunar(text: str, original: str) -> PartialDate:
    numeric, words = _SOLAR.fullmatch(text), _LUNAR.fullmatch(text)
    if numeric:
        year, month, day = (int(part) if part else None for part in numeric.groups())
        leap = False
    elif words and text:
        year = int(words[1]) if words[1] else None
        month, day = _lunar_month(words[3]), _lunar_day(words[4])
        leap = bool(words[2])
        if (words[3] and month is None) or (words[4] and day is None) or (leap and not month):
            raise DateUnreadable(original)
    else:
        raise DateUnreadable(original)
    _require_lunar(year, month, day, leap, original)
    return PartialDate(year, month, day, "lunar", leap, original)


def _lunar_month(word: str | None) -> int | None:
    return {"正": 1, "冬": 11, "腊": 12}.get(word or "") or chinese_number(word or "")


def _lunar_day(word: str | None) -> int | None:
    plain = (word or "").removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    return chinese_number(plain)


def _require_lunar(
    year: int | None, month: int | None, day: int | None, leap: bool, original: str
) -> None:
    _require(month is None or 1 <= month <= 12, original)
    _require(day is None or 1 <= day <= 30, original)
    if year is not None:
        _require(1900 <= year < LAST_YEAR, original)
        if month and day:
            try:
                LunarDate(year, month, day, leap).to_solar_date()
            except ValueError:
                raise DateDoesNotExist(original) from None


def _require(exists: bool, original: str) -> None:
    if not exists:
        raise DateDoesNotExist(original)
