"""What is due, late and coming up: one rule behind every list and every count."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.households.models import Consent
from blueprints.visits import queries
from blueprints.visits.birthdays import birthdays_soon
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import told

ROOMS = count(1001)


def another_home(number: str, name: str = "翟爹爹") -> Any:
    estate = db.session.scalar(
        db.select(factories.Estate).where(factories.Estate.name == "侨亚小区")
    ) or factories.estate("侨亚小区")
    block = db.session.scalar(
        db.select(factories.Building).where(factories.Building.estate_id == estate.id)
    ) or factories.building(estate, "示5栋")
    return factories.household(factories.room(block, number=number), name=name)


def due_in(student: Any, number: str, days: int) -> Pairing:
    """A pairing whose next visit is due in so many days."""
    return factories.pairing(
        student, another_home(number), interval_days=30, started=today() + timedelta(days - 30)
    )


def test_late_is_after_the_day_and_due_includes_it(app: Flask, lin: Any) -> None:
    late, due, later = due_in(lin, "101", -1), due_in(lin, "102", 0), due_in(lin, "103", 1)
    assert [pairing.id for pairing in queries.due_pairings(lin, today())] == [late.id, due.id]
    assert queries.count_due(lin, today()) == 2
    assert queries.count_late(lin, today()) == 1
    ahead = queries.due_pairings(lin, today(), ahead=1)
    assert [pairing.id for pairing in ahead] == [late.id, due.id, later.id]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.lists(st.integers(-40, 40), max_size=5))
def test_lists_and_counts_agree_on_every_day(app: Flask, lin: Any, days: list[int]) -> None:
    db.session.execute(db.delete(Pairing))
    for left in days:
        due_in(lin, str(next(ROOMS)), left)
    listed = queries.due_pairings(lin, today())
    assert queries.count_due(lin, today()) == len(listed) == sum(left <= 0 for left in days)
    late = sum(pairing.days_late(today()) > 0 for pairing in listed)
    assert queries.count_late(lin, today()) == late == sum(left < 0 for left in days)
    assert sum(number for _name, number in queries.late_by_student(lin, today())) == late


def test_a_student_counts_own_visits_and_the_secretary_all(
    app: Flask, lin: Any, fang: Any, qin: Any, gu: Any, shen: Any, admin: Any
) -> None:
    due_in(lin, "101", -2), due_in(fang, "102", -3)
    counts = [queries.count_late(person, today()) for person in (lin, fang, qin)]
    assert counts == [1, 1, 2]
    assert [queries.count_late(person, today()) for person in (gu, shen, admin)] == [0, 0, 0]
    assert queries.late_by_student(qin, today()) == [("方晓禾", 1), ("林一舟", 1)]


def test_an_ended_pairing_is_never_due(app: Flask, lin: Any, qin: Any) -> None:
    due_in(lin, "101", -2).end("moved", qin, today())
    db.session.commit()
    assert queries.count_due(qin, today()) == 0


def test_the_page_shows_the_number_that_the_count_tells(browser: Any, lin: Any, qin: Any) -> None:
    due_in(lin, "101", -2), due_in(lin, "102", -1), due_in(lin, "103", 0)
    page = browser(qin).get("/pairings").text
    assert "2 户超期" in page
    assert page.count('class="leaf late"') == 2


def test_the_list_can_be_narrowed_down_to_one_student(browser: Any, lin: Any, qin: Any) -> None:
    due_in(lin, "101", -2)
    page = browser(qin).get(f"/pairings?student={lin.id}").text
    assert f'<option value="{lin.id}" selected>林一舟</option>' in page


def test_month_figures_count_what_is_valid(
    app: Flask, browser: Any, lin: Any, home: Any, pairing: Any, set_clock: Any
) -> None:
    set_clock(2026, 11, 20, 10)
    student, path = browser(lin), f"/visits/new?household={home.id}"
    student.send(path, told(day="2026-11-01"))
    student.send(path, told(day="2026-11-20"))
    student.send(path, told(day="2026-11-19", met="no", not_met_reason="away"))
    student.send(path, told(day="2026-10-31"))
    wrong = student.send(path, told(day="2026-11-18")).location
    student.send(f"{wrong}/void", {"reason": "记错了"})
    assert queries.month_figures(2026, 11) == queries.Figures(visits=3, met=2)
    assert queries.visits_met_in_month(2026, 11) == 2
    assert queries.visits_met_in_month(2026, 10) == 1
    assert queries.visits_met_in_month(2026, 12) == 0
    assert "今年 4 次，见到 3 次" in student.get(f"/households/{home.id}").text


def test_birthdays_come_up_in_either_calendar(
    app: Flask, lin: Any, home: Any, pairing: Any
) -> None:
    factories.resident(
        home, "欧阳婆婆", birth_month=12, birth_day=30, birth_is_lunar=True, birth_year=1948
    )
    factories.resident(home, "祝师傅", birth_month=2, birth_day=7)
    factories.resident(home, "祝建国", birth_month=3, birth_day=20)
    soon = birthdays_soon(lin, date(2027, 2, 1), 14)
    told_of = [(birthday.resident.name, birthday.on) for birthday in soon]
    assert told_of == [("欧阳婆婆", date(2027, 2, 5)), ("祝师傅", date(2027, 2, 7))]
    assert soon[0].household.called(True) == "祝婆婆家"


def test_the_birthday_of_a_child_waits_for_the_guardian(
    app: Flask, lin: Any, home: Any, pairing: Any
) -> None:
    child = factories.resident(home, "祝小满", is_child=True, birth_month=2, birth_day=7)
    assert birthdays_soon(lin, date(2027, 2, 1), 14) == []
    factories.saved(Consent(resident_id=child.id, kind="guardian", answer="granted"))
    db.session.expire_all()
    assert len(birthdays_soon(lin, date(2027, 2, 1), 14)) == 1


def test_nobody_else_learns_of_birthdays(
    app: Flask, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    factories.resident(home, "祝师傅", birth_month=2, birth_day=7)
    for person in (fang, qin):
        assert birthdays_soon(person, date(2027, 2, 1), 14) == []
    pairing.end("left", qin, today())
    db.session.commit()
    assert birthdays_soon(lin, date(2027, 2, 1), 14) == []


def test_the_reckoning_ignores_other_pairings(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    browser(lin).send(f"/visits/new?household={home.id}", told())
    browser(qin).send(f"/pairings/{pairing.id}/end", {"reason": "handover"})
    new = factories.pairing(fang, home, started=today())
    visit = db.session.scalar(db.select(Visit))
    browser(qin).send(f"/visits/{visit.id}/void", {"reason": "记错了"})
    db.session.refresh(new)
    assert new.due_on == today() + timedelta(days=21)


def test_the_choice_of_a_household_stays_short(
    browser: Any, lin: Any, qin: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for number, days in enumerate((-3, -2, -1)):
        due_in(lin, str(101 + number), days)
    page = browser(qin).get("/visits/new").text
    assert page.count('class="leaf late"') == 2
    assert ">3<" in page
