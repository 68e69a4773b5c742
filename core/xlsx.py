"""An .xlsx file, streamed through expat: merged, hidden and uncalculated cells told apart.

openpyxl reads what a workbook holds besides its cells (sheets, number formats). The cells are read
here: its own readers know neither merged nor hidden cells in one pass, answer None for a formula
that was never calculated, and take several times as long.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from core.parts import Elements, parse
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
    clean_value,
)

# Cells a sheet's merged ranges may fill; beyond it somebody made them overlap on purpose.
_MAX_SPREAD = 2_000_000
# What Excel itself can hold or write; only a file made to harm goes beyond.
_MAX_ROW_ELEMENTS = 1_048_576
_MAX_ELEMENTS_PER_ROW = 100_000
_LITERAL_FORMULA = re.compile(r'"([^"]*)"')
_TRUE = ("1", "true")
# A number that is not whole, or too large for one, is written with one of these.
_FRACTION = re.compile(r"[.eE]").search
_IN = SHEET_MAIN_NS + "}"


def read_sheets(archive: zipfile.ZipFile, name: str) -> Iterator[Sheet]:
    """The worksheets in their order; `name` is what messages call the file.

    Raises WorkbookTooLong or WorkbookTooLarge; damaged parts raise whatever they trip over.
    """
    reader = ExcelReader(archive.fp, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(archive, reader.wb)
    strings = _shared_strings(archive, reader)
    for sheet, part in reader.parser.find_sheets():
        if part.target in reader.valid_files and "chartsheet" not in part.Type:
            cells = _Cells(reader.wb, strings, name)
            parse(archive, part.target, cells)
            yield _sheet(sheet.name, sheet.state != "visible", cells, name)


def _sheet(title: str, hidden: bool, cells: "_Cells", name: str) -> Sheet:
    rows = cells.rows
    spread = _spread_merged(rows, cells.merged, name)
    nothing: frozenset[int] = frozenset()
    return Sheet(
        title,
        tuple(
            SheetRow(
                number,
                tuple(rows[number]),
                number in cells.hidden_rows,
                frozenset(spread[number]) if number in spread else nothing,
            )
            for number in sorted(rows)
        ),
        hidden=hidden,
        hidden_columns=frozenset(cells.hidden_columns),
    )


def _shared_strings(archive: zipfile.ZipFile, reader: ExcelReader) -> list[str]:
    part = reader.package.find(SHARED_STRINGS)
    if part is None:
        return []
    strings = _Strings()
    parse(archive, part.PartName[1:], strings)
    return strings.found


class _Strings(Elements):
    """The texts that many cells share; how they are pronounced (rPh) is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.kept: list[str] = []
        self.spoken = False
        self.starts = {_IN + "si": self.begin, _IN + "rPh": self.speak, _IN + "t": self.forget}
        self.ends = {_IN + "si": self.finish, _IN + "rPh": self.fall_silent, _IN + "t": self.keep}

    def begin(self, _attrs: object) -> None:
        self.kept = []

    def speak(self, _attrs: object) -> None:
        self.spoken = True

    def fall_silent(self) -> None:
        self.spoken = False

    def keep(self) -> None:
        if not self.spoken:
            self.kept.append(self.text)

    def finish(self) -> None:
        self.found.append("".join(self.kept))


class _Cells(Elements):
    """One worksheet's cells by row, without empty ones at a row's end."""

    def __init__(self, book: Workbook, strings: list[str], name: str) -> None:
        super().__init__()
        self.book, self.strings, self.name = book, strings, name
        self.rows: dict[int, list[CellValue]] = {}
        self.merged: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = self.column = self.within_row = self.row_count = 0
        self.values: list[CellValue] = []
        self.attrs: dict[str, str] = {}
        self.stored: str | None = None
        self.formula: str | None = None
        self.inline: list[str] = []
        self.starts = {
            _IN + "c": self.start_cell,
            _IN + "v": self.forget,
            _IN + "f": self.forget,
            _IN + "t": self.forget,
            _IN + "row": self.start_row,
            _IN + "col": self.note_column,
            _IN + "mergeCell": self.note_merged,
        }
        self.ends = {
            _IN + "c": self.end_cell,
            _IN + "v": self.end_value,
            _IN + "f": self.end_formula,
            _IN + "t": self.end_inline,
            _IN + "row": self.end_row,
        }

    def note_column(self, attrs: dict[str, str]) -> None:
        if attrs.get("hidden") in _TRUE:
            last = min(int(attrs["max"]), MAX_COLUMNS)
            self.hidden_columns.update(range(int(attrs["min"]) - 1, last))

    def note_merged(self, attrs: dict[str, str]) -> None:
        self.merged.append(attrs["ref"])

    def start_row(self, attrs: dict[str, str]) -> None:
        self.row = int(attrs.get("r") or self.row + 1)
        self.column, self.within_row, self.values = 0, 0, []
        self.row_count += 1
        if self.row_count > _MAX_ROW_ELEMENTS:
            raise WorkbookTooLong(self.name, limit=MAX_ROWS)
        if attrs.get("hidden") in _TRUE:
            self.hidden_rows.add(self.row)

    def end_row(self) -> None:
        if self.values:
            self.rows[self.row] = self.values
        if len(self.rows) > MAX_ROWS:
            raise WorkbookTooLong(self.name, limit=MAX_ROWS)

    def start_cell(self, attrs: dict[str, str]) -> None:
        reference = attrs.get("r")
        self.column = _column(reference) if reference else self.column + 1
        self.attrs, self.stored, self.formula = attrs, None, None
        self.within_row += 1
        if self.within_row > _MAX_ELEMENTS_PER_ROW:
            raise WorkbookTooLong(self.name, limit=MAX_ROWS)
        if self.inline:
            self.inline = []

    def end_value(self) -> None:
        self.stored = "".join(self.pieces)

    def end_formula(self) -> None:
        self.formula = "".join(self.pieces)

    def end_inline(self) -> None:
        self.inline.append("".join(self.pieces))

    def end_cell(self) -> None:
        value = self.value()
        if value is None or self.column > MAX_COLUMNS:
            return
        missing = self.column - len(self.values)
        if missing > 0:
            self.values.extend([None] * missing)
        self.values[self.column - 1] = value

    def value(self) -> CellValue:
        kind, stored = self.attrs.get("t", "n"), self.stored
        if stored:
            return self.of_kind(kind, stored)
        if self.inline and kind == "inlineStr":
            return clean_value("".join(self.inline))
        if self.formula is None or (kind == "str" and stored is not None):
            return None
        return _uncalculated(self.formula)

    def of_kind(self, kind: str, stored: str) -> CellValue:
        if kind == "s":
            return clean_value(self.strings[int(stored)])
        if kind == "n":
            return self.number(stored)
        if kind == "b":
            return bool(int(stored))
        if kind == "d":
            return from_ISO8601(stored)
        return clean_value(stored, kind == "e")

    def number(self, stored: str) -> CellValue:
        number: CellValue = float(stored) if _FRACTION(stored) else int(stored)
        style = int(self.attrs.get("s", 0))
        if style in self.book._date_formats:
            try:
                return from_excel(
                    number, self.book.epoch, timedelta=style in self.book._timedelta_formats
                )
            except (OverflowError, ValueError):
                return CellError("#VALUE!")
        return clean_value(number)


@cache
def _column_of(letters: str) -> int:
    return int(column_index_from_string(letters))


def _column(reference: str) -> int:
    """The column, from 1, of a cell's reference: AB12 is 28."""
    return _column_of(reference.rstrip("0123456789"))


def _uncalculated(formula: str) -> CellValue:
    """The text of a formula that is only a quoted text (="100…"), else the mark of no result."""
    literal = _LITERAL_FORMULA.fullmatch(formula)
    return literal[1] if literal else UNCALCULATED


def _spread_merged(
    rows: dict[int, list[CellValue]], ranges: Iterable[str], name: str
) -> dict[int, set[int]]:
    """Give each merged range its first cell's value throughout; answers the columns filled."""
    filled: dict[int, set[int]] = {}
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
                _fill(
                    rows[number],
                    range(start, right),
                    first[left - 1],
                    filled.setdefault(number, set()),
                )
    return filled


def _fill(values: list[CellValue], columns: range, value: CellValue, filled: set[int]) -> None:
    values.extend([None] * (columns.stop - len(values)))
    for column in columns:
        values[column] = value
        filled.add(column)
