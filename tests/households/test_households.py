"""The list of households and the page of one, as people meet them."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.households.actions import reindex
from blueprints.households.models import CareTag, Consent, Household, Resident
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories


@pytest.fixture
def estate(app: Flask) -> Any:
    return factories.estate()


@pytest.fixture
def lin_here(estate: Any) -> Any:
    return factories.user("lin", "林一舟", ["student"], [estate])


@pytest.fixture
def home(estate: Any) -> Any:
    """祝秀英, whom everybody calls 祝婆婆."""
    found = factories.household(factories.room(factories.building(estate)), name="祝秀英")
    head = resident_of(found)
    head.honorific = "婆婆"
    reindex(found.id)
    db.session.commit()
    return found


def resident_of(home: Household) -> Resident:
    return db.session.scalar(db.select(Resident).where(Resident.household_id == home.id))


def test_a_student_reads_only_masked_names_of_others_households(
    browser: Any, lin_here: Any, home: Any
) -> None:
    page = browser(lin_here).get("/households").text
    assert "祝**" in page
    assert "秀英" not in page
    assert "示2栋 1单元 301" in page


def test_a_paired_household_is_listed_by_the_name_one_calls_it(
    browser: Any, lin_here: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    assert "祝婆婆家" in browser(lin_here).get("/households").text


def test_a_student_cannot_open_a_household_paired_with_someone_else(
    browser: Any, lin_here: Any, fang: Any, home: Any
) -> None:
    factories.pairing(fang, home)
    assert browser(lin_here).get(f"/households/{home.id}").status_code == 404


def test_the_list_is_in_natural_order(browser: Any, qin: Any, estate: Any) -> None:
    tenth = factories.room(factories.building(estate, "示10栋"))
    second = factories.room(factories.building(estate, "示2栋"))
    factories.household(tenth)
    factories.household(second)
    page = browser(qin).get("/households").text
    assert page.index("示2栋 1单元 301") < page.index("示10栋 1单元 301")


@pytest.mark.parametrize(
    "words", ["祝秀英", "秀英", "祝婆婆", "zxy", "ZXY", "zhuxiuying", "示2栋", "2-1-301", "301"]
)
def test_the_secretary_finds_a_household_by_name_pinyin_and_address(
    browser: Any, qin: Any, home: Any, words: str
) -> None:
    assert "祝婆婆家" in browser(qin).get("/households", query_string={"q": words}).text


@pytest.mark.parametrize("words", ["祝秀英", "秀英", "祝秀", "zxy"])
def test_a_search_never_tells_who_lives_behind_a_masked_name(
    browser: Any, lin_here: Any, home: Any, words: str
) -> None:
    assert "祝**" not in browser(lin_here).get("/households", query_string={"q": words}).text


@pytest.mark.parametrize("words", ["祝", "zhu", "301", "示2栋1单元301"])
def test_a_search_by_what_a_masked_row_shows_finds_it(
    browser: Any, lin_here: Any, home: Any, words: str
) -> None:
    assert "祝**" in browser(lin_here).get("/households", query_string={"q": words}).text


def test_the_list_can_show_only_who_is_not_paired(
    browser: Any, qin: Any, fang: Any, estate: Any, home: Any
) -> None:
    factories.pairing(fang, home)
    other = factories.household(factories.room(factories.building(estate, "示3栋")), name="翟大明")
    client = browser(qin)
    assert "翟大明" not in client.get("/households?paired=yes").text
    assert "祝婆婆" not in client.get("/households?paired=no").text
    assert "翟大明" in client.get(f"/households?building={other.building_id}").text


def test_who_moved_out_is_no_longer_listed(browser: Any, qin: Any, home: Any) -> None:
    client = browser(qin)
    answer = client.send(
        f"/households/{home.id}/edit", {"version": "1", "moved_out_on": str(today())}
    )
    assert answer.status_code == 303
    assert "祝婆婆" not in client.get("/households").text
    assert client.get(f"/households/{home.id}").status_code == 200


def test_a_phone_is_masked_until_it_is_asked_for_and_that_is_recorded(
    browser: Any, lin_here: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    client, head = browser(lin_here), resident_of(home)
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
    client.send(f"/residents/{resident_of(home).id}/phone")
    from core import clock

    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert "100 0000 0001" not in client.get(f"/households/{home.id}").text


def test_nobody_sees_what_another_person_opened(
    browser: Any, lin_here: Any, qin: Any, home: Any
) -> None:
    factories.pairing(lin_here, home)
    browser(lin_here).send(f"/residents/{resident_of(home).id}/phone")
    assert "100 0000 0001" not in browser(qin).get(f"/households/{home.id}").text


def test_htmx_gets_only_the_phone(browser: Any, qin: Any, home: Any) -> None:
    head = resident_of(home)
    answer = browser(qin).send(
        f"/residents/{head.id}/phone",
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert "100 0000 0001" in answer.text
    assert "<html" not in answer.text


def test_a_refusal_is_kept_as_nothing_more_than_declined(browser: Any, qin: Any, home: Any) -> None:
    head, client = resident_of(home), browser(qin)
    given = {"kind": "publish", "answer": "declined", "form": "spoken", "given_on": "2026-11-02"}
    assert client.send(f"/residents/{head.id}/consents/new", given).status_code == 303
    page = client.get(f"/households/{home.id}").text
    assert "不同意：公示" in page
    assert "秦若川问的" in page


def test_a_later_answer_leaves_the_earlier_one_in_place(browser: Any, qin: Any, home: Any) -> None:
    head, client = resident_of(home), browser(qin)
    given = {"kind": "visit", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    client.send(f"/residents/{head.id}/consents/new", given)
    answers = db.session.scalars(
        db.select(Consent.answer).where(Consent.kind == "visit").order_by(Consent.id)
    ).all()
    assert answers == ["granted", "withdrawn"]


def test_nobody_can_withdraw_what_was_never_granted(browser: Any, qin: Any, home: Any) -> None:
    given = {"kind": "photo", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    answer = browser(qin).send(f"/residents/{resident_of(home).id}/consents/new", given)
    assert answer.status_code == 422
    assert "没有同意过" in answer.text


def test_withdrawing_the_record_deletes_the_care_tags(browser: Any, qin: Any, home: Any) -> None:
    head = resident_of(home)
    factories.saved(CareTag(resident_id=head.id, tag="alone"))
    given = {"kind": "record", "answer": "withdrawn", "form": "paper", "given_on": str(today())}
    browser(qin).send(f"/residents/{head.id}/consents/new", given)
    assert db.session.scalars(db.select(CareTag)).all() == []


def test_a_paper_typed_in_for_a_colleague_names_who_asked(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    head = resident_of(home)
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
    head = resident_of(factories.household(room, consent=False))
    client = browser(qin)
    fields = {"version": "1", "name": "祝婆婆", "tags": "alone", "calendar": "solar"}
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert db.session.scalars(db.select(CareTag)).all() == []
    factories.saved(Consent(resident_id=head.id, kind="record", answer="granted"))
    fields["version"] = str(db.session.get(Resident, head.id).version)
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert [row.tag for row in db.session.scalars(db.select(CareTag))] == ["alone"]


def test_a_lunar_birthday_is_kept_and_shown_as_lunar(browser: Any, qin: Any, home: Any) -> None:
    head, client = resident_of(home), browser(qin)
    fields = {"version": str(head.version), "name": "祝秀英", "honorific": "婆婆"}
    fields |= {"calendar": "lunar", "born": "腊月三十"}
    assert client.send(f"/residents/{head.id}/edit", fields).status_code == 303
    assert "农历腊月三十生日" in client.get(f"/households/{home.id}").text


def test_a_date_that_does_not_exist_is_told_and_nothing_is_lost(
    browser: Any, qin: Any, home: Any
) -> None:
    head = resident_of(home)
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
    head, client = resident_of(home), browser(qin)
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


def test_the_list_asks_the_database_as_often_for_fifty_as_for_two(
    browser: Any, qin: Any, estate: Any, queries: Any
) -> None:
    block = factories.building(estate)
    for number in (301, 302):
        factories.household(factories.room(block, number=str(number)))
    client = browser(qin)
    client.get("/households")
    with queries() as few:
        client.get("/households")
    for number in range(401, 420):
        factories.household(factories.room(block, number=str(number)))
    with queries() as many:
        client.get("/households")
    assert len(many) == len(few)


def test_a_long_list_is_turned_page_by_page(browser: Any, qin: Any, estate: Any) -> None:
    block = factories.building(estate)
    for number in range(101, 152):
        factories.household(factories.room(block, number=str(number)))
    client = browser(qin)
    first, second = client.get("/households").text, client.get("/households?page=2").text
    assert "page=2" in first
    assert "1单元 151" not in first
    assert "1单元 151" in second
    assert "page=1" in second
