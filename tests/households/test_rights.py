"""A resident may have everything on file, and may be forgotten; nothing is kept too long."""

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.households.models import Building, CareTag, Consent, Household, Phone, Resident
from blueprints.households.retention import months_ago
from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.visits.models import Visit, VisitPhoto, VisitResident
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from core.excel import read_workbook
from core.photos import Photo
from tests import factories

NOTE = "说起老伴，精神不错"


@pytest.fixture
def home(app: Flask, qin: Any) -> Household:
    """祝婆婆, alone, visited once, with a wish."""
    found = factories.household()
    found.remark = "耳朵不好"
    head = factories.head(found)
    head.birth_year, head.honorific = 1948, "婆婆"
    factories.saved(CareTag(resident_id=head.id, tag="alone"))
    factories.saved(
        Visit(household_id=found.id, visitor_id=qin.id, visited_on=today(), met=True, note=NOTE)
    )
    factories.wish(found, qin)
    return found


def test_everything_on_file_comes_in_one_archive_and_that_is_recorded(
    browser: Any, qin: Any, home: Household
) -> None:
    head = factories.head(home)
    answer = browser(qin).send(f"/residents/{head.id}/file")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert [name.split(" ")[1] for name in archive.namelist()] == [
        "登记的内容.xlsx",
        "同意记录.xlsx",
        "微心愿.xlsx",
        "走访.xlsx",
    ]
    words = [
        str(value)
        for name in archive.namelist()
        for sheet in read_workbook(archive.read(name), name)
        for row in sheet.rows
        for value in row.values
    ]
    assert {"祝婆婆", "10000000001", "独居", NOTE, "按摩仪"} <= set(words)
    actions = db.session.scalars(db.select(AuditEntry.action)).all()
    assert "export_person" in actions


def erase(client: Any, resident: Resident) -> Any:
    return client.send(f"/residents/{resident.id}/erasure", {"is_asked": "y"})


def everything_stored() -> str:
    """All that the database holds, as one text."""
    tables = db.metadata.sorted_tables
    return repr([db.session.execute(db.select(table)).all() for table in tables])


def test_who_asks_is_forgotten_everywhere(browser: Any, qin: Any, home: Household) -> None:
    head = factories.head(home)
    assert erase(browser(qin), head).status_code == 303
    db.session.expire_all()
    stored = everything_stored()
    for word in ("祝婆婆", "10000000001", "1948", "耳朵不好", NOTE, "按摩仪"):
        assert word not in stored, word
    assert db.session.scalar(db.select(db.func.count()).select_from(Visit)) == 1
    assert db.session.get_one(Household, home.id).moved_out_on == today()


def test_a_forgotten_resident_is_no_volunteer_any_longer_and_the_hours_stay(
    browser: Any, qin: Any, lin: Any, home: Household
) -> None:
    head = factories.head(home)
    team = factories.team()
    helper = factories.volunteer("祝婆婆", of=team)
    helper.resident_id, helper.phone, helper.skills = head.id, "10000000007", "会织毛衣"
    factories.service_entry(helper, lin, 90, "confirmed", qin)
    archive = browser(qin).send(f"/residents/{head.id}/file")
    assert "志愿服务" in " ".join(zipfile.ZipFile(io.BytesIO(archive.data)).namelist())
    assert erase(browser(qin), head).status_code == 303
    db.session.expire_all()
    stored = everything_stored()
    for word in ("祝婆婆", "婆婆", "zpp", "10000000007", "会织毛衣"):
        assert word not in stored, word
    assert db.session.get_one(Volunteer, helper.id).left_on == today()
    assert db.session.scalar(db.select(db.func.sum(ServiceEntry.minutes))) == 90


def test_consents_are_withdrawn_with_it(browser: Any, qin: Any, home: Household) -> None:
    head = factories.head(home)
    erase(browser(qin), head)
    answers = db.session.execute(
        db.select(Consent.kind, Consent.answer).where(Consent.resident_id == head.id)
    )
    latest = {kind: answer for kind, answer in answers}
    assert set(latest.values()) == {"withdrawn"}


def test_of_a_home_with_others_the_words_stay(browser: Any, qin: Any, home: Household) -> None:
    factories.resident(home, "祝小妹")
    erase(browser(qin), factories.head(home))
    db.session.expire_all()
    assert db.session.scalars(db.select(Visit.note)).one() == NOTE
    assert db.session.get_one(Household, home.id).moved_out_on is None
    assert db.session.scalars(db.select(Phone)).all() == []


def test_forgetting_has_to_be_asked_for(browser: Any, qin: Any, home: Household) -> None:
    answer = browser(qin).send(f"/residents/{factories.head(home).id}/erasure")
    assert answer.status_code == 422
    assert factories.head(home).name == "祝婆婆"


def long_ago(home: Household) -> Visit:
    """Let the only visit to a home be of the time when it was paired."""
    visit = db.session.scalars(db.select(Visit).where(Visit.household_id == home.id)).one()
    visit.visited_on = over_a_year() - timedelta(days=30)
    db.session.commit()
    return visit


def ended_pairing(student: Any, home: Household, ended: date) -> None:
    pairing = factories.pairing(student, home)
    pairing.started_on, pairing.ended_on, pairing.end_reason = ended, ended, "left"
    db.session.commit()


def over_a_year() -> date:
    return months_ago(12, today())


def test_a_year_after_a_pairing_ended_notes_and_care_tags_go(
    browser: Any, app: Flask, qin: Any, lin: Any, home: Household
) -> None:
    ended_pairing(lin, home, over_a_year())
    long_ago(home)
    client = browser(qin)
    page = client.get("/households/retention").text
    assert "1 户到期了" in page
    told = app.test_cli_runner().invoke(args=["households", "retention", "--dry-run"])
    assert "会清掉 1 户的：" in told.output and "走访记录的文字 1" in told.output
    assert db.session.scalars(db.select(Visit.note)).one() == NOTE
    client.send("/households/retention")
    db.session.expire_all()
    assert db.session.scalars(db.select(Visit.note)).one() == ""
    assert db.session.scalars(db.select(CareTag)).all() == []
    assert factories.head(home).name == "祝婆婆"
    assert "没有到期的" in client.get("/households/retention").text
    assert "retention" in db.session.scalars(db.select(AuditEntry.action)).all()


def test_a_day_earlier_or_while_paired_again_everything_stays(
    browser: Any, qin: Any, lin: Any, fang: Any, home: Household
) -> None:
    ended_pairing(lin, home, over_a_year() + timedelta(days=1))
    long_ago(home)
    client = browser(qin)
    assert "没有到期的" in client.get("/households/retention").text
    ended_pairing(fang, home, over_a_year() - timedelta(days=90))
    factories.pairing(fang, home)
    client.send("/households/retention")
    assert db.session.scalars(db.select(Visit.note)).one() == NOTE


def test_photos_and_why_a_visit_was_struck_out_go_too(
    browser: Any, app: Flask, qin: Any, lin: Any, home: Household
) -> None:
    ended_pairing(lin, home, over_a_year())
    visit, photo = long_ago(home), factories.photo(lin)
    visit.note, visit.void_reason = "", "记到别家去了"
    factories.saved(VisitPhoto(visit_id=visit.id, photo_id=photo.id))
    client = browser(qin)
    assert "走访的照片" in client.get("/households/retention").text
    client.send("/households/retention")
    db.session.expire_all()
    assert db.session.get_one(Visit, visit.id).void_reason == ""
    assert db.session.scalars(db.select(Photo)).all() == []


def test_a_home_that_is_still_called_on_keeps_its_words(
    browser: Any, qin: Any, lin: Any, home: Household
) -> None:
    ended_pairing(lin, home, over_a_year())
    client = browser(qin)
    assert "没有到期的" in client.get("/households/retention").text
    client.send("/households/retention")
    assert db.session.scalars(db.select(Visit.note)).one() == NOTE


def test_the_command_deletes_without_the_dry_run(app: Flask, lin: Any, home: Household) -> None:
    ended_pairing(lin, home, over_a_year())
    long_ago(home)
    told = app.test_cli_runner().invoke(args=["households", "retention"])
    assert "清掉了 1 户的：" in told.output
    db.session.expire_all()
    assert db.session.scalars(db.select(Visit.note)).one() == ""


@pytest.mark.parametrize(
    ("months", "day", "expected"),
    [
        (12, date(2026, 11, 22), date(2025, 11, 22)),
        (12, date(2028, 2, 29), date(2027, 2, 28)),
        (1, date(2026, 1, 31), date(2025, 12, 31)),
        (6, date(2026, 8, 31), date(2026, 2, 28)),
    ],
)
def test_months_are_counted_back_by_the_calendar(months: int, day: date, expected: date) -> None:
    assert months_ago(months, day) == expected


def test_the_home_is_called_after_who_still_lives_there(
    browser: Any, qin: Any, home: Household
) -> None:
    son = factories.resident(home, "祝建平")
    answer = erase(browser(qin), factories.head(home))
    assert answer.location == f"/households/{home.id}"
    page = browser(qin).get(answer.location).text
    assert f"<h1>{son.called}家</h1>" in page and "—家" not in page
    assert "有一位要求删掉了登记" in page and "已撤回" in page
    assert "—" not in browser(qin).get(f"/visits/new?household={home.id}").text


def test_the_remark_may_be_cleared_of_who_is_forgotten(
    browser: Any, qin: Any, home: Household
) -> None:
    factories.resident(home, "祝建平")
    head = factories.head(home)
    assert "耳朵不好" in browser(qin).get(f"/residents/{head.id}/erasure").text
    typed = {"is_asked": "y", "remark": "白天没人"}
    browser(qin).send(f"/residents/{head.id}/erasure", typed)
    db.session.expire_all()
    assert db.session.get_one(Household, home.id).remark == "白天没人"


def test_a_visit_to_who_was_forgotten_can_still_be_corrected(
    browser: Any, qin: Any, home: Household
) -> None:
    factories.resident(home, "祝建平")
    head, visit_id = factories.head(home), db.session.scalars(db.select(Visit.id)).one()
    factories.saved(VisitResident(visit_id=visit_id, resident_id=head.id))
    erase(browser(qin), head)
    page = browser(qin).get(f"/visits/{visit_id}/edit").text
    assert re.search(rf'value="{head.id}"[^>]*checked', page) or re.search(
        rf'checked[^>]*value="{head.id}"', page
    )
    assert "已不在这一户的人" in page


def test_visits_to_who_lived_alone_stay_listed_by_the_building(
    browser: Any, qin: Any, home: Household
) -> None:
    building = db.session.get_one(Building, home.building_id)
    erase(browser(qin), factories.head(home))
    page = browser(qin).get("/visits").text
    assert "—家" not in page and f'">{building.name}</a>' in page
