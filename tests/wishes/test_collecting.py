"""A wish is heard, written down, corrected and decided on."""

import re
from typing import Any

import pytest
from flask import Flask

from blueprints.wishes.actions import collect
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.submissions import new_submission_id
from tests import factories


def only_wish() -> Wish:
    return db.session.scalars(db.select(Wish)).one()


def reloaded(wish: Wish) -> Wish:
    return db.session.get_one(Wish, wish.id, populate_existing=True)


def collect_at(client: Any, home: Any, **fields: Any) -> Any:
    typed = {"what": "按摩仪一台", "kind": "thing", "resident": ""} | fields
    return client.send(f"/wishes/new?household={home.id}", typed)


def test_a_student_writes_down_a_wish_of_a_household_they_look_after(
    browser: Any, lin: Any, home: Any
) -> None:
    answer = collect_at(browser(lin), home, detail="下午在家")
    wish = only_wish()
    assert answer.status_code == 303
    assert answer.location == f"/wishes/{wish.id}"
    assert (wish.what, wish.kind, wish.detail, wish.state) == (
        "按摩仪一台", "thing", "下午在家", "collected",
    )  # fmt: skip
    assert wish.label == f"{today().year}-001"
    assert wish.collected_by_id == lin.id


def test_nobody_writes_down_a_wish_of_a_household_they_do_not_look_after(
    browser: Any, fang: Any, home: Any
) -> None:
    assert collect_at(browser(fang), home).status_code == 404


def test_without_a_household_one_chooses_among_ones_own(
    browser: Any, lin: Any, fang: Any, home: Any
) -> None:
    assert f"/wishes/new?household={home.id}" in browser(lin).get("/wishes/new").text
    assert "还没有结对的人家" in browser(fang).get("/wishes/new").text


def test_what_was_typed_stays_when_something_is_missing(browser: Any, lin: Any, home: Any) -> None:
    answer = collect_at(browser(lin), home, what="", detail="下午三点以后在家")
    assert answer.status_code == 422
    assert "写一下想要什么。" in answer.text
    assert "下午三点以后在家" in answer.text
    assert "<title>错误：" in answer.text
    assert db.session.scalars(db.select(Wish)).all() == []


def test_a_form_that_is_sent_twice_makes_one_wish(browser: Any, lin: Any, home: Any) -> None:
    client, once = browser(lin), new_submission_id()
    first = collect_at(client, home, submission_id=once)
    again = collect_at(client, home, submission_id=once)
    assert first.location == again.location == f"/wishes/{only_wish().id}"


@pytest.mark.parametrize("consent", [True, False])
def test_no_wish_is_written_down_in_the_name_of_a_child(
    browser: Any, lin: Any, home: Any, consent: bool
) -> None:
    child = factories.resident(home, "祝小满", is_child=True)
    if consent:
        factories.saved(factories.Consent(resident_id=child.id, kind="guardian", answer="granted"))
    client = browser(lin)
    assert "记在全家名下" in client.get(f"/wishes/new?household={home.id}").text
    assert collect_at(client, home, resident=str(child.id)).status_code == 422


def test_numbers_count_up_within_the_year_and_begin_again(
    app: Flask, lin: Any, home: Any, set_clock: Any
) -> None:
    labels = []
    for moment in ((2026, 12, 31, 23, 59), (2026, 12, 31, 23, 59), (2027, 1, 1, 0, 1)):
        set_clock(*moment)
        labels.append(collect(home, lin, "按摩仪").label)
    assert labels == ["2026-001", "2026-002", "2027-001"]


def test_a_number_taken_by_someone_quicker_is_not_taken_twice(
    app: Flask, lin: Any, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.wish(home, lin)
    guesses = iter([1, 1, 2])
    monkeypatch.setattr("blueprints.wishes.actions.next_number", lambda year: next(guesses))
    assert collect(home, lin, "老花镜").number == 2
    db.session.commit()


def test_the_secretary_approves_a_clean_wish_with_one_tap(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    collect_at(browser(lin), home)
    client = browser(qin)
    page = client.get("/wishes").text
    form = re.search(
        r'<form method="post" action="(/wishes/\d+/approval)">(.*?)</form>', page, re.DOTALL
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    assert client.post(form[1], data=fields).status_code == 303
    assert (only_wish().state, only_wish().public_text) == ("published", "按摩仪一台")


def test_the_system_proposes_a_text_without_names_and_doors(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    collect_at(browser(lin), home, what="祝婆婆住301室，想修收音机")
    wish = only_wish()
    assert wish.public_text
    assert not [word for word in ("祝", "301") if word in wish.public_text]
    page = browser(qin).get(f"/wishes/{wish.id}/approval").text
    assert f'value="{wish.public_text}"' in page


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("给祝婆婆修收音机", "祝婆婆"),
        ("修收音机，打 100 0000 0001", "100 0000 0001"),
        ("修收音机，住301室", "住301室"),
        ("给独居老人修收音机", "独居"),
        ("请找林一舟修收音机", "林一舟"),
    ],
)
def test_a_text_that_tells_too_much_is_stopped_and_the_place_is_shown(
    browser: Any, lin: Any, qin: Any, wish: Any, text: str, marked: str
) -> None:
    found = wish("collected")
    answer = browser(qin).send(
        f"/wishes/{found.id}/approval",
        {"decision": "approve", "public_text": text, "version": found.version},
    )
    assert answer.status_code == 422
    assert f"<mark>{marked}</mark>" in answer.text
    assert reloaded(found).state == "collected"


def test_a_neighbour_in_the_same_estate_is_not_named_either(
    browser: Any, qin: Any, home: Any, wish: Any
) -> None:
    neighbour = factories.household(
        factories.room(db.session.get(factories.Building, home.building_id), number="302"),
        name="翟国栋",
    )
    factories.head(neighbour).honorific = "爹爹"
    db.session.commit()
    found = wish("collected")
    for text in ("和翟爹爹一起下棋", "和翟国栋一起下棋", "和翟國棟一起下棋", "和翟（国栋）下棋"):
        answer = browser(qin).send(
            f"/wishes/{found.id}/approval",
            {"decision": "approve", "public_text": text, "version": found.version},
        )
        assert answer.status_code == 422


def test_declining_needs_a_reason_which_the_collector_reads(
    browser: Any, lin: Any, qin: Any, wish: Any
) -> None:
    found = wish("collected")
    path, fields = f"/wishes/{found.id}/approval", {"decision": "decline", "version": 1}
    client = browser(qin)
    assert "写一句为什么退回。" in client.send(path, fields).text
    assert client.send(path, fields | {"reason": "上个月刚送过"}).status_code == 303
    assert reloaded(found).state == "declined"
    assert "上个月刚送过" in browser(lin).get(f"/wishes/{found.id}").text


def test_a_decision_made_on_an_old_page_is_stopped(
    browser: Any, lin: Any, qin: Any, wish: Any
) -> None:
    found = wish("collected")
    old = found.version
    edited = {"what": "按摩仪两台", "kind": "thing", "resident": "", "version": old}
    assert browser(lin).send(f"/wishes/{found.id}/edit", edited).status_code == 303
    decided = {"decision": "approve", "public_text": "按摩仪一台", "version": old}
    assert browser(qin).send(f"/wishes/{found.id}/approval", decided).status_code == 409
    assert reloaded(found).state == "collected"


def test_two_who_correct_one_wish_do_not_overwrite_each_other(
    browser: Any, lin: Any, qin: Any, wish: Any
) -> None:
    found = wish("collected")
    path, version = f"/wishes/{found.id}/edit", found.version
    edit = {"kind": "thing", "resident": "", "version": version}
    assert browser(lin).send(path, edit | {"what": "腰部按摩仪"}).status_code == 303
    answer = browser(qin).send(path, edit | {"what": "颈部按摩仪"})
    assert answer.status_code == 409
    assert "颈部按摩仪" in answer.text
    assert "腰部按摩仪" in answer.text
    assert reloaded(found).what == "腰部按摩仪"


def test_a_published_wish_is_not_corrected_any_more(browser: Any, lin: Any, wish: Any) -> None:
    found = wish("published")
    answer = browser(lin).get(f"/wishes/{found.id}/edit")
    assert answer.status_code == 409
    assert "待认领" in answer.text


@pytest.mark.parametrize(
    ("said", "status", "state"), [("granted", 303, "published"), ("declined", 409, "collected")]
)
def test_a_household_that_said_no_is_not_made_public(
    browser: Any, qin: Any, home: Any, wish: Any, said: str, status: int, state: str
) -> None:
    found = wish("collected")
    who = db.session.scalars(db.select(factories.Resident)).one()
    factories.saved(factories.Consent(resident_id=who.id, kind="publish", answer=said))
    client, path = browser(qin), f"/wishes/{found.id}/approval"
    assert ("说过不愿意公开" in client.get(path).text) == (said == "declined")
    text = {"decision": "approve", "public_text": "按摩仪一台", "version": found.version}
    assert client.send(path, text).status_code == status
    assert reloaded(found).state == state
