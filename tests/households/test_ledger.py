"""The household ledger's headers, rows and estates, on workbooks made here."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from blueprints.households.ledger import EstateUnclear
from blueprints.households.ledger_cells import FIELDS
from blueprints.imports.reading import ColumnsMissing, HeaderNotFound
from core.phones import Phone
from tests.households.small_ledgers import (
    HEADERS,
    codes,
    household,
    read,
    read_bytes,
    read_one,
    workbook,
)


def test_a_whole_row_becomes_a_record() -> None:
    row = read_one(常住人口="2人", 人员类别="独居、空巢", 出生日期="1948.3.5", 备注="大家叫祝婆婆")
    record = row.record
    assert (row.status, row.number, row.reason, row.warnings) == ("good", 3, "", ())
    assert record is not None
    assert record.address == ("侨亚小区", "示1栋", "1", "501")
    assert (record.head_name, record.phones) == ("祝秀英", (Phone("10074491613"),))
    assert (record.people, record.tags) == (2, ("alone", "empty_nest"))
    assert record.birth is not None
    assert (record.birth.value, record.remark) == ("1948-03-05", "大家叫祝婆婆")


def test_counts_add_up() -> None:
    rows = [
        household(),
        household(),
        household(备注="新"),
        household(房号=None),
        [],
        household(房号=502),
    ]
    assert read(workbook(*rows)).counts == {
        "rows": 6, "good": 2, "duplicate": 1, "near_duplicate": 1, "error": 1, "blank": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "values"),
    [
        (["户主", "门牌", "栋号"], ["祝秀英", "501", "示1栋"]),
        (["业主", "手机", "房间号", "楼号"], ["祝秀英", None, "501室", "示1栋"]),
        (["姓名（户主）", "楼 栋", "房号*"], ["祝秀英", "示1栋", "５０１"]),
    ],
)
def test_headers_may_stand_in_any_order_under_other_names(
    headers: list[str], values: list[Any]
) -> None:
    (row,) = read(workbook(values, headers=headers)).rows
    assert row.record is not None
    assert row.record.address == ("侨亚小区", "示1栋", "", "501")
    assert row.record.head_name == "祝秀英"


def test_every_header_has_one_meaning() -> None:
    names = [name for field in FIELDS.values() for name in field.names]
    assert len(names) == len(set(names))
    # The workbook of faulty rows uses the labels as headers.
    assert all(str(field.label) in field.names for field in FIELDS.values())


def test_the_columns_say_what_they_were_taken_for() -> None:
    book = workbook([*household(), "110101194803050000"], headers=[*HEADERS, "身份证号"])
    book.active.column_dimensions["J"].hidden = True
    (sheet,) = read(book).sheets
    assert (sheet.name, sheet.header_row) == ("住户台账", 2)
    taken = {
        column.letter: (column.header, column.field, column.hidden) for column in sheet.columns
    }
    assert taken["E"] == ("户主姓名", "head_name", False)
    assert taken["J"] == ("备注", None, True)
    assert taken["K"] == ("身份证号", None, False)


def test_a_hidden_column_is_not_read() -> None:
    book = workbook(household(备注="家里有狗"), household(备注="家里有猫"))
    book.active.column_dimensions["J"].hidden = True
    first, second = read(book).rows
    assert first.record is not None
    assert (first.record.remark, second.status) == ("", "duplicate")


def test_a_hidden_row_is_imported_and_pointed_out() -> None:
    book = workbook(household())
    book.active.row_dimensions[3].hidden = True
    (row,) = read(book).rows
    assert (row.status, codes(row)) == ("good", ["hidden_row"])


def test_two_phone_columns_both_count() -> None:
    book = workbook(["示1栋", 501, "祝秀英", 10074491613, "10072351634"],
                    headers=["楼栋", "房号", "姓名", "电话1", "电话2"])  # fmt: skip
    (row,) = read(book).rows
    assert row.record is not None
    assert [phone.number for phone in row.record.phones] == ["10074491613", "10072351634"]


def test_a_merged_building_counts_for_every_row_but_fills_no_blank_one() -> None:
    book = workbook(household(), [], household(楼栋=None, 房号=502))
    book.active.merge_cells("B3:B5")
    rows = read(book).rows
    assert [row.status for row in rows] == ["good", "blank", "good"]
    assert rows[2].record is not None
    assert rows[2].record.building == "示1栋"


def test_a_bare_number_in_the_first_column_is_a_blank_row() -> None:
    rows = read(workbook(household(), [2], household(房号=502))).rows
    assert [row.status for row in rows] == ["good", "blank", "good"]


def test_totals_signatures_and_repeated_headers_are_passed_over() -> None:
    book = workbook(
        household(),
        ["小计", None, None, None, None, None, 5],
        HEADERS,
        household(房号=502),
        ["合 计", None, None, None, None, None, "=SUM(G3:G6)"],
        ["制表：方晓禾　审核：顾长青"],
    )
    book.active.merge_cells("A7:F7")
    book.active.merge_cells("A8:J8")
    assert [(row.number, row.status) for row in read(book).rows] == [(3, "good"), (6, "good")]


def test_the_first_of_equal_rows_is_kept() -> None:
    first, second, third = read(workbook(household(), household(序号=2), household(序号=3))).rows
    assert (first.status, second.status, third.status) == ("good", "duplicate", "duplicate")
    assert second.like is not None
    assert (second.like.number, second.reason) == (3, "和第3行完全相同")
    assert third.like == second.like


@pytest.mark.parametrize(
    "changed",
    [{"户主姓名": "祝　秀英"}, {"备注": "新电话待核"}, {"房号": "501室"}, {"单元": "一单元"}],
)
def test_nearly_equal_rows_are_left_for_people_to_choose(changed: dict[str, Any]) -> None:
    _first, second = read(workbook(household(), household(**changed))).rows
    assert (second.status, second.code) == ("near_duplicate", "near_duplicate")
    assert second.like is not None
    assert second.like.number == 3
    assert second.record is not None


def test_one_name_in_two_rooms_is_two_households() -> None:
    rows = read(workbook(household(), household(房号=502), household(单元=2))).rows
    assert [row.status for row in rows] == ["good"] * 3


def test_a_corrected_repetition_of_a_wrong_row_gets_in() -> None:
    wrong, right = read(workbook(household(联系电话="100"), household())).rows
    assert (wrong.status, right.status) == ("error", "good")


def test_one_room_with_two_names_is_imported_and_pointed_out() -> None:
    rows = read(workbook(household(), household(户主姓名="翟德旺"), household(房号=502))).rows
    assert [row.status for row in rows] == ["good"] * 3
    assert [codes(row) for row in rows] == [["same_room_other_name"]] * 2 + [[]]
    assert rows[0].warnings[0].reason == "同一房号还有别的姓名：第4行"


@pytest.mark.parametrize(
    ("changed", "code", "reason"),
    [
        ({"楼栋": None}, "building_missing", "缺楼栋"),
        ({"房号": " "}, "room_missing", "缺房号"),
        ({"户主姓名": "无"}, "name_missing", "缺户主姓名"),
        ({"楼栋": "示9栋"}, "building_unknown", "楼栋未登记：示9栋"),
        ({"联系电话": 100704502}, "phone_invalid", "电话只有9位：100704502"),
        ({"联系电话": "1.00745E+10"}, "phone_scientific", "电话成了科学计数法：1.00745E+10"),
        ({"出生日期": "1955.13.40"}, "date_invalid", "出生日期不存在：1955.13.40"),
        ({"出生日期": "2052.3.5"}, "date_future", "出生日期晚于当天：2052.3.5"),
        ({"出生日期": 32059}, "date_unreadable", "出生日期看不懂：32059"),
        ({"房号": "#N/A"}, "cell_error", "房号是错误值：#N/A"),
        ({"常住人口": "=1+1"}, "formula_without_result", "常住人口的公式没有结果"),
    ],
)
def test_an_error_keeps_the_row_out_and_says_why(
    changed: dict[str, Any], code: str, reason: str
) -> None:
    row = read_one(**changed)
    assert (row.status, row.code, row.reason, row.record) == ("error", code, reason, None)
    assert row.shown["head_name"] == str(changed.get("户主姓名", "祝秀英"))


def test_all_reasons_of_a_row_are_told_at_once() -> None:
    assert read_one(房号=None, 联系电话="100").reason == "缺房号；电话只有3位：100"


TWO_ESTATES = {"侨亚小区": ["示1栋"], "桥机嘉园": ["示1栋", "示3栋"]}


def test_the_title_names_the_estate() -> None:
    (row,) = read(workbook(household()), buildings=TWO_ESTATES).rows
    assert row.record is not None
    assert row.record.estate == "侨亚小区"


def test_an_estate_that_was_chosen_goes_before_the_title() -> None:
    (row,) = read(workbook(household(楼栋="示3栋")), buildings=TWO_ESTATES, estate="桥机嘉园").rows
    assert row.record is not None
    assert row.record.estate == "桥机嘉园"


def test_a_column_may_name_each_rows_estate() -> None:
    rows = [["桥机嘉园", *household(楼栋="示3栋")], ["桥西", *household(房号=502)]]
    first, second = read(workbook(*rows, headers=["小区", *HEADERS]), buildings=TWO_ESTATES).rows
    assert first.record is not None
    assert first.record.estate == "桥机嘉园"
    assert (second.code, second.reason) == ("estate_unknown", "小区未登记：桥西")


def test_an_unnamed_estate_among_several_must_be_chosen() -> None:
    book = workbook(household())
    book.active["A1"] = "住户台账"
    with pytest.raises(EstateUnclear, match=r"台账\.xlsx"):
        read(book, buildings=TWO_ESTATES)


def test_a_sheet_per_building_is_read_as_one_ledger() -> None:
    book = workbook(household())
    second = book.create_sheet("2栋")
    for row in (["侨亚小区"], HEADERS, household(), household(楼栋="示2栋")):
        second.append(row)
    book.create_sheet("Sheet3")
    preview = read(book)
    assert [(row.sheet, row.number, row.status) for row in preview.rows] == [
        ("住户台账", 3, "good"), ("2栋", 3, "duplicate"), ("2栋", 4, "good"),
    ]  # fmt: skip
    assert preview.rows[1].reason == "和第住户台账!3行完全相同"
    assert preview.skipped_sheets == ("Sheet3",)


@pytest.mark.parametrize(
    ("fill", "error", "words"),
    [
        (lambda sheet: sheet.append(["随便", "写写"]), HeaderNotFound, "楼栋、房号、户主姓名"),
        (lambda sheet: sheet.append(["楼栋", "姓名"]), ColumnsMissing, "房号"),
        (lambda sheet: None, HeaderNotFound, "台账.xlsx"),
    ],
)
def test_a_workbook_without_the_needed_columns_is_refused(
    fill: Callable[[Any], None], error: type[Exception], words: str
) -> None:
    book = Workbook()
    fill(book.active)
    with pytest.raises(error) as refused:
        read(book)
    assert words in str(refused.value)


def test_a_gbk_csv_is_read_like_a_workbook() -> None:
    text = '侨亚小区住户台账\r\n楼栋,房号,姓名,电话\r\n示1栋,501室,祝秀英,="10074491613"\r\n'
    (row,) = read_bytes(text.encode("gbk")).rows
    assert row.record is not None
    assert (row.number, row.record.room) == (3, "501")
    assert row.record.phones == (Phone("10074491613"),)
