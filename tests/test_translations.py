"""Both catalogs are complete, in the right language, and keep the source's placeholders."""

import re

import pytest
from flask import Flask

from core.i18n import CATALOGS, catalog, collected_strings, missing, placeholders

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
