"""What a workbook gives once it is read, and the reasons it cannot be."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.errors import RuleBroken

MAX_UNPACKED_MB = 50
MAX_ROWS = 100_000
MAX_COLUMNS = 200


class WorkbookError(RuleBroken):
    """A file that cannot be imported; its text names the file and says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    text: LazyString

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.values = {"name": name, **values}

    def __str__(self) -> str:
        return str(self.text) % self.values


class WorkbookUnreadable(WorkbookError):
    text = _l("“%(name)s”打不开，文件可能不完整。请在 Excel 里另存一份再选。")


class WorkbookEncrypted(WorkbookError):
    text = _l("“%(name)s”有打开密码。请在 Excel 里去掉密码，存好再选。")


class WorkbookTooLarge(WorkbookError):
    text = _l("“%(name)s”太大，展开后超过 %(limit)s MB。请分成几份再选。")


class WorkbookTooLong(WorkbookError):
    text = _l("“%(name)s”超过 %(limit)s 行。请分成几份再选。")


class OldWorkbook(WorkbookError):
    text = _l("“%(name)s”是旧的 .xls 格式。请在 Excel 里另存为 .xlsx 再选。")


class NotAWorkbook(WorkbookError):
    text = _l("“%(name)s”不是 Excel 表格。请选 .xlsx 或 .csv 文件。")


class WorkbookEmpty(WorkbookError):
    text = _l("“%(name)s”里没有内容。")


# As Excel shows a cell that it could not calculate.
ERROR_TEXTS = frozenset(
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"]
)


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no value: an error such as #N/A, or (`code` empty) an uncalculated formula."""

    code: str


UNCALCULATED = CellError("")
CellValue: TypeAlias = (
    str | int | float | bool | datetime | date | time | timedelta | CellError | None
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as Excel numbers it. `spread` holds the columns filled by a merged cell's value."""

    number: int
    values: tuple[CellValue, ...]
    hidden: bool = False
    spread: frozenset[int] = frozenset()

    def value(self, column: int) -> CellValue:
        """The value in a column counted from 0; None beyond the last one."""
        return self.values[column] if column < len(self.values) else None

    def own_values(self) -> Iterator[tuple[int, CellValue]]:
        """Columns and values that were typed into this very row."""
        return (
            (column, value)
            for column, value in enumerate(self.values)
            if value is not None and column not in self.spread
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows that hold something, in order; column numbers count from 0."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


def clean_value(value: Any, is_error: bool = False) -> CellValue:
    """The stored value with errors marked (also #N/A typed as text) and 501.0 made 501."""
    if isinstance(value, str):
        if is_error or value in ERROR_TEXTS:
            return CellError(value)
        return value or None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def text_rows(
    numbered: Iterable[tuple[int, Sequence[str]]],
    spread: Mapping[int, frozenset[int]] | None = None,
) -> tuple[SheetRow, ...]:
    """Rows of plain text as a sheet has them; those that hold nothing are left out."""
    filled = spread or {}
    rows = (
        SheetRow(
            number,
            tuple(clean_value(text) for text in texts[:MAX_COLUMNS]),
            spread=filled.get(number, frozenset()),
        )
        for number, texts in numbered
    )
    return tuple(row for row in rows if any(value is not None for value in row.values))


def text_of(value: CellValue) -> str:
    """The value as one would read it in the cell: 501.0 is 501, a day is 1948-03-05."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, datetime) and value.time() == time():
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def packed(sheets: Sequence[Sheet]) -> str:
    """Sheets as JSON, to be read again much faster than the workbook they came from."""
    return json.dumps(
        [
            [sheet.name, sheet.hidden, sorted(sheet.hidden_columns), [*map(_row_out, sheet.rows)]]
            for sheet in sheets
        ],
        ensure_ascii=False,
        default=_value_out,
    )


def unpacked(text: str) -> tuple[Sheet, ...]:
    """The sheets that ``packed`` was given."""
    return tuple(
        Sheet(name, tuple(map(_row_in, rows)), hidden, frozenset(columns))
        for name, hidden, columns, rows in json.loads(text, object_hook=_value_in)
    )


def _row_out(row: SheetRow) -> list[Any]:
    return [row.number, row.values, row.hidden, sorted(row.spread)]


def _row_in(row: list[Any]) -> SheetRow:
    number, values, hidden, spread = row
    return SheetRow(number, tuple(values), hidden, frozenset(spread) if spread else frozenset())


def _value_out(value: Any) -> dict[str, Any]:
    if isinstance(value, CellError):
        return {"error": value.code}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    return {type(value).__name__: value.isoformat()}


def _value_in(kept: dict[str, Any]) -> CellValue:
    ((kind, value),) = kept.items()
    if kind == "error":
        return CellError(value)
    if kind == "seconds":
        return timedelta(seconds=value)
    return {"datetime": datetime, "date": date, "time": time}[kind].fromisoformat(value)
