"""Leave: a deputy sees a colleague's households from the first day to the last, and no longer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.households.access import sees_in_full
from blueprints.visits import queries
from blueprints.visits.absences import Absence
from blueprints.visits.models import Visit
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import QueryCounter, absences, told


def leave(student: Any, deputy: Any, begins: int = 0, ends: int = 6) -> dict[str, str]:
    """A leave as its form sends it."""
    return {
        "student": str(student.id),
        "deputy": str(deputy.id),
        "first_on": (today() + timedelta(days=begins)).isoformat(),
        "last_on": (today() + timedelta(days=ends)).isoformat(),
    }


def test_the_deputy_sees_the_households_and_records_visits(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    deputy = browser(fang)
    assert deputy.get(f"/households/{home.id}").status_code == 404
    assert browser(qin).send("/absences/new", leave(lin, fang)).status_code == 303
    assert "林一舟" in deputy.get("/notices").text
    assert deputy.get(f"/households/{home.id}").status_code == 200
    first_page = deputy.get("/").text
    assert "林一舟请假" in first_page
    assert "祝婆婆家" in first_page
    assert '<span class="badge">1<' in first_page
    assert deputy.send(f"/visits/new?household={home.id}", told()).status_code == 303
    visit = db.session.scalar(db.select(Visit))
    assert (visit.visitor_id, visit.pairing_id) == (fang.id, pairing.id)
    assert "由方晓禾代看" in browser(lin).get("/").text
    assert "（方晓禾代看）" in browser(qin).get("/pairings").text


def test_the_access_ends_with_the_last_day(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 1, 9)
    factories.absence(lin, fang, begins=2, ends=4)
    seen = []
    for day in range(1, 8):
        set_clock(2026, 9, day, 23, 59)
        seen.append(browser(fang).get(f"/households/{home.id}").status_code)
    assert seen == [404, 404, 200, 200, 200, 404, 404]


def test_coming_back_early_ends_it_at_once(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    away = factories.absence(lin, fang, begins=-2)
    deputy, office = browser(fang), browser(qin)
    assert deputy.get(f"/visits/new?household={home.id}").status_code == 200
    assert office.send(f"/absences/{away.id}/return").status_code == 303
    assert deputy.get(f"/visits/new?household={home.id}").status_code == 404
    assert "结束了" in office.get("/absences").text


def test_a_leave_that_is_called_off_never_opens(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    away = factories.absence(lin, fang, begins=3)
    office = browser(qin)
    office.send(f"/absences/{away.id}/return")
    assert "取消了" in office.get("/absences").text
    assert office.send("/absences/new", leave(lin, fang, 3, 6)).status_code == 303


def test_ended_pairings_stay_closed_to_the_deputy(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    factories.absence(lin, fang)
    browser(qin).send(f"/pairings/{pairing.id}/end", {"reason": "moved"})
    assert browser(fang).get(f"/pairings/{pairing.id}").status_code == 404
    assert browser(fang).get(f"/households/{home.id}").status_code == 404


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(3, 1, "要在开始那天以后"), (-9, -2, "这一天已经过了"), (0, 181, "最长半年")],
)
def test_days_that_cannot_be_are_refused_in_words(
    browser: Any, lin: Any, fang: Any, qin: Any, begins: int, ends: int, words: str
) -> None:
    answer = browser(qin).send("/absences/new", leave(lin, fang, begins, ends))
    assert answer.status_code == 422
    assert words in answer.text
    assert absences() == []


def test_nobody_stands_in_for_themselves(browser: Any, lin: Any, fang: Any, qin: Any) -> None:
    answer = browser(qin).send("/absences/new", leave(lin, lin))
    assert answer.status_code == 422
    assert "代看的要是另一位" in answer.text


def test_leaves_that_clash_are_refused_with_the_form_kept(
    app: Flask, browser: Any, lin: Any, fang: Any, qin: Any
) -> None:
    he = factories.user("he", "贺知夏", ["student"])
    office = browser(qin)
    assert office.send("/absences/new", leave(lin, fang, 0, 6)).status_code == 303
    for clash, words in (
        (leave(lin, he, 6, 9), "已经请过假了"),
        (leave(he, lin, 6, 9), "林一舟那几天自己也请了假"),
        (leave(fang, he, 6, 9), "方晓禾那几天正替别人看着"),
    ):
        answer = office.send("/absences/new", clash)
        assert answer.status_code == 422
        assert words in answer.text
    assert office.send("/absences/new", leave(lin, he, 7, 9)).status_code == 303
    assert len(absences()) == 2


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spans=st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), max_size=4),
    ended=st.booleans(),
)
def test_lists_counts_and_access_of_a_deputy_agree(
    app: Flask, lin: Any, fang: Any, home: Any, pairing: Any, spans: list[Any], ended: bool
) -> None:
    """Whatever the leaves: what is seen, listed and counted is the same set of households."""
    db.session.expunge_all()
    lin, fang, home, pairing = map(db.session.merge, (lin, fang, home, pairing))
    db.session.execute(db.delete(Absence))
    pairing.ended_on = today() if ended else None
    db.session.commit()
    for begins, ends in spans:
        factories.absence(lin, fang, begins, ends)
    opens = not ended and any(begins <= 0 <= ends for begins, ends in spans)
    assert sees_in_full(lin, [home.id]) == (set() if ended else {home.id})
    assert sees_in_full(fang, [home.id]) == ({home.id} if opens else set())
    assert queries.count_due(fang, today()) == len(queries.due_pairings(fang, today())) == opens


def test_the_list_of_leaves_asks_no_more_for_more_of_them(
    browser: Any, lin: Any, fang: Any, qin: Any
) -> None:
    office = browser(qin)
    counts = []
    for number in range(2):
        factories.absence(lin, fang, begins=10 * number, ends=10 * number + 3)
        office.get("/absences")
        with QueryCounter() as asked:
            office.get("/absences")
        counts.append(asked.count)
    assert counts[0] == counts[1]


def test_the_badge_knows_a_new_day(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any, set_clock: Any
) -> None:
    """What counts the badge is put together once; the day is filled in each time."""
    set_clock(2026, 9, 1, 23, 50)
    pairing.due_on = today()
    factories.absence(lin, fang, begins=1, ends=1)
    deputy = browser(fang)
    assert "badge" not in deputy.get("/").text
    set_clock(2026, 9, 2, 0, 10)
    assert '<span class="badge">1<' in deputy.get("/").text
