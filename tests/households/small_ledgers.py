"""Household ledgers of a few rows, and how they are read."""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook

from blueprints.households.ledger import HouseholdLedger, HouseholdReader
from blueprints.households.ledger_cells import HouseholdRecord
from blueprints.imports.reading import read_ledger
from blueprints.imports.rows import LedgerPreview, LedgerRow
from core.excel import read_workbook

BUILDINGS = {"侨亚小区": ["示1栋", "示2栋"]}


TODAY = date(2026, 11, 22)


HEADERS = "序号 楼栋 单元 房号 户主姓名 联系电话 常住人口 人员类别 出生日期 备注".split()  # noqa: SIM905 - reads as the row it is


def household(**changed: Any) -> list[Any]:
    """A row that is good unless something is changed."""
    values = {
        "序号": 1, "楼栋": "示1栋", "单元": 1, "房号": 501, "户主姓名": "祝秀英",
        "联系电话": "10074491613",
    }  # fmt: skip
    return [(values | changed).get(header) for header in HEADERS]


def workbook(*rows: list[Any], headers: list[str] | None = None) -> Workbook:
    book = Workbook()
    book.active.title = "住户台账"
    for row in (["侨亚小区住户台账"], headers or HEADERS, *rows):
        book.active.append(row)
    return book


def read(book: Workbook, **options: Any) -> LedgerPreview:
    out = io.BytesIO()
    book.save(out)
    return read_bytes(out.getvalue(), **options)


def read_bytes(data: bytes, **options: Any) -> LedgerPreview:
    reader = HouseholdReader(options.get("buildings", BUILDINGS), TODAY, options.get("estate", ""))
    return read_ledger(HouseholdLedger(), reader, read_workbook(data, "台账.xlsx"), "台账.xlsx")


def read_one(**changed: Any) -> LedgerRow:
    (row,) = read(workbook(household(**changed))).rows
    return row


def record_of(**changed: Any) -> HouseholdRecord:
    record = read_one(**changed).record
    assert record is not None
    return record


def codes(row: LedgerRow) -> list[str]:
    return [warning.code for warning in row.warnings]
