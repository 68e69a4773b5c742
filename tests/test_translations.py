"""Both catalogs are complete, in the right language, and keep the source's placeholders."""

import re

import pytest
from flask import Flask

from core.i18n import (
    CATALOGS,
    catalog,
    collected_strings,
    in_number,
    missing,
    placeholders,
    righted,
    speaking,
    worded,
)

HAN = re.compile("[\u4e00-\u9fff]")
# English texts that quote what is typed or printed in Chinese.
QUOTED = re.compile(
    r"\{\w+\}|荣字〔|第|号|一、|（一）|盖上锅盖|答案：|示\d栋|祝婆婆|婆婆|爹爹|师傅|腊月廿三|闰六月初一|草稿|女儿|至|年|月|日"
)


@pytest.mark.parametrize("language", CATALOGS)
def test_every_string_is_translated(language: str) -> None:
    assert missing(language, collected_strings()) == []


def test_english_is_english() -> None:
    left = [
        message.string
        for message in catalog("en")
        if message.id and HAN.search(QUOTED.sub("", str(message.string)))
    ]
    assert left == []


def test_a_lost_placeholder_is_noticed() -> None:
    assert placeholders("%(n)s 户") != placeholders("households")


def test_the_page_speaks_english_once_compiled(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/setup", headers={"Accept-Language": "en"}).text
    assert "Company name" in page


@pytest.mark.parametrize(
    ("n", "said"), [(0, "photos"), (1, "photo"), (2, "photos"), (21, "photos")]
)
def test_english_knows_one_and_more(app: Flask, n: int, said: str) -> None:
    with app.test_request_context(), speaking("en"):
        assert in_number("%(n)s {n:photo|photos}", {"n": n}) == f"%(n)s {said}"


def test_braces_that_are_no_choice_stay(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        assert in_number("荣字〔{年}〕第{号}号 %(n)s", {"n": 1}) == "荣字〔{年}〕第{号}号 %(n)s"


def test_words_that_people_wrote_stay_as_they_are(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        assert worded("隔壁的老同学") == "隔壁的老同学"


def test_a_choice_is_about_a_value_that_is_there() -> None:
    for message in catalog("en"):
        for name in re.findall(r"\{(\w+):[^{}]*\|", str(message.string)):
            assert f"%({name})s" in str(message.id), message.string


@pytest.mark.parametrize(
    ("converted", "right"),
    [
        ("為什麼換髮", "為什麼換發"),
        ("理髮", "理髮"),
        ("改好籤發", "改好簽發"),
        ("標籤", "標籤"),
        ("貼在樓道里", "貼在樓道裡"),
        ("鄰里", "鄰里"),
        ("天后", "天後"),
    ],
)
def test_traditional_words_are_the_ones_that_are_meant(converted: str, right: str) -> None:
    assert righted(converted) == right
