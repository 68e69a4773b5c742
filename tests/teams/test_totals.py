"""Totals: one ledger, the same sum however it is cut; people by name, never by hours."""

from datetime import date
from typing import Any

import pytest

from tests import factories


@pytest.fixture
def ledger(app: Any, lin: Any, qin: Any, gu: Any, set_clock: Any) -> dict[str, Any]:
    """Hours of two people in two months of 2026 and in the year before."""
    set_clock(2026, 9, 21, 10, 0)
    care, cleaning = factories.team(), factories.team("保洁服务队", "cleaning")
    own = factories.leader(lin, care)
    zhai = factories.volunteer("翟贵生", of=cleaning)
    for who, team, kind, day, minutes, state in (
        (own, care, "visit", date(2026, 9, 3), 60, "confirmed"),
        (own, None, "wish", date(2026, 8, 3), 30, "confirmed"),
        (zhai, cleaning, "activity", date(2026, 9, 4), 600, "confirmed"),
        (zhai, cleaning, "activity", date(2026, 9, 5), 45, "proposed"),
        (zhai, cleaning, "activity", date(2026, 9, 6), 120, "rejected"),
        (zhai, cleaning, "activity", date(2025, 9, 6), 90, "confirmed"),
    ):
        decider = None if state == "proposed" else qin
        factories.service_entry(
            who, gu, minutes, state, decider, team=team, kind=kind, served_on=day
        )
    return {"own": own, "zhai": zhai}


def rows(page: str) -> list[str]:
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [
        " ".join(part.split("<")[0] for part in row.split(">")).split()
        for row in body.split("<tr>")[1:]
    ]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("team", [["保洁服务队", "10", "小时", "45", "分"], ["爱心服务队", "1", "小时", "—"], ["不在队伍里", "30", "分", "—"]]),
        ("kind", [["活动", "10", "小时", "45", "分"], ["走访", "1", "小时", "—"], ["微心愿", "30", "分", "—"]]),
        ("month", [["2026年9月", "11", "小时", "45", "分"], ["2026年8月", "30", "分", "—"]]),
        ("person", [["林一舟", "1", "小时", "30", "分", "—"], ["翟贵生", "10", "小时", "45", "分"]]),
    ],
)  # fmt: skip
def test_the_year_is_summed_by_team_kind_month_and_person(
    browser: Any, qin: Any, ledger: Any, by: str, expected: list[list[str]]
) -> None:
    page = browser(qin).get(f"/hours/totals?by={by}").text
    found = rows(page)
    assert sorted(found) == sorted(expected) if by == "team" else found == expected
    assert "11 小时 30 分" in page and "另有 45 分 待确认" in page


def test_a_stretch_of_time_is_chosen(browser: Any, qin: Any, ledger: Any) -> None:
    client = browser(qin)
    whole = {
        term: client.get(f"/hours/totals?term={term}").text.split('class="num">')[1].split("<")[0]
        for term in ("month", "quarter", "year", "last-year", "all")
    }
    assert whole == {
        "month": "11 小时",
        "quarter": "11 小时 30 分",
        "year": "11 小时 30 分",
        "last-year": "1 小时 30 分",
        "all": "13 小时",
    }
    assert client.get("/hours/totals?term=someday").status_code == 404


def test_a_student_sums_up_only_what_they_may_read(browser: Any, lin: Any, ledger: Any) -> None:
    page = browser(lin).get("/hours/totals?by=person").text
    assert "翟贵生" not in page and "1 小时 30 分" in page


def test_paid_duty_is_explained_in_place(browser: Any, qin: Any, ledger: Any) -> None:
    assert "上班值班领了工资" in browser(qin).get("/hours/totals").text


def test_totals_cost_the_same_with_many_people(
    browser: Any, qin: Any, gu: Any, ledger: Any, queries: Any
) -> None:
    client = browser(qin)
    client.get("/hours/totals?by=person")
    with queries() as few:
        client.get("/hours/totals?by=person")
    for number in range(20):
        factories.service_entry(factories.volunteer(f"人{number}"), gu, 60, "confirmed", qin)
    with queries() as many:
        client.get("/hours/totals?by=person")
    assert len(many) == len(few)
