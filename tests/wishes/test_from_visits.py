"""A wish that was heard during a visit is written down with it."""

from typing import Any

from blueprints.visits.models import Visit
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.submissions import new_submission_id

MET = {"met": "yes", "kinds": ["chat"], "minutes": "30"}


def test_the_visit_form_collects_a_wish_once_however_often_it_is_sent(
    browser: Any, lin: Any, home: Any
) -> None:
    client, path = browser(lin), f"/visits/new?household={home.id}"
    assert "一个微心愿" in client.get(path).text
    heard = {"wish_what": "按摩仪一台", "wish_kind": "thing", "submission_id": new_submission_id()}
    fields = MET | heard | {"day": today().isoformat()}
    assert client.send(path, fields).location == client.send(path, fields).location
    visit, wish = (
        db.session.scalars(db.select(Visit)).one(),
        db.session.scalars(db.select(Wish)).one(),
    )
    assert (wish.visit_id, wish.household_id, wish.collected_by_id) == (visit.id, home.id, lin.id)
    assert (wish.what, wish.state, wish.is_clean) == ("按摩仪一台", "collected", True)


def test_the_visit_tells_that_the_wish_was_kept_and_leads_to_it(
    browser: Any, lin: Any, home: Any
) -> None:
    client, path = browser(lin), f"/visits/new?household={home.id}"
    fields = MET | {"wish_what": "按摩仪一台", "wish_kind": "thing", "day": today().isoformat()}
    page = client.send(path, fields, follow_redirects=True).text
    wish = db.session.scalars(db.select(Wish)).one()
    assert "心愿一起记下了" in page and f'href="/wishes/{wish.id}"' in page


def test_a_visit_without_a_wish_makes_none(browser: Any, lin: Any, home: Any) -> None:
    fields = MET | {"day": today().isoformat(), "wish_what": ""}
    answer = browser(lin).send(f"/visits/new?household={home.id}", fields, follow_redirects=True)
    assert "走访记下了" in answer.text and "心愿一起" not in answer.text
    assert db.session.scalars(db.select(Wish)).all() == []


def test_the_household_page_shows_its_wishes(browser: Any, lin: Any, home: Any, wish: Any) -> None:
    wish("published", what="小台灯一盏")
    page = browser(lin).get(f"/households/{home.id}").text
    assert "小台灯一盏" in page
    assert f"/wishes/new?household={home.id}" in page
