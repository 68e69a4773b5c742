"""Who looks after whom: begun by the secretary, due by rule, ended with a reason."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.visits.actions import pair
from blueprints.visits.pairings import HouseholdAlreadyPaired, Pairing
from core.clock import today
from core.db import db
from core.submissions import new_submission_id
from tests import factories
from tests.visits.conftest import QueryCounter, all_at_once


def asked(of: Any, **changes: Any) -> dict[str, Any]:
    fields = {
        "answer": "agreed",
        "student": str(of.id),
        "interval_days": "21",
        "started_on": today().isoformat(),
    }
    return fields | changes


def all_pairings() -> list[Pairing]:
    return list(db.session.scalars(db.select(Pairing).order_by(Pairing.id)))


def test_the_secretary_pairs_a_student_with_a_household(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    office = browser(qin)
    assert "祝婆婆家" in office.get(f"/pairings/new?household={home.id}").text
    answer = office.send(f"/pairings/new?household={home.id}", asked(lin))
    assert answer.status_code == 303
    assert "林一舟" in office.get(answer.location).text
    assert browser(lin).get(f"/households/{home.id}").status_code == 200
    (pairing,) = all_pairings()
    assert pairing.due_on == today() + timedelta(days=21)


def test_the_household_is_found_by_its_door(browser: Any, qin: Any, home: Any) -> None:
    page = browser(qin).get("/pairings/new?q=301").text
    assert f"/pairings/new?household={home.id}" in page


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    fields = asked(lin, student="", started_on=(today() + timedelta(days=1)).isoformat())
    answer = browser(qin).send(f"/pairings/new?household={home.id}", fields)
    assert answer.status_code == 422
    assert "选一位学生" in answer.text
    assert "这一天还没到" in answer.text
    assert 'value="21" id="interval_days-2" checked' in answer.text


def test_a_household_has_one_student_at_a_time(
    browser: Any, qin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    answer = browser(qin).send(f"/pairings/new?household={home.id}", asked(fang))
    assert answer.status_code == 409
    assert "已经有人结对了" in answer.text
    assert len(all_pairings()) == 1


def test_of_two_who_pair_one_household_at_once_one_wins(
    app: Flask, lin: Any, fang: Any, qin: Any, home: Any
) -> None:
    home_id, secretary_id = home.id, qin.id

    def pairing_with(student_id: int) -> Callable[[], str]:
        def try_to_pair() -> str:
            household = db.session.get_one(Household, home_id)
            by = db.session.get_one(User, secretary_id)
            try:
                pair(household, student_id, 21, today(), by)
            except HouseholdAlreadyPaired:
                return "refused"
            db.session.commit()
            return "paired"

        return try_to_pair

    results = all_at_once(app, [pairing_with(lin.id), pairing_with(fang.id)])
    assert sorted(results) == ["paired", "refused"]
    assert len(all_pairings()) == 1


def test_declining_is_recorded_as_nothing_more_than_declined(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    office = browser(qin)
    office.send(f"/pairings/new?household={home.id}", asked(lin, answer="declined"))
    (proposal,) = all_pairings()
    assert proposal.was_declined
    assert not proposal.is_current
    assert browser(lin).get(f"/households/{home.id}").status_code == 404
    assert "问过，没有结对" in office.get(f"/pairings/new?household={home.id}").text


def test_a_household_that_moved_out_is_not_paired(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    home.moved_out_on = today()
    db.session.commit()
    answer = browser(qin).send(f"/pairings/new?household={home.id}", asked(lin))
    assert answer.status_code == 409
    assert all_pairings() == []


def test_access_ends_with_the_pairing_and_the_history_stays(
    browser: Any, qin: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student, office = browser(lin), browser(qin)
    assert student.get(f"/households/{home.id}").status_code == 200
    assert office.send(f"/pairings/{pairing.id}/end", {"reason": "left"}).status_code == 303
    assert student.get(f"/households/{home.id}").status_code == 404
    assert student.get(f"/visits/new?household={home.id}").status_code == 404
    history = student.get("/pairings?ended=1").text
    assert "学生离岗" in history
    assert "示2栋" in history
    assert "祝婆婆" not in history
    assert "301" not in history
    assert "祝婆婆" not in student.get(f"/pairings/{pairing.id}").text
    assert "林一舟" in office.get("/pairings?ended=1").text


def test_a_pairing_ends_once_and_with_a_reason(browser: Any, qin: Any, pairing: Any) -> None:
    office = browser(qin)
    nameless = office.send(f"/pairings/{pairing.id}/end")
    assert nameless.status_code == 422
    assert "选一个原因" in nameless.text
    office.send(f"/pairings/{pairing.id}/end", {"reason": "handover"})
    again = office.send(f"/pairings/{pairing.id}/end", {"reason": "moved"})
    assert again.status_code == 409
    assert all_pairings()[0].end_reason == "handover"


def test_a_household_can_be_handed_over(
    browser: Any, qin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    office = browser(qin)
    office.send(f"/pairings/{pairing.id}/end", {"reason": "handover"})
    assert office.send(f"/pairings/new?household={home.id}", asked(fang)).status_code == 303
    assert [found.is_current for found in all_pairings()] == [False, True]


def test_a_new_rhythm_moves_the_due_date(browser: Any, lin: Any, pairing: Any) -> None:
    student = browser(lin)
    fields = {"interval_days": "90", "agreed_next_on": "", "version": str(pairing.version)}
    assert student.send(f"/pairings/{pairing.id}/edit", fields).status_code == 303
    db.session.refresh(pairing)
    assert pairing.due_on == pairing.started_on + timedelta(days=90)


def test_an_agreed_day_comes_before_the_rhythm(browser: Any, lin: Any, pairing: Any) -> None:
    day = today() + timedelta(days=5)
    fields = {"interval_days": "21", "agreed_next_on": day.isoformat(), "version": "1"}
    browser(lin).send(f"/pairings/{pairing.id}/edit", fields)
    db.session.refresh(pairing)
    assert pairing.due_on == day


def test_a_stale_edit_shows_both_versions(browser: Any, lin: Any, qin: Any, pairing: Any) -> None:
    path = f"/pairings/{pairing.id}/edit"
    browser(qin).send(path, {"interval_days": "7", "version": "1"})
    late = browser(lin).send(path, {"interval_days": "90", "version": "1"})
    assert late.status_code == 409
    assert "每 90 天" in late.text
    assert "每周" in late.text
    db.session.refresh(pairing)
    assert pairing.interval_days == 7


def test_an_ended_pairing_has_no_rhythm_to_change(browser: Any, qin: Any, pairing: Any) -> None:
    office = browser(qin)
    office.send(f"/pairings/{pairing.id}/end", {"reason": "moved"})
    assert office.get(f"/pairings/{pairing.id}/edit").status_code == 409


def test_twenty_equal_forms_make_one_pairing_and_get_one_answer(
    app: Flask, browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    path = f"/pairings/new?household={home.id}"
    sent = asked(lin) | {"submission_id": new_submission_id()}
    devices = [browser(qin) for _device in range(20)]
    sends = [partial(device.send, path, sent) for device in devices]
    answers = all_at_once(app, sends)
    found = {(answer.status_code, answer.location) for answer in answers}
    assert found == {(303, f"/pairings/{all_pairings()[0].id}")}
    assert len(all_pairings()) == 1


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    browser: Any, lin: Any, qin: Any
) -> None:
    office = browser(qin)
    block = factories.building(factories.estate())

    def pair_more(numbers: range) -> None:
        for number in numbers:
            home = factories.household(factories.room(block, number=str(number)))
            factories.pairing(lin, home)

    pair_more(range(101, 104))
    with QueryCounter() as few:
        office.get("/pairings")
    pair_more(range(201, 228))
    with QueryCounter() as many:
        assert office.get("/pairings").text.count("祝婆婆家") == 30
    assert many.count == few.count


def test_whoever_pairs_is_shown_the_households_that_have_nobody_yet(
    browser: Any, qin: Any, lin: Any
) -> None:
    gate = factories.building(factories.estate())
    alone, cared_for = (
        factories.household(factories.room(gate, number=number), name=name)
        for number, name in (("401", "翟爹爹"), ("402", "欧阳婆婆"))
    )
    factories.pairing(lin, cared_for)
    page = browser(qin).get("/pairings/new").text
    assert f"/pairings/new?household={alone.id}" in page
    assert f"/pairings/new?household={cared_for.id}" not in page


def test_households_without_a_pairing_come_page_by_page(browser: Any, qin: Any) -> None:
    gate = factories.building(factories.estate())
    homes = [factories.household(factories.room(gate, number=str(101 + n))).id for n in range(53)]
    office, found = browser(qin), []
    for page in ("/pairings/new", "/pairings/new?page=2"):
        text = office.get(page).text
        found += [home for home in homes if f'/pairings/new?household={home}"' in text]
    assert sorted(found) == sorted(homes)
    assert 'href="/pairings/new?page=2"' in office.get("/pairings/new").text


def test_when_everybody_has_somebody_the_page_says_so(browser: Any, qin: Any) -> None:
    assert "每一户都有人结对了" in browser(qin).get("/pairings/new").text


def test_the_choice_of_a_student_tells_how_many_households_each_has_by_name(
    browser: Any, qin: Any, lin: Any, fang: Any
) -> None:
    gate = factories.building(factories.estate())
    homes = [factories.household(factories.room(gate, number=str(301 + n))) for n in range(4)]
    for home in homes[:2]:
        factories.pairing(lin, home)
    factories.pairing(fang, homes[2]).end("moved", qin, today())
    db.session.commit()
    office = browser(qin)
    page = office.get(f"/pairings/new?household={homes[3].id}").text
    names = ("方晓禾（还没有结对户）", "林一舟（已有 2 户）")
    assert page.index(names[0]) < page.index(names[1])
    ending = office.get(f"/pairings/{1}/end").text
    assert "先空着" in ending and names[0] in ending
