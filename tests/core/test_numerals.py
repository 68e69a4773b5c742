import pytest

from core.numerals import chinese_number, digit_by_digit, half_width


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("两", 2), ("7", 7)],
)
def test_numbers_are_read_as_people_write_them(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "甲", "二三", "十百", "三栋"])
def test_other_words_are_no_number(text: str) -> None:
    assert chinese_number(text) is None


def test_years_are_read_digit_by_digit() -> None:
    assert digit_by_digit("一九四八年") == "1948年"


def test_full_width_becomes_plain() -> None:
    assert half_width("５０１（Ａ）") == "501(A)"
