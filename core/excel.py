"""Office workbooks: safe reading of .xlsx and .csv. Writing them is in core/workbooks.py.

openpyxl is imported where it is used: it takes longer than the rest of the application to start.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from itertools import islice
from pathlib import Path

from flask_babel import lazy_gettext as _l

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

_MAX_BYTES = MAX_UNPACKED_MB * 1024 * 1024
_LARGE_PART_BYTES = 4 * 1024 * 1024
_TIGHTEST_PACKING = 200
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
# What Excel calls "Unicode text".
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINES_THAT_TELL = 20


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
