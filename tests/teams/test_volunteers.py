"""Volunteers: found by name, never ranked; phones covered until asked for."""

from typing import Any

from blueprints.teams.models import Volunteer
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories

PHONE = "10012345678"


def fields(**more: Any) -> dict[str, Any]:
    return {"name": "单守信", "joined_on": today().isoformat()} | more


def test_the_secretary_registers_a_volunteer(browser: Any, qin: Any) -> None:
    answer = browser(qin).send("/volunteers/new", fields(phone="100 1234 5678", skills="理发"))
    assert answer.status_code == 303
    page = browser(qin).get(answer.location).text
    assert "单守信" in page and "理发" in page


def test_a_phone_that_is_none_is_refused_and_the_rest_stays(browser: Any, qin: Any) -> None:
    answer = browser(qin).send("/volunteers/new", fields(phone="10012", skills="理发"))
    assert answer.status_code == 422
    assert "电话只有5位" in answer.text and "理发" in answer.text


def test_an_account_belongs_to_one_volunteer(browser: Any, qin: Any, lin: Any) -> None:
    factories.volunteer("林一舟", user=lin)
    assert browser(qin).send("/volunteers/new", fields(user_id=lin.id)).status_code == 422


def test_a_volunteer_is_found_by_name_and_by_pinyin(browser: Any, qin: Any) -> None:
    factories.volunteer("单守信")
    factories.volunteer("翟贵生")
    client = browser(qin)
    for words in ("守信", "单", "ssx", "dsx", "shanshou", "SSX"):
        page = client.get("/volunteers", query_string={"q": words}).text
        assert "单守信" in page and "翟贵生" not in page, words


def test_a_percent_sign_finds_nobody(browser: Any, qin: Any) -> None:
    factories.volunteer("单守信")
    assert "没有找到" in browser(qin).get("/volunteers?q=%25").text


def test_volunteers_are_listed_by_name_whatever_their_hours(
    browser: Any, qin: Any, gu: Any
) -> None:
    most = factories.volunteer("翟贵生")
    factories.volunteer("单守信")
    factories.service_entry(most, qin, 600, "confirmed", gu)
    page = browser(qin).get("/volunteers").text
    assert page.index("单守信") < page.index("翟贵生")
    assert "小时" not in page


def test_long_lists_come_in_pages_of_fifty(browser: Any, qin: Any) -> None:
    db.session.add_all(Volunteer(name=f"人{number:03}") for number in range(51))
    db.session.commit()
    client = browser(qin)
    first = client.get("/volunteers").text
    assert "人049" in first and "人050" not in first and "page=2" in first
    second = client.get("/volunteers?page=2").text
    assert "人050" in second and "page=3" not in second
    assert client.get("/volunteers?page=0").status_code == 404


def test_a_phone_is_covered_until_asked_for_and_the_asking_is_noted(browser: Any, qin: Any) -> None:
    shan = factories.saved(Volunteer(name="单守信", phone=PHONE))
    client = browser(qin)
    page = client.get(f"/volunteers/{shan.id}").text
    assert PHONE not in page and "100****5678" in page
    assert PHONE in client.send(f"/volunteers/{shan.id}/phone").text
    noted = db.session.query(AuditEntry).filter_by(action="reveal_phone").one()
    assert (noted.user_id, noted.object_id) == (qin.id, str(shan.id))
    assert PHONE not in str(noted.after)


def test_with_htmx_only_the_number_is_swapped(browser: Any, qin: Any) -> None:
    shan = factories.saved(Volunteer(name="单守信", phone=PHONE))
    answer = browser(qin).send(
        f"/volunteers/{shan.id}/phone",
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert PHONE in answer.text and "<html" not in answer.text


def test_a_student_sees_the_own_hours_and_nobody_elses(browser: Any, lin: Any) -> None:
    mine = factories.saved(Volunteer(name="林一舟", user_id=lin.id, phone=PHONE))
    other = factories.volunteer("单守信")
    client = browser(lin)
    page = client.get(f"/volunteers/{mine.id}").text
    assert "林一舟" in page and "上班值班领了工资，不算志愿时长" in page
    assert "100****5678" not in page
    assert client.get(f"/volunteers/{other.id}").status_code == 404


def test_the_page_tells_confirmed_waiting_and_kinds_apart(browser: Any, qin: Any, gu: Any) -> None:
    shan = factories.volunteer("单守信")
    factories.service_entry(shan, qin, 120, "confirmed", gu, kind="activity")
    factories.service_entry(shan, qin, 30, "confirmed", gu, kind="wish")
    factories.service_entry(shan, qin, 45)
    factories.service_entry(shan, qin, 600, "rejected", gu)
    page = browser(qin).get(f"/volunteers/{shan.id}").text
    assert "2 小时 30 分" in page
    assert "待确认 45 分" in page
    assert "微心愿" in page and "30 分" in page
