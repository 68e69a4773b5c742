"""Office workbooks: safe reading of .xlsx and .csv, and writing of .xlsx that opens cleanly.

openpyxl is imported where it is used: it takes longer than the rest of the application to start.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from core.clock import local
from core.sheets import (
    MAX_ROWS,
    MAX_UNPACKED_MB,
    NotAWorkbook,
    OldWorkbook,
    Sheet,
    WorkbookEmpty,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookTooLarge,
    WorkbookTooLong,
    WorkbookUnreadable,
    text_rows,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_MAX_BYTES = MAX_UNPACKED_MB * 1024 * 1024
_LARGE_PART_BYTES = 4 * 1024 * 1024
_TIGHTEST_PACKING = 200
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
# What Excel calls "Unicode text".
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINES_THAT_TELL = 20
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_FORMULA_STARTS = ("=", "+", "-", "@")
_WIDTHS = range(8, 41)


def read_workbook(source: bytes | Path, name: str = "") -> tuple[Sheet, ...]:
    """All sheets of an .xlsx file, the one of a .csv, or the tables of an HTML page named .xls.

    Text may be in UTF-8, UTF-16, GBK or GB18030, parted by commas, semicolons or tabs.
    Merged cells hold their value throughout; formulas give their stored result; comments are
    left alone. `name` is what messages call the file. Raises a WorkbookError.
    """
    name = name or (source.name if isinstance(source, Path) else str(_l("这份文件")))
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > _MAX_BYTES:
        raise WorkbookTooLarge(name, limit=MAX_UNPACKED_MB)
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data.strip():
        raise WorkbookEmpty(name)
    if data.startswith(b"PK"):
        return _read_xlsx(data, name)
    if data.startswith(_OLE_MAGIC):
        raise _ole_error(data, name)
    return _read_text(data, name)


def _ole_error(data: bytes, name: str) -> WorkbookError:
    """Excel wraps a password-protected .xlsx in the container that the old .xls used."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return WorkbookEncrypted(name)
    old = any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))
    return OldWorkbook(name) if old else NotAWorkbook(name)


def _read_text(data: bytes, name: str) -> tuple[Sheet, ...]:
    """A .csv, or the HTML table that many office systems save under the name .xls."""
    from core.html_tables import looks_like_html, read_tables

    text = _decoded(data)
    if text is None or "\0" in text or text.lstrip().startswith(("%PDF", "{\\rtf")):
        raise NotAWorkbook(name)
    if looks_like_html(text):
        return read_tables(text, name)
    return (_read_csv(text, name),)


def _read_csv(text: str, name: str) -> Sheet:
    delimiter = _delimiter(text)
    try:
        lines = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), MAX_ROWS + 1))
    except csv.Error:
        raise WorkbookUnreadable(name) from None
    if len(lines) > MAX_ROWS:
        raise WorkbookTooLong(name, limit=MAX_ROWS)
    rows = enumerate(lines, start=1)
    return Sheet(Path(name).stem, text_rows((number, line) for number, line in rows))


def _delimiter(text: str) -> str:
    """The separator of most lines near the top; a title above the headers may hold none."""
    top = "\n".join(text.splitlines()[:_LINES_THAT_TELL])
    return max(",\t;", key=top.count)


def _decoded(data: bytes) -> str | None:
    if data.startswith(_UTF_16_MARKS):
        return data.decode("utf-16", "replace")
    for encoding in _TEXT_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_xlsx(data: bytes, name: str) -> tuple[Sheet, ...]:
    from core.xlsx import read_sheets

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_directory(archive, name)
        return tuple(read_sheets(archive, name))
    except WorkbookError:
        raise
    except Exception as error:  # damaged XML makes its readers trip in any way there is
        raise WorkbookUnreadable(name) from error


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    """Judge by the directory alone, before anything is unpacked.

    An entry that lies about its size is cut off there by zipfile and then fails its checksum.
    """
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > _MAX_BYTES or any(map(_is_bomb, entries)):
        raise WorkbookTooLarge(name, limit=MAX_UNPACKED_MB)
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise NotAWorkbook(name)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """A large part packed tighter than any sheet of real cells (those reach 5 to 60 times)."""
    large = entry.file_size > _LARGE_PART_BYTES
    return large and entry.file_size > entry.compress_size * _TIGHTEST_PACKING


def workbook_bytes(
    title: str, headers: Sequence[object], rows: Iterable[Sequence[object]]
) -> bytes:
    """An .xlsx file of one sheet: a frozen header row, fitting widths, each value in its type.

    Days and numbers stay such; moments are told in Shanghai time; everything else is text, also
    where it starts with = + - or @ and a spreadsheet would calculate it.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_column_widths([headers, *table]), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_header_cell(sheet, header) for header in headers])
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")[:_SHEET_NAME_LENGTH] or "1"


def _column_widths(rows: Sequence[Sequence[object]]) -> list[int]:
    """Character widths that show each column's longest line, Chinese characters counting two."""
    longest = [max(map(_display_width, column)) for column in zip(*rows, strict=True)]
    return [min(max(width + 2, _WIDTHS.start), _WIDTHS.stop - 1) for width in longest]


def _display_width(value: object) -> int:
    if isinstance(value, datetime):
        return len("2026-01-01 00:00")
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(1 if char.isascii() else 2 for char in line) for line in lines)


def _header_cell(sheet: WriteOnlyWorksheet, header: object) -> Cell:
    from openpyxl.styles import Alignment, Font

    cell = _text_cell(sheet, str(header))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Cell | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        # Excel knows no time zones: what it shows is the clock on the wall.
        return _formatted_cell(sheet, local(value).replace(tzinfo=None), "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return _formatted_cell(sheet, value, "yyyy-mm-dd")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _formatted_cell(sheet, value, "General")
    return _text_cell(sheet, str(value))


def _formatted_cell(sheet: WriteOnlyWorksheet, value: object, number_format: str) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that stays text, also when somebody opens it for editing and leaves again."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet)
    cell._value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)
    return cell
