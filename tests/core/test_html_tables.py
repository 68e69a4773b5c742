"""The .xls that an office system saved is an HTML table; so is a page that holds none."""

import pytest

from core.excel import read_workbook
from core.sheets import NotAWorkbook, WorkbookTooLong, text_of

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td {color: red}</style>
</head><body><table border=1>
<tr><td colspan=3>侨亚小区住户台账</td></tr>
<tr><th>楼栋<th>房号<th>户主&nbsp;姓名</tr>
<tr><td rowspan=2>示1栋</td><td>301</td><td>祝<br>婆婆</td></tr>
<tr><td>302</td><td> 翟&lt;爹爹&gt; </td></tr>
<tr><td></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_is_read_like_a_sheet(encoding: str) -> None:
    (sheet,) = read_workbook(PAGE.encode(encoding), "台账.xls")
    assert sheet.name == "台账"
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("侨亚小区住户台账",) * 3),
        (2, ("楼栋", "房号", "户主 姓名")),
        (3, ("示1栋", "301", "祝\n婆婆")),
        (4, ("示1栋", "302", "翟<爹爹>")),
    ]


def test_cells_joined_over_rows_and_columns_are_told_from_typed_ones() -> None:
    title, _header, first, second = read_workbook(PAGE.encode(), "台账.xls")[0].rows
    assert title.spread == {1, 2}
    assert first.spread == frozenset()
    assert [text_of(value) for _column, value in second.own_values()] == ["302", "翟<爹爹>"]


def test_two_tables_are_two_sheets() -> None:
    page = "<table><tr><td>甲</td></tr></table><p>说明</p><table><tr><td>乙</td></tr></table>"
    assert [(s.name, s.rows[0].values) for s in read_workbook(page.encode(), "表.xls")] == [
        ("表", ("甲",)),
        ("表 2", ("乙",)),
    ]


@pytest.mark.parametrize(
    "page", ["<html><p>请登录</p></html>", "<table><tr><td> </td></tr></table>"]
)
def test_a_page_without_a_table_is_no_workbook(page: str) -> None:
    with pytest.raises(NotAWorkbook):
        read_workbook(page.encode(), "网页.xls")


def test_a_hostile_span_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<table><tr><td rowspan=999999999 colspan=999999999>甲</td></tr></table>"
    assert len(read_workbook(page.encode(), "表.xls")[0].rows[0].values) == 200
    monkeypatch.setattr("core.html_tables.MAX_ROWS", 2)
    with pytest.raises(WorkbookTooLong):
        read_workbook(b"<table><tr><td>1<tr><td>2<tr><td>3</table>", "表.xls")
