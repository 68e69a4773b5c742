"""The official calendar of one year, as it is typed from the notice."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, ValidationError

from blueprints.settings.forms import CompanyForm, ListField
from core.dates import DateError, parse_date
from core.forms import EditForm

LONGEST_RANGE = 30


class DaysField(ListField):
    """Days as ISO dates; a line is one day, or a first and a last one joined by 至."""

    def lines_for(self, values: Iterable[str]) -> list[str]:
        spans: list[list[str]] = []
        for value in sorted(values):
            if spans and days_between(spans[-1][-1], value) == 1:
                spans[-1].append(value)
            else:
                spans.append([value])
        return [span[0] if len(span) == 1 else f"{span[0]} 至 {span[-1]}" for span in spans]

    def values_of(self, lines: list[str]) -> list[Any]:
        return sorted({day.isoformat() for line in lines for day in days_of(line)})


def days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def days_of(line: str) -> list[date]:
    """Return the days that a line names. Raises ValueError in words that name the line."""
    ends = [day_of(part, line) for part in line.split("至")]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or not 0 <= (last - first).days <= LONGEST_RANGE:
        raise ValueError(_("“%(line)s”不是一段日子，前面的日子要早，最长一个月。", line=line))
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def day_of(part: str, line: str) -> date:
    told = _("看不懂“%(line)s”，请写成 2027-02-05，或 2027-02-05 至 2027-02-11。", line=line)
    try:
        parsed = parse_date(part.strip())
    except DateError as error:
        raise ValueError(told) from error
    if parsed.precision != "day" or parsed.calendar != "solar" or parsed.year is None:
        raise ValueError(told)
    return date(parsed.year, parsed.month or 1, parsed.day or 1)


class CalendarForm(EditForm):
    """One year's days off and days worked instead."""

    holidays = DaysField(
        _l("放假的日子"),
        description=_l("每行一天或一段，如 2027-02-05 至 2027-02-11。周末不用写，写了也不要紧。"),
        render_kw={"rows": 8},
    )
    workdays = DaysField(
        _l("调休上班的周末"),
        description=_l("周六、周日里要上班的，每行一天。"),
        render_kw={"rows": 6},
    )
    is_checked = BooleanField(
        _l("照国务院的放假通知核对过了"), description=_l("通知一般在前一年 11 月出来。")
    )
    year = 0

    def validate_holidays(self, field: DaysField) -> None:
        other = [day for day in field.data or [] if not day.startswith(f"{self.year}-")]
        if other:
            raise ValidationError(_("%(day)s 不在 %(year)s 年。", day=other[0], year=self.year))

    def validate_workdays(self, field: DaysField) -> None:
        self.validate_holidays(field)
        both = sorted(set(field.data or []) & set(self.holidays.data or []))
        if both:
            raise ValidationError(_("%(day)s 又放假又上班，留一个。", day=both[0]))
        if weekdays := [day for day in field.data if date.fromisoformat(day).weekday() < 5]:
            raise ValidationError(_("%(day)s 不是周末，本来就上班。", day=weekdays[0]))

    def values(self, stored: Any) -> dict[str, list[Any]]:
        """Return the settings of all years with this one as it was typed."""
        return {
            "holidays": self.among(stored.all_holidays, self.holidays.data),
            "workdays": self.among(stored.all_workdays, self.workdays.data),
            "calendar_checked_years": sorted(
                {*stored.checked_years} - {self.year}
                | ({self.year} if self.is_checked.data else set())
            ),
        }

    def among(self, days: list[str], typed: list[str]) -> list[str]:
        others = [day for day in days if not day.startswith(f"{self.year}-")]
        return sorted({*others, *typed})


LABELS = {
    "holidays": _l("放假的日子"),
    "workdays": _l("调休上班的周末"),
    "calendar_checked_years": _l("核对过放假安排的年份"),
}


def setting_label(name: str) -> LazyString | str:
    """Return what the forms call a setting; one that is gone keeps its code name."""
    field = getattr(CompanyForm, name, None)
    return field.args[0] if field else LABELS.get(name, name)
