"""Lists as .xlsx files: every value in its type, nothing calculated, ready to print."""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.excel import read_workbook
from core.workbooks import workbook_bytes


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_exported_text_never_becomes_a_formula(text: str) -> None:
    data = workbook_bytes("名单", ["备注"], [[text]])
    cell = load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_exported_values_keep_their_type_and_phones_their_digits() -> None:
    moment = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    row = ["10074491613", 3, Decimal("1.5"), date(1948, 3, 5), moment, None]
    data = workbook_bytes("名单", ["电话", "人口", "小时", "出生", "时间", "备注"], [row])
    cells = load_workbook(io.BytesIO(data)).active[2]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "d", "d", "n"]
    assert cells[0].number_format == "@"
    assert cells[3].number_format == "yyyy-mm-dd"
    assert str(cells[4].value) == "2026-11-22 00:30:00"


def test_an_export_has_a_frozen_bold_header_and_fitting_widths() -> None:
    rows = [["祝婆婆", "示" * 60]]
    sheet = load_workbook(io.BytesIO(workbook_bytes("名单", ["姓名", "地址"], rows))).active
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("名单", "A2", True)
    assert sheet.column_dimensions["A"].width == 8
    assert sheet.column_dimensions["B"].width == 40


def test_an_export_survives_odd_titles_and_characters() -> None:
    data = workbook_bytes("住户/名单: [2026]*" + "长" * 40, ["姓名"], [["祝\x01婆婆"]])
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet["A2"].value == "祝婆婆"
    assert len(sheet.title) <= 31


def test_an_export_without_rows_still_has_its_header() -> None:
    assert read_workbook(workbook_bytes("名单", ["姓名"], []))[0].rows[0].values == ("姓名",)


def test_a_long_list_keeps_every_row_in_order() -> None:
    sheet = load_workbook(io.BytesIO(workbook_bytes("走访", ["号"], ([n] for n in range(1200)))))
    assert [row[0] for row in sheet.active.iter_rows(values_only=True)] == ["号", *range(1200)]


def test_a_printed_list_fits_an_a4_page_and_repeats_its_header() -> None:
    sheet = load_workbook(io.BytesIO(workbook_bytes("秦's 名单", ["姓名"], [["祝婆婆"]]))).active
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref == "A1:A2"


def test_columns_beyond_z_are_named_as_a_spreadsheet_does() -> None:
    headers = [f"第{n}列" for n in range(30)]
    sheet = load_workbook(io.BytesIO(workbook_bytes("宽表", headers, [list(range(30))]))).active
    assert (sheet["AD1"].value, sheet["AD2"].value) == ("第29列", 29)


def test_rows_are_read_as_the_file_is_written() -> None:
    def rows() -> Iterator[list[str]]:
        for number in range(20_000):
            yield [f"祝婆婆{number}", "示2栋 2单元 501", "精神不错"]

    tracemalloc.start()
    data = workbook_bytes("住户", ["姓名", "门牌", "记录"], rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(data) * 4 + 2_000_000
