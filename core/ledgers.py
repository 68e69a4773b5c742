"""What every office ledger shares: headers in any order, blank rows, totals at the foot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.numerals import half_width
from core.sheets import CellError, CellValue, Sheet, SheetRow, text_of

# A title and a note or two may stand above the headers, hardly more.
HEADER_WITHIN = 20
SERIAL = "serial"
_NOT_IN_HEADERS = re.compile(r"\([^)]*\)|[\s*:#.、_/]|\d+$")
_SPACE = re.compile(r"\s")
_TOTAL = re.compile(r"(本页|全部|总)?(合计|小计|总计|共计|累计)[:户人]*")
_SIGNATURE = re.compile(
    r"(制表|填表|审核|复核|统计|打印|填报|联系|说明|备注|注)[人员日期单位时间]*:.*", re.DOTALL
)
_NOTHING = frozenset(["", "无", "没有", "暂无", "不详", "未知", "-", "--", "—", "——", "/", "\\"])
# Traditional characters of headers, one by one with their simplified form.
_SIMPLIFIED = str.maketrans(
    "戶業電話聯繫絡號碼機樓棟單員類別備註說務隊時間歲動稱點參與長負責況訴決數實際門處標籤幾職齡關愛",
    "户业电话联系络号码机楼栋单员类别备注说务队时间岁动称点参与长负责况诉决数实际门处标签几职龄关爱",
)
# A header with one of these is about somebody or something else.
_OF_OTHERS = re.compile(r"紧急|监护|家长|身份证|证件|证号|配偶|子女")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may hold: its name for people, and the headers it is known by, best first."""

    label: LazyString
    names: tuple[str, ...]
    # Several columns may hold it, as 电话1 and 电话2 do.
    many: bool = False


SERIAL_FIELD = Field(_l("序号"), ("序号", "编号", "序", "NO", "No"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it was taken for; `field` is None when it will not be imported."""

    index: int
    header: str
    field: str | None
    hidden: bool

    @property
    def letter(self) -> str:
        from openpyxl.utils import get_column_letter  # takes a while; see core/excel.py

        return get_column_letter(self.index + 1)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet; `row` is its last row where it stands on two."""

    row: int
    columns: tuple[Column, ...]
    first_row: int

    def indexes(self, field: str) -> list[int]:
        """The columns taken for a field, in order; several phones may each have one."""
        return [column.index for column in self.columns if column.field == field]

    def missing(self, required: Sequence[str]) -> list[str]:
        """Which of the fields have no column."""
        return [field for field in required if not self.indexes(field)]

    @property
    def recognised(self) -> int:
        """How many different fields were found."""
        return len({column.field for column in self.columns} - {None})


def find_header(
    sheet: Sheet, fields: Mapping[str, Field], known: Mapping[str, str] | None = None
) -> Header | None:
    """The row or two, near the top, that name the most fields (two at least); None without one.

    `known` says what headers (as `header_key` gives them) were taken for before; it goes first.
    Of several columns that fit one field the best named is taken. Hidden columns are shown in
    the result but never taken.
    """
    found = [header_at(sheet, row.number, fields, known) for row in sheet.rows[:HEADER_WITHIN]]
    # Of a title joined over the headers and the headers alone, the headers.
    best = max(
        found, key=lambda found: (found.recognised, found.row == found.first_row), default=None
    )
    return best if best is not None and best.recognised >= 2 else None


def header_at(
    sheet: Sheet, number: int, fields: Mapping[str, Field], known: Mapping[str, str] | None = None
) -> Header:
    """The header that begins at a row, whether or not it names anything we know."""
    position = next(i for i, row in enumerate(sheet.rows) if row.number == number)
    upper = sheet.rows[position]
    single = _header(sheet, upper, None, fields, known or {})
    lower = sheet.rows[position + 1] if position + 1 < len(sheet.rows) else None
    if lower is None or not (upper.spread or lower.spread):
        return single
    double = _header(sheet, lower, upper, fields, known or {})
    return double if double.recognised > single.recognised else single


def _header(
    sheet: Sheet,
    row: SheetRow,
    above: SheetRow | None,
    fields: Mapping[str, Field],
    known: Mapping[str, str],
) -> Header:
    width = max(len(row.values), len(above.values) if above else 0)
    names = {index: _names(row, above, index) for index in range(width)}
    visible = {i: keys for i, (_text, keys) in names.items() if i not in sheet.hidden_columns}
    taken = _taken(visible, fields, known)
    columns = (
        Column(i, text, taken.get(i), i in sheet.hidden_columns)
        for i, (text, _keys) in names.items()
        if text
    )
    return Header(row.number, tuple(columns), above.number if above else row.number)


def _names(row: SheetRow, above: SheetRow | None, index: int) -> tuple[str, list[str]]:
    """What a column's header says, and the names it may be known by."""
    text = text_of(row.value(index)).strip()
    over = text_of(above.value(index)).strip() if above else ""
    if not over or over == text:
        return text, [header_key(text)]
    both = f"{over} {text}".strip()
    return both, [key for key in map(header_key, (text, both, over)) if key]


def _taken(
    names: Mapping[int, list[str]], fields: Mapping[str, Field], known: Mapping[str, str]
) -> dict[int, str]:
    """Give columns to fields: as people said before, then by name, then by how a name ends."""
    taken: dict[int, str] = {}
    settled: set[int] = set()
    for index, keys in names.items():
        said = next((known[key] for key in keys if key in known), None)
        if said is not None:
            settled.add(index)
            if said in fields:
                taken[index] = said
    for by_ending in (False, True):
        for field, about in fields.items():
            if field in taken.values() and (by_ending or not about.many):
                continue
            fits = [
                index
                for word in about.names
                for index, keys in names.items()
                if index not in settled and any(_fits(key, word, by_ending) for key in keys)
            ]
            found = list(dict.fromkeys(fits)) if about.many else fits[:1]
            taken |= dict.fromkeys(found, field)
            settled.update(found)
    return taken


def _fits(key: str, word: str, by_ending: bool) -> bool:
    if not by_ending:
        return key == word
    return len(word) > 1 and key.endswith(word) and not _OF_OTHERS.search(key)


def header_key(value: CellValue) -> str:
    """A header's bare name: 戶主姓名（必填） and 户主 姓名* are both 户主姓名."""
    return _NOT_IN_HEADERS.sub("", half_width(text_of(value)).translate(_SIMPLIFIED))


def title_of(sheet: Sheet, header: Header) -> str:
    """What stands above the headers, with the sheet's own name: it may name estate and year."""
    above = [
        text_of(value)
        for row in sheet.rows
        if row.number < header.first_row
        for _, value in row.own_values()
    ]
    return " ".join([*above, sheet.name])


def data_rows(sheet: Sheet, header: Header) -> Iterator[SheetRow]:
    """The rows below the headers down to the last one with data, blank ones in between included.

    Totals, signatures and headers repeated on every printed page are left out.
    """
    below = [row for row in sheet.rows if row.number > header.row]
    kept = [row for row in below if not _is_footer(row) and not _repeats(row, header)]
    while kept and not any(True for _ in _typed(kept[-1], header)):
        kept.pop()
    left_out = {row.number for row in below} - {row.number for row in kept}
    by_number = {row.number: row for row in kept}
    for number in range(header.row + 1, (kept[-1].number if kept else header.row) + 1):
        if number not in left_out:
            yield by_number.get(number) or SheetRow(number, ())


def is_blank(row: SheetRow, header: Header) -> bool:
    """Whether nothing was typed into the row's fields; merged cells and a bare 序号 don't count."""
    return not any(
        isinstance(value, CellError) or text_of(value).strip() for value in _typed(row, header)
    )


def _typed(row: SheetRow, header: Header) -> Iterator[CellValue]:
    """What was typed into a row below headers; numbers stand ready in many an empty row."""
    fields = {column.index for column in header.columns if column.field != SERIAL}
    return (
        value
        for column, value in row.own_values()
        if column in fields or isinstance(value, CellError)
    )


def _is_footer(row: SheetRow) -> bool:
    texts = [text for _, value in row.own_values() if (text := text_of(value).strip())]
    if not texts:
        return False
    first = _SPACE.sub("", half_width(texts[0]))
    return bool(_TOTAL.fullmatch(first) or (len(texts) == 1 and _SIGNATURE.fullmatch(first)))


def _repeats(row: SheetRow, header: Header) -> bool:
    texts = [
        (text_of(row.value(column.index)).strip(), column.header)
        for column in header.columns
        if column.field
    ]
    return bool(texts) and all(text and name.endswith(text) for text, name in texts)


def plain_text(value: CellValue) -> str:
    """The cell's text without spaces around it; 无, — and the like count as nothing."""
    text = text_of(value).strip()
    return "" if text in _NOTHING else text
