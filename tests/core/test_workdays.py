"""Working days follow the week, and the official calendar where the company has typed it in."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from core.db import db
from core.holidays import HOLIDAYS, WORKDAYS
from core.settings import change_setting
from core.workdays import (
    is_calendar_checked,
    is_working_day,
    latest_day_due_before,
    working_days_after,
)

FRIDAY, SATURDAY, MONDAY = date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 21)


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        change_setting("holidays", [])
        change_setting("workdays", [])
        yield


def test_monday_to_friday_are_worked_and_the_weekend_is_not() -> None:
    assert is_working_day(FRIDAY)
    assert not is_working_day(SATURDAY)


def test_the_official_calendar_moves_days_off_and_days_worked() -> None:
    change_setting("holidays", ["2026-09-25"])
    change_setting("workdays", ["2026-09-20"])
    assert not is_working_day(date(2026, 9, 25))
    assert is_working_day(date(2026, 9, 20))


def test_ten_working_days_after_a_friday_are_two_weeks() -> None:
    assert working_days_after(FRIDAY, 10) == date(2026, 10, 2)


def test_a_holiday_gives_one_more_day() -> None:
    change_setting("holidays", ["2026-09-25"])
    assert working_days_after(FRIDAY, 10) == date(2026, 10, 5)


def test_what_is_known_of_the_official_calendar_is_there_from_the_start(app: Flask) -> None:
    with app.test_request_context():
        db.session.rollback()
        assert not is_working_day(date(2026, 2, 23)) and is_working_day(date(2026, 2, 28))
        assert not is_working_day(date(2027, 2, 9)) and is_working_day(date(2027, 2, 12))
        assert not is_calendar_checked(2026) and not is_calendar_checked(2027)


def test_every_day_worked_instead_is_a_weekend_and_no_day_is_both() -> None:
    assert all(date.fromisoformat(day).weekday() >= SATURDAY.weekday() for day in WORKDAYS)
    assert set(HOLIDAYS) & set(WORKDAYS) == set()
    assert len(set(HOLIDAYS)) == len(HOLIDAYS)


@pytest.mark.parametrize("today", [date(2026, 10, day) for day in range(1, 29)])
def test_looking_back_agrees_with_looking_ahead(today: date) -> None:
    found = latest_day_due_before(today, 10)
    assert working_days_after(found, 10) < today
    assert working_days_after(found.fromordinal(found.toordinal() + 1), 10) >= today
