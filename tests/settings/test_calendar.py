"""The official calendar: known from the start, mended and checked by the office year by year."""

from typing import Any

import pytest

from core.settings import DEFAULTS
from tests.settings.test_company import filled_in, now_set

__all__ = ["now_set"]


@pytest.fixture
def save(browser: Any, qin: Any, set_clock: Any) -> Any:
    """Change the calendar of 2027 as the secretary, in November 2026."""
    set_clock(2026, 11, 22, 10, 0)
    client = browser(qin)

    def send(**changes: str) -> Any:
        fields = filled_in(client.get("/settings/calendar?year=2027").text)
        return client.post("/settings/calendar?year=2027", data=fields | changes)

    send.client = client
    return send


def test_holidays_are_read_as_days_and_as_stretches(save: Any) -> None:
    answer = save(holidays="2027-01-01\n2027.2.5 至 2027-02-08", workdays="2027年2月14日")
    assert answer.status_code == 303
    days = [day for day in now_set("holidays") if day.startswith("2027")]
    assert days == ["2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"]
    assert "2027-02-14" in now_set("workdays")
    shown = filled_in(save.client.get("/settings/calendar?year=2027").text)["holidays"]
    assert shown.splitlines() == ["2027-01-01", "2027-02-05 至 2027-02-08"]


def test_one_year_is_changed_and_the_others_stay(save: Any) -> None:
    save(holidays="2027-01-01")
    assert [day for day in now_set("holidays") if day.startswith("2026")] == [
        day for day in DEFAULTS["holidays"] if day.startswith("2026")
    ]


def test_a_year_is_marked_as_checked_and_says_so(save: Any) -> None:
    assert "还没有人核对" in save.client.get("/settings/calendar?year=2027").text
    save(is_checked="y")
    assert now_set("calendar_checked_years") == [2027]
    assert "已经核对过" in save.client.get("/settings/calendar?year=2027").text
    assert "还没有人核对" in save.client.get("/settings/calendar").text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("holidays", "过年那几天", "看不懂“过年那几天”"),
        ("holidays", "2027-02-11 至 2027-02-05", "不是一段日子"),
        ("holidays", "2026-10-01", "不在 2027 年"),
        ("workdays", "2027-02-06", "又放假又上班"),
        ("workdays", "2027-03-01", "不是周末"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(
    save: Any, field: str, typed: str, told: str
) -> None:
    answer = save(**{field: typed})
    assert answer.status_code == 422 and told in answer.text
    assert filled_in(answer.text)[field].strip() == typed


def test_two_people_do_not_overwrite_each_other(save: Any, browser: Any, admin: Any) -> None:
    other = browser(admin)
    opened = filled_in(other.get("/settings/calendar?year=2027").text)
    save(holidays="2027-01-01")
    answer = other.post("/settings/calendar?year=2027", data=opened | {"holidays": "2027-01-02"})
    assert answer.status_code == 409
    assert "2027-01-02" not in now_set("holidays")


def test_only_years_near_today_are_offered(save: Any) -> None:
    assert save.client.get("/settings/calendar?year=2025").status_code == 200
    assert save.client.get("/settings/calendar?year=2029").status_code == 404
