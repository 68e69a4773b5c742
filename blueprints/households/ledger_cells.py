"""One row of the household ledger: its cells cleaned into a record, or the reasons why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.addresses import building_key, normalise_room, normalise_unit
from core.dates import DateError, PartialDate, parse_date
from core.ledgers import plain_text
from core.names import bare_name
from core.numerals import chinese_number, half_width
from core.phones import Phone, PhoneError, parse_phones
from core.sheets import CellError, CellValue, text_of

# Headers seen in offices' ledgers, best first; spaces, brackets and final digits are ignored.
FIELDS: Mapping[str, Sequence[str]] = {
    "serial": ("序号", "编号", "序", "NO"),
    "estate": ("小区", "小区名称", "所属小区"),
    "building": ("楼栋", "楼栋号", "栋号", "楼号", "栋", "幢", "座", "幢号"),
    "unit": ("单元", "单元号"),
    "room": ("房号", "房间号", "门牌号", "门牌", "室号", "室", "户号", "房屋号", "房间"),
    "head_name": (
        "户主姓名", "户主", "业主姓名", "业主", "房主姓名", "房主", "住户姓名", "住户", "姓名",
    ),
    "phones": (
        "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码",
    ),
    "people": ("常住人口", "常住人数", "家庭人口", "家庭人数", "人口数", "人口", "人数"),
    "tags": ("人员类别", "人群类别", "关爱类别", "特殊人群", "类别", "标签"),
    "birth": ("出生日期", "出生年月日", "出生年月", "户主出生日期", "生日", "出生"),
    "remark": ("备注", "备注说明", "说明"),
}  # fmt: skip
LABELS: Mapping[str, LazyString] = {
    "estate": _l("小区"),
    "building": _l("楼栋"),
    "unit": _l("单元"),
    "room": _l("房号"),
    "head_name": _l("户主姓名"),
    "phones": _l("联系电话"),
    "people": _l("常住人口"),
    "tags": _l("人员类别"),
    "birth": _l("出生日期"),
    "remark": _l("备注"),
}
# How ledgers name the care groups, and the group's name in CARE_TAGS.
CARE_WORDS: Mapping[str, str] = {
    "独居": "alone",
    "空巢": "empty_nest",
    "留守儿童": "left_behind",
    "留守": "left_behind",
    "残疾": "disabled",
    "重残": "disabled",
    "重病": "ill",
    "低保": "allowance",
    "高龄": "aged",
    "军属": "army_family",
    "军烈属": "army_family",
}
REQUIRED = ("building", "room", "head_name")
_MISSING_CODES = {
    "building": "building_missing",
    "room": "room_missing",
    "head_name": "name_missing",
}
_MISSING = _l("缺%(label)s")

_MOST_PEOPLE = 30
_BETWEEN_TAGS = re.compile(r"[、/,;|\s]+")
_PERSON = re.compile(r"(老人|人|户|家庭)$")
_NAME_NOTE = re.compile(r"\(([^)]*)\)")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_PEOPLE = re.compile(r"(.+?)[口人个位]*")

Cells: TypeAlias = Mapping[str, Sequence[CellValue]]
# Each estate's registered buildings by their key (core.addresses.building_key).
Registry: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Issue:
    """A reason or a hint: a fixed code for programs, and words for people."""

    code: str
    text: LazyString
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return str(self.text) % self.values


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """A household as the ledger gives it, cleaned.

    `building` is spelt as registered; `tags` are keys of CARE_TAGS.
    """

    estate: str
    building: str
    unit: str
    room: str
    head_name: str
    phones: tuple[Phone, ...]
    people: int | None
    tags: tuple[str, ...]
    birth: PartialDate | None
    remark: str

    @property
    def address(self) -> tuple[str, str, str, str]:
        """What makes it one household (户号)."""
        return self.estate, self.building, self.unit, self.room


def read_record(
    cells: Cells, registry: Registry, estate: str, today: date
) -> tuple[HouseholdRecord | None, list[Issue], list[Issue]]:
    """The record, the issues that keep the row out (then there is no record), and the warnings.

    `estate` counts where the row itself names none.
    """
    return _RowReading(cells, registry, today).record(estate)


class _RowReading:
    """Collects every reason of one row, so that a ledger is corrected in one go."""

    def __init__(self, cells: Cells, registry: Registry, today: date) -> None:
        self.cells = {
            name: [value for value in values if not isinstance(value, CellError)]
            for name, values in cells.items()
        }
        self.registry, self.today = registry, today
        self.issues = [_cell_issue(name, v) for name, vs in cells.items() for v in _errors(vs)]
        self.broken = {name for name, values in cells.items() if _errors(values)}
        self.warnings: list[Issue] = []

    def record(
        self, default_estate: str
    ) -> tuple[HouseholdRecord | None, list[Issue], list[Issue]]:
        self._require()
        estate = self._estate(default_estate)
        name, name_note = self._name()
        record = HouseholdRecord(
            estate=estate,
            building=self._building(estate),
            unit=normalise_unit(self._text("unit")),
            room=normalise_room(self._text("room")),
            head_name=name,
            birth=self._birth(),
            phones=self._phones(),
            people=self._people(),
            tags=self._tags(),
            remark=self._remark(name_note),
        )
        return None if self.issues else record, self.issues, self.warnings

    def _text(self, name: str) -> str:
        return next(filter(None, map(plain_text, self.cells.get(name, ()))), "")

    def _reject(self, code: str, text: LazyString, **values: object) -> None:
        self.issues.append(Issue(code, text, values))

    def _require(self) -> None:
        for name in REQUIRED:
            if not self._text(name) and name not in self.broken:
                self._reject(_MISSING_CODES[name], _MISSING, label=LABELS[name])

    def _estate(self, default: str) -> str:
        estate = bare_name(self._text("estate")) or default
        if not estate:
            self._reject("estate_missing", _MISSING, label=LABELS["estate"])
        elif estate not in self.registry:
            self._reject("estate_unknown", _l("小区未登记：%(value)s"), value=estate)
        return estate

    def _building(self, estate: str) -> str:
        text = self._text("building")
        building = self.registry.get(estate, {}).get(building_key(text))
        if building is None and text and estate in self.registry:
            self._reject("building_unknown", _l("楼栋未登记：%(value)s"), value=text)
        return building or text

    def _name(self) -> tuple[str, str]:
        """The name, and what stood in brackets behind it (租户)."""
        text = half_width(self._text("head_name"))
        return bare_name(_NAME_NOTE.sub("", text)), "；".join(_NAME_NOTE.findall(text))

    def _birth(self) -> PartialDate | None:
        if not self._text("birth"):
            return None
        value = self.cells["birth"][0]
        try:
            birth = parse_date(value, latest=self.today)
        except DateError as error:
            self._reject(error.code, error.text, label=LABELS["birth"], original=error.original)
            return None
        return self._without_lost_zero(value, birth)

    def _without_lost_zero(self, value: CellValue, birth: PartialDate) -> PartialDate:
        """Excel shows the number 1955.10 as 1955.1: such a month cannot be trusted."""
        if not isinstance(value, float) or birth.month != 1:
            return birth
        text = _l("出生日期 %(value)s 分不清是1月还是10月，只记年份")
        self.warnings.append(Issue("birth_ambiguous", text, {"value": birth.original}))
        return PartialDate(birth.year, original=birth.original)

    def _phones(self) -> tuple[Phone, ...]:
        try:
            texts = filter(None, map(plain_text, self.cells.get("phones", ())))
            return tuple(dict.fromkeys(phone for text in texts for phone in parse_phones(text)))
        except PhoneError as error:
            self._reject(error.code, error.text, **error.values)
            return ()

    def _people(self) -> int | None:
        text = half_width(self._text("people"))
        if not text:
            return None
        match = _PEOPLE.fullmatch(text)
        count = chinese_number(match[1].strip()) if match else None
        if count is None or count > _MOST_PEOPLE:
            hint = _l("常住人口看不懂，没有导入：%(value)s")
            self.warnings.append(Issue("people_unreadable", hint, {"value": text}))
            return None
        return count

    def _tags(self) -> tuple[str, ...]:
        """The care groups named. Others are left out, so that no list of another kind gets in."""
        words = [word for word in _BETWEEN_TAGS.split(half_width(self._text("tags"))) if word]
        known = {word: CARE_WORDS.get(_PERSON.sub("", word)) for word in words}
        unknown = [word for word, tag in known.items() if tag is None]
        if unknown:
            hint = _l("人员类别里没有这一项，没有导入：%(value)s")
            self.warnings.append(Issue("tag_unknown", hint, {"value": "、".join(unknown)}))
        return tuple(dict.fromkeys(tag for tag in known.values() if tag))

    def _remark(self, name_note: str) -> str:
        remark = "；".join(filter(None, [name_note, self._text("remark")]))
        if not _ID_NUMBER.search(remark):
            return remark
        self.warnings.append(Issue("id_number_left_out", _l("备注里有证件号码，没有导入")))
        return _ID_NUMBER.sub("", remark).strip()


def _errors(values: Sequence[CellValue]) -> list[CellError]:
    return [value for value in values if isinstance(value, CellError)]


def _cell_issue(name: str, error: CellError) -> Issue:
    if error.code:
        values = {"label": LABELS[name], "value": text_of(error)}
        return Issue("cell_error", _l("%(label)s是错误值：%(value)s"), values)
    return Issue("formula_without_result", _l("%(label)s的公式没有结果"), {"label": LABELS[name]})
