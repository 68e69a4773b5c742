"""The rows that could not come in, as a workbook to mend and read in again."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from blueprints.imports.ledger import Ledger
from blueprints.imports.rows import LedgerPreview, LedgerRow, RowRef
from core.i18n import DEFAULT, speaking
from core.sheets import CellError, CellValue, Sheet, SheetRow, text_of
from core.workbooks import workbook_bytes


def faulty_workbook(ledger: Ledger, preview: LedgerPreview, workbook: Sequence[Sheet]) -> bytes:
    """Return the faulty rows with their reasons, under headers that are recognised again: whoever
    reads the pages in English mends a ledger whose columns are named as offices name them.

    The sheet is called after the ledger's title: estate and year may stand in it.
    """
    titles = [sheet.title for sheet in preview.sheets]
    columns = {
        sheet.name: {
            name: [c.index for c in sheet.columns if c.field == name] for name in ledger.fields
        }
        for sheet in preview.sheets
    }
    shown = [name for name in ledger.fields if any(found[name] for found in columns.values())]
    source = {
        RowRef(sheet.name, row.number): row
        for sheet in workbook
        if sheet.name in columns
        for row in sheet.rows
    }
    headers = [_("原因"), _("原来在"), *headers_of(ledger, shown)]
    rows = (
        [row.reason, place_of(row), *values(source[row.place], columns[row.sheet], shown)]
        for row in preview.rows_with("error")
    )
    return workbook_bytes(titles[0] if titles else str(ledger.title), headers, list(rows))


def headers_of(ledger: Ledger, shown: Sequence[str]) -> list[str]:
    with speaking(DEFAULT):
        return [str(ledger.fields[name].label) for name in shown]


def place_of(row: LedgerRow) -> str:
    return _("%(sheet)s第 %(row)s 行", sheet=row.sheet, row=row.number)


def values(
    row: SheetRow, columns: dict[str, list[int]], shown: Sequence[str]
) -> Iterator[CellValue]:
    """Yield each field's value as it was; of several columns their texts together."""
    for name in shown:
        found = [row.value(index) for index in columns[name] if row.value(index) is not None]
        if len(found) == 1 and not isinstance(found[0], CellError):
            yield found[0]
        else:
            yield "、".join(text_of(value) for value in found)
