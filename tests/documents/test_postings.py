"""Where notices hang, and that they come down in time."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.documents import queries
from blueprints.documents.models import Posting
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.drafts import certificate_draft, notice_draft


def spot(place: str = "一楼公告栏", down_in: int = 7, **fields: str) -> dict[str, str]:
    day = today() + timedelta(days=down_in)
    return {
        "building": "",
        "unit": "",
        "place": place,
        "posted_on": (today() - timedelta(days=30)).isoformat(),
        "down_on": day.isoformat(),
    } | fields


def places() -> list[str]:
    db.session.rollback()
    return [posting.place for posting in queries.postings_to_take_down(today())]


@pytest.fixture
def notice(qin: Any, issued: Any) -> Any:
    return issued(notice_draft(qin))


def test_a_posting_is_noted_with_building_and_place(secretary: Any, notice: Any) -> None:
    building = factories.building(factories.estate())
    path = f"/documents/{notice.id}/postings"
    assert secretary.send(path, spot(building=str(building.id))).status_code == 303
    assert "示2栋 一楼公告栏" in secretary.get(f"/documents/{notice.id}").text
    assert "示2栋 一楼公告栏" in secretary.get("/postings").text


def test_the_day_printed_on_the_sheet_is_suggested(secretary: Any, notice: Any) -> None:
    assert 'value="2026-12-30"' in secretary.get(f"/documents/{notice.id}").text


def test_what_is_missing_is_told_and_nothing_noted(secretary: Any, notice: Any) -> None:
    path = f"/documents/{notice.id}/postings"
    early = spot(down_in=-40)
    for form, told in ((spot(place=""), "请写贴在哪里。"), (early, "比贴的日期还早")):
        answer = secretary.send(path, form)
        assert answer.status_code == 422
        assert told in answer.text
    assert db.session.scalar(db.select(Posting.id)) is None


def test_only_what_is_due_comes_down_and_the_latest_is_first(secretary: Any, notice: Any) -> None:
    path = f"/documents/{notice.id}/postings"
    for place, days in (("明天的", 1), ("今天的", 0), ("上周的", -7)):
        secretary.send(path, spot(place, days))
    assert places() == ["上周的", "今天的"]
    page = secretary.get("/postings").text
    assert page.index("上周的") < page.index("今天的") < page.index("明天的")


def test_a_void_notice_and_a_withdrawn_consent_come_down_at_once(
    secretary: Any, qin: Any, notice: Any, issued: Any
) -> None:
    other = issued(notice_draft(qin, subject="示5栋楼道大扫除"))
    secretary.send(f"/documents/{notice.id}/postings", spot("作废的", 5))
    for place in ("撤回的", "好好的"):
        secretary.send(f"/documents/{other.id}/postings", spot(place, 5))
    secretary.send(f"/documents/{notice.id}/void", {"reason": "改期"})
    withdrawn = db.session.scalar(db.select(Posting).where(Posting.place == "撤回的"))
    withdrawn.withdrawn_reason = "有人撤回同意"
    db.session.commit()
    assert sorted(places()) == ["作废的", "撤回的"]
    page = secretary.get("/postings").text
    assert "文书已作废" in page
    assert "有人撤回同意" in page


def test_a_sheet_is_taken_down_once(secretary: Any, notice: Any) -> None:
    secretary.send(f"/documents/{notice.id}/postings", spot(down_in=0))
    posting = db.session.scalar(db.select(Posting))
    path = f"/postings/{posting.id}/takedown"
    assert secretary.send(path).status_code == 303
    assert secretary.send(path).status_code == 409
    assert places() == []
    assert "墙上没有要撕的" in secretary.get("/postings").text


def test_drafts_certificates_and_void_notices_are_not_hung(
    secretary: Any, qin: Any, notice: Any, issued: Any
) -> None:
    secretary.send(f"/documents/{notice.id}/void", {"reason": "改期"})
    for paper in (notice, notice_draft(qin), issued(certificate_draft(qin))):
        answer = secretary.send(f"/documents/{paper.id}/postings", spot())
        assert answer.status_code == 409
    assert db.session.scalar(db.select(Posting.id)) is None


def test_drafts_wait_for_the_secretary_the_oldest_first(qin: Any, issued: Any) -> None:
    first, second = notice_draft(qin), certificate_draft(qin)
    issued(notice_draft(qin))
    assert [paper.id for paper in queries.drafts_to_issue()] == [first.id, second.id]


def test_each_unit_of_a_building_gets_a_sheet_at_its_door_in_one_go(
    secretary: Any, notice: Any
) -> None:
    block = factories.building(factories.estate())
    for unit in ("1", "2", "10"):
        factories.room(block, unit)
    path = f"/documents/{notice.id}/postings"
    form = spot("单元门上", building=str(block.id), unit="*")
    assert secretary.send(path, form).status_code == 303
    page = secretary.get(f"/postings?building={block.id}").text
    assert [f"示2栋 {unit}单元 单元门上" in page for unit in (1, 2, 10)] == [True] * 3


def test_a_unit_that_the_building_does_not_have_is_told(secretary: Any, notice: Any) -> None:
    estate = factories.estate()
    one, two = factories.building(estate, "示1栋"), factories.building(estate, "示2栋")
    factories.room(one, "1"), factories.room(two, "2")
    path = f"/documents/{notice.id}/postings"
    wrong = secretary.send(path, spot(building=str(one.id), unit="2"))
    assert wrong.status_code == 422
    assert "这一栋没有这个单元" in wrong.text
    nowhere = secretary.send(path, spot(unit="2"))
    assert "先选哪一栋" in nowhere.text
    assert db.session.scalar(db.select(Posting.id)) is None


def test_todays_list_goes_building_by_building(secretary: Any, notice: Any) -> None:
    estate = factories.estate()
    ten, two = factories.building(estate, "示10栋"), factories.building(estate, "示2栋")
    path = f"/documents/{notice.id}/postings"
    for block, place in ((ten, "电梯口"), (two, "门厅"), (ten, "车棚"), (two, "以后的")):
        late = 5 if place == "以后的" else -1
        secretary.send(path, spot(place, late, building=str(block.id)))
    page = secretary.get("/postings?show=due").text
    places = [page.index(f" {place} ·") for place in ("门厅", "电梯口", "车棚")]
    assert places == sorted(places)
    assert page.index("桥机嘉园 示2栋") < page.index("桥机嘉园 示10栋")
    assert "以后的" not in page


def test_who_hung_it_and_who_took_it_down_is_kept_and_a_slip_is_undone(
    secretary: Any, notice: Any, browser: Any, gu: Any
) -> None:
    secretary.send(f"/documents/{notice.id}/postings", spot(down_in=0))
    posting = db.session.scalar(db.select(Posting))
    manager = browser(gu)
    taken = manager.send(f"/postings/{posting.id}/takedown?show=due")
    assert taken.location == "/postings?show=due"
    page = manager.get("/postings?show=down").text
    assert "顾长青撕下" in page
    assert places() == []
    assert manager.send(f"/postings/{posting.id}/still-hanging").status_code == 303
    assert places() == ["一楼公告栏"]
    assert manager.send(f"/postings/{posting.id}/still-hanging").status_code == 409


def test_a_sheet_is_called_down_before_its_day_with_a_reason(secretary: Any, notice: Any) -> None:
    secretary.send(f"/documents/{notice.id}/postings", spot())
    path = f"/postings/{db.session.scalar(db.select(Posting.id))}/recall"
    assert secretary.send(path).status_code == 422
    assert places() == []
    assert secretary.send(path, {"reason": "照片里的人不愿意了"}).status_code == 303
    assert places() == ["一楼公告栏"]
    assert "照片里的人不愿意了" in secretary.get("/postings?show=due").text


def test_the_posting_register_leaves_as_a_workbook_and_that_is_logged(
    secretary: Any, notice: Any
) -> None:
    from core.audit import AuditEntry
    from core.excel import read_workbook

    secretary.send(f"/documents/{notice.id}/postings", spot("=电梯口"))
    (sheet,) = read_workbook(secretary.send("/postings/export").data)
    header, line = sheet.rows
    told = dict(zip(header.values, line.values, strict=False))
    assert (told["位置"], told["编号"], told["谁贴的"]) == ("=电梯口", notice.serial, "秦若川")
    entry = db.session.scalar(db.select(AuditEntry).where(AuditEntry.action == "export"))
    assert (entry.object_type, entry.after["rows"]) == ("posting", 1)


def test_more_sheets_ask_the_database_no_more_often(
    secretary: Any, notice: Any, queries: Any
) -> None:
    block = factories.building(factories.estate())
    factories.room(block, "1")

    def asked() -> int:
        with queries() as sent:
            secretary.get("/postings?show=due")
        return len(sent)

    path = f"/documents/{notice.id}/postings"
    secretary.send(path, spot("一", -1, building=str(block.id), unit="1"))
    before = asked()
    for place in "二三四五":
        secretary.send(path, spot(place, -1, building=str(block.id), unit="1"))
    assert asked() == before
