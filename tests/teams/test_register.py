"""The register: who is also a resident, what they would do, terms of leaders, and children."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from blueprints.households.models import Resident
from blueprints.teams.models import Membership, Volunteer
from core.clock import now, today
from core.db import db
from tests import factories
from tests.teams.test_volunteers import fields


@pytest.fixture
def zhu(app: Any) -> Resident:
    """祝婆婆, a resident."""
    return factories.head(factories.household())


def test_the_secretary_says_which_resident_a_volunteer_is(
    browser: Any, qin: Any, zhu: Resident
) -> None:
    person = factories.volunteer("祝婆婆")
    client = browser(qin)
    path = f"/volunteers/{person.id}/resident"
    page = client.get(path).text
    assert "示2栋" in page and "就是这位" in page
    assert client.send(path, {"resident": zhu.id}).status_code == 303
    assert f"/households/{zhu.household_id}" in client.get(f"/volunteers/{person.id}").text
    assert client.send(path, {"resident": ""}).status_code == 303
    db.session.refresh(person)
    assert person.resident_id is None


def test_changing_a_volunteer_shows_no_number_and_keeps_the_covered_one(
    browser: Any, qin: Any
) -> None:
    client = browser(qin)
    path = client.send("/volunteers/new", fields(phone="10000000008")).location
    page = client.get(f"{path}/edit").text
    assert "100****0008" in page and "10000000008" not in page
    sent = fields(phone="100****0008", skills="二胡", version="1")
    assert client.send(f"{path}/edit", sent).status_code == 303
    person = db.session.query(Volunteer).one()
    assert (person.phone, person.skills) == ("10000000008", "二胡")
    sent = fields(phone="100****0009", version=str(person.version))
    assert "要写就写全" in client.send(f"{path}/edit", sent).text


def test_one_resident_is_one_volunteer(browser: Any, qin: Any, zhu: Resident) -> None:
    first, second = factories.volunteer("祝婆婆"), factories.volunteer("祝婆婆")
    client = browser(qin)
    client.send(f"/volunteers/{first.id}/resident", {"resident": zhu.id})
    answer = client.send(f"/volunteers/{second.id}/resident", {"resident": zhu.id})
    assert answer.status_code == 409 and "已经连着另一位" in answer.text


def test_who_sees_no_residents_learns_no_door_from_the_link(
    browser: Any, qin: Any, gu: Any, zhu: Resident
) -> None:
    person = factories.volunteer("祝婆婆")
    browser(qin).send(f"/volunteers/{person.id}/resident", {"resident": zhu.id})
    page = browser(gu).get(f"/volunteers/{person.id}").text
    assert "也是居民" in page and f"/households/{zhu.household_id}" not in page
    assert browser(gu).get(f"/volunteers/{person.id}/resident").status_code == 403


def test_volunteers_are_found_by_team_category_and_skill(browser: Any, qin: Any) -> None:
    team = factories.team()
    shan = factories.volunteer("单守信", of=team)
    shan.skills, shan.services = "修水管", "便民维修、理发"
    factories.volunteer("翟贵生")
    db.session.commit()
    client = browser(qin)
    for query in (f"team={team.id}", "service=理发", "q=水管", "q=ssx"):
        page = client.get(f"/volunteers?{query}").text
        assert "单守信" in page and "翟贵生" not in page, query


def test_the_workbook_holds_what_the_page_shows(browser: Any, qin: Any) -> None:
    shan = factories.volunteer("单守信")
    shan.services = "理发"
    factories.volunteer("翟贵生")
    db.session.commit()
    sent = browser(qin).get("/volunteers.xlsx?service=理发")
    rows = list(load_workbook(io.BytesIO(sent.data)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows if row[0] in ("单守信", "翟贵生")] == ["单守信"]


def test_who_left_is_listed_apart(browser: Any, qin: Any) -> None:
    gone = factories.volunteer("单守信")
    gone.left_on = today()
    db.session.commit()
    client = browser(qin)
    assert "单守信" not in client.get("/volunteers").text
    assert "单守信" in client.get("/volunteers?left=1").text


def test_categories_are_ticked_and_kept_when_the_company_drops_them(browser: Any, qin: Any) -> None:
    client = browser(qin)
    data = fields(service_list=["理发", "文艺"], skills="二胡")
    path = client.send("/volunteers/new", data).location
    person = db.session.query(Volunteer).one()
    assert person.service_list == ["理发", "文艺"]
    person.services = "理发、舞龙"
    db.session.commit()
    page = client.get(f"{path}/edit").text
    assert page.count("checked") >= 2 and "舞龙" in page


def test_a_leaders_term_begins_and_ends_and_both_stay_on_record(browser: Any, qin: Any) -> None:
    team = factories.team()
    factories.volunteer("单守信", of=team)
    member = db.session.query(Membership).one()
    member.joined_on = today() - timedelta(days=100)
    db.session.commit()
    client = browser(qin)
    client.send(f"/memberships/{member.id}/leadership", {"leader": "y"})
    terms = db.session.query(Membership).order_by(Membership.id).all()
    assert [(term.is_leader, term.left_on) for term in terms] == [(False, today()), (True, None)]
    page = client.get(f"/teams/{team.id}").text
    assert "起当队长" in page and "以前的任期（1）" in page


def test_a_leaders_term_has_a_planned_end_that_reminds_and_can_be_moved(
    browser: Any, qin: Any, set_clock: Any
) -> None:
    set_clock(2026, 3, 1, 9)
    team = factories.team()
    factories.volunteer("单守信", of=team)
    member = db.session.query(Membership).one()
    client, path = browser(qin), f"/memberships/{member.id}/leadership"
    assert client.send(path, {"leader": "y", "leads_until": "2026-02-01"}).status_code == 422
    assert client.send(path, {"leader": "y", "leads_until": "2026-12-31"}).status_code == 303
    page = client.get(f"/teams/{team.id}").text
    assert "到12月31日" in page
    assert "任期到了" not in page
    set_clock(2027, 1, 1, 9)
    client = browser(qin)
    assert "任期到了" in client.get(f"/teams/{team.id}").text
    assert db.session.query(Membership).one().is_leader, "nothing ends by itself"
    client.send(path, {"leader": "y", "leads_until": "2027-12-31"})
    assert "任期到了" not in client.get(f"/teams/{team.id}").text
    assert db.session.query(Membership).count() == 1, "moving the end begins no new term"


def test_who_no_longer_leads_has_no_planned_end(browser: Any, qin: Any) -> None:
    factories.volunteer("单守信", of=factories.team())
    member = db.session.query(Membership).one()
    until = (today() + timedelta(days=9)).isoformat()
    for says in ("y", ""):
        fields = {"leader": says, "leads_until": until}
        browser(qin).send(f"/memberships/{member.id}/leadership", fields)
    term = db.session.query(Membership).one()
    assert (term.is_leader, term.leads_until) == (False, None)


def test_a_term_that_began_today_just_changes(browser: Any, qin: Any) -> None:
    factories.volunteer("单守信", of=factories.team())
    member = db.session.query(Membership).one()
    for says in ("y", "", "y"):
        browser(qin).send(f"/memberships/{member.id}/leadership", {"leader": says})
    assert db.session.query(Membership).one().is_leader


def test_a_child_waits_for_a_guardian_and_is_never_public(browser: Any, qin: Any) -> None:
    client = browser(qin)
    public = client.send("/volunteers/new", fields(is_child="y", agrees_to_publish="y"))
    assert public.status_code == 422 and "不公示" in public.text
    path = client.send("/volunteers/new", fields(name="毛雨琪", is_child="y")).location
    activity = factories.activity(by=qin, starts_at=now() + timedelta(days=1))
    refused = client.send(f"/activities/{activity.id}/signups", {"name": "毛雨琪"})
    assert refused.status_code == 409 and "监护人同意以后" in refused.text
    agreed = fields(
        name="毛雨琪", is_child="y", guardian_agreed_on=today().isoformat(), version="1"
    )
    assert client.send(f"{path}/edit", agreed).status_code == 303
    assert client.send(f"/activities/{activity.id}/signups", {"name": "毛雨琪"}).status_code == 303


def test_a_child_without_a_guardian_is_not_noted_as_having_come(browser: Any, qin: Any) -> None:
    child = factories.saved(Volunteer(name="毛雨琪", is_child=True))
    activity = factories.activity(by=qin)
    answer = browser(qin).send(
        f"/activities/{activity.id}/attendance", {"names": child.name, "version": "1"}
    )
    assert answer.status_code == 409 and "监护人" in answer.text
