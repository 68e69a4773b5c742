"""An activity that comes again: its days are made ahead, and each can be changed alone."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, takewhile

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import db
from core.errors import RuleBroken

EVERY = {"week": _l("每周"), "fortnight": _l("每两周"), "month": _l("每月")}
# A year of weeks: whoever plans further plans again when it is over.
MOST_OCCURRENCES = 53


class TooManyOccurrences(RuleBroken):
    def __str__(self) -> str:
        return _("一次最多排 %(n)s 场，日期近一点。", n=MOST_OCCURRENCES)


class SeriesGoesFurther(RuleBroken):
    """A series is made longer, never twice over the same days."""

    def __str__(self) -> str:
        return _("这一组已经排到那天以后了，日期再往后写。")


class ActivitySeries(db.Model):
    """The rule that made several activities."""

    __tablename__ = "activity_series"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    every: Mapped[str] = mapped_column(String(12))
    first_on: Mapped[date]
    until: Mapped[date]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    def days_after(self, made: date | None) -> list[date]:
        """Return the days of the rule up to ``until`` that come after those made already.

        Raises TooManyOccurrences.
        """
        return self._days_between(made, self.until)

    def extend(self, until: date) -> list[date]:
        """Let the rule reach further; return the days that come with it.

        Raises SeriesGoesFurther, TooManyOccurrences; then the rule reaches no further.
        """
        if until <= self.until:
            raise SeriesGoesFurther
        days = self._days_between(self.until, until)
        self.until = until
        return days

    def _days_between(self, made: date | None, until: date) -> list[date]:
        days = takewhile(lambda day: day <= until, self._steps())
        new = [day for day in days if made is None or day > made]
        if len(new) > MOST_OCCURRENCES:
            raise TooManyOccurrences
        return new

    def _steps(self) -> Iterator[date]:
        if self.every == "month":
            return map(self._months_later, count())
        weeks = 2 if self.every == "fortnight" else 1
        return (self.first_on + timedelta(weeks=weeks * step) for step in count())

    def _months_later(self, months: int) -> date:
        """Return the same day of a later month, or its last day where it is shorter."""
        number = self.first_on.year * 12 + self.first_on.month - 1 + months
        year, month = number // 12, number % 12 + 1
        return date(year, month, min(self.first_on.day, calendar.monthrange(year, month)[1]))
