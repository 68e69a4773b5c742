"""The page of one household: phones, consents, care tags, birthdays."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.households.models import CareTag, Consent, Phone, Resident
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories


def test_a_phone_is_masked_until_it_is_asked_for_and_that_is_recorded(
    browser: Any, lin_here: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    client, head = browser(lin_here), factories.head(home)
    page = client.get(f"/households/{home.id}").text
    assert "100****0001" in page
    assert "100 0000 0001" not in page
    answer = client.send(f"/residents/{head.id}/phone", follow_redirects=True)
    assert "100 0000 0001" in answer.text
    entry = db.session.scalar(db.select(AuditEntry).where(AuditEntry.action == "reveal_phone"))
    assert (entry.user_id, entry.object_id) == (lin_here.id, str(head.id))


def test_an_opened_phone_closes_again(
    browser: Any, lin_here: Any, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.pairing(lin_here, home)
    client = browser(lin_here)
    client.send(f"/residents/{factories.head(home).id}/phone")
    from core import clock

    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert "100 0000 0001" not in client.get(f"/households/{home.id}").text


def test_nobody_sees_what_another_person_opened(
    browser: Any, lin_here: Any, qin: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    browser(lin_here).send(f"/residents/{factories.head(home).id}/phone")
    assert "100 0000 0001" not in browser(qin).get(f"/households/{home.id}").text


def test_changing_a_person_shows_no_number_and_keeps_the_covered_ones(
    browser: Any, lin_here: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    client, head = browser(lin_here), factories.head(home)
    path = f"/residents/{head.id}/edit"
    page = client.get(path).text
    assert "100****0001" in page and "10000000001" not in page
    fields = {"version": str(head.version), "name": "祝秀英", "calendar": "solar"}
    sent = fields | {"phone_lines": "100****0001（女儿）\n10000000002"}
    assert client.send(path, sent).status_code == 303
    kept = db.session.execute(db.select(Phone.number, Phone.note).order_by(Phone.number)).all()
    assert kept == [("10000000001", "女儿"), ("10000000002", "")]


def test_a_covered_number_that_is_not_on_file_is_asked_for_whole(
    browser: Any, qin: Any, home: Any
) -> None:
    head = factories.head(home)
    fields = {"version": str(head.version), "name": "祝秀英", "calendar": "solar"}
    path = f"/residents/{head.id}/edit"
    answer = browser(qin).send(path, fields | {"phone_lines": "100****0009"})
    assert answer.status_code == 422 and "要写就写全" in answer.text
    stale = fields | {"version": "0", "phone_lines": "100****0009"}
    assert browser(qin).send(path, stale).status_code == 409


def test_htmx_gets_only_the_phone(browser: Any, qin: Any, home: Any) -> None:
    head = factories.head(home)
    answer = browser(qin).send(
        f"/residents/{head.id}/phone",
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert "100 0000 0001" in answer.text
    assert "<html" not in answer.text


def test_a_refusal_is_kept_as_nothing_more_than_declined(browser: Any, qin: Any, home: Any) -> None:
    head, client = factories.head(home), browser(qin)
    given = {"kind": "publish", "answer": "declined", "form": "spoken", "given_on": "2026-11-02"}
    assert client.send(f"/residents/{head.id}/consents/new", given).status_code == 303
    page = client.get(f"/households/{home.id}").text
    assert "不同意：公示" in page
    assert "秦若川问的" in page


def test_a_later_answer_leaves_the_earlier_one_in_place(browser: Any, qin: Any, home: Any) -> None:
    head, client = factories.head(home), browser(qin)
    given = {"kind": "visit", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    client.send(f"/residents/{head.id}/consents/new", given)
    answers = db.session.scalars(
        db.select(Consent.answer).where(Consent.kind == "visit").order_by(Consent.id)
    ).all()
    assert answers == ["granted", "withdrawn"]


def test_nobody_can_withdraw_what_was_never_granted(browser: Any, qin: Any, home: Any) -> None:
    given = {"kind": "photo", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    answer = browser(qin).send(f"/residents/{factories.head(home).id}/consents/new", given)
    assert answer.status_code == 422
    assert "没有同意过" in answer.text


def test_withdrawing_the_record_deletes_the_care_tags(browser: Any, qin: Any, home: Any) -> None:
    head = factories.head(home)
    factories.saved(CareTag(resident_id=head.id, tag="alone"))
    given = {"kind": "record", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    browser(qin).send(f"/residents/{head.id}/consents/new", given)
    assert db.session.scalars(db.select(CareTag)).all() == []


def test_a_paper_typed_in_for_a_colleague_names_who_asked(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    head = factories.head(home)
    given = {"kind": "photo", "answer": "granted", "form": "paper", "given_on": "2026-11-01"}
    path = f"/residents/{head.id}/consents/new"
    browser(qin).send(path, given | {"asked_by": str(lin.id)})
    browser(qin).send(path, given | {"kind": "share"})
    asked = db.session.execute(
        db.select(Consent.kind, Consent.asked_by_id).where(Consent.kind.in_(["photo", "share"]))
    )
    assert {kind: by for kind, by in asked} == {"photo": lin.id, "share": qin.id}


def test_care_tags_need_consent_to_record(browser: Any, qin: Any, estate: Any) -> None:
    room = factories.room(factories.building(estate))
    head = factories.head(factories.household(room, consent=False))
    client = browser(qin)
    fields = {"version": "1", "name": "祝婆婆", "tags": "alone", "calendar": "solar"}
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert db.session.scalars(db.select(CareTag)).all() == []
    factories.saved(Consent(resident_id=head.id, kind="record", answer="granted"))
    fields["version"] = str(db.session.get(Resident, head.id).version)
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert [row.tag for row in db.session.scalars(db.select(CareTag))] == ["alone"]


def test_a_lunar_birthday_is_kept_and_shown_as_lunar(browser: Any, qin: Any, home: Any) -> None:
    head, client = factories.head(home), browser(qin)
    fields = {"version": str(head.version), "name": "祝秀英", "honorific": "婆婆"}
    fields |= {"calendar": "lunar", "born": "腊月三十"}
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert "农历腊月三十生日" in client.get(f"/households/{home.id}").text


def test_a_date_that_does_not_exist_is_told_and_nothing_is_lost(
    browser: Any, qin: Any, home: Any
) -> None:
    head = factories.head(home)
    fields = {"version": str(head.version), "name": "祝秀英", "born": "1948年2月30日"}
    answer = browser(qin).send(f"/residents/{head.id}/edit", fields | {"calendar": "solar"})
    assert answer.status_code == 422
    assert "1948年2月30日" in answer.text


def test_nothing_more_of_a_child_is_kept_without_a_guardian(
    browser: Any, qin: Any, home: Any
) -> None:
    client = browser(qin)
    child = {"name": "小雨", "relation": "外孙女", "is_child": "y", "calendar": "solar"}
    url = f"/households/{home.id}/residents/new"
    assert client.send(url, child | {"born": "2016年5月1日"}).status_code == 422
    assert client.send(url, child | {"phone_lines": "10000000009"}).status_code == 422
    assert client.send(url, child).status_code == 303
    assert "缺监护人同意，不能记录" in client.get(f"/households/{home.id}").text


def test_two_people_do_not_overwrite_each_other(browser: Any, qin: Any, home: Any) -> None:
    client = browser(qin)
    fields = {"version": "1", "remark": "耳朵不好，敲门要重"}
    assert client.send(f"/households/{home.id}/edit", fields).status_code == 303
    second = client.send(f"/households/{home.id}/edit", fields | {"remark": "白天在家"})
    assert second.status_code == 409
    assert "白天在家" in second.text
    assert "敲门要重" in second.text


def test_a_changed_name_is_found_under_the_new_one(browser: Any, qin: Any, home: Any) -> None:
    head, client = factories.head(home), browser(qin)
    fields = {"version": str(head.version), "name": "翟秀英", "honorific": ""}
    client.send(f"/residents/{head.id}/edit", fields)
    assert "翟秀英" in client.get("/households?q=zxy").text
    assert "没有找到" in client.get("/households?q=祝").text


def test_the_secretary_writes_a_household_down_at_a_new_door(
    browser: Any, qin: Any, estate: Any
) -> None:
    block = factories.building(estate)
    fields = {"building": str(block.id), "unit": "一单元", "room": "402室", "name": "单 国梁"}
    answer = browser(qin).send("/households/new", fields, follow_redirects=True)
    assert "示2栋 1单元 402" in answer.text
    assert "单国梁家" in answer.text
