"""The secretary reads a ledger in: preview, choices, one transaction."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from blueprints.households.models import (
    Building,
    CareTag,
    Household,
    Phone,
    Resident,
    Room,
)
from core.clock import today
from core.db import db
from core.excel import read_workbook
from tests import factories
from tests.households.importing import ROWS, count, imported, upload, workbook

_BESIDE = (folder / "shared" / "samples" for folder in Path(__file__).resolve().parents[2:])


SAMPLES = next((folder for folder in _BESIDE if folder.exists()), None)


def test_the_preview_tells_every_row_that_stays_out_and_stores_nothing(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    page = client.get(upload(client, qiaoya, workbook()).location).text
    assert "第 7 行" in page
    assert "缺房号" in page
    assert "楼栋未登记：示9栋" in page
    assert "登记缺的楼栋" in page
    assert "这几行请您定" in page
    assert count(Household) == 0


def test_confirming_stores_the_good_rows_in_registered_and_new_rooms(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    answer = client.send(upload(client, qiaoya, workbook()).location, follow_redirects=True)
    assert "导入了 3 户" in answer.text
    assert count(Household) == 3
    assert sorted(db.session.scalars(db.select(Room.number))) == ["301", "302", "门面3"]
    page = client.get("/households").text
    assert "祝秀英家" in page
    assert "示1栋 1单元 302" in page
    assert "翟大明家" in client.get("/households?q=zdm").text


def test_every_phone_and_the_birthday_s_own_precision_are_kept(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location)
    zhai = db.session.scalar(db.select(Resident).where(Resident.name == "翟大明"))
    assert (zhai.birth_is_lunar, zhai.birth_year, zhai.birth_day) == (True, None, 30)
    phones = db.session.scalars(db.select(Phone).where(Phone.resident_id == zhai.id))
    assert [(p.number, p.note) for p in phones] == [("10000000002", ""), ("10000000003", "女儿")]


def test_importing_the_same_ledger_again_adds_nothing(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location)
    again = upload(client, qiaoya, workbook()).location
    assert "没有新的可以导入" in client.get(again).text
    client.send(again)
    assert count(Household) == 3


def test_the_secretary_picks_which_of_two_rows_is_right(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location, {"answer_0": "Sheet!6"})
    zhu = db.session.scalar(db.select(Resident).where(Resident.name == "祝秀英"))
    assert [
        p.number for p in db.session.scalars(db.select(Phone).where(Phone.resident_id == zhu.id))
    ] == ["10000000009"]
    assert count(Household) == 3


def test_an_upload_belongs_to_who_brought_it_and_goes_after_the_import(
    app: Flask, browser: Any, qin: Any, qiaoya: Any
) -> None:
    client, other = browser(qin), factories.user("wen", "温书记", ["secretary"])
    where = upload(client, qiaoya, workbook(ROWS[:4])).location
    assert browser(other).get(where).status_code == 404
    client.send(where)
    assert client.get(where).status_code == 404
    assert list((Path(app.config["LINLI_INSTANCE"]) / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "空.xlsx", "没有内容"),
        (b"PK\x03\x04 broken", "坏.xlsx", "打不开"),
        (b"<html></html>", "网页.xlsx", "不是 Excel 表格"),
        (workbook([], title="没有表头")[:200], "半截.xlsx", "打不开"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_and_reason(
    browser: Any, qin: Any, qiaoya: Any, data: bytes, name: str, reason: str
) -> None:
    answer = upload(browser(qin), qiaoya, data, name)
    assert answer.status_code == 422
    assert name in answer.text
    assert reason in answer.text


def faulty_rows(answer: TestResponse) -> list[tuple[object, ...]]:
    (sheet,) = read_workbook(answer.data)
    return [row.values for row in sheet.rows]


def test_faulty_rows_are_downloaded_mended_and_read_in_again(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    preview = upload(client, qiaoya, workbook()).location
    done = client.send(preview).location
    assert client.get(preview).status_code == 404
    assert "下载有错的行" in client.get(done).text
    answer = client.get(f"{preview}/faulty.xlsx")
    header, first, second = faulty_rows(answer)
    assert header[:5] == ("原因", "原来在", "楼栋", "单元", "房号")
    assert (first[0], first[5]) == ("缺房号", "单国梁")
    assert second[0] == "楼栋未登记：示9栋"
    mended = read_and_mend(answer.data)
    client.send(upload(client, qiaoya, mended).location)
    assert count(Household) == 4
    assert "单国梁家" in client.get("/households").text


def read_and_mend(data: bytes) -> bytes:
    """Fill the room that was missing in, as somebody does in Excel."""
    book = load_workbook(io.BytesIO(data))
    book.active["E2"] = "402"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_or_nothing_is_the_person_s_choice(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    answer = client.send(
        upload(client, qiaoya, workbook()).location, {"faulty": "none"}, follow_redirects=True
    )
    assert "一行都没有导入" in answer.text
    assert count(Household) == 0


def test_the_preview_asks_the_database_as_often_for_forty_rows_as_for_one(
    browser: Any, qin: Any, qiaoya: Any, queries: Any
) -> None:
    client = browser(qin)
    rows = [
        ["示1栋", "1", f"{n}01", f"翟{n}", f"100000001{n:02}", 2, "", "", ""] for n in range(40)
    ]
    client.send(upload(client, qiaoya, workbook(rows)).location)
    later = [[*row[:5], 3, *row[6:]] for row in rows]
    one = upload(client, qiaoya, workbook(later[:1])).location
    every = upload(client, qiaoya, workbook(later)).location
    client.get(one)
    with queries() as few:
        client.get(one)
    with queries() as many:
        client.get(every)
    assert len(many) == len(few)


ODD = ["栋", "门", "哪间", "谁家"]


def odd_workbook() -> bytes:
    book = Workbook()
    for row in (ODD, ["示1栋", "1", "301", "祝秀英"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_columns_that_were_not_recognised_are_said_once_and_remembered(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    where = upload(client, qiaoya, odd_workbook()).location
    assert where.endswith("/columns")
    page = client.get(where).text
    assert "如 祝秀英" in page
    said = {"column_0": "building", "column_1": "unit", "column_2": "room"}
    answer = client.send(where, said | {"column_3": ""})
    assert answer.status_code == 422
    assert "还缺这几列：户主姓名" in answer.text
    preview = client.send(where, said | {"column_3": "head_name"}).location
    client.send(preview)
    assert count(Household) == 1
    again = upload(client, qiaoya, odd_workbook()).location
    assert not again.endswith("/columns")
    assert "没有新的可以导入" in client.get(again).text


def test_how_far_the_storing_is_can_be_asked(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    where = upload(client, qiaoya, workbook(ROWS[:1])).location
    assert "正在读" in client.get(f"{where}/progress").text
    page = client.get(where).text
    assert f'data-waits="{where}/progress"' in page


def test_without_a_building_the_page_leads_to_registering_one(browser: Any, qin: Any) -> None:
    assert "/estates/new" in browser(qin).get("/households/import").text


def test_the_command_previews_first_and_stores_on_request(
    app: Flask, qiaoya: Any, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(workbook())
    run = app.test_cli_runner().invoke
    told = run(args=["import", "households", str(file)])
    assert "新 3" in told.output
    assert "第 7 行：缺房号" in told.output
    assert count(Household) == 0
    assert "导入了 3 户" in run(args=["import", "households", str(file), "--commit"]).output
    assert count(Household) == 3


@pytest.mark.skipif(SAMPLES is None, reason="the sample ledgers are not here")
def test_the_office_s_sample_gives_exactly_the_expected_households(browser: Any, qin: Any) -> None:
    expected = json.loads((SAMPLES / "预期结果.json").read_text(encoding="utf-8"))["住户台账.xlsx"]
    estate = factories.estate("侨亚小区")
    for number in range(1, 7):
        factories.saved(Building.named(estate.id, f"示{number}栋"))
    client, data = browser(qin), (SAMPLES / "住户台账.xlsx").read_bytes()
    signed = {"has_consent": "y", "consented_on": str(today())}
    client.send(upload(client, estate, data, "住户台账.xlsx").location, signed)
    assert count(Household) == expected["good"]
    assert count(Phone) == expected["good_totals"]["phones"]
    assert count(CareTag) == sum(
        number for tag, number in expected["good_totals"]["tags"].items() if tag != "留守儿童"
    )
    known = {name: imported().counts[name] for name in ("duplicate", "near_duplicate", "error")}
    assert known == {name: expected[name] for name in known}
    again = upload(client, estate, data, "住户台账.xlsx").location
    client.send(again)
    assert count(Household) == expected["good"]


def test_every_new_row_says_what_it_is_and_which_estate_it_goes_to(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    page = client.get(upload(client, qiaoya, workbook()).location).text
    assert f"可以导入{qiaoya.name}</h2>" in page
    listed = page.split("新的 3 行", 1)[1].split("</details>")[0]
    assert "祝秀英" in listed
    assert listed.count(f"导入{qiaoya.name}</small>") == 3
