"""A growth file tells a student's time step by step, and of nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest

from blueprints.documents.milestones import milestones_between
from blueprints.documents.records import arrived_on, growth_words
from core.clock import today
from core.db import db
from core.press import print_drawn
from core.prints.growth import Milestone, draw_growth
from tests import factories
from tests.documents.samples import growth
from tests.documents.test_layout import pages_of
from tests.documents.test_structure import bookmarks

YEAR = (date(2026, 1, 1), today() + timedelta(days=1))


@pytest.fixture
def lin_serves(lin: Any) -> Any:
    return factories.volunteer("林一舟", user=lin, of=factories.team())


def steps(user: Any, volunteer: Any) -> list[str]:
    return [step["what"] for step in milestones_between(user.id, volunteer, *YEAR)]


def test_pairings_are_counted_and_their_households_not_named(lin: Any, qin: Any) -> None:
    homes = factories.building(factories.estate())
    for number in ("301", "302"):
        factories.pairing(lin, factories.household(factories.room(homes, number=number)))
    (step,) = milestones_between(lin.id, None, *YEAR)
    assert (step["what"], step["note"]) == ("结对认亲", "与2户邻里结成对子。")
    assert step["is_key"]


def test_a_declined_pairing_is_no_step(lin: Any) -> None:
    factories.pairing(lin, factories.household()).was_declined = True
    db.session.flush()
    assert steps(lin, None) == []


def test_the_first_activity_and_those_they_led_are_told_once_each(
    lin: Any, lin_serves: Any
) -> None:
    led = factories.activity("义剪", leader_id=lin_serves.id, state="held")
    for title in ("大扫除", "义剪二"):
        factories.activity(title, state="held")
    factories.attendance(led, lin_serves)
    assert steps(lin, lin_serves) == ["带队：义剪"]


def test_what_others_did_is_not_told(lin: Any, lin_serves: Any, fang: Any) -> None:
    factories.pairing(fang, factories.household())
    factories.activity("义剪", leader_id=factories.volunteer("方晓禾", user=fang).id, state="held")
    assert steps(lin, lin_serves) == []
    assert growth_words(lin.id, *YEAR)["milestones"] == []


def test_a_month_is_named_where_it_begins() -> None:
    days = (date(2026, 7, 3), date(2026, 7, 9), date(2026, 9, 1))
    told = tuple(Milestone(day, f"第{n}步", "", False) for n, day in enumerate(days))
    page = "".join("".join(pages_of(print_drawn([growth(milestones=told)], draw_growth))).split())
    assert page.count("2026年7月") == page.count("2026年7月1日") + 1


@pytest.mark.parametrize("rows", [0, 40, 300])
def test_the_contents_name_the_page_on_which_a_section_begins(rows: int) -> None:
    pdf = print_drawn([growth(rows)], draw_growth)
    shown = pages_of(pdf)
    begins = {title: page + 1 for level, title, page in bookmarks(pdf) if level == 2}
    assert list(begins) == ["目录", *[title for title in begins if "、" in title]]
    for title, page in begins.items():
        if title != "目录":
            assert f"{title} {page}" in " ".join(shown[1].split())
            assert f"第{page}页" in "".join(shown[page - 1].split())


def test_a_time_without_steps_says_so() -> None:
    text = "".join(pages_of(print_drawn([growth(milestones=())], draw_growth)))
    assert "这段时间还没有。" in text


def test_the_day_of_arrival_is_told_where_the_account_knows_it(lin: Any) -> None:
    assert arrived_on(lin.id) == ""
    lin.started_on = date(2025, 7, 1)
    assert arrived_on(lin.id) == "2025年7月1日"
