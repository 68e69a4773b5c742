"""What every office ledger shares: headers in any order, blank rows, totals at the foot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.numerals import half_width
from core.sheets import CellError, CellValue, Sheet, SheetRow, WorkbookError, text_of

# A title and a note or two may stand above the headers, hardly more.
_HEADER_WITHIN = 20
_NOT_IN_HEADERS = re.compile(r"\([^)]*\)|[\s*:#.、]|\d+$")
_SPACE = re.compile(r"\s")
_TOTAL = re.compile(r"(本页|全部|总)?(合计|小计|总计|共计|累计)[:户人]*")
_SIGNATURE = re.compile(
    r"(制表|填表|审核|复核|统计|打印|填报|联系|说明|备注|注)[人员日期单位时间]*:.*", re.DOTALL
)
_NOTHING = frozenset(["", "无", "没有", "暂无", "不详", "未知", "-", "--", "—", "——", "/", "\\"])


class HeaderNotFound(WorkbookError):
    """No sheet has a row of headers we know."""

    text = _l("“%(name)s”里没有找到表头。需要这几列：%(columns)s。")


class ColumnsMissing(WorkbookError):
    """The headers are there, but not all the columns that every row needs."""

    text = _l("“%(name)s”缺少这几列：%(columns)s。")


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
    """The header row of one sheet."""

    row: int
    columns: tuple[Column, ...]

    def indexes(self, field: str) -> list[int]:
        """The columns taken for a field, in order; several phones may each have one."""
        return [column.index for column in self.columns if column.field == field]

    def missing(self, required: Sequence[str]) -> list[str]:
        """Which of the fields have no column."""
        return [field for field in required if not self.indexes(field)]


def find_header(
    sheet: Sheet, synonyms: Mapping[str, Sequence[str]], repeatable: frozenset[str] = frozenset()
) -> Header | None:
    """The row, near the top, that names the most fields (two at least); None without one.

    `synonyms` gives each field its names, best first: where 户主姓名 and 姓名 both stand, the
    first is taken. Hidden columns are shown in the result but never taken.
    """
    headers = [_header(sheet, row, synonyms, repeatable) for row in sheet.rows[:_HEADER_WITHIN]]
    best = max(headers, key=_recognised, default=None)
    return best if best is not None and _recognised(best) >= 2 else None


def _recognised(header: Header) -> int:
    return len({column.field for column in header.columns} - {None})


def _header(
    sheet: Sheet,
    row: SheetRow,
    synonyms: Mapping[str, Sequence[str]],
    repeatable: frozenset[str],
) -> Header:
    names = {index: _header_name(value) for index, value in enumerate(row.values)}
    visible = {i: name for i, name in names.items() if i not in sheet.hidden_columns}
    taken: dict[int, str] = {}
    for field, words in synonyms.items():
        matches = [i for word in words for i, name in visible.items() if name == word]
        taken |= dict.fromkeys(matches if field in repeatable else matches[:1], field)
    columns = (
        Column(i, text_of(row.value(i)).strip(), taken.get(i), i in sheet.hidden_columns)
        for i, name in names.items()
        if name
    )
    return Header(row.number, tuple(columns))


def _header_name(value: CellValue) -> str:
    return _NOT_IN_HEADERS.sub("", half_width(text_of(value)))


def title_of(sheet: Sheet, header: Header) -> str:
    """What stands above the headers, with the sheet's own name: it may name estate and year."""
    above = [
        text_of(v) for row in sheet.rows if row.number < header.row for _, v in row.own_values()
    ]
    return " ".join([*above, sheet.name])


def data_rows(sheet: Sheet, header: Header) -> Iterator[SheetRow]:
    """The rows below the headers down to the last one with data, blank ones in between included.

    Totals, signatures and headers repeated on every printed page are left out.
    """
    below = [row for row in sheet.rows if row.number > header.row]
    kept = [row for row in below if not _is_footer(row) and not _repeats(row, header)]
    while kept and is_blank(kept[-1], header):
        kept.pop()
    left_out = {row.number for row in below} - {row.number for row in kept}
    by_number = {row.number: row for row in kept}
    for number in range(header.row + 1, (kept[-1].number if kept else header.row) + 1):
        if number not in left_out:
            yield by_number.get(number) or SheetRow(number, ())


def is_blank(row: SheetRow, header: Header) -> bool:
    """Whether nothing was typed into the row's fields; merged cells and a bare 序号 don't count."""
    fields = {column.index for column in header.columns if column.field != "serial"}
    return not any(
        column in fields and text_of(value).strip() or isinstance(value, CellError)
        for column, value in row.own_values()
    )


def _is_footer(row: SheetRow) -> bool:
    texts = [text for _, value in row.own_values() if (text := text_of(value).strip())]
    if not texts:
        return False
    first = _SPACE.sub("", half_width(texts[0]))
    return bool(_TOTAL.fullmatch(first) or (len(texts) == 1 and _SIGNATURE.fullmatch(first)))


def _repeats(row: SheetRow, header: Header) -> bool:
    fields = [column for column in header.columns if column.field]
    return all(text_of(row.value(column.index)).strip() == column.header for column in fields)


def plain_text(value: CellValue) -> str:
    """The cell's text without spaces around it; 无, — and the like count as nothing."""
    text = text_of(value).strip()
    return "" if text in _NOTHING else text
