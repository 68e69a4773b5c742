"""A round: several households told of in one go, and the festivals that rounds are for."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.households.models import Consent
from blueprints.visits import days
from blueprints.visits.models import Visit
from core.clock import today
from core.db import db
from core.submissions import new_submission_id
from tests import factories
from tests.home.pages import section

PATH = "/visits/rounds/new"


@pytest.fixture
def homes(lin: Any, home: Any, pairing: Any) -> list[Any]:
    """Three households that 林一舟 looks after."""
    gate = factories.building(factories.estate("侨亚小区"), "示5栋")
    others = [
        factories.household(factories.room(gate, number=number), name=name)
        for number, name in (("101", "翟爹爹"), ("102", "欧阳婆婆"))
    ]
    for other in others:
        factories.pairing(lin, other)
    return [home, *others]


def told(homes: list[Any], answers: str, **changes: Any) -> dict[str, Any]:
    """A round as its form sends it: y met, n not met, - not called on."""
    words = {"y": "yes", "n": "no", "-": ""}
    fields = {f"home_{home.id}": words[answer] for home, answer in zip(homes, answers, strict=True)}
    fields |= {"kinds": ["festival"], "day": today().isoformat(), "minutes": "15"}
    return fields | {"not_met_reason": "nobody", "note": "送了月饼"} | changes


def visits() -> list[Visit]:
    found = db.select(Visit).options(db.selectinload(Visit.kind_rows)).order_by(Visit.household_id)
    return list(db.session.scalars(found))


def test_one_form_tells_of_several_households(
    browser: Any, lin: Any, homes: list[Any], pairing: Any
) -> None:
    student = browser(lin)
    page = student.get(f"{PATH}?kind=festival").text
    assert page.index("祝婆婆家") < page.index("翟爹爹家") < page.index("欧阳婆婆家")
    answer = student.send(PATH, told(homes, "yn-"))
    assert answer.status_code == 303
    met, missed = visits()
    assert (met.household_id, met.met, met.note) == (homes[0].id, True, "送了月饼")
    assert (met.kinds, met.minutes) == (["festival"], 15)
    assert (missed.met, missed.not_met_reason, missed.note) == (False, "nobody", "")
    db.session.refresh(pairing)
    assert pairing.last_met_on == today()


def test_a_round_that_is_sent_twice_is_saved_once(browser: Any, lin: Any, homes: list[Any]) -> None:
    student, sent = browser(lin), told(homes, "yyy", submission_id=new_submission_id())
    assert [student.send(PATH, sent).status_code for _time in range(2)] == [303, 303]
    assert len(visits()) == 3


@pytest.mark.parametrize(
    ("answers", "changes", "words"),
    [
        ("---", {}, "选一下去了哪几户"),
        ("y--", {"kinds": []}, "选一样做了什么"),
        ("y--", {"day": ""}, "选一下哪天去的"),
        ("n--", {"not_met_reason": ""}, "选一下怎么没见到"),
    ],
)
def test_what_is_missing_is_told_and_nothing_saved(
    browser: Any, lin: Any, homes: list[Any], answers: str, changes: dict[str, Any], words: str
) -> None:
    answer = browser(lin).send(PATH, told(homes, answers, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert "送了月饼</textarea>" in answer.text
    assert visits() == []


def test_a_colleagues_household_cannot_be_slipped_in(
    browser: Any, lin: Any, fang: Any, homes: list[Any]
) -> None:
    gate = factories.building(factories.estate("安和里"), "示6栋")
    other = factories.household(factories.room(gate), name="仇师傅")
    factories.pairing(fang, other)
    browser(lin).send(PATH, told(homes, "y--") | {f"home_{other.id}": "yes"})
    assert [visit.household_id for visit in visits()] == [homes[0].id]


def test_a_household_that_declined_is_not_on_the_round(
    browser: Any, lin: Any, homes: list[Any], head: Any
) -> None:
    factories.saved(Consent(resident_id=head.id, kind="visit", answer="withdrawn"))
    page = browser(lin).get(PATH).text
    assert "祝婆婆家" not in page
    assert "翟爹爹家" in page


def test_a_festival_says_whom_of_mine_to_greet(
    browser: Any, lin: Any, fang: Any, homes: list[Any], set_clock: Any
) -> None:
    set_clock(2026, 9, 20, 9)
    student = browser(lin)
    ahead = section(student.get("/").text, "h-days")
    assert "中秋" in ahead
    assert "3 户还没问候" in ahead
    assert f"{PATH}?kind=festival" in ahead
    assert student.send(PATH, told(homes, "yn-")).status_code == 303
    assert "2 户还没问候" in section(student.get("/").text, "h-days")
    assert "问候过了" in student.get(f"{PATH}?kind=festival").text


def test_a_greeting_long_ago_does_not_count(
    app: Flask, browser: Any, lin: Any, homes: list[Any], set_clock: Any
) -> None:
    set_clock(2026, 9, 20, 9)
    browser(lin).send(PATH, told(homes, "y--", day="2026-09-01"))
    (greeting,) = [one for one in days.greetings_soon(lin, today(), 7)]
    assert (str(greeting.festival.name), greeting.waiting) == ("中秋", 3)


def test_a_birthday_is_one_tap_from_a_visit(
    browser: Any, lin: Any, homes: list[Any], head: Any
) -> None:
    soon = today() + timedelta(days=3)
    head.birth_month, head.birth_day = soon.month, soon.day
    db.session.commit()
    ahead = section(browser(lin).get("/").text, "h-days")
    assert f"/visits/new?household={homes[0].id}" in ahead
