"""Writing .xlsx files of one sheet, row by row.

openpyxl spends half a millisecond on each row, so that a ledger of 20,000 households would keep
the server busy for ten seconds; the few parts that a plain list needs take less than one here.
Only the compressed file is held in memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr

from core.clock import local

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME_LENGTH = 31
_LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = range(8, 41)
# How many rows the widths are measured on; the columns stand before the rows in the file.
_MEASURED = 500
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SECONDS = 86_400
# Places in the list of cell formats below.
_HEADER, _TEXT, _QUOTED, _DAY, _MOMENT = 1, 2, 3, 4, 5

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_SPREADSHEET}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="等线"/></font>\
<font><b/><sz val="11"/><name val="等线"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">\
<alignment vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" \
applyNumberFormat="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
_FIXED_PARTS = {
    "[Content_Types].xml": f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "xl/styles.xml": _STYLES,
}


def workbook_bytes(
    title: str, headers: Sequence[object], rows: Iterable[Sequence[object]]
) -> bytes:
    """An .xlsx file of one sheet: a frozen header row, fitting widths, each value in its type.

    Days and numbers stay such; moments are told in Shanghai time; everything else is text, also
    where it starts with = + - or @ and a spreadsheet would calculate it. Printed, it fits the
    width of an A4 page and repeats its header. `rows` is read once, as the file is written.
    """
    out, name = io.BytesIO(), _sheet_name(title)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for path, part in _FIXED_PARTS.items():
            archive.writestr(path, part)
        archive.writestr("xl/workbook.xml", _workbook_part(name))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in _sheet_part([str(header) for header in headers], iter(rows)):
                sheet.write(piece.encode())
    return out.getvalue()


def _sheet_name(title: str) -> str:
    clean = _NOT_IN_XML.sub("", _NOT_IN_SHEET_NAMES.sub(" ", title))
    return clean.strip(" '")[:_SHEET_NAME_LENGTH].rstrip(" '") or "1"


def _workbook_part(name: str) -> str:
    quoted = escape(name.replace("'", "''"))
    return (
        f'{_HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{quoted}'!$1:$1</definedName></definedNames></workbook>"
    )


def _sheet_part(headers: list[str], rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """The sheet in pieces, one for each row."""
    first = list(islice(rows, _MEASURED))
    yield (
        f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{_columns([headers, *first])}</cols><sheetData>"
    )
    letters = [_letters(number) for number in range(1, len(headers) + 1)]
    yield _row(1, letters, [_text(header, _HEADER) for header in headers])
    number = 1
    for number, row in enumerate(chain(first, rows), start=2):
        yield _row(number, letters, [_cell(value) for value in row])
    yield (
        f'</sheetData><autoFilter ref="A1:{letters[-1]}{number}"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _columns(rows: Sequence[Sequence[object]]) -> str:
    """Character widths that show each column's longest line, Chinese characters counting two."""
    longest = [max(map(_display_width, column)) for column in zip(*rows, strict=True)]
    widths = [min(max(width + 2, _WIDTHS.start), _WIDTHS.stop - 1) for width in longest]
    return "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )


def _display_width(value: object) -> int:
    if isinstance(value, datetime):
        return len("2026-01-01 00:00")
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(1 if char.isascii() else 2 for char in line) for line in lines)


def _letters(number: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _row(number: int, letters: Sequence[str], cells: Sequence[str]) -> str:
    """One row; each cell comes without its place, which is set in front here."""
    placed = (
        f'<c r="{letter}{number}"{cell}'
        for letter, cell in zip(letters, cells, strict=True)
        if cell
    )
    return f'<row r="{number}">{"".join(placed)}</row>'


def _cell(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return _text(value, _QUOTED if value.startswith(_FORMULA_STARTS) else _TEXT)
    if isinstance(value, datetime):
        # Excel knows no time zones: what it shows is the clock on the wall.
        moment = local(value)
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        days = moment.toordinal() - _FIRST_DAY
        return f' s="{_MOMENT}"><v>{days + seconds / _SECONDS:.10f}</v></c>'
    if isinstance(value, date):
        return f' s="{_DAY}"><v>{value.toordinal() - _FIRST_DAY}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"><v>{value}</v></c>"
    return _cell(str(value))


def _text(text: str, style: int) -> str:
    """A cell that stays text, also when somebody opens it for editing and leaves again."""
    clean = escape(_NOT_IN_XML.sub("", text[:_LONGEST_TEXT]))
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'
