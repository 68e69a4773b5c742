"""The secretary reads a ledger in: preview, choices, one transaction, again, undo."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from blueprints.households.models import (
    Building,
    CareTag,
    Consent,
    Household,
    Phone,
    Resident,
    Room,
)
from blueprints.imports.models import LedgerImport
from core.clock import today
from core.db import db
from core.excel import read_workbook
from tests import factories

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
_BESIDE = (folder / "shared" / "samples" for folder in Path(__file__).resolve().parents[2:])
SAMPLES = next((folder for folder in _BESIDE if folder.exists()), None)


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


@pytest.fixture
def estate(app: Flask) -> Any:
    """侨亚小区 with one building and one of its rooms."""
    found = factories.estate("侨亚小区")
    factories.room(factories.building(found, "示1栋"), number="301")
    return found


def upload(client: Any, estate: Any, data: bytes, name: str = "台账.xlsx") -> TestResponse:
    fields = {"scope": str(estate.id), "file": (io.BytesIO(data), name)}
    return client.send("/households/import", fields)


def count(model: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def imported() -> LedgerImport:
    db.session.expire_all()
    return db.session.scalars(db.select(LedgerImport)).one()


def test_the_preview_tells_every_row_that_stays_out_and_stores_nothing(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    page = client.get(upload(client, estate, workbook()).location).text
    assert "第 7 行" in page
    assert "缺房号" in page
    assert "楼栋未登记：示9栋" in page
    assert "登记缺的楼栋" in page
    assert "这几行请您定" in page
    assert count(Household) == 0


def test_confirming_stores_the_good_rows_in_registered_and_new_rooms(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    answer = client.send(upload(client, estate, workbook()).location, follow_redirects=True)
    assert "导入了 3 户" in answer.text
    assert count(Household) == 3
    assert sorted(db.session.scalars(db.select(Room.number))) == ["301", "302", "门面3"]
    page = client.get("/households").text
    assert "祝秀英家" in page
    assert "示1栋 1单元 302" in page
    assert "翟大明家" in client.get("/households?q=zdm").text


def test_every_phone_and_the_birthday_s_own_precision_are_kept(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location)
    zhai = db.session.scalar(db.select(Resident).where(Resident.name == "翟大明"))
    assert (zhai.birth_is_lunar, zhai.birth_year, zhai.birth_day) == (True, None, 30)
    phones = db.session.scalars(db.select(Phone).where(Phone.resident_id == zhai.id))
    assert [(p.number, p.note) for p in phones] == [("10000000002", ""), ("10000000003", "女儿")]


def test_importing_the_same_ledger_again_adds_nothing(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location)
    again = upload(client, estate, workbook()).location
    assert "没有新的可以导入" in client.get(again).text
    client.send(again)
    assert count(Household) == 3


def test_the_secretary_picks_which_of_two_rows_is_right(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location, {"answer_0": "Sheet!6"})
    zhu = db.session.scalar(db.select(Resident).where(Resident.name == "祝秀英"))
    assert [
        p.number for p in db.session.scalars(db.select(Phone).where(Phone.resident_id == zhu.id))
    ] == ["10000000009"]
    assert count(Household) == 3


def test_care_tags_stay_out_without_consent_on_paper(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location)
    assert count(CareTag) == 0
    assert count(Consent) == 0
    assert imported().counts["tags_left_out"] == 3


def test_care_tags_come_in_with_a_dated_consent(browser: Any, qin: Any, estate: Any) -> None:
    client, signed = browser(qin), {"has_consent": "y", "consented_on": "2026-11-01"}
    client.send(upload(client, estate, workbook()).location, signed)
    assert sorted(db.session.scalars(db.select(CareTag.tag))) == ["aged", "alone"]
    consent = db.session.scalars(db.select(Consent)).one()
    assert (consent.kind, consent.answer, str(consent.given_on)) == (
        "record",
        "granted",
        "2026-11-01",
    )


def test_consent_on_paper_needs_its_day(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    answer = client.send(upload(client, estate, workbook()).location, {"has_consent": "y"})
    assert answer.status_code == 422
    assert count(Household) == 0


def test_of_a_child_only_the_name_is_kept(browser: Any, qin: Any, estate: Any) -> None:
    client, signed = browser(qin), {"has_consent": "y", "consented_on": "2026-11-01"}
    client.send(upload(client, estate, workbook()).location, signed)
    child = db.session.scalar(db.select(Resident).where(Resident.name == "区一鸣"))
    assert child.is_child
    assert child.birth_year is None
    page = client.get(f"/households/{child.household_id}").text
    assert "缺监护人同意，不能记录" in page


def test_an_upload_belongs_to_who_brought_it_and_goes_after_the_import(
    app: Flask, browser: Any, qin: Any, estate: Any
) -> None:
    client, other = browser(qin), factories.user("wen", "温书记", ["secretary"])
    where = upload(client, estate, workbook(ROWS[:4])).location
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
    browser: Any, qin: Any, estate: Any, data: bytes, name: str, reason: str
) -> None:
    answer = upload(browser(qin), estate, data, name)
    assert answer.status_code == 422
    assert name in answer.text
    assert reason in answer.text


def faulty_rows(answer: TestResponse) -> list[tuple[object, ...]]:
    (sheet,) = read_workbook(answer.data)
    return [row.values for row in sheet.rows]


def test_faulty_rows_are_downloaded_mended_and_read_in_again(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    preview = upload(client, estate, workbook()).location
    done = client.send(preview).location
    assert client.get(preview).status_code == 404
    assert "下载有错的行" in client.get(done).text
    answer = client.get(f"{preview}/faulty.xlsx")
    header, first, second = faulty_rows(answer)
    assert header[:5] == ("原因", "原来在", "楼栋", "单元", "房号")
    assert (first[0], first[5]) == ("缺房号", "单国梁")
    assert second[0] == "楼栋未登记：示9栋"
    mended = read_and_mend(answer.data)
    client.send(upload(client, estate, mended).location)
    assert count(Household) == 4
    assert "单国梁家" in client.get("/households").text


def read_and_mend(data: bytes) -> bytes:
    """Fill the room that was missing in, as somebody does in Excel."""
    book = load_workbook(io.BytesIO(data))
    book.active["E2"] = "402"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_or_nothing_is_the_person_s_choice(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    answer = client.send(
        upload(client, estate, workbook()).location, {"faulty": "none"}, follow_redirects=True
    )
    assert "一行都没有导入" in answer.text
    assert count(Household) == 0


CHANGED = [["示1栋", "1", "301", "祝秀英", "10000000008", 4, "", "1948.3.5", ""]]


def changed_import(client: Any, estate: Any, changes: str) -> TestResponse:
    client.send(upload(client, estate, workbook(ROWS[:1])).location)
    where = upload(client, estate, workbook(CHANGED)).location
    page = client.get(where).text
    assert "这里：10000000001" in page
    assert "台账：10000000008" in page
    return client.send(where, {"changes": changes})


@pytest.mark.parametrize(
    ("changes", "people", "numbers"),
    [
        ("keep", 2, ["10000000001"]),
        ("fill", 2, ["10000000001"]),
        ("replace", 4, ["10000000008"]),
    ],
)
def test_what_is_registered_otherwise_is_compared_and_changed_only_as_asked(
    browser: Any, qin: Any, estate: Any, changes: str, people: int, numbers: list[str]
) -> None:
    client = browser(qin)
    changed_import(client, estate, changes)
    assert db.session.scalars(db.select(Household)).one().people_count == people
    assert list(db.session.scalars(db.select(Phone.number))) == numbers


def test_single_rows_may_go_another_way_than_the_rest(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    rows = [
        ["示1栋", "1", f"{n}01", f"翟{n}", f"1000000010{n}", n, "", "", ""] for n in range(1, 5)
    ]
    client.send(upload(client, estate, workbook(rows)).location)
    later = [[*row[:5], row[5] + 10, *row[6:]] for row in rows]
    where = upload(client, estate, workbook(later)).location
    fields = re.findall(r'<select[^>]* name="(change_0_\d+)"', client.get(where).text)
    assert len(fields) == 4
    choices = {fields[1]: "keep", fields[2]: "fill", fields[3]: ""}
    assert client.send(where, {"changes": "replace"} | choices).status_code == 303
    counts = db.session.scalars(db.select(Household.people_count).order_by(Household.id)).all()
    assert counts == [11, 2, 3, 14]


def test_a_choice_for_a_row_that_nobody_offers_is_refused(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook(ROWS[:1])).location)
    where = upload(client, estate, workbook(CHANGED)).location
    name = re.search(r'name="(change_0_\d+)"', client.get(where).text)[1]
    assert client.send(where, {"changes": "keep", name: "delete"}).status_code == 422


def test_the_preview_asks_the_database_as_often_for_forty_rows_as_for_one(
    browser: Any, qin: Any, estate: Any, queries: Any
) -> None:
    client = browser(qin)
    rows = [
        ["示1栋", "1", f"{n}01", f"翟{n}", f"100000001{n:02}", 2, "", "", ""] for n in range(40)
    ]
    client.send(upload(client, estate, workbook(rows)).location)
    later = [[*row[:5], 3, *row[6:]] for row in rows]
    one = upload(client, estate, workbook(later[:1])).location
    every = upload(client, estate, workbook(later)).location
    client.get(one)
    with queries() as few:
        client.get(one)
    with queries() as many:
        client.get(every)
    assert len(many) == len(few)


def test_taking_an_import_back_puts_back_what_it_changed(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    done = changed_import(client, estate, "replace").location
    assert client.send(f"{done}/undoing").status_code == 303
    db.session.expire_all()
    home = db.session.scalars(db.select(Household)).one()
    assert (home.people_count, home.remark) == (2, "耳朵不好")
    assert list(db.session.scalars(db.select(Phone.number))) == ["10000000001"]


def test_a_household_that_somebody_edited_since_is_not_taken_back(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    done = client.send(upload(client, estate, workbook(ROWS[:1])).location).location
    resident = db.session.scalars(db.select(Resident)).one()
    resident.honorific = "婆婆"
    db.session.commit()
    assert client.send(f"{done}/undoing").status_code == 409
    assert count(Household) == 1


ODD = ["栋", "门", "哪间", "谁家"]


def odd_workbook() -> bytes:
    book = Workbook()
    for row in (ODD, ["示1栋", "1", "301", "祝秀英"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_columns_that_were_not_recognised_are_said_once_and_remembered(
    browser: Any, qin: Any, estate: Any
) -> None:
    client = browser(qin)
    where = upload(client, estate, odd_workbook()).location
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
    again = upload(client, estate, odd_workbook()).location
    assert not again.endswith("/columns")
    assert "没有新的可以导入" in client.get(again).text


def test_how_far_the_storing_is_can_be_asked(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    where = upload(client, estate, workbook(ROWS[:1])).location
    assert "正在读" in client.get(f"{where}/progress").text
    page = client.get(where).text
    assert f'data-waits="{where}/progress"' in page


def test_without_a_building_the_page_leads_to_registering_one(browser: Any, qin: Any) -> None:
    assert "/estates/new" in browser(qin).get("/households/import").text


def test_a_whole_import_can_be_taken_back(browser: Any, qin: Any, estate: Any) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location)
    url = f"/imports/{imported().id}/undoing"
    assert client.send(url).status_code == 303
    assert (count(Household), count(Resident), count(Phone)) == (0, 0, 0)
    assert client.send(url).status_code == 409


def test_an_import_that_was_worked_with_stays(
    browser: Any, qin: Any, fang: Any, estate: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, estate, workbook()).location)
    factories.pairing(fang, db.session.scalars(db.select(Household)).first())
    answer = client.send(f"/imports/{imported().id}/undoing")
    assert answer.status_code == 409
    assert "不能整批撤回" in answer.text
    assert count(Household) == 3


def test_the_command_previews_first_and_stores_on_request(
    app: Flask, estate: Any, tmp_path: Path
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
