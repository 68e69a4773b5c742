from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    DateDoesNotExist,
    DateError,
    DateInFuture,
    DateUnreadable,
    PartialDate,
    parse_date,
)
from core.day_words import format_date, format_days, format_minutes, format_month
from core.i18n import speaking

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("1948.3.5", "1948-03-05", "day"),
        ("1948-03-05", "1948-03-05", "day"),
        ("1948/3/5 00:00:00", "1948-03-05", "day"),
        ("2025.1.10下午", "2025-01-10", "day"),
        ("2025年1月10日（周五）上午", "2025-01-10", "day"),
        ("1948年3月5日", "1948-03-05", "day"),
        ("1948 年 3 月 5 号", "1948-03-05", "day"),
        ("一九四八年三月五日", "1948-03-05", "day"),
        ("１９４８．３．５", "1948-03-05", "day"),
        (19540612, "1954-06-12", "day"),
        ("19540612", "1954-06-12", "day"),
        (datetime(1987, 10, 9), "1987-10-09", "day"),  # noqa: DTZ001 - as openpyxl reads days
        ("1956年7月", "1956-07", "month"),
        ("1955.03", "1955-03", "month"),
        (1955.03, "1955-03", "month"),
        ("195406", "1954-06", "month"),
        (1949, "1949", "year"),
        ("1949年", "1949", "year"),
        ("3月5日", "--03-05", "day"),
        ("2月29日", "--02-29", "day"),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(
    written: object, value: str, precision: str
) -> None:
    parsed = parse_date(written, latest=TODAY)
    assert (parsed.value, parsed.precision, parsed.calendar) == (value, precision, "solar")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("农历腊月三十", (None, 12, 30, False)),
        ("农历1953年腊月廿三", (1953, 12, 23, False)),
        ("农历1953.12.23", (1953, 12, 23, False)),
        ("阴历六月十九", (None, 6, 19, False)),
        ("农历闰四月初八", (None, 4, 8, True)),
        ("正月初八", (None, 1, 8, False)),
        ("八月十五（农历）", (None, 8, 15, False)),
        ("农历冬月二十", (None, 11, 20, False)),
        ("腊月", (None, 12, None, False)),
        ("农历1948年", (1948, None, None, False)),
    ],
)
def test_lunar_dates_stay_lunar(written: str, expected: tuple[object, ...]) -> None:
    parsed = parse_date(written)
    assert (parsed.year, parsed.month, parsed.day, parsed.leap) == expected
    assert parsed.calendar == "lunar"
    assert parsed.original == written


@pytest.mark.parametrize(
    "written", ["1955.13.40", "1961年2月30日", "1949.0.1", "0948.3.5", "农历十三月初一",
                "农历1953年闰四月初八", "农历2026年腊月三十"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(DateDoesNotExist) as refused:
        parse_date(written)
    assert refused.value.reason("出生日期") == f"出生日期不存在：{written}"


@pytest.mark.parametrize("written", ["不记得", 32059, "54.6.12", "3.5", "农历", "月", "闰", True])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(DateUnreadable) as refused:
        parse_date(written)
    assert refused.value.reason("出生日期") == f"出生日期看不懂：{written}"


@pytest.mark.parametrize("written", ["2026.11.23", "2026年12月", "2027", "农历2026年冬月初一"])
def test_a_day_after_the_latest_is_refused(written: str) -> None:
    with pytest.raises(DateInFuture) as refused:
        parse_date(written, latest=TODAY)
    assert refused.value.reason("日期") == f"日期晚于当天：{written}"


@pytest.mark.parametrize(
    "written", ["2026.11.22", "2026年11月", "2026", "农历2026年十月十四", "12月5日"]
)
def test_today_and_what_may_have_been_are_not_in_the_future(written: str) -> None:
    assert parse_date(written, latest=TODAY)


@given(st.dates(date(1880, 1, 1), date(2100, 12, 31)), st.sampled_from("./-"))
def test_every_real_day_is_read_back(day: date, separator: str) -> None:
    written = separator.join(str(part) for part in (day.year, day.month, day.day))
    assert parse_date(written).value == day.isoformat()


@given(st.text("0123456789年月日农历闰初廿正腊十三./- ", max_size=14))
def test_any_scribble_is_read_or_refused_by_name(text: str) -> None:
    try:
        parsed = parse_date(text)
    except DateError:
        return
    assert parsed.value
    assert str(parsed)


def test_partial_dates_read_well() -> None:
    assert str(PartialDate(1948, 3, 5)) == "1948年3月5日"
    assert str(PartialDate(1956, 7)) == "1956年7月"
    assert str(PartialDate(1949)) == "1949年"
    assert str(PartialDate(None, 12, 30, "lunar")) == "农历腊月三十"
    assert str(PartialDate(None, 4, 8, "lunar", leap=True)) == "农历闰四月初八"


def test_this_year_goes_without_saying(set_clock: Callable[..., None]) -> None:
    set_clock(2026, 11, 22, 0, 30)
    assert format_date(date(2026, 9, 14)) == "9月14日"
    assert format_date(date(2025, 9, 14)) == "2025年9月14日"
    assert format_date(datetime(2025, 12, 31, 16, 30, tzinfo=UTC)) == "1月1日"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(90, "1 小时 30 分"), (60, "1 小时"), (30, "30 分"), (0, "0 分"), (-90, "−1 小时 30 分")],
)
def test_minutes_are_told_in_hours(minutes: int, text: str) -> None:
    assert format_minutes(minutes) == text


def test_an_english_day_can_be_read_in_one_way_only(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        assert format_date(date(2020, 11, 2)) == "2 Nov 2020"
        assert str(PartialDate(None, 2, 29)) == "29 Feb"
        assert format_month(date(2020, 11, 2)) == "November"
        assert format_month(date(2020, 11, 2), year=True) == "November 2020"


def test_chinese_months_are_told_in_digits() -> None:
    assert format_month(date(2020, 11, 2)) == "11月"
    assert format_month(date(2020, 11, 2), year=True) == "2020年11月"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 3), None, "3月3日 – 至今"),
        (date(2026, 3, 3), date(2026, 4, 1), "3月3日 – 4月1日"),
        (date(2025, 3, 12), date(2025, 6, 2), "2025年3月12日 – 2025年6月2日"),
        (date(2025, 3, 12), date(2026, 3, 2), "2025年3月12日 – 2026年3月2日"),
    ],
)
def test_a_time_that_crosses_a_new_year_says_both_years(
    set_clock: Callable[..., None], first: date, last: date | None, said: str
) -> None:
    set_clock(2026, 9, 21)
    assert format_days(first, last) == said
