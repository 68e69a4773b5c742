"""The pages a phone keeps: nothing about anybody in them, and the least in the list."""

from datetime import timedelta
from typing import Any

import pytest

from core.clock import today
from core.i18n import LANGUAGES
from tests import factories


def test_the_list_for_the_phone_holds_the_least_and_only_ones_own(
    browser: Any, lin: Any, fang: Any
) -> None:
    factories.pairing(lin, factories.household())
    page = browser(lin).get("/outbox/due").text
    assert "祝婆婆家" in page
    assert "示2栋 1单元 301" in page
    assert "100" not in page
    assert "祝婆婆" not in browser(fang).get("/outbox/due").text


def test_what_is_not_due_within_a_week_is_not_on_the_phone(browser: Any, lin: Any) -> None:
    factories.pairing(lin, factories.household(), interval_days=90)
    assert "祝婆婆" not in browser(lin).get("/outbox/due").text


def test_a_kept_page_names_nobody(browser: Any, lin: Any) -> None:
    client = browser(lin)
    for path in ("/outbox", "/offline/visit", "/offline/wish"):
        assert "林一舟" in client.get(path).text
        kept = client.get(f"{path}?shell=1").text
        assert "林一舟" not in kept
        assert "data-person" not in kept


def test_a_blank_visit_may_be_sent_for_any_household_of_ones_own(browser: Any, lin: Any) -> None:
    """It knows no residents, and asks the day as a date."""
    home = factories.household()
    factories.pairing(lin, home)
    client = browser(lin)
    blank = client.get("/offline/visit").text
    assert 'name="other_day"' in blank
    assert 'name="residents"' not in blank
    yesterday = (today() - timedelta(days=1)).isoformat()
    told = {"met": "yes", "kinds": ["chat"], "day": "other", "other_day": yesterday}
    assert client.send(f"/visits/new?household={home.id}", told).status_code == 303


def test_styles_and_scripts_are_one_file_each_and_kept_for_good(browser: Any) -> None:
    page = browser().get("/login", follow_redirects=True).text
    for start in ("/styles/", "/scripts/"):
        address = start + page.split(start)[1].split('"')[0]
        answer = browser().get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


def test_the_scripts_speak_the_languages_there_are(browser: Any) -> None:
    assert "现在发" in browser().get("/scripts/x/zh_Hans_CN.js").text
    assert browser().get("/scripts/x/en.js").status_code == 200
    assert browser().get("/scripts/x/xx.js").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_our_scripts_travel_in_twelve_kilobytes(browser: Any, lin: Any, language: str) -> None:
    """Without htmx, as behind a server that only knows gzip; the service worker counts."""
    gzip = {"Accept-Encoding": "gzip"}
    phone = browser(lin)
    answers = [phone.get(path, headers=gzip) for path in (f"/scripts/x/{language}.js", "/sw.js")]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert sum(len(answer.data) for answer in answers) <= 12_000
