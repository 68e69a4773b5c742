"""A ledger as the secretary uploads it."""

import io
from typing import Any

from openpyxl import Workbook
from werkzeug.test import TestResponse

from blueprints.imports.models import LedgerImport
from core.db import db

HEADERS = [
    "楼栋",
    "单元",
    "房号",
    "户主姓名",
    "联系电话",
    "常住人口",
    "人员类别",
    "出生日期",
    "备注",
]


ROWS: list[list[object]] = [
    ["示1栋", "1", "301", "祝秀英", "10000000001", 2, "独居、高龄", "1948.3.5", "耳朵不好"],
    ["示1栋", "1", "302", "翟大明", "10000000002、10000000003（女儿）", 3, "", "腊月三十", ""],
    ["示1栋", "1", "302", "翟大明", "10000000002、10000000003（女儿）", 3, "", "腊月三十", ""],
    ["示1栋", "一单元", "301室", "祝 秀英", "10000000009", 2, "", "1948.3.5", "新电话待核"],
    ["示1栋", "1", "", "单国梁", "", "", "", "", ""],
    ["示9栋", "1", "101", "解小满", "", "", "", "", ""],
    ["示1栋", "1", "门面3", "区一鸣", "", "", "留守儿童", "2019年5月1日", ""],
]


def workbook(rows: list[list[object]] = ROWS, title: str = "住户台账") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Any, estate: Any, data: bytes, name: str = "台账.xlsx") -> TestResponse:
    fields = {"scope": str(estate.id), "file": (io.BytesIO(data), name)}
    return client.send("/households/import", fields)


def count(model: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def imported() -> LedgerImport:
    db.session.expire_all()
    return db.session.scalars(db.select(LedgerImport)).one()
