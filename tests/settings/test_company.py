"""A company sets its name, its rhythm and its calendar; nothing senseless gets in."""

import re
from typing import Any

import pytest
from flask import Flask, g

from blueprints.settings.forms import CompanyForm
from core.audit import AuditEntry
from core.db import db
from core.settings import DEFAULTS, Setting, setting


def filled_in(page: str) -> dict[str, str]:
    """Return the fields of the settings form as the page shows them."""
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page)
    return fields | dict(areas)


def now_set(name: str) -> Any:
    g.pop("settings", None)
    db.session.expire_all()
    return setting(name)


@pytest.fixture
def office(browser: Any, qin: Any) -> Any:
    """The secretary's browser, the form filled in as on an instance that was just set up."""
    client = browser(qin)

    def send(**changes: str) -> Any:
        fields = filled_in(client.get("/settings").text)
        fields |= {"company_name": "安和物业", "issuer_name": "安和物业"} | changes
        return client.post("/settings", data=fields)

    client.save = send
    return client


def test_every_setting_has_a_field(app: Flask) -> None:
    with app.test_request_context():
        fields = {field.name for field in CompanyForm().shown_fields()}
    assert set(DEFAULTS) == fields | {
        "holidays",
        "workdays",
        "calendar_checked_years",
        "paper_settings",
    }


def test_the_secretary_sets_the_duty_phone(office: Any) -> None:
    assert office.save(duty_phone="027-10000000").status_code == 303
    assert now_set("duty_phone") == "027-10000000"


def test_the_page_shows_what_was_set(office: Any) -> None:
    office.save(visit_note_chips="气色好\n想下楼走走", wish_claim_days="10")
    fields = filled_in(office.get("/settings").text)
    assert fields["wish_claim_days"] == "10"
    assert fields["visit_note_chips"].splitlines() == ["气色好", "想下楼走走"]


def test_an_unchanged_default_is_not_stored(office: Any) -> None:
    office.save()
    stored = set(db.session.scalars(db.select(Setting.name)))
    assert stored == {"company_name", "issuer_name"}


def test_a_change_of_a_setting_is_in_the_audit_trail(office: Any, qin: Any) -> None:
    office.save(visit_interval_days="21")
    entry = db.session.scalar(
        db.select(AuditEntry).where(AuditEntry.object_id == "visit_interval_days")
    )
    assert (entry.user_id, entry.after["value"]) == (qin.id, 21)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("company_name", "", "请填公司名称。"),
        ("duty_phone", "打给小秦", "电话只写数字"),
        ("public_address", "linli.example.cn", "网址要写全"),
        ("visit_interval_days", "0", "要在 1 到 366 之间"),
        ("visit_interval_choices", "每周", "每行写一个整数。"),
        ("visit_interval_choices", "", "请至少写一个间隔"),
        ("wish_claim_days", "很快", "只写一个整数。"),
        ("visit_note_chips", "一" * 21, "每句不超过 20 个字"),
        ("map_old_days", "30", "要比“近期”的天数多。"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(
    office: Any, field: str, typed: str, told: str
) -> None:
    answer = office.save(**{field: typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert filled_in(answer.text)[field].strip() == typed
    assert now_set("company_name") == ""


def test_two_people_do_not_overwrite_each_other(office: Any, browser: Any, admin: Any) -> None:
    other = browser(admin)
    opened = filled_in(other.get("/settings").text)
    office.save(duty_phone="027-10000000")
    answer = other.post("/settings", data=opened | {"company_name": "甲", "issuer_name": "甲"})
    assert answer.status_code == 409
    assert "027-10000000" in answer.text
    assert now_set("company_name") == "安和物业"
