"""One sheet of an .xlsx file, streamed: merged, hidden and uncalculated cells told apart."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import (
    COL_TAG,
    DATA_TAG,
    FORMULA_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHEET_MAIN_NS

from core.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_MB,
    UNCALCULATED,
    CellError,
    CellValue,
    Sheet,
    SheetRow,
    WorkbookTooLarge,
    WorkbookTooLong,
)

# Cells a sheet's merged ranges may fill; beyond it somebody made them overlap on purpose.
_MAX_SPREAD = 2_000_000
# What Excel itself can hold or write; only a file made to harm goes beyond.
_MAX_ROW_ELEMENTS = 1_048_576
_MAX_ELEMENTS_PER_ROW = 100_000
_MERGE_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
_LITERAL_FORMULA = re.compile(r'"([^"]*)"')
_TRUE = ("1", "true")


def read_sheet(sheet: ReadOnlyWorksheet, name: str) -> Sheet:
    """The sheet's rows that hold something; `name` is what messages call the file.

    Raises WorkbookTooLong or WorkbookTooLarge; damaged XML raises whatever it trips over.
    """
    book = sheet.parent
    with sheet._get_source() as source:
        reader = _SheetReader(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        reader.name = name
        rows = _collect(reader, name)
    spread = _spread_merged(rows, reader.merged, name)
    return Sheet(
        sheet.title,
        tuple(
            SheetRow(number, tuple(values), reader.is_hidden(number), frozenset(spread[number]))
            for number, values in sorted(rows.items())
        ),
        hidden=sheet.sheet_state != "visible",
        hidden_columns=reader.hidden_columns(),
    )


def _collect(reader: "_SheetReader", name: str) -> dict[int, list[CellValue]]:
    rows: dict[int, list[CellValue]] = {}
    for number, cells in reader.rows():
        if values := _row_values(cells):
            rows[number] = values
        if len(rows) > MAX_ROWS:
            raise WorkbookTooLong(name, limit=MAX_ROWS)
    return rows


def _row_values(cells: list[dict[str, Any]]) -> list[CellValue]:
    """The row's values in their columns, without empty ones at the end."""
    values: list[CellValue] = []
    for cell in cells:
        column = cell["column"]
        if cell["value"] is None or column > MAX_COLUMNS:
            continue
        values.extend([None] * (column - len(values)))
        values[column - 1] = clean_value(cell["value"], cell["data_type"] == "e")
    return values


def clean_value(value: Any, is_error: bool = False) -> CellValue:
    """The stored value with errors marked (also #N/A typed as text) and 501.0 made 501."""
    if isinstance(value, str):
        if is_error or value in ERROR_CODES:
            return CellError(value)
        return value or None
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _SheetReader(WorkSheetParser):
    """openpyxl's own cell parser, row by row in one pass, keeping what its readers drop.

    The read-only one knows neither merged nor hidden cells, and both answer None for a formula
    that was never calculated. Everything else in the sheet (comments, rules) is skipped.
    """

    name: str
    merged: list[str]

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Row by row; what was read is dropped at once, so that a long sheet stays small."""
        self.merged = []
        sheet_data, within_row, rows = None, 0, 0
        for event, element in iterparse(self.source, ("start", "end")):
            tag = element.tag
            if event == "start":
                within_row += 1
                sheet_data = element if tag == DATA_TAG else sheet_data
                if within_row > _MAX_ELEMENTS_PER_ROW or rows > _MAX_ROW_ELEMENTS:
                    raise WorkbookTooLong(self.name, limit=MAX_ROWS)
            elif tag == ROW_TAG:
                yield self.parse_row(element)
                within_row, rows = 0, rows + 1
                if sheet_data is not None:
                    sheet_data.clear()
            elif tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif tag == _MERGE_TAG:
                self.merged.append(element.get("ref"))
                within_row = 0

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None:
            formula = element.find(FORMULA_TAG)
            empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            if formula is not None and not empty_text:
                cell["value"] = _uncalculated(formula.text or "")
        return cell

    def is_hidden(self, row: int) -> bool:
        return self.row_dimensions.get(str(row), {}).get("hidden") in _TRUE

    def hidden_columns(self) -> frozenset[int]:
        return frozenset(
            column - 1
            for attrs in self.column_dimensions.values()
            if attrs.get("hidden") in _TRUE
            for column in range(int(attrs["min"]), min(int(attrs["max"]), MAX_COLUMNS) + 1)
        )


def _uncalculated(formula: str) -> CellValue:
    """The text of a formula that is only a quoted text (="100…"), else the mark of no result."""
    literal = _LITERAL_FORMULA.fullmatch(formula)
    return literal[1] if literal else UNCALCULATED


def _spread_merged(
    rows: dict[int, list[CellValue]], ranges: Iterable[str], name: str
) -> dict[int, set[int]]:
    """Give each merged range its first cell's value throughout; answers the columns filled."""
    filled: dict[int, set[int]] = {number: set() for number in rows}
    budget = _MAX_SPREAD
    last_row = max(rows, default=0)
    for reference in ranges:
        left, top, right, bottom = range_boundaries(reference)
        first = rows.get(top, [])
        if left > len(first) or first[left - 1] is None:
            continue
        right, bottom = min(right, MAX_COLUMNS), min(bottom, last_row)
        budget -= (right - left + 1) * (bottom - top + 1)
        if budget < 0:
            raise WorkbookTooLarge(name, limit=MAX_UNPACKED_MB)
        for number in range(top, bottom + 1):
            if number in rows:
                start = left if number == top else left - 1
                _fill(rows[number], range(start, right), first[left - 1], filled[number])
    return filled


def _fill(values: list[CellValue], columns: range, value: CellValue, filled: set[int]) -> None:
    values.extend([None] * (columns.stop - len(values)))
    for column in columns:
        values[column] = value
        filled.add(column)
