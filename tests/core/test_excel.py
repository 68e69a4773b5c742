import io
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from core import sheets
from core.excel import read_workbook
from core.sheets import (
    UNCALCULATED,
    CellError,
    NotAWorkbook,
    OldWorkbook,
    Sheet,
    WorkbookEmpty,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookTooLarge,
    WorkbookTooLong,
    WorkbookUnreadable,
    text_of,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only_sheet(book: Workbook) -> Sheet:
    (sheet,) = read_workbook(saved(book))
    return sheet


def repacked(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with one piece of its XML replaced, as other programs might have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(entry.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.fixture
def book() -> Workbook:
    book = Workbook()
    book.active.append(["姓名", "房号"])
    return book


def test_rows_keep_the_numbers_excel_shows(book: Workbook) -> None:
    book.active["A4"] = "祝婆婆"
    rows = only_sheet(book).rows
    assert [(row.number, row.values) for row in rows] == [(1, ("姓名", "房号")), (4, ("祝婆婆",))]
    assert rows[1].value(7) is None


def test_a_merged_cell_counts_for_its_whole_range(book: Workbook) -> None:
    book.active["A2"] = "示1栋"
    book.active.merge_cells("A2:B3")
    book.active["C2"], book.active["C3"] = 101, 102
    _header, first, second = only_sheet(book).rows
    assert (first.values, first.spread) == (("示1栋", "示1栋", 101), {1})
    assert (second.values, second.spread) == (("示1栋", "示1栋", 102), {0, 1})
    assert list(second.own_values()) == [(2, 102)]


def test_hidden_rows_and_columns_are_marked(book: Workbook) -> None:
    book.active.append(["祝婆婆", 501])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    sheet = only_sheet(book)
    assert [row.hidden for row in sheet.rows] == [False, True]
    assert sheet.hidden_columns == {1}


def test_a_hidden_sheet_is_marked(book: Workbook) -> None:
    book.create_sheet("旧表").sheet_state = "hidden"
    assert [sheet.hidden for sheet in read_workbook(saved(book))] == [False, True]


def test_comments_are_left_alone(book: Workbook) -> None:
    book.active["A2"] = "祝婆婆"
    book.active["A2"].comment = Comment("家里有狗", "秦若川")
    assert only_sheet(book).rows[1].values == ("祝婆婆",)


def test_errors_and_formulas_without_result_are_marked(book: Workbook) -> None:
    book.active.append(["#N/A", "=A1&B1", '="10074491613"'])
    values = only_sheet(book).rows[1].values
    assert values == (CellError("#N/A"), UNCALCULATED, "10074491613")


def test_a_formula_gives_the_result_excel_stored(book: Workbook) -> None:
    book.active.append(["=1+2", '=IF(1,"","")'])
    data = repacked(
        saved(book), "xl/worksheets/sheet1.xml", "<f>1+2</f><v />", "<f>1+2</f><v>3</v>"
    )
    data = repacked(
        data,
        "xl/worksheets/sheet1.xml",
        '<c r="B2"><f>IF(1,"","")</f><v />',
        '<c r="B2" t="str"><f>IF(1,"","")</f><v></v>',
    )
    assert only_value(data, 1) == (3,)


def only_value(data: bytes, row: int) -> tuple[object, ...]:
    return read_workbook(data)[0].rows[row].values


def test_numbers_and_days_keep_their_type(book: Workbook) -> None:
    book.active.append([501.0, 1955.03, datetime(1948, 3, 5)])  # noqa: DTZ001 - as Excel has days
    values = only_sheet(book).rows[1].values
    assert [text_of(value) for value in values] == ["501", "1955.03", "1948-03-05"]
    assert isinstance(values[0], int)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["姓名", "电话"]) + "\r\n\r\n" + delimiter.join(["祝婆婆", "10074491613"])
    (sheet,) = read_workbook(text.encode(encoding), "住户.csv")
    assert sheet.name == "住户"
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("姓名", "电话")),
        (3, ("祝婆婆", "10074491613")),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_title_above_the_headers_does_not_hide_what_parts_a_csv(delimiter: str) -> None:
    text = "侨亚小区住户台账\n" + delimiter.join(["姓名", "电话"]) + "\n"
    assert read_workbook(text.encode(), "住户.csv")[0].rows[1].values == ("姓名", "电话")


def test_the_text_excel_calls_unicode_is_read() -> None:
    (sheet,) = read_workbook("姓名\t电话\r\n祝婆婆\t10074491613".encode("utf-16"), "住户.txt")
    assert sheet.rows[1].values == ("祝婆婆", "10074491613")


def test_cells_may_stand_out_of_order_and_without_references(book: Workbook) -> None:
    cells = (
        '<row r="2"><c r="B2"><v>501</v></c><c r="A2"><v>3</v></c></row><row><c><v>7</v></c></row>'
    )
    data = repacked(saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", cells + "</sheetData>")
    assert [row.values for row in read_workbook(data)[0].rows[1:]] == [(3, 501), (7,)]


def test_formatted_text_is_joined_and_its_reading_left_out(book: Workbook) -> None:
    rich = "<is><r><t>祝</t></r><r><rPr><b/></rPr><t>婆婆</t></r></is>"
    cells = f'<row r="2"><c r="A2" t="inlineStr">{rich}</c></row>'
    data = repacked(saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", cells + "</sheetData>")
    assert only_value(data, 1) == ("祝婆婆",)


def refusal(data: bytes) -> WorkbookError:
    with pytest.raises(WorkbookError) as refused:
        read_workbook(data, "台账.xlsx")
    assert "台账.xlsx" in str(refused.value)
    return refused.value


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", WorkbookEmpty),
        (b" \r\n", WorkbookEmpty),
        (b"<html><table></table></html>", NotAWorkbook),
        (b"%PDF-1.7 \n", NotAWorkbook),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotAWorkbook),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", NotAWorkbook),
        (OLE + "EncryptedPackage".encode("utf-16-le"), WorkbookEncrypted),
        (OLE + "Workbook".encode("utf-16-le"), OldWorkbook),
        (OLE + "WordDocument".encode("utf-16-le"), NotAWorkbook),
        (b"PK\x03\x04 cut off", WorkbookUnreadable),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, error: type[WorkbookError]) -> None:
    assert type(refusal(data)) is error


def test_a_truncated_workbook_is_unreadable(book: Workbook) -> None:
    data = saved(book)
    assert type(refusal(data[: len(data) // 2])) is WorkbookUnreadable


def test_a_word_document_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert type(refusal(out.getvalue())) is NotAWorkbook


def test_damaged_and_hostile_xml_is_unreadable(book: Workbook) -> None:
    part, data = "xl/worksheets/sheet1.xml", saved(book)
    assert type(refusal(repacked(data, part, "</row>", "</wor>"))) is WorkbookUnreadable
    entity = '<!DOCTYPE x [<!ENTITY e "boom">]><worksheet '
    assert type(refusal(repacked(data, part, "<worksheet ", entity))) is WorkbookUnreadable


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Workbook) -> None:
    bomb = io.BytesIO(saved(book))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bmp", bytes(51 * 1024 * 1024))
    assert len(bomb.getvalue()) < 1024 * 1024
    assert type(refusal(bomb.getvalue())) is WorkbookTooLarge


def test_a_zip_that_lies_about_its_size_is_unreadable(book: Workbook) -> None:
    part, padding = "xl/worksheets/sheet1.xml", " " * 51 * 1024 * 1024
    bomb = repacked(saved(book), part, "</sheetData>", "</sheetData>" + padding)
    size = zipfile.ZipFile(io.BytesIO(bomb)).getinfo(part).file_size
    lying = bomb.replace(struct.pack("<L", size), struct.pack("<L", 100))
    assert type(refusal(lying)) is WorkbookUnreadable


def test_a_workbook_packed_far_too_tight_is_refused(book: Workbook) -> None:
    empty_rows = "<row/>" * 1_000_000
    bomb = repacked(
        saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", empty_rows + "</sheetData>"
    )
    assert type(refusal(bomb)) is WorkbookTooLarge


def test_a_row_of_endless_cells_is_refused(book: Workbook) -> None:
    row = f"<row>{'<c/>' * 100_001}</row>"
    data = repacked(saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", f"{row}</sheetData>")
    assert type(refusal(data)) is WorkbookTooLong


def test_overlapping_merged_ranges_cannot_fill_the_memory(book: Workbook) -> None:
    book.active["A60000"] = "end"
    ranges = '<mergeCell ref="A1:GR60000"/>'
    data = repacked(
        saved(book),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f"</sheetData><mergeCells>{ranges}</mergeCells>",
    )
    assert type(refusal(data)) is WorkbookTooLarge


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, book: Workbook) -> None:
    monkeypatch.setattr("core.xlsx.MAX_ROWS", 2)
    monkeypatch.setattr("core.excel.MAX_ROWS", 2)
    book.active.append(["祝婆婆"])
    assert len(only_sheet(book).rows) == 2
    book.active.append(["祝婆婆"])
    assert type(refusal(saved(book))) is WorkbookTooLong
    assert type(refusal("姓名\n祝婆婆\n祝婆婆\n".encode())) is WorkbookTooLong
    assert sheets.MAX_ROWS == 100_000


def test_a_cell_far_to_the_right_is_not_read(book: Workbook) -> None:
    book.active["XFD2"] = "far"
    assert len(only_sheet(book).rows) == 1


def test_a_path_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "住户.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(WorkbookUnreadable, match="住户.xlsx"):
        read_workbook(path)
