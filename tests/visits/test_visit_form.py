"""The sixty-second form: what it prepares, what it asks and what it refuses."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from blueprints.accounts.models import LoginSession
from blueprints.households.models import Consent
from blueprints.visits.models import FollowUp
from core.clock import now, today
from core.db import db
from core.submissions import new_submission_id
from tests import factories
from tests.visits.conftest import all_at_once, days_ago, form_of, told, visits


def test_a_visit_is_saved_with_two_taps_on_the_prepared_form(
    browser: Any, lin: Any, home: Any, pairing: Any, head: Any
) -> None:
    page = browser(lin).get(form_of(home)).text
    assert "祝婆婆家" in page
    assert "超期 9 天" in page
    for prepared in ('name="residents"', 'name="kinds" value="chat"', 'name="minutes" value="30"'):
        (chip,) = [tag for tag in page.split("<input ") if prepared in tag]
        assert "checked" in chip
    answer = browser(lin).send(form_of(home), told(residents=[str(head.id)]))
    assert answer.status_code == 303
    (visit,) = visits()
    assert (visit.visited_on, visit.met, visit.minutes) == (today(), True, 30)
    assert (visit.kinds, visit.met_ids) == (["chat"], [head.id])
    assert visit.pairing_id == pairing.id


def test_without_a_household_the_most_late_comes_first(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    other = factories.household(
        factories.room(factories.building(factories.estate("侨亚小区"))), name="翟爹爹"
    )
    later = factories.pairing(lin, other, interval_days=90)
    page = browser(lin).get("/visits/new").text
    assert later.due_on > pairing.due_on
    assert 0 < page.index("祝婆婆家") < page.index("翟爹爹家")
    assert form_of(home) in page


def test_nothing_chosen_tells_what_is_missing_and_keeps_what_was_typed(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    answer = browser(lin).send(form_of(home), {"note": "精神不错", "wish_what": "收音机"})
    assert answer.status_code == 422
    assert "选一下这次见到人没有" in answer.text
    assert "选一下哪天去的" in answer.text
    assert "精神不错</textarea>" in answer.text
    assert visits() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met": "no"}, "选一下怎么没见到"),
        ({"kinds": []}, "选一样做了什么"),
        ({"day": "other"}, "填一下是哪一天"),
        ({"day": "other", "other_day": days_ago(-1)}, "这一天还没到"),
        ({"day": days_ago(-1)}, "这一天还没到"),
        ({"day": "other", "other_day": days_ago(366)}, "一年以前"),
        ({"day": "nonsense"}, "填一下是哪一天"),
        ({"minutes": "other"}, "写一下多少分钟"),
        ({"minutes": "other", "other_minutes": "0"}, "写 1 到 720 分钟"),
        ({"minutes": "other", "other_minutes": "721"}, "写 1 到 720 分钟"),
        ({"note": "长" * 1001}, "最多 1000 个字"),
        ({"follow_due": days_ago(-3)}, "写一句答应了什么事"),
        ({"follow_what": "带药", "follow_due": days_ago(1)}, "这一天已经过了"),
        ({"next_on": days_ago(-400)}, "最远约到一年以后"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    browser: Any, lin: Any, home: Any, pairing: Any, changes: dict[str, Any], words: str
) -> None:
    answer = browser(lin).send(form_of(home), told(**changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert visits() == []


def test_the_wish_that_is_too_long_is_refused_with_the_fold_open(
    browser: Any, lin: Any, home: Any, pairing: Any, heard: list[Any]
) -> None:
    answer = browser(lin).send(form_of(home), told(wish_what="长" * 61))
    assert answer.status_code == 422
    assert "最多 60 个字" in answer.text
    assert heard == []


def test_a_call_in_vain_keeps_the_reason_and_nothing_of_the_rest(
    browser: Any, lin: Any, home: Any, pairing: Any, head: Any
) -> None:
    fields = told(met="no", not_met_reason="away", residents=[str(head.id)], note="门上贴了条")
    assert browser(lin).send(form_of(home), fields).status_code == 303
    (visit,) = visits()
    assert (visit.met, visit.not_met_reason, visit.note) == (False, "away", "门上贴了条")
    assert (visit.kinds, visit.met_ids, visit.minutes) == ([], [], None)


def test_a_form_that_waited_over_midnight_keeps_its_day(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    browser(lin).send(form_of(home), told(day=days_ago(3)))
    assert visits()[0].visited_on == today() - timedelta(days=3)


def test_a_child_without_a_guardians_consent_is_not_recorded(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    child = factories.resident(home, "祝小满", relation="外孙女", is_child=True)
    student = browser(lin)
    assert "缺监护人同意" in student.get(form_of(home)).text
    answer = student.send(form_of(home), told(residents=[str(child.id)]))
    assert answer.status_code == 422
    factories.saved(Consent(resident_id=child.id, kind="guardian", answer="granted"))
    assert student.send(form_of(home), told(residents=[str(child.id)])).status_code == 303


def test_somebody_of_another_household_cannot_have_been_met(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    elsewhere = factories.household(
        factories.room(factories.building(factories.estate("侨亚小区")))
    )
    stranger = factories.resident(elsewhere, "单守信")
    answer = browser(lin).send(form_of(home), told(residents=[str(stranger.id)]))
    assert answer.status_code == 422


def test_a_household_nobody_asked_can_be_asked_from_the_form(browser: Any, lin: Any) -> None:
    home = factories.household(consent=False)
    factories.pairing(lin, home)
    student = browser(lin)
    assert "还没问过这一户愿不愿意被走访" in student.get(form_of(home)).text
    student.send(form_of(home), told(agrees="y"))
    (consent,) = db.session.scalars(db.select(Consent))
    assert (consent.kind, consent.answer, consent.form) == ("visit", "granted", "spoken")
    assert consent.asked_by_id == lin.id
    assert "还没问过" not in student.get(form_of(home)).text


@pytest.mark.parametrize("answer", ["declined", "withdrawn"])
def test_a_household_that_said_no_is_not_visited(
    browser: Any, lin: Any, home: Any, pairing: Any, head: Any, answer: str
) -> None:
    factories.saved(Consent(resident_id=head.id, kind="visit", answer=answer))
    student = browser(lin)
    for refused in (student.get(form_of(home)), student.send(form_of(home), told())):
        assert refused.status_code == 409
        assert "不愿意被走访" in refused.text
    assert visits() == []


def test_twenty_equal_forms_make_one_visit_and_get_one_answer(
    app: Flask, browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    sent = told(submission_id=new_submission_id(), follow_what="带老花镜")
    path, devices = form_of(home), [browser(lin) for _device in range(20)]
    answers = all_at_once(app, [partial(device.send, path, sent) for device in devices])
    (visit,) = visits()
    assert {(answer.status_code, answer.location) for answer in answers} == {
        (303, f"/visits/{visit.id}")
    }
    assert db.session.scalar(db.select(db.func.count(FollowUp.id))) == 1


def test_the_same_id_with_other_words_is_refused(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student, sent = browser(lin), told(submission_id=new_submission_id())
    student.send(form_of(home), sent)
    assert student.send(form_of(home), sent | {"note": "别的"}).status_code == 422
    assert len(visits()) == 1


def test_what_was_typed_comes_back_after_an_expired_login(
    browser: Any, lin: Any, home: Any, pairing: Any, head: Any
) -> None:
    student = browser(lin)
    long_ago = now() - timedelta(days=60)
    db.session.execute(db.update(LoginSession).values(seen_at=long_ago, created_at=long_ago))
    fields = told(note="收音机又响不了了", minutes="other", other_minutes="45", day=days_ago(4))
    to_login = student.send(form_of(home), fields | {"residents": [str(head.id)]})
    assert "/login" in to_login.location
    answer = student.send(to_login.location, {"username": "lin", "password": factories.PASSWORD})
    page = student.get(answer.location).text
    assert "收音机又响不了了</textarea>" in page
    assert 'value="45"' in page
    assert f'value="{days_ago(4)}"' in page
    assert visits() == []
