"""A workbook read with a ledger's eyes: headers found, each row judged; nothing is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import lazy_gettext as _l

from blueprints.imports.ledger import Ledger, Reader
from blueprints.imports.rows import (
    Cells,
    Issue,
    LedgerPreview,
    LedgerRow,
    LedgerSheet,
    RowRef,
)
from core.ledgers import (
    SERIAL,
    SERIAL_FIELD,
    Field,
    Header,
    data_rows,
    find_header,
    header_at,
    is_blank,
    title_of,
)
from core.sheets import CellError, CellValue, Sheet, SheetRow, WorkbookError, text_of

SAME_TEXT = _l("和第%(row)s行完全相同")


class HeaderNotFound(WorkbookError):
    """No sheet has a row of headers we know."""

    text = _l("“%(name)s”里没有找到表头。需要这几列：%(columns)s。")


class ColumnsMissing(WorkbookError):
    """The headers are there, but not all the columns that every row needs."""

    text = _l("“%(name)s”缺少这几列：%(columns)s。")


@dataclass(frozen=True)
class Said:
    """What a person said about one sheet: where its header is, and what columns hold.

    ``fields`` are by column, counted from 0; an empty field is a column to leave out.
    """

    header_row: int | None = None
    fields: Mapping[int, str] = field(default_factory=dict)


def all_fields(ledger: Ledger) -> dict[str, Field]:
    return {SERIAL: SERIAL_FIELD, **ledger.fields}


def headers_of(
    ledger: Ledger,
    workbook: Sequence[Sheet],
    known: Mapping[str, str],
    said: Mapping[str, Said],
) -> list[tuple[Sheet, Header]]:
    """The visible sheets with a header, as recognised or as a person said."""
    found = [
        (sheet, _header_of(ledger, sheet, known, said.get(sheet.name)))
        for sheet in workbook
        if not sheet.hidden and sheet.rows
    ]
    return [(sheet, header) for sheet, header in found if header is not None]


def _header_of(
    ledger: Ledger, sheet: Sheet, known: Mapping[str, str], said: Said | None
) -> Header | None:
    fields = all_fields(ledger)
    if said is None or said.header_row is None:
        return find_header(sheet, fields, known)
    header = header_at(sheet, said.header_row, fields, known)
    columns = (
        replace(column, field=said.fields.get(column.index, column.field or "") or None)
        for column in header.columns
    )
    return replace(header, columns=tuple(columns))


def missing_fields(ledger: Ledger, header: Header) -> list[str]:
    """The fewest fields that are still missing; none when the header is complete."""
    return min((header.missing(fields) for fields in ledger.required), key=len)


def labels_of(ledger: Ledger, fields: Sequence[str]) -> str:
    return "、".join(str(ledger.fields[name].label) for name in fields)


def complete_sheets(
    ledger: Ledger, headers: Sequence[tuple[Sheet, Header]], name: str
) -> list[tuple[Sheet, Header]]:
    """The sheets with every column that is needed. Raises HeaderNotFound or ColumnsMissing."""
    if not headers:
        raise HeaderNotFound(name, columns=labels_of(ledger, ledger.required[0]))
    complete = [(sheet, header) for sheet, header in headers if not missing_fields(ledger, header)]
    if not complete:
        best = max((header for _sheet, header in headers), key=lambda header: header.recognised)
        raise ColumnsMissing(name, columns=labels_of(ledger, missing_fields(ledger, best)))
    return complete


def read_ledger(
    ledger: Ledger,
    reader: Reader,
    workbook: Sequence[Sheet],
    name: str,
    *,
    known: Mapping[str, str] | None = None,
    said: Mapping[str, Said] | None = None,
) -> LedgerPreview:
    """Judge every row. Raises HeaderNotFound, ColumnsMissing, or what the reader raises."""
    headers = headers_of(ledger, workbook, known or {}, said or {})
    sheets = complete_sheets(ledger, headers, name)
    judge = _Judge(ledger, reader)
    rows: list[LedgerRow] = []
    for sheet, header in sheets:
        taken = frozenset(column.field for column in header.columns if column.field)
        reader.open_sheet(title_of(sheet, header), taken, name)
        rows += judge.rows(sheet, header)
    read = {sheet.name for sheet, _header in sheets}
    return LedgerPreview(
        tuple(reader.look_back(rows)),
        tuple(LedgerSheet(s.name, title_of(s, h), h.row, h.columns) for s, h in sheets),
        tuple(sheet.name for sheet in workbook if sheet.name not in read),
    )


class _Judge:
    """Remembers the rows seen so far, to tell the first from its repetitions."""

    def __init__(self, ledger: Ledger, reader: Reader) -> None:
        self.ledger, self.reader = ledger, reader
        self.same_cells: dict[tuple[object, ...], RowRef] = {}
        self.same_thing: dict[object, RowRef] = {}

    def rows(self, sheet: Sheet, header: Header) -> Iterator[LedgerRow]:
        # Sheets of one book may order their columns otherwise: cells compare by their field.
        compared = sorted(
            (column.field or column.header, column.index)
            for column in header.columns
            if column.field != SERIAL and not column.hidden
        )
        indexes = {name: header.indexes(name) for name in self.ledger.fields}
        for row in data_rows(sheet, header):
            if is_blank(row, header):
                yield LedgerRow(sheet.name, row.number, "blank")
                continue
            cells = {name: [row.value(i) for i in found] for name, found in indexes.items()}
            as_typed = tuple((key, text) for key, i in compared if (text := text_of(row.value(i))))
            yield self._judged(sheet.name, row, cells, as_typed)

    def _judged(
        self, sheet: str, row: SheetRow, cells: Cells, as_typed: tuple[object, ...]
    ) -> LedgerRow:
        faulty = broken_cells(self.ledger, cells)
        reading = self.reader.read(without_errors(cells) if faulty else cells)
        # A cell that shows an error is not also missing.
        issues = (*faulty, *(i for i in reading.issues if not _told(i, faulty)))
        warnings = tuple(reading.warnings)
        if row.hidden:
            warnings += (Issue("hidden_row", _l("这一行在 Excel 里是隐藏的")),)
        judged = LedgerRow(
            sheet,
            row.number,
            "error" if issues else "good",
            None if issues else reading.record,
            issues,
            warnings,
            cells=cells,
        )
        return judged if issues else self._compared(judged, as_typed)

    def _compared(self, row: LedgerRow, as_typed: tuple[object, ...]) -> LedgerRow:
        """Only rows without errors count as the first: a corrected repetition must get in."""
        here = row.place
        first = self.same_cells.setdefault(as_typed, here)
        if first != here:
            return _repetition(row, "duplicate", first, SAME_TEXT)
        thing = self.reader.identity(row.record)
        first = self.same_thing.setdefault(thing, here) if thing is not None else here
        if first != here:
            return _repetition(row, "near_duplicate", first, self.ledger.near_text)
        return row


def _repetition(row: LedgerRow, status: str, first: RowRef, text: object) -> LedgerRow:
    issue = Issue(status, text, {"row": row_name(row, first)})
    return replace(row, status=status, like=first, issues=(issue,))


def row_name(row: LedgerRow, other: RowRef) -> str:
    return str(other.number) if row.sheet == other.sheet else f"{other.sheet}!{other.number}"


def broken_cells(ledger: Ledger, cells: Cells) -> tuple[Issue, ...]:
    """A reason for each cell that shows an error or a formula without a result."""
    return tuple(
        _cell_issue(ledger.fields[name], name, value)
        for name, values in cells.items()
        for value in values
        if isinstance(value, CellError)
    )


def without_errors(cells: Cells) -> dict[str, list[CellValue]]:
    return {
        name: [value for value in values if not isinstance(value, CellError)]
        for name, values in cells.items()
    }


def _told(issue: Issue, faulty: tuple[Issue, ...]) -> bool:
    return issue.code.endswith("_missing") and any(
        broken.values["field"] == issue.values.get("field") for broken in faulty
    )


def _cell_issue(about: Field, name: str, error: CellError) -> Issue:
    values = {"label": about.label, "field": name, "value": text_of(error)}
    if error.code:
        return Issue("cell_error", _l("%(label)s是错误值：%(value)s"), values)
    return Issue("formula_without_result", _l("%(label)s的公式没有结果"), values)
