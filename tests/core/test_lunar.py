"""Birthdays in either calendar, and the festivals of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lunar import festivals_of, festivals_soon, next_birthday, winter_solstice

FESTIVALS = {
    2026: {
        "new_years_eve": (2, 16), "spring": (2, 17), "lantern": (3, 3), "lei_feng": (3, 5),
        "dragon_boat": (6, 19), "party": (7, 1), "mid_autumn": (9, 25),
        "double_ninth": (10, 18), "volunteers": (12, 5), "solstice": (12, 22),
    },
    2027: {
        "new_years_eve": (2, 5), "spring": (2, 6), "lantern": (2, 20), "lei_feng": (3, 5),
        "dragon_boat": (6, 9), "party": (7, 1), "mid_autumn": (9, 15),
        "double_ninth": (10, 8), "volunteers": (12, 5), "solstice": (12, 22),
    },
}  # fmt: skip


@pytest.mark.parametrize("year", FESTIVALS)
def test_festivals_fall_on_the_days_of_the_official_calendar(year: int) -> None:
    found = {festival.key: (festival.on.month, festival.on.day) for festival in festivals_of(year)}
    assert found == FESTIVALS[year]


def test_the_solstice_of_2021_came_a_minute_before_midnight() -> None:
    assert winter_solstice(2021) == date(2021, 12, 21)
    assert winter_solstice(2028) == date(2028, 12, 21)


def test_festivals_soon_look_over_the_turn_of_the_year() -> None:
    soon = [festival.key for festival in festivals_soon(date(2026, 12, 20), 60)]
    assert soon == ["solstice", "new_years_eve", "spring"]


def test_a_festival_today_is_still_soon() -> None:
    assert [f.key for f in festivals_soon(date(2026, 12, 22), 0)] == ["solstice"]


def lunar(month: int, day: int, since: date, leap: bool = False) -> date:
    return next_birthday(month, day, lunar=True, leap_month=leap, since=since)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        # 腊月 has 29 days in the lunar years 2025 to 2028; 2029 has a 三十 again.
        (date(2026, 1, 1), date(2026, 2, 16)),
        (date(2026, 2, 17), date(2027, 2, 5)),
        (date(2028, 1, 1), date(2028, 1, 25)),
        (date(2030, 1, 1), date(2030, 2, 2)),
    ],
)
def test_a_birthday_on_the_last_day_of_the_lunar_year_is_kept_on_the_29th(
    since: date, expected: date
) -> None:
    assert lunar(12, 30, since) == expected


def test_a_leap_month_falls_back_to_its_namesake() -> None:
    # 2025 has a leap sixth month, 2026 has not.
    assert lunar(6, 1, date(2025, 7, 1), leap=True) == date(2025, 7, 25)
    assert lunar(6, 1, date(2026, 1, 1), leap=True) == date(2026, 7, 14)


def test_a_solar_birthday_comes_round_next_year_when_it_is_over() -> None:
    def solar(since: date) -> date:
        return next_birthday(3, 5, lunar=False, leap_month=False, since=since)

    assert solar(date(2026, 3, 5)) == date(2026, 3, 5)
    assert solar(date(2026, 3, 6)) == date(2027, 3, 5)


def test_who_was_born_on_february_29_is_greeted_every_year() -> None:
    found = next_birthday(2, 29, lunar=False, leap_month=False, since=date(2026, 2, 1))
    assert found == date(2026, 2, 28)


@given(
    month=st.integers(1, 12),
    day=st.integers(1, 30),
    leap=st.booleans(),
    since=st.dates(date(2001, 1, 1), date(2090, 12, 31)),
)
def test_every_lunar_birthday_comes_within_thirteen_lunar_months(
    month: int, day: int, leap: bool, since: date
) -> None:
    found = lunar(month, day, since, leap)
    assert since <= found <= since + timedelta(days=13 * 30)
