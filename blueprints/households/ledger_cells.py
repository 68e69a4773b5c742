"""One row of the household ledger: its cells cleaned into a record, or the reasons why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.imports.ledger import words_of
from blueprints.imports.rows import Cells, Issue, Reading
from core.addresses import Door, building_key, normalise_room, normalise_unit, parse_door
from core.dates import DateError, PartialDate, parse_date
from core.ledgers import Field, plain_text
from core.names import bare_name
from core.numerals import chinese_number, half_width
from core.phones import Phone, PhoneError, parse_phones
from core.sheets import CellValue

# Headers seen in offices' ledgers, best first; spaces, brackets and final digits are ignored.
FIELDS: Mapping[str, Field] = {
    "estate": Field(_l("小区"), ("小区", "小区名称", "所属小区")),
    "building": Field(_l("楼栋"), ("楼栋", "楼栋号", "栋号", "楼号", "栋", "幢", "座", "幢号")),
    "unit": Field(_l("单元"), ("单元", "单元号")),
    "room": Field(
        _l("房号"),
        ("房号", "房间号", "门牌号", "门牌", "室号", "室", "户号", "房屋号", "房间", "门牌号码"),
    ),
    "address": Field(
        _l("地址"), ("地址", "住址", "家庭住址", "居住地址", "房屋地址", "门牌地址", "房屋坐落", "楼栋房号")
    ),
    "head_name": Field(
        _l("户主姓名"),
        ("户主姓名", "户主", "业主姓名", "业主", "房主姓名", "房主", "住户姓名", "住户", "姓名"),
    ),
    "phones": Field(
        _l("联系电话"),
        (
            "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码",
            "固定电话", "座机",
        ),
        many=True,
    ),
    "people": Field(
        _l("常住人口"),
        ("常住人口", "常住人数", "家庭人口", "家庭人数", "人口数", "人口", "人数"),
    ),
    "tags": Field(
        _l("人员类别"), ("人员类别", "人群类别", "关爱类别", "特殊人群", "类别", "标签")
    ),
    "birth": Field(
        _l("出生日期"),
        ("出生日期", "出生年月日", "出生年月", "户主出生日期", "生日", "出生"),
    ),
    "remark": Field(_l("备注"), ("备注", "备注说明", "说明")),
}  # fmt: skip
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
# A door in three columns, or written in one.
REQUIRED = (("building", "room", "head_name"), ("address", "head_name"), ("room", "head_name"))
_MISSING = _l("缺%(label)s")

_UNIT_AND_ROOM = re.compile(r"(?:.+-)?([0-9]{1,2})-([A-Za-z]?[0-9]{3,4}[A-Za-z]?)")
_MOST_PEOPLE = 30
_BETWEEN_TAGS = re.compile(r"[、/,;|\s]+")
_PERSON = re.compile(r"(老人|人|户|家庭)$")
_NAME_NOTE = re.compile(r"\(([^)]*)\)")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_PEOPLE = re.compile(r"(.+?)[口人个位]*")

# Each estate's registered buildings by their key (core.addresses.building_key).
Registry: TypeAlias = Mapping[str, Mapping[str, str]]


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


def read_record(cells: Cells, registry: Registry, estate: str, today: date) -> Reading:
    """The record, or the issues that keep the row out; `estate` counts where the row names none."""
    return _RowReading(cells, registry, today).reading(estate)


class _RowReading:
    """Collects every reason of one row, so that a ledger is corrected in one go."""

    def __init__(self, cells: Cells, registry: Registry, today: date) -> None:
        self.cells, self.registry, self.today = cells, registry, today
        self.issues: list[Issue] = []
        self.warnings: list[Issue] = []

    def reading(self, default_estate: str) -> Reading:
        door = self._door()
        self._require(door)
        estate = self._estate(default_estate)
        name, name_note = self._name()
        record = HouseholdRecord(
            estate=estate,
            building=self._building(estate, door.building),
            unit=door.unit,
            room=door.room,
            head_name=name,
            birth=self._birth(),
            phones=self._phones(),
            people=self._people(),
            tags=self._tags(),
            remark=self._remark(name_note),
        )
        return Reading(None if self.issues else record, self.issues, self.warnings)

    def _door(self) -> Door:
        """The door from its own columns, or from an address in one (3-2-501)."""
        building, unit, room = self._text("building"), self._text("unit"), self._text("room")
        whole = self._text("address") or (room if not building else "")
        if whole and not (building and room):
            found = parse_door(self._without_estate(whole))
            return Door(
                building or found.building,
                normalise_unit(unit) or found.unit,
                found.room or normalise_room(room),
            )
        # A room that repeats its building and unit, or its unit: 3-2-501 or 2-501 in 3栋.
        number = normalise_room(room)
        repeated = _UNIT_AND_ROOM.fullmatch(number)
        own_unit, number = repeated.groups() if repeated else ("", number)
        return Door(building, normalise_unit(unit) or own_unit, number)

    def _without_estate(self, text: str) -> str:
        named = [estate for estate in self.registry if text.startswith(estate)]
        return text.removeprefix(max(named, key=len)) if named else text

    def _text(self, name: str) -> str:
        return words_of(self.cells, name)

    def _reject(self, code: str, text: LazyString, **values: object) -> None:
        self.issues.append(Issue(code, text, values))

    def _require(self, door: Door) -> None:
        given = {"building": door.building, "room": door.room, "head_name": self._text("head_name")}
        for name, text in given.items():
            if not text:
                code = "name_missing" if name == "head_name" else f"{name}_missing"
                self._reject(code, _MISSING, label=FIELDS[name].label, field=name)

    def _estate(self, default: str) -> str:
        estate = bare_name(self._text("estate")) or default
        if not estate:
            self._reject("estate_missing", _MISSING, label=FIELDS["estate"].label, field="estate")
        elif estate not in self.registry:
            self._reject("estate_unknown", _l("小区未登记：%(value)s"), value=estate)
        return estate

    def _building(self, estate: str, text: str) -> str:
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
            self._reject(
                error.code, error.text, label=FIELDS["birth"].label, original=error.original
            )
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
