import pytest

from core.phones import Phone, PhoneError, parse_phones


@pytest.mark.parametrize(
    "text",
    ["10074491613", "100 7449 1613", "100-7449-1613", "+86 100 7449 1613", "8610074491613",
     "１００７４４９１６１３", "'10074491613", '="10074491613"', " 10074491613 "],
)  # fmt: skip
def test_one_number_is_read_however_it_is_written(text: str) -> None:
    assert parse_phones(text) == (Phone("10074491613"),)


@pytest.mark.parametrize("between", ["/", "、", "，", "；", "\n", " "])
def test_two_numbers_in_one_cell_are_both_kept(between: str) -> None:
    found = parse_phones(f"10074491613{between}10072351634")
    assert [phone.number for phone in found] == ["10074491613", "10072351634"]


def test_the_same_number_twice_is_one() -> None:
    assert parse_phones("10074491613/100-7449-1613") == (Phone("10074491613"),)


@pytest.mark.parametrize("text", ["10074491613（女儿）", "女儿：10074491613", "10074491613女儿"])
def test_words_beside_a_number_are_its_note(text: str) -> None:
    assert parse_phones(text) == (Phone("10074491613", "女儿"),)


def test_a_slash_in_brackets_does_not_part_numbers() -> None:
    assert parse_phones("10074491613（女儿/女婿）") == (Phone("10074491613", "女儿/女婿"),)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("100704502", "phone_invalid", "电话只有9位：100704502"),
        ("10074491613/1007235", "phone_invalid", "电话只有7位：1007235"),
        ("100744916130", "phone_invalid", "电话多了，有12位：100744916130"),
        ("问女儿", "phone_invalid", "电话看不懂：问女儿"),
        ("1.00745E+10", "phone_scientific", "电话成了科学计数法：1.00745E+10"),
    ],
)
def test_what_is_no_phone_is_refused_with_its_reason(text: str, code: str, reason: str) -> None:
    with pytest.raises(PhoneError) as refused:
        parse_phones(text)
    assert (refused.value.code, str(refused.value)) == (code, reason)
