"""One of many is chosen among the likeliest, or found by a few characters; nobody lists them all."""

import re
from typing import Any

import pytest

from blueprints.visits.absences import Absence
from blueprints.visits.pairings import Pairing
from core.clock import today
from core.db import db
from core.picking import MOST_OFFERED
from tests import factories


@pytest.fixture
def many(qin: Any) -> list[Any]:
    """More students than a page offers, 学生01 to 学生25."""
    return [
        factories.user(f"s{number:02}", f"学生{number:02}", ["student"]) for number in range(1, 26)
    ]


def offered(page: str, name: str) -> list[str]:
    return re.findall(rf'type="radio" name="{name}" value="\d+"', page)


def test_a_page_offers_no_more_students_than_anybody_reads(
    browser: Any, qin: Any, many: list[Any], queries: Any
) -> None:
    home = factories.household()
    client = browser(qin)
    client.get(f"/pairings/new?household={home.id}")
    with queries() as before:
        page = client.get(f"/pairings/new?household={home.id}").text
    assert len(offered(page, "student")) == MOST_OFFERED
    assert "没有全列出来" in page
    for number in range(30, 40):
        factories.user(f"s{number}", f"学生{number}", ["student"])
    with queries() as after:
        client.get(f"/pairings/new?household={home.id}")
    assert len(after) == len(before)


def test_colleagues_of_the_same_estate_come_first(browser: Any, qin: Any, many: list[Any]) -> None:
    home = factories.household()
    last = many[-1]
    last.set_estates([home.estate_id])
    db.session.commit()
    page = browser(qin).get(f"/pairings/new?household={home.id}").text
    assert offered(page, "student")[0].endswith(f'value="{last.id}"')


def test_somebody_further_down_is_found_by_name_and_what_was_filled_in_stays(
    browser: Any, qin: Any, many: list[Any]
) -> None:
    home = factories.household()
    client = browser(qin)
    fields = {
        "answer": "agreed",
        "interval_days": "21",
        "started_on": today().isoformat(),
        "student": str(many[0].id),
        "student_words": "s25",
        "student_found": "",
    }
    asked = client.send(f"/pairings/new?household={home.id}", fields)
    assert asked.status_code == 200
    assert db.session.scalar(db.select(Pairing)) is None
    assert "学生25" in asked.text
    assert "学生01" in asked.text, "who was chosen stays"
    assert "学生02" not in asked.text
    chosen = fields | {"student": str(many[24].id), "student_found": "s25"}
    assert client.send(f"/pairings/new?household={home.id}", chosen).status_code == 303
    assert db.session.scalar(db.select(Pairing)).student_id == many[24].id


def test_words_that_fit_nobody_say_so(browser: Any, qin: Any, many: list[Any]) -> None:
    fields = {"deputy_words": "王五", "deputy_found": ""}
    asked = browser(qin).send("/absences/new", fields)
    assert asked.status_code == 200
    assert "没有找到“王五”" in asked.text


def test_who_is_not_offered_at_all_is_not_taken(
    browser: Any, qin: Any, many: list[Any], shen: Any
) -> None:
    fields = {
        "student": str(many[0].id),
        "deputy": str(shen.id),
        "first_on": today().isoformat(),
        "last_on": today().isoformat(),
    }
    assert browser(qin).send("/absences/new", fields).status_code == 422
    assert db.session.scalar(db.select(Absence)) is None
