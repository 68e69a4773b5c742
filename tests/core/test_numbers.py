"""Numbers that nobody's browser sends by itself: too large for the database, or for a calendar."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from core.access import ROLES
from tests import factories

HUGE = 10**20
NUMBERS = "student volunteer household team estate building activity series resident other row"


@pytest.fixture
def everybody(browser: Any) -> Any:
    """Somebody with every role: no door stands between them and the database."""
    return browser(factories.user("all", "秦若川", list(ROLES)))


def numbered(rule: Rule) -> bool:
    converters = rule._converters.values()
    return bool(converters) and all(type(each) is IntegerConverter for each in converters)


def test_an_id_too_large_for_the_database_is_nobodys(app: Flask, everybody: Any) -> None:
    wrong = []
    for rule in filter(numbered, app.url_map.iter_rules()):
        path = rule.build(dict.fromkeys(rule.arguments, HUGE))[1]
        for method in rule.methods & {"GET", "POST"}:
            ask = everybody.get if method == "GET" else everybody.send
            status = ask(path).status_code
            if status not in (403, 404, 422):
                wrong.append((method, path, status))
    assert wrong == []


def test_a_list_asked_for_with_impossible_numbers_answers(app: Flask, everybody: Any) -> None:
    lists = [rule for rule in app.url_map.iter_rules() if not rule.arguments]
    pages = [rule.rule for rule in lists if "GET" in rule.methods]
    numbers = "&".join(f"{name}={HUGE}" for name in NUMBERS.split())
    for page in pages:
        for asked in (numbers, "year=99999&month=9999-12", "year=0&month=0001-01", "page=0"):
            assert everybody.get(f"{page}?{asked}").status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        f"/households/{HUGE}",
        f"/visits?student={HUGE}",
        f"/hours?volunteer={HUGE}",
        "/wishes/fulfilled?month=9999-12",
    ],
)
def test_what_cannot_be_is_not_there(everybody: Any, path: str) -> None:
    answer = everybody.get(path)
    assert answer.status_code == 404
    assert "没找到这一页" in answer.text


def test_a_form_with_an_id_too_large_is_no_trouble_either(everybody: Any) -> None:
    answer = everybody.send("/hours/confirmations", {"entry": str(HUGE)})
    assert answer.status_code in (303, 404, 422)
