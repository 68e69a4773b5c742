"""A student takes leave alone; the secretary finds who stands in."""

from datetime import date, timedelta
from typing import Any

import pytest

from blueprints.visits.absences import Absence
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import absences


def own_leave(begins: int = 0, ends: int = 6) -> dict[str, str]:
    """A student's own leave as its form sends it."""
    days = leave_days(begins, ends)
    return {"first_on": days[0].isoformat(), "last_on": days[1].isoformat()}


def leave_days(begins: int, ends: int) -> tuple[date, date]:
    return today() + timedelta(days=begins), today() + timedelta(days=ends)


def test_a_student_takes_leave_and_the_secretary_finds_a_deputy(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    student, office, deputy = browser(lin), browser(qin), browser(fang)
    assert "/absences/own" in student.get("/pairings").text
    assert student.send("/absences/own", own_leave()).status_code == 303
    assert "还没有代看的人" in office.get("/notices").text
    assert "林一舟请假，没有代看的人" in office.get("/").text
    assert "（请假，没有代看的人）" in office.get("/pairings").text
    assert "没有代看的人" in office.get(f"/pairings/{pairing.id}").text
    away = absences()[0]
    assert f"/absences/{away.id}/deputy" in office.get("/absences").text
    chosen = office.send(f"/absences/{away.id}/deputy", {"deputy": str(fang.id)})
    assert chosen.status_code == 303
    assert deputy.get(f"/households/{home.id}").status_code == 200
    assert "请您代看几天" in deputy.get("/notices").text
    assert "有人代您去看了" in student.get("/notices").text
    assert "方晓禾代看" in student.get("/absences/own").text
    assert "没有代看的人" not in office.get("/").text


def test_until_there_is_a_deputy_nobody_else_sees_the_households(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    browser(lin).send("/absences/own", own_leave())
    assert browser(lin).get(f"/households/{home.id}").status_code == 200
    assert browser(fang).get(f"/households/{home.id}").status_code == 404
    assert "书记在请人代看" in browser(lin).get("/").text


def test_the_badge_counts_a_leave_that_nobody_stands_in_for(
    browser: Any, lin: Any, fang: Any, qin: Any
) -> None:
    office = browser(qin)
    assert "badge" not in office.get("/").text
    browser(lin).send("/absences/own", own_leave(3, 5))
    assert '<span class="badge">1<' in office.get("/").text
    office.send(f"/absences/{absences()[0].id}/deputy", {"deputy": str(fang.id)})
    assert "badge" not in office.get("/").text


def test_a_student_takes_the_own_leave_back_and_nobody_is_asked_any_more(
    browser: Any, lin: Any, qin: Any
) -> None:
    student, office = browser(lin), browser(qin)
    student.send("/absences/own", own_leave(2, 4))
    away = absences()[0]
    assert student.send(f"/absences/{away.id}/return").location.endswith("/absences/own")
    assert db.session.get(Absence, away.id).was_called_off
    assert "没有代看的人" not in office.get("/").text
    assert 'class="badge"' not in office.get("/").text
    assert student.send("/absences/own", own_leave(2, 4)).status_code == 303


def test_coming_back_early_a_student_closes_the_deputys_access(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    away = factories.absence(lin, fang, begins=-2)
    assert browser(fang).get(f"/households/{home.id}").status_code == 200
    assert browser(lin).send(f"/absences/{away.id}/return").status_code == 303
    assert browser(fang).get(f"/households/{home.id}").status_code == 404


def test_a_colleagues_leave_is_not_the_students_to_end(browser: Any, lin: Any, fang: Any) -> None:
    away = factories.absence(lin, fang)
    assert browser(fang).send(f"/absences/{away.id}/return").status_code == 404


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(3, 1, "要在开始那天以后"), (-9, -2, "这一天已经过了"), (0, 181, "最长半年")],
)
def test_own_days_that_cannot_be_are_refused_in_words(
    browser: Any, lin: Any, begins: int, ends: int, words: str
) -> None:
    answer = browser(lin).send("/absences/own", own_leave(begins, ends))
    assert answer.status_code == 422
    assert words in answer.text
    assert absences() == []


def test_own_leaves_that_clash_are_refused_with_the_form_kept(
    browser: Any, lin: Any, fang: Any
) -> None:
    student = browser(lin)
    student.send("/absences/own", own_leave(0, 3))
    again = student.send("/absences/own", own_leave(3, 5))
    assert again.status_code == 422
    assert "已经请过假了" in again.text
    factories.absence(fang, lin, begins=10, ends=12)
    standing_in = student.send("/absences/own", own_leave(12, 14))
    assert standing_in.status_code == 422
    assert "正替别人看着" in standing_in.text
    assert leave_days(12, 14)[0].isoformat() in standing_in.text


def test_a_deputy_is_found_once_and_not_among_those_away(
    browser: Any, lin: Any, fang: Any, qin: Any
) -> None:
    he = factories.user("he", "贺知夏", ["student"])
    office = browser(qin)
    for person in (lin, fang):
        browser(person).send("/absences/own", own_leave())
    page = f"/absences/{absences()[0].id}/deputy"
    for deputy, words in ((lin, "代看的要是另一位"), (fang, "方晓禾那几天自己也请了假")):
        answer = office.send(page, {"deputy": str(deputy.id)})
        assert answer.status_code == 422
        assert words in answer.text
    assert office.send(page, {"deputy": str(he.id)}).status_code == 303
    second = office.send(page, {"deputy": str(he.id)})
    assert second.status_code == 422
    assert "已经有人代看" in second.text
