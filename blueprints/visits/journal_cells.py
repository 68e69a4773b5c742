"""One row of a visit journal: its cells cleaned into a record, or the reasons why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.imports.ledger import words_of
from blueprints.imports.rows import Cells, Issue, Reading
from blueprints.visits.journal_homes import Homes, Place
from core.dates import DateDoesNotExist, DateError, PartialDate, parse_date
from core.ledgers import Field
from core.names import bare_name
from core.numerals import half_width

FIELDS: Mapping[str, Field] = {
    "day": Field(_l("日期"), ("日期", "走访日期", "走访时间", "入户日期", "时间")),
    "visitor": Field(
        _l("走访人"), ("走访人", "走访人员", "走访者", "入户人员", "记录人", "志愿者")
    ),
    "home": Field(
        _l("住户"),
        ("住户", "走访对象", "走访住户", "走访户", "地址", "门牌", "住址", "户主", "对象"),
    ),
    "kind": Field(_l("类型"), ("类型", "走访类型", "类别", "方式", "走访方式")),
    "note": Field(
        _l("情况"), ("情况", "走访情况", "基本情况", "走访内容", "内容", "走访记录", "记录")
    ),
    "request": Field(_l("诉求"), ("诉求", "居民诉求", "需求", "困难诉求", "问题", "诉求建议")),
    "solved": Field(_l("是否解决"), ("是否解决", "解决情况", "办理情况", "处理情况", "进展")),
}
REQUIRED = (("day", "visitor", "home"),)
Outcome = Literal["none", "open", "solved"]
_SOLVED = frozenset(["是", "√", "✓", "已解决", "解决", "已办结", "办结"])
_OPEN = frozenset(["否", "×", "x", "X", "未解决", "待跟进", "处理中", "跟进中"])
_NO_REQUEST = frozenset(["无诉求", "无需求"])
# How journals call what was done, and the kind it is here.
_KINDS = (
    ("电话", "phone"),
    ("节日", "festival"),
    ("慰问", "festival"),
    ("维修", "repair"),
    ("紧急", "urgent"),
    ("应急", "urgent"),
    ("送学", "lesson"),
    ("宣传", "outreach"),
    ("陪诊", "escort"),
    ("代办", "errand"),
)
_NOBODY = re.compile(r"无人应|没人应|不在家|没人在家|敲门没人|未见到")
_BETWEEN = re.compile(r"[、,;/|\s]+|和|与")
_SHORT_DAY = re.compile(r"(\d{1,2})[./\-](\d{1,2})")
_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)|(?<!\d)1\d{2}[- ]\d{4}[- ]\d{4}(?!\d)")
_MISSING = _l("缺%(label)s")


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit as the journal gives it, cleaned. ``visitors`` are the ids of accounts."""

    day: date
    visitors: tuple[int, ...]
    place: Place
    kind: str
    called: str
    note: str
    request: str
    outcome: Outcome
    met: bool

    @property
    def household_id(self) -> int | None:
        return self.place.household_id


class JournalRow:
    """Collects every reason of one row, so that a journal is corrected in one go."""

    def __init__(
        self, cells: Cells, homes: Homes, people: Mapping[str, int], year: int | None, today: date
    ) -> None:
        self.cells, self.homes, self.people = cells, homes, people
        self.year, self.today = year, today
        self.issues: list[Issue] = []
        self.warnings: list[Issue] = []

    def reading(self) -> Reading:
        """The record, or the issues that keep the row out."""
        for name in REQUIRED[0]:
            if not words_of(self.cells, name):
                label = FIELDS[name].label
                self._reject(f"{name if name != 'day' else 'date'}_missing", _MISSING,
                             label=label, field=name)  # fmt: skip
        day, visitors, place = self._day(), self._visitors(), self._place()
        if self.issues or day is None:
            return Reading(None, self.issues, self.warnings)
        note, request, outcome = words_of(self.cells, "note"), *self._request()
        self._mind_phones(note, request)
        called = words_of(self.cells, "kind")
        kind = next((kind for word, kind in _KINDS if word in called), "chat")
        record = VisitRecord(
            day, visitors, place, kind, called, note, request, outcome, not _NOBODY.search(note)
        )
        return Reading(record, (), self.warnings)

    def _reject(self, code: str, text: LazyString, **values: object) -> None:
        self.issues.append(Issue(code, text, values))

    def _day(self) -> date | None:
        if not words_of(self.cells, "day"):
            return None
        value = next(value for value in self.cells["day"] if value is not None)
        try:
            found = self._with_year(parse_date(self._spelt(value)))
            if found.is_after(self.today):
                self._reject("date_future", _l("日期晚于当天：%(original)s"), original=str(value))
                return None
            if found.precision != "day" or found.calendar != "solar" or found.year is None:
                raise DateDoesNotExist(str(value))
            return date(found.year, found.month or 1, found.day or 1)
        except DateError as error:
            label = FIELDS["day"].label
            self._reject(error.code, error.text, label=label, original=error.original)
        return None

    def _spelt(self, value: object) -> object:
        """1.3 and 1/3 are days of the year that stands in the title."""
        if isinstance(value, datetime | date):
            return value
        text = half_width(str(value)).strip()
        short = _SHORT_DAY.fullmatch(text) if self.year else None
        return f"{self.year}-{short[1]}-{short[2]}" if short else text

    def _with_year(self, day: PartialDate) -> PartialDate:
        if day.year is not None:
            return day
        if self.year is None or day.calendar != "solar":
            raise DateDoesNotExist(day.original)
        try:
            date(self.year, day.month or 1, day.day or 1)
        except ValueError:
            raise DateDoesNotExist(day.original) from None
        return replace(day, year=self.year)

    def _visitors(self) -> tuple[int, ...]:
        text = half_width(words_of(self.cells, "visitor"))
        names = [name for name in _BETWEEN.split(text) if name]
        for name in names:
            if bare_name(name) not in self.people:
                self._reject("visitor_unknown", _l("走访人没有账号：%(value)s"), value=name)
        found = (self.people.get(bare_name(name)) for name in names)
        return tuple(dict.fromkeys(person for person in found if person))

    def _place(self) -> Place:
        text = words_of(self.cells, "home")
        place = self.homes.find(text)
        if place.household_id in self.homes.declined:
            self._reject("visits_declined", _l("这一户说过不愿意被走访，不记走访"))
        return place

    def _request(self) -> tuple[str, Outcome]:
        request, word = words_of(self.cells, "request"), words_of(self.cells, "solved")
        request = "" if request in _NO_REQUEST else request
        if word in _SOLVED:
            return request, "solved"
        return request, "open" if word in _OPEN else "none"

    def _mind_phones(self, *texts: str) -> None:
        if any(_PHONE.search(half_width(text)) for text in texts):
            self.warnings.append(
                Issue("phone_in_text", _l("情况里写了电话，导入后请挪到住户的电话里"))
            )
