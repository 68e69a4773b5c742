"""One row of the volunteers' roster: its cells cleaned into a record, or the reasons why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.imports.ledger import words_of
from blueprints.imports.rows import Cells, Issue, Reading
from core.dates import DateError, PartialDate, parse_date
from core.ledgers import Field, plain_text
from core.names import bare_name
from core.numerals import half_width
from core.phones import Phone, PhoneError, parse_phones

FIELDS: Mapping[str, Field] = {
    "name": Field(_l("姓名"), ("姓名", "志愿者姓名", "志愿者", "队员姓名", "队员")),
    "phone": Field(
        _l("电话"),
        ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"),
        many=True,
    ),
    "team": Field(_l("服务队"), ("服务队", "所属服务队", "所在服务队", "志愿服务队", "队伍")),
    "joined": Field(
        _l("入队时间"), ("入队时间", "加入日期", "入队日期", "加入时间", "注册日期", "登记日期")
    ),
    "skills": Field(_l("技能"), ("技能", "特长", "专业技能", "擅长", "服务专长")),
    "remark": Field(_l("备注"), ("备注", "说明")),
}
REQUIRED = (("name", "phone", "team"),)
GUARDIAN_AGE = 14
_MISSING = _l("缺%(label)s")
_BETWEEN = re.compile(r"[、,;/|\s]+")
_NOTE = re.compile(r"\(([^)]*)\)")
_AGE = re.compile(r"(?<!\d)(\d{1,2})岁")


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team somebody is in, spelt as registered; 队长 stood in brackets behind it."""

    name: str
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class VolunteerRecord:
    """A volunteer as the roster gives them, cleaned."""

    name: str
    phones: tuple[Phone, ...]
    teams: tuple[TeamName, ...]
    joined: PartialDate | None
    skills: tuple[str, ...]
    is_child: bool

    @property
    def phone(self) -> str:
        """The number that is kept: none of a child without a guardian's consent."""
        return "" if self.is_child or not self.phones else self.phones[0].number


class RosterRow:
    """Collects every reason of one row, so that a roster is corrected in one go."""

    def __init__(self, cells: Cells, teams: Mapping[str, str], today: date) -> None:
        self.cells, self.teams, self.today = cells, teams, today
        self.issues: list[Issue] = []
        self.warnings: list[Issue] = []

    def reading(self) -> Reading:
        """The record, or the issues that keep the row out."""
        for name in REQUIRED[0]:
            if not words_of(self.cells, name):
                code = f"{name}_missing"
                self._reject(code, _MISSING, label=FIELDS[name].label, field=name)
        record = VolunteerRecord(
            name=bare_name(_NOTE.sub("", half_width(words_of(self.cells, "name")))),
            phones=self._phones(),
            teams=self._teams(),
            joined=self._joined(),
            skills=tuple(self._parts("skills")),
            is_child=self._is_child(),
        )
        return Reading(None if self.issues else record, self.issues, self.warnings)

    def _reject(self, code: str, text: LazyString, **values: object) -> None:
        self.issues.append(Issue(code, text, values))

    def _warn(self, code: str, text: LazyString, **values: object) -> None:
        self.warnings.append(Issue(code, text, values))

    def _parts(self, name: str) -> list[str]:
        text = half_width(words_of(self.cells, name))
        return list(dict.fromkeys(part for part in _BETWEEN.split(text) if part))

    def _phones(self) -> tuple[Phone, ...]:
        try:
            texts = filter(None, map(plain_text, self.cells.get("phone", ())))
            found = tuple(dict.fromkeys(phone for text in texts for phone in parse_phones(text)))
        except PhoneError as error:
            self._reject(error.code, error.text, **error.values)
            return ()
        if len(found) > 1:
            self._warn("phone_second", _l("写了几个电话，只记第一个"))
        return found

    def _teams(self) -> tuple[TeamName, ...]:
        found: dict[str, TeamName] = {}
        for part in self._parts("team"):
            name = _NOTE.sub("", part)
            registered = self.teams.get(name)
            if registered is None:
                self._reject("team_unknown", _l("服务队未登记：%(value)s"), value=name)
            else:
                leads = any("队长" in note for note in _NOTE.findall(part))
                found[registered] = TeamName(registered, leads)
        return tuple(found.values())

    def _joined(self) -> PartialDate | None:
        values = [value for value in self.cells.get("joined", ()) if value is not None]
        if not values or not words_of(self.cells, "joined"):
            return None
        try:
            joined = parse_date(values[0], latest=self.today)
        except DateError as error:
            label = FIELDS["joined"].label
            self._reject(error.code, error.text, label=label, original=error.original)
            return None
        if joined.precision != "day":
            text = _l("入队时间只有%(value)s，先按头一天记")
            self._warn("joined_rounded", text, value=joined.original)
        return joined

    def _is_child(self) -> bool:
        """Whether the remark tells an age under 14 (个人信息保护法, article 31)."""
        ages = _AGE.findall(half_width(words_of(self.cells, "remark")))
        if not any(int(age) < GUARDIAN_AGE for age in ages):
            return False
        self._warn("under_14", _l("未满 14 岁，等监护人同意：电话和技能没有导入"))
        return True
