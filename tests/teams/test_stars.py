"""Stars: by confirmed hours and settable steps; for the person and the secretary alone."""

from typing import Any

import pytest

from blueprints.teams.stars import stars_for
from core.db import db
from core.settings import change_setting
from tests import factories


@pytest.mark.parametrize(
    ("hours", "count", "missing"),
    [(0, 0, 100), (99, 0, 1), (100, 1, 200), (599, 2, 1), (1499, 4, 1), (1500, 5, 0), (9000, 5, 0)],
)
def test_stars_come_at_100_300_600_1000_and_1500_hours(
    app: Any, hours: int, count: int, missing: int
) -> None:
    with app.test_request_context():
        stars = stars_for(hours * 60)
    assert (stars.count, stars.minutes_missing) == (count, missing * 60)


def test_a_minute_before_is_no_star(app: Any) -> None:
    with app.test_request_context():
        assert stars_for(100 * 60 - 1).count == 0


def test_a_company_sets_its_own_steps(app: Any) -> None:
    with app.test_request_context():
        change_setting("star_hours", [10, 20])
        assert (stars_for(15 * 60).count, stars_for(99 * 60).count) == (1, 2)
        db.session.rollback()


def test_the_person_and_the_secretary_see_stars_and_nobody_else(
    browser: Any, lin: Any, qin: Any, gu: Any
) -> None:
    own = factories.volunteer("林一舟", user=lin)
    for _day in range(5):
        factories.service_entry(own, gu, 1200, "confirmed", qin)
    path = f"/volunteers/{own.id}"
    assert "1 星志愿者" in browser(lin).get(path).text
    assert "1 星志愿者" in browser(qin).get(path).text
    assert "星志愿者" not in browser(gu).get(path).text


def test_the_ledger_leads_to_ones_own_stars(browser: Any, lin: Any, qin: Any) -> None:
    own = factories.volunteer("林一舟", user=lin)
    assert f'href="/volunteers/{own.id}"' in browser(lin).get("/hours").text
    assert "我的时长和星级" not in browser(qin).get("/hours").text


def test_no_list_shows_stars_or_hours_beside_names(browser: Any, qin: Any, gu: Any) -> None:
    most = factories.volunteer("单守信", of=factories.team())
    for _day in range(5):
        factories.service_entry(most, gu, 1200, "confirmed", qin)
    client = browser(qin)
    for path in ("/volunteers", "/teams", f"/teams/{db.session.query(factories.Team).one().id}"):
        assert "星志愿者" not in client.get(path).text


def test_what_waits_gives_no_star(browser: Any, qin: Any, gu: Any, lin: Any) -> None:
    own = factories.volunteer("林一舟", user=lin)
    for _day in range(5):
        factories.service_entry(own, gu, 1200)
    assert "还没有星" in browser(lin).get(f"/volunteers/{own.id}").text
