"""One row of an activity book: its cells cleaned into a record, or the reasons why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.imports.ledger import words_of
from blueprints.imports.rows import Cells, Issue, Reading
from blueprints.teams.models import DAY_MINUTES
from core.clock import SHANGHAI
from core.dates import DateDoesNotExist, DateError, parse_date
from core.ledgers import Field
from core.names import bare_name
from core.numerals import chinese_number, half_width

FIELDS: Mapping[str, Field] = {
    "title": Field(_l("活动名称"), ("活动名称", "活动主题", "活动内容", "活动", "名称", "主题")),
    "day": Field(_l("日期"), ("日期", "活动日期", "活动时间", "开展日期")),
    "time": Field(_l("时间"), ("时间", "起止时间", "时间段", "具体时间")),
    "place": Field(_l("地点"), ("地点", "活动地点", "场地")),
    "leader": Field(_l("负责人"), ("负责人", "组织者", "带队人", "组织人")),
    "people": Field(
        _l("参加人员"), ("参加人员", "参与人员", "参加人", "志愿者", "人员名单", "名单", "参与者")
    ),
    "hours": Field(_l("时长"), ("时长", "服务时长", "志愿时长", "小时数", "每人时长")),
    "count": Field(_l("人数"), ("人数", "参加人数", "参与人数")),
    "remark": Field(_l("备注"), ("备注", "说明")),
}
REQUIRED = (("title", "day", "hours"), ("title", "day", "time"))
State = Literal["came", "on_duty", "absent", "group"]
DEFAULT_START = time(9)
_MISSING = _l("缺%(label)s")
_BETWEEN_PEOPLE = re.compile(r"[、,;\n]+")
_NOTE = re.compile(r"\(([^)]*)\)")
_AND_OTHERS = re.compile(r"等(\d+)[人名个位]?$")
_GROUP = re.compile(r"全体|其他人|其余|大家|等人$")
_RANGE = re.compile(r"(\d{1,2}):(\d{2})[-~–—至到]+(\d{1,2}):(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_SPOKEN_CLOCK = re.compile(
    r"(上午|早上|下午|晚上|中午)?(\d{1,2}|[一二三四五六七八九十]{1,2})[点时](半)?"
)
_HOURS = re.compile(
    r"(?:(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)个?(?:小时|钟头|h|H)?)?(半)?(?:小时|钟头)?"
    r"(?:(\d+)(?:分钟|分))?"
)
_MINUTES = re.compile(r"(\d+)(?:分钟|分|min)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list: ``minutes`` None is the activity's own length."""

    name: str
    state: State = "came"
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """An activity as the book gives it, cleaned. ``minutes`` is None where nobody can tell."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    leader: str
    people: tuple[Person, ...]
    minutes: int | None
    remark: str

    def minutes_of(self, person: Person) -> int | None:
        return self.minutes if person.minutes is None else person.minutes


class BookRow:
    """Collects every reason of one row, so that a book is corrected in one go."""

    def __init__(self, cells: Cells, today: date) -> None:
        self.cells, self.today = cells, today
        self.issues: list[Issue] = []
        self.warnings: list[Issue] = []

    def reading(self) -> Reading:
        """The record, or the issues that keep the row out."""
        title = words_of(self.cells, "title")
        if not title:
            self._reject("title_missing", _MISSING, label=FIELDS["title"].label, field="title")
        day, minutes = self._day(), self._minutes()
        start, end = self._times()
        length = self._length(start, end, minutes)
        if self.issues or day is None:
            return Reading(None, self.issues, self.warnings)
        people = self._people()
        self._mind_count(people)
        if start is None:
            self._warn("time_missing", _l("没写几点开始，先按 9:00 记"))
        begins = datetime.combine(day, start or DEFAULT_START, tzinfo=SHANGHAI)
        ends = datetime.combine(day, end, tzinfo=SHANGHAI) if start and end else None
        if ends is None or ends <= begins:
            ends = begins + timedelta(minutes=length or 60)
        record = ActivityRecord(
            title=title[:80],
            starts_at=begins,
            ends_at=ends,
            place=words_of(self.cells, "place")[:80],
            leader=bare_name(words_of(self.cells, "leader")),
            people=people,
            minutes=length,
            remark=words_of(self.cells, "remark"),
        )
        return Reading(record, (), self.warnings)

    def _reject(self, code: str, text: LazyString, **values: object) -> None:
        self.issues.append(Issue(code, text, values))

    def _warn(self, code: str, text: LazyString, **values: object) -> None:
        self.warnings.append(Issue(code, text, values))

    def _day(self) -> date | None:
        label = FIELDS["day"].label
        if not words_of(self.cells, "day"):
            self._reject("date_missing", _MISSING, label=label, field="day")
            return None
        value = next(value for value in self.cells["day"] if value is not None)
        try:
            found = parse_date(value, latest=self.today)
            if found.precision != "day" or found.calendar != "solar" or found.year is None:
                raise DateDoesNotExist(found.original)
        except DateError as error:
            self._reject(error.code, error.text, label=label, original=error.original)
            return None
        return date(found.year, found.month or 1, found.day or 1)

    def _minutes(self) -> int | None:
        """Each person's minutes as the book says; None where it says nothing clear."""
        text = half_width(words_of(self.cells, "hours"))
        if not text:
            return None
        minutes = minutes_in(text)
        if minutes is None:
            self._warn("hours_vague", _l("时长写得含糊，没有记时长：%(value)s"), value=text)
        elif minutes > DAY_MINUTES:
            self._reject("hours_invalid", _l("时长超过24小时：%(value)s"), value=text)
        return minutes

    def _times(self) -> tuple[time | None, time | None]:
        text = half_width(words_of(self.cells, "time")).replace(" ", "")
        span = _RANGE.search(text)
        if span:
            return clock(span[1], span[2]), clock(span[3], span[4])
        single = _CLOCK.search(text)
        if single:
            return clock(single[1], single[2]), None
        spoken = _SPOKEN_CLOCK.search(text)
        return (spoken_clock(*spoken.groups()), None) if spoken else (None, None)

    def _length(self, start: time | None, end: time | None, minutes: int | None) -> int | None:
        """The minutes of each person: as said, else from the times."""
        said = words_of(self.cells, "hours")
        if said:
            return minutes
        if start is None or end is None:
            text = _l("缺时长，也没有起止时间")
            self._reject("hours_missing", text, field="hours")
            return None
        length = (end.hour - start.hour) * 60 + end.minute - start.minute
        if length <= 0:
            text = _l("结束早于开始：%(value)s，且没有时长")
            self._reject("time_reversed", text, value=words_of(self.cells, "time"))
        return length

    def _people(self) -> tuple[Person, ...]:
        text = half_width(words_of(self.cells, "people"))
        parts = (part.strip() for part in _BETWEEN_PEOPLE.split(text))
        return tuple(self._person(part) for part in parts if part)

    def _person(self, part: str) -> Person:
        others = _AND_OTHERS.search(part)
        if others:
            part = part[: others.start()]
            self._warn("more_people_than_names", _l("写着“等%(count)s人”，只记写了名字的"),
                       count=others[1])  # fmt: skip
        notes = " ".join(_NOTE.findall(part))
        name = bare_name(_NOTE.sub("", part))
        if _GROUP.search(name):
            self._warn("group_word", _l("“%(value)s”不是一个人的名字"), value=name)
            return Person(name, "group")
        if re.search(r"请假|没来|未到|缺席", notes):
            return Person(name, "absent")
        if re.search(r"在岗|上班|值班", notes):
            return Person(name, "on_duty")
        return Person(name, "came", minutes_in(notes) if notes else None)

    def _mind_count(self, people: tuple[Person, ...]) -> None:
        """Hint where the number does not fit the names, unless they are not all there."""
        said = chinese_number(half_width(words_of(self.cells, "count")).rstrip("人名"))
        present = sum(person.state != "absent" for person in people)
        explained = {"group_word", "more_people_than_names"} & {w.code for w in self.warnings}
        if said is not None and people and said != present and not explained:
            text = _l("人数写 %(said)s，名字有 %(present)s 个")
            self._warn("count_differs", text, said=said, present=present)


def clock(hour: str, minute: str) -> time | None:
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def spoken_clock(part: str | None, hour: str, half: str | None) -> time | None:
    """晚上7点半 is 19:30."""
    number = chinese_number(hour) or 0
    if part in ("下午", "晚上") and number < 12:
        number += 12
    return time(number, 30 if half else 0) if number < 24 else None


def minutes_in(text: str) -> int | None:
    """120分钟, 2小时30分, 2.5h, 两个半小时 or 2 (hours); None for 半天 and the like."""
    plain = text.replace(" ", "")
    only = _MINUTES.fullmatch(plain)
    if only:
        return int(only[1])
    match = _HOURS.fullmatch(plain)
    if not plain or match is None:
        return None
    hours, half, minutes = match.groups()
    whole = float(hours) if hours and hours[0].isdigit() else chinese_number(hours or "零") or 0
    return round(whole * 60) + (30 if half else 0) + int(minutes or 0)
