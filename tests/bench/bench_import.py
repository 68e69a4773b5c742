"""A ledger of 5,000 households read in, against openpyxl merely reading the same file."""

from __future__ import annotations

import io
import time
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from blueprints.demo.commands import fill
from blueprints.households.models import Building, Estate, Household
from core.db import db
from tests.bench.data import app_on
from tests.bench.table import Row, at_most
from tests.bench.visitor import Visitor

HOUSEHOLDS, HOMES_PER_BUILDING = 5_000, 60
MOST = 3.0
HEADERS = [
    "楼栋", "单元", "房号", "户主姓名", "联系电话", "常住人口", "人员类别", "出生日期", "备注",
]  # fmt: skip


def ledger() -> bytes:
    """An office's ledger: a title, a header, and one household in each row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("住户台账")
    sheet.append(["安和物业(演示)住户台账"])
    sheet.append(HEADERS)
    for number in range(HOUSEHOLDS):
        building, place = divmod(number, HOMES_PER_BUILDING)
        unit, door = divmod(place, 20)
        room = f"{door // 2 + 1}{door % 2 + 1:02d}"
        phone = str(10030000000 + number)
        who = ("祝", "翟", "单", "解", "区")[number % 5] + "秀大国小一"[number % 7 % 5] + "英"
        tag = "独居" if number % 5 == 0 else ""
        sheet.append(
            [f"示{building + 1}栋", str(unit + 1), room, who, phone, 2, tag, "1948.3.5", ""]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merely_read(data: bytes) -> int:
    """Let openpyxl read every cell."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for _cell in row)


def rows() -> list[Row]:
    """The preview and the commit together, as the secretary meets them."""
    data = ledger()
    reading = min(timed(lambda: merely_read(data)) for _turn in range(3))
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        app = app_on(folder)
        with app.app_context():
            fill(0)
            estate_id = new_estate()
        secretary = Visitor(app, "qin")
        took = timed(lambda: read_in(secretary, estate_id, data))
        with app.app_context():
            stored = db.session.scalar(select(func.count()).where(Household.estate_id == estate_id))
    if stored != HOUSEHOLDS:
        raise RuntimeError(f"{stored} households were stored")
    return [
        at_most("import of 5,000 households (openpyxl reads the file)", took, reading, MOST, "s")
    ]


def new_estate() -> int:
    """Register the estate and the buildings of the ledger; return the estate's id."""
    estate = Estate(name="演示新区")
    db.session.add(estate)
    db.session.flush()
    names = (f"示{number + 1}栋" for number in range(-(-HOUSEHOLDS // HOMES_PER_BUILDING)))
    db.session.add_all([Building.named(estate.id, name) for name in names])
    db.session.commit()
    return estate.id


def read_in(secretary: Visitor, estate_id: int, data: bytes) -> None:
    """Upload the ledger, look at the preview, confirm it."""
    fields = {"scope": str(estate_id), "file": (io.BytesIO(data), "台账.xlsx")}
    preview = secretary.send("/households/import", fields).headers["Location"]
    if secretary.ask(preview).status_code != 200:
        raise RuntimeError("no preview")
    done = secretary.send(preview, {"consent": "none"})
    if done.status_code != 303:
        raise RuntimeError("the import was not confirmed")


def timed(work: object) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
