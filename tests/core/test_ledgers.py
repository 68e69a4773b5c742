"""Headers as offices write them: any order, any wording, one row or two, traditional or not."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask_babel import lazy_gettext as _l

from core.ledgers import Field, data_rows, find_header, header_key
from core.sheets import UNCALCULATED, CellError, Sheet, SheetRow, packed, unpacked

FIELDS = {
    "building": Field(_l("楼栋"), ("楼栋", "栋号")),
    "room": Field(_l("房号"), ("房号", "门牌号")),
    "name": Field(_l("户主姓名"), ("户主姓名", "户主", "姓名")),
    "phones": Field(_l("联系电话"), ("联系电话", "电话", "手机"), many=True),
}


def sheet(*rows: Any, spread: dict[int, set[int]] | None = None) -> Sheet:
    filled = spread or {}
    return Sheet(
        "台账",
        tuple(
            SheetRow(number, tuple(values), spread=frozenset(filled.get(number, ())))
            for number, values in enumerate(rows, start=1)
        ),
    )


def taken(found: Sheet, known: dict[str, str] | None = None) -> dict[str, str | None]:
    header = find_header(found, FIELDS, known)
    assert header is not None
    return {column.header: column.field for column in header.columns}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["戶主姓名", "聯繫電話", "樓棟", "房號"], ["name", "phones", "building", "room"]),
        (["姓 名*", "手机1", "手机2", "栋号"], ["name", "phones", "phones", "building"]),
        (["业主/户主", "常用手机", "所在楼栋", "房号"], ["name", "phones", "building", "room"]),
        (["姓名", "紧急联系人电话", "房号"], ["name", None, "room"]),
        (["户主身份证号", "姓名", "电话"], [None, "name", "phones"]),
    ],
)
def test_headers_are_known_by_their_names_and_by_how_they_end(
    headers: list[str], fields: list[str | None]
) -> None:
    assert list(taken(sheet(headers)).values()) == fields


def test_two_joined_header_rows_are_read_together() -> None:
    found = sheet(
        ["住户台账", "住户台账", "住户台账", "住户台账"],
        ["姓名", "住房", "住房", "联系电话"],
        ["姓名", "楼栋", "门牌号", "本人"],
        ["祝婆婆", "示1栋", "301", "10000000001"],
        spread={1: {1, 2, 3}, 2: {2}, 3: {0}},
    )
    header = find_header(found, FIELDS)
    assert header is not None
    assert (header.first_row, header.row) == (2, 3)
    assert [column.field for column in header.columns] == ["name", "building", "room", "phones"]
    assert [row.number for row in data_rows(found, header)] == [4]


def test_a_title_joined_over_the_headers_is_no_part_of_them() -> None:
    found = sheet(["名册", "名册"], ["姓名", "性别"], ["祝婆婆", "女"], spread={1: {1}})
    found = Sheet("x", (*found.rows[:1], SheetRow(2, ("姓名", "电话")), *found.rows[2:]))
    assert taken(found) == {"姓名": "name", "电话": "phones"}


def test_what_a_person_said_goes_first_also_to_leave_a_column_out() -> None:
    known = {header_key("谁家"): "name", header_key("电话"): ""}
    assert taken(sheet(["谁家", "电话", "楼栋"]), known) == {
        "谁家": "name",
        "电话": None,
        "楼栋": "building",
    }


def test_rows_that_only_carry_a_number_at_the_end_are_no_rows() -> None:
    fields = FIELDS | {"serial": Field(_l("序号"), ("序号",))}
    found = sheet(["序号", "姓名", "楼栋"], [1, "祝婆婆", "示1栋"], [2], [3])
    header = find_header(found, fields)
    assert header is not None
    assert [row.number for row in data_rows(found, header)] == [2]


def test_cells_survive_being_kept() -> None:
    values = ("字", 1, 1.5, True, None, datetime(2026, 1, 2), time(8, 30), timedelta(hours=1),  # noqa: DTZ001 - as Excel has days
              CellError("#N/A"), UNCALCULATED)  # fmt: skip
    kept = (Sheet("表", (SheetRow(3, values, True, frozenset([1])),), True, frozenset([2])),)
    assert unpacked(packed(kept)) == kept
