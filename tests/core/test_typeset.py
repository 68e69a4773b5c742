"""Chinese lines: where they break, how they fill, what stays together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fonts import KAI, SANS, SANS_BOLD
from core.typeset import (
    balance,
    break_lines,
    measure,
    pens,
    qr_rows,
    words,
)

TEXT = (
    "2026年度参加“红色物业”志愿服务，认领并实现微心愿9件，走访结对邻里24户次，"
    "服务时长126小时，热心周到，深得居民好评。"
)
NEVER_FIRST = "，。、；：！？》）”’」』】〉〕·—…%"
NEVER_LAST = "《（“‘「『【〈〔"
prose = st.text(alphabet="一二志愿者服务，。、“”（）《》126户次小时A", min_size=1, max_size=120)


@given(prose, st.sampled_from([12.0, 20.5, 27.7]), st.sampled_from([KAI, SANS]))
def test_no_text_is_lost_and_no_line_overflows(text, width, face) -> None:
    lines = break_lines(text, width, face, indent=2)
    assert "".join(lines) == text
    for number, line in enumerate(lines):
        room = width - (2 if number == 0 else 0)
        assert measure(line, face) <= room + 1e-6 or len(words(line)) == 1


@given(prose)
def test_no_line_starts_with_a_stop_or_ends_with_an_opening_mark(text) -> None:
    lines = break_lines(text, 15, SANS)
    assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


@pytest.mark.parametrize(
    "whole", ["2026年度", "24户次", "126小时", "9件", "12月5日", "第0007号", "8:30"]
)
def test_a_number_stays_with_its_unit(whole: str) -> None:
    assert whole in words(f"共计{whole}，")[2]


def test_a_telephone_number_stays_on_one_line() -> None:
    lines = break_lines("有急事请打值班电话 100 0000 0001。", 16, KAI)
    assert any("100 0000 0001" in line for line in lines)


@pytest.mark.parametrize("count", range(10, 40))
def test_a_paragraph_never_ends_in_one_character(count: int) -> None:
    last = break_lines("志" * count + "。", 12, KAI, indent=2)[-1]
    assert len(last.rstrip("。")) >= 2


def test_an_opening_mark_at_the_start_of_a_line_hangs_to_the_margin() -> None:
    assert measure("《条例》", SANS) == pytest.approx(3)
    assert pens("《条例》", SANS)[0] == pytest.approx(-0.5)


def test_neighbouring_marks_stand_closer() -> None:
    assert measure("（见《条例》）。", SANS) == pytest.approx(8 - 4 * 0.5)
    assert measure("甲，乙。", SANS) == pytest.approx(3.5)


def test_a_narrow_quotation_mark_gives_nothing_up() -> None:
    assert pens("“‘好", KAI)[1] == pytest.approx(measure("“", KAI))


def test_chinese_and_latin_stand_a_quarter_of_an_em_apart() -> None:
    alone = measure("第", SANS) + measure("12", SANS) + measure("号", SANS)
    assert measure("第12号", SANS) == pytest.approx(alone + 2 * 0.25)
    places = pens("第12号A座", SANS)
    assert places[1] == pytest.approx(1.25)
    assert places[4] - places[3] == pytest.approx(1.25)


@pytest.mark.parametrize(
    "text", ["（12）", "，12。", "12", "第十二号", "12 件", "〔2026〕", "100%"]
)
def test_marks_spaces_and_signs_keep_their_own_distance(text: str) -> None:
    assert measure(text, SANS) <= sum(measure(char, SANS) for char in text) + 0.5
    assert max(right - left for left, right in pairwise(pens(text, SANS))) <= 1


def test_a_line_begins_and_ends_without_that_space() -> None:
    for line in break_lines(TEXT, 18, SANS):
        assert pens(line, SANS)[0] <= 0
        inside = pens(line, SANS)[-1] + measure(line[-1], SANS)
        assert measure(line, SANS) == pytest.approx(inside)


def test_a_long_title_falls_into_even_lines() -> None:
    title = "关于桥机嘉园和侨亚小区2026年度优秀志愿者、便民服务之星、保洁服务标兵拟表彰名单的通知"
    lines = balance(title, 17, SANS_BOLD)
    lengths = [measure(line, SANS_BOLD) for line in lines]
    assert "".join(lines) == title
    assert len(lines) == 3
    assert max(lengths) - min(lengths) < 4


def test_a_writer_may_set_the_cuts_of_a_title() -> None:
    assert balance("便民服务之星｜拟表彰名单", 17, SANS_BOLD) == ["便民服务之星", "拟表彰名单"]


def test_a_qr_code_of_an_address_keeps_to_25_modules_by_using_capitals() -> None:
    rows = qr_rows("https://linli.example/v/k3qx7m")
    assert (len(rows), {len(row) for row in rows}) == (25, {25})


def test_pens_fill_a_line_and_leave_numbers_closed() -> None:
    places = pens("微心愿126件，好", KAI, room=0.5)
    steps = [right - left for left, right in pairwise(places)]
    gap = 0.5 / 5
    assert steps == pytest.approx([1 + gap] * 2 + [1.25 + gap] + [0.6, 0.6, 0.85] + [1 + gap] * 2)


def test_pens_squeeze_marks_and_hang_an_opening_mark() -> None:
    assert pens("《好》，好", SANS) == pytest.approx((-0.5, 0.5, 1.5, 2.0, 3.0))
