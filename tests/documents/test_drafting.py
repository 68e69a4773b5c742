"""Writing papers: what is offered, what is filled in, what is refused and kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from blueprints.documents.models import Document
from blueprints.visits.models import Visit
from core.clock import today
from core.db import db
from core.settings import change_setting
from tests import factories
from tests.documents.conftest import stored
from tests.documents.drafts import NOTICE, certificate_draft, notice_draft

FREE = {
    "volunteer": "0",
    "name": "单守信",
    "honour": "热心居民",
    "reason": "常年义务修车",
    "issuer": "安和物业",
    "dated_on": "2026-12-05",
}


def drafted() -> Document:
    db.session.rollback()
    return db.session.scalars(db.select(Document)).one()


def served(volunteer: Any, by: Any, decided_by: Any, minutes: int, **fields: Any) -> Any:
    return factories.service_entry(
        volunteer, by, minutes=minutes, state="confirmed", decided_by=decided_by, **fields
    )


@pytest.fixture
def lins_year(qin: Any, gu: Any, lin: Any) -> Any:
    """林一舟 with 90 confirmed minutes and one visit this year, and more that does not count."""
    volunteer = factories.volunteer("林一舟", lin, of=factories.team())
    served(volunteer, qin, gu, 90)
    served(volunteer, qin, gu, 600, served_on=date(today().year - 1, 5, 1))
    factories.service_entry(volunteer, qin, minutes=300)
    home = factories.household()
    for met in (True, False):
        factories.saved(Visit(household_id=home.id, visitor_id=lin.id, visited_on=today(), met=met))
    return volunteer


def test_people_with_confirmed_service_this_year_are_offered(
    secretary: Any, qin: Any, gu: Any, lins_year: Any
) -> None:
    factories.volunteer("方晓禾")
    certificate_draft(qin, lins_year)
    secretary.send(f"/documents/{drafted().id}/issue")
    page = secretary.get("/documents/new/certificate").text
    assert "林一舟" in page
    assert "爱心服务队" in page
    assert "1 小时 30 分" in page
    assert "发过0001号" in page
    assert "方晓禾" not in page


def test_the_usual_reason_comes_from_the_ledger(
    secretary: Any, qin: Any, lins_year: Any, set_clock: Any
) -> None:
    reason = f"{today().year}年度参加志愿服务，走访结对邻里1户次，服务时长1小时30分钟，热心助人，表现突出"
    picked = f"/documents/new/certificate?volunteer={lins_year.id}"
    assert reason in secretary.get(picked).text
    part = secretary.get(picked, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text
    assert reason in part
    assert "<html" not in part
    form = FREE | {"volunteer": str(lins_year.id), "name": "", "reason": ""}
    assert secretary.send("/documents/new/certificate", form).status_code == 303
    assert drafted().content["reason"] == reason
    assert (drafted().recipient, drafted().volunteer_id) == ("林一舟", lins_year.id)


def test_a_certificate_for_somebody_on_no_list_needs_name_and_reason(secretary: Any) -> None:
    empty = FREE | {"name": "", "reason": ""}
    answer = secretary.send("/documents/new/certificate", empty)
    assert answer.status_code == 422
    assert "请写姓名。" in answer.text
    assert "请写事由。" in answer.text
    assert "热心居民" in answer.text
    assert secretary.send("/documents/new/certificate", FREE).status_code == 303
    assert drafted().dated_on == date(2026, 12, 5)
    assert drafted().state == "draft"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("honour", "国家认证志愿者", "这份文书上不能写“国家认证”。"),
        ("reason", "官方表彰", "这份文书上不能写“官方”。"),
        ("name", "方\ue123禾", "字库里没有“\ue123”，印不出来。"),
        ("reason", "好" * 121, "120"),
        ("dated_on", "2062-12-05", "离今天太远了"),
        ("dated_on", "昨天", "请填落款日期。"),
        ("issuer", "", "请填落款单位。"),
        ("volunteer", "999", "Not a valid choice"),
    ],
)
def test_what_a_certificate_must_not_say_is_told_while_it_is_written(
    secretary: Any, field: str, typed: str, told: str
) -> None:
    answer = secretary.send("/documents/new/certificate", FREE | {field: typed})
    assert answer.status_code == 422
    if field != "volunteer":
        assert told in answer.text
    assert db.session.scalar(db.select(Document.id)) is None


def test_a_new_notice_knows_the_duty_phone_and_who_signs(secretary: Any) -> None:
    change_setting("duty_phone", "100 8888 0000")
    change_setting("issuer_name", "安和物业")
    page = secretary.get("/documents/new/notice").text
    assert 'value="100 8888 0000"' in page
    assert 'value="安和物业"' in page
    assert 'value="各位邻居"' in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("subject", "", "请写标题。"),
        ("phone", "请打物业", "电话只写数字"),
        ("remove_on", "2026-01-01", "撕除日期比落款日期还早。"),
    ],
)
def test_a_notice_that_lacks_something_is_shown_again(
    secretary: Any, field: str, typed: str, told: str
) -> None:
    form = NOTICE | {"dated_on": "2026-11-22"} | {field: typed}
    answer = secretary.send("/documents/new/notice", form)
    assert answer.status_code == 422
    assert told in answer.text
    assert "提前储水" in answer.text


def test_lines_typed_apart_are_one_paragraph_on_paper(secretary: Any) -> None:
    form = NOTICE | {"dated_on": "2026-11-22", "matter": "停水一天。\r\n\r\n  请储水。"}
    secretary.send("/documents/new/notice", form)
    assert drafted().content["matter"] == "停水一天。请储水。"


def test_a_draft_is_changed_and_a_stale_form_shows_both_versions(secretary: Any, qin: Any) -> None:
    draft = notice_draft(qin)
    form = NOTICE | {"dated_on": "2026-11-22", "version": "1"}
    path = f"/documents/{draft.id}/edit"
    assert "示3栋清洗水箱" in secretary.get(path).text
    assert secretary.send(path, form | {"subject": "示4栋清洗水箱"}).status_code == 303
    assert stored(draft).title == "示4栋清洗水箱"
    stale = secretary.send(path, form | {"subject": "示5栋清洗水箱"})
    assert stale.status_code == 409
    assert "示4栋清洗水箱" in stale.text
    assert "示5栋清洗水箱" in stale.text


def test_a_certificate_draft_keeps_its_person_when_edited(
    secretary: Any, qin: Any, lins_year: Any
) -> None:
    draft = certificate_draft(qin, lins_year)
    page = secretary.get(f"/documents/{draft.id}/edit").text
    assert f'value="{lins_year.id}" checked' in page


def test_a_draft_can_be_thrown_away(secretary: Any, qin: Any) -> None:
    page = f"/documents/{notice_draft(qin).id}"
    assert secretary.send(f"{page}/discard").status_code == 303
    assert secretary.get(page).status_code == 404


def test_an_unknown_kind_of_paper_is_not_found(secretary: Any) -> None:
    assert secretary.get("/documents/new/diploma").status_code == 404


def test_the_number_follows_the_year_on_the_paper(secretary: Any, qin: Any) -> None:
    draft = notice_draft(qin, dated_on=today() - timedelta(days=365))
    secretary.send(f"/documents/{draft.id}/issue")
    assert stored(draft).serial_year == (today() - timedelta(days=365)).year
