"""A text is sought in one plain form, and what is found keeps its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core.folding
from core.folding import fold, written_forms
from tests.core.traditional_forms import table


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("１３８ ①②③", "138 123"),
        ("陳國華獨居", "陈国华独居"),
        ("三樓後面的裡間", "三楼后面的里间"),
        ("祝\u200b秀\ufeff英", "祝秀英"),
        ("乾坤", "乾坤"),
        ("㏑…", "ln..."),
    ],
)
def test_a_text_has_one_plain_form(written: str, plain: str) -> None:
    assert fold(written).letters == plain


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("五零一、伍〇壹、幺O两", "501、501、102"),
        ("壹貳參陸", "1236"),
        ("叁參", "33"),
        ("301參加", "301参加"),
        ("十二", "十2"),
    ],
)
def test_chinese_digits_are_read_one_by_one(written: str, digits: str) -> None:
    assert fold(written).with_digits().letters == digits


@given(st.text(max_size=60))
def test_every_letter_knows_where_it_was_written(text: str) -> None:
    folded = fold(text)
    assert len(folded.letters) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    for letter, place in zip(folded.letters, folded.places, strict=True):
        assert letter in fold(text[place]).letters
    bare = folded.with_dashes().with_digits().only(str.isalnum)
    assert set(bare.places) <= set(folded.places)


def test_a_name_is_sought_in_every_form_it_may_be_stored_in() -> None:
    assert {"国", "國", "发", "發", "髮", "祝"} <= written_forms("国發祝")
    assert written_forms("") == set()


def test_the_table_of_forms_is_what_the_standard_characters_give() -> None:
    kept = Path(core.folding.__file__).with_name("traditional.txt").read_text("utf-8")
    assert kept == table()
