"""What people are told: on a page of their own, read one by one or all, and forgotten again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from blueprints.wishes.claims import Claim
from core.clock import now, today
from core.db import db
from core.notices import KEPT_FOR, READ_KEPT_FOR, Notice, count_unread, settle, tell
from tests import factories

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def wish(app: Flask, lin: Any, qin: Any) -> Any:
    """A wish on the wall, which 林一舟 wrote down."""
    home = factories.household()
    text = {"state": "published", "public_text": "按摩仪一台", "published_on": now().date()}
    return factories.wish(home, lin, **text)


def told(person: Any, kind: str, obj: Any, **options: Any) -> None:
    tell([person.id], kind, obj, **options)
    db.session.commit()


def only_notice() -> Notice:
    return db.session.scalars(db.select(Notice).execution_options(populate_existing=True)).one()


def test_the_bell_counts_what_is_unread_and_looking_reads_nothing(
    browser: Any, lin: Any, wish: Any
) -> None:
    client = browser(lin)
    assert "条消息没看" not in client.get("/").text
    told(lin, "wish_published", wish)
    for _look in range(2):
        assert "1 条没看" in client.get("/notices").text
    assert "条消息没看" in client.get("/").text
    assert "按摩仪一台" in client.get("/notices").text


def test_opening_a_notice_reads_it_and_leads_to_what_it_is_about(
    browser: Any, lin: Any, wish: Any
) -> None:
    told(lin, "wish_published", wish)
    client = browser(lin)
    answer = client.send(f"/notices/{only_notice().id}/reading")
    assert (answer.status_code, answer.location) == (303, f"/wishes/{wish.id}")
    assert only_notice().read_at
    assert "都看过了" in client.get("/notices").text


def test_a_notice_can_be_read_without_leaving_the_page(browser: Any, lin: Any, wish: Any) -> None:
    told(lin, "wish_published", wish)
    path, fields = f"/notices/{only_notice().id}/reading", {"stay": "y"}
    client = browser(lin)
    row = client.send(path, fields, headers=HTMX)
    assert 'class="notice"' in row.text
    assert "<html" not in row.text
    assert client.send(path, fields).location == "/notices"


def test_all_that_was_on_the_page_is_read_at_once_but_not_what_came_since(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    told(lin, "wish_published", wish)
    told(fang, "wish_published", wish)
    client = browser(lin)
    newest = re.search(r'name="newest" value="(\d+)"', client.get("/notices").text)[1]
    told(lin, "wish_declined", wish)
    assert client.send("/notices/reading", {"newest": newest}).status_code == 303
    assert (count_unread(lin.id), count_unread(fang.id)) == (1, 1)


def test_nobody_reads_for_somebody_else(browser: Any, lin: Any, fang: Any, wish: Any) -> None:
    told(lin, "wish_published", wish)
    assert browser(fang).send(f"/notices/{only_notice().id}/reading").status_code == 404
    assert "按摩仪" not in browser(fang).get("/notices").text


def test_what_became_invisible_is_not_told_any_more(browser: Any, lin: Any, wish: Any) -> None:
    told(lin, "wish_published", wish)
    db.session.merge(wish).state = "withdrawn"
    db.session.commit()
    client = browser(lin)
    page = client.get("/notices").text
    assert "按摩仪" not in page
    assert "这件事现在您看不到了" in page
    assert client.send(f"/notices/{only_notice().id}/reading").location == "/notices"


def test_no_name_and_no_word_of_a_resident_is_stored(app: Flask, lin: Any, wish: Any) -> None:
    told(lin, "wish_published", wish)
    texts = [value for value in vars(only_notice()).values() if isinstance(value, str)]
    assert sorted(texts) == ["wish", "wish_published"]


def test_nobody_is_told_twice_what_they_have_not_read(app: Flask, lin: Any, wish: Any) -> None:
    for _time in range(3):
        told(lin, "wish_published", wish)
    assert count_unread(lin.id) == 1
    only_notice().read()
    told(lin, "wish_published", wish, not_again_since=today())
    assert count_unread(lin.id) == 0
    told(lin, "wish_published", wish)
    assert count_unread(lin.id) == 1


def test_a_kind_that_nobody_declared_is_a_mistake(app: Flask, lin: Any, wish: Any) -> None:
    with pytest.raises(KeyError):
        tell([lin.id], "wish_sold", wish)


def test_what_is_settled_asks_no_more_and_what_only_tells_stays(
    app: Flask, lin: Any, fang: Any, wish: Any
) -> None:
    claim = factories.saved(Claim(wish_id=wish.id, claimer_id=lin.id, due_on=now().date()))
    told(lin, "claim_reopened", claim)
    told(lin, "claim_confirmed", claim)
    settle(claim)
    db.session.commit()
    unread = db.select(Notice.kind).where(Notice.read_at.is_(None))
    assert db.session.scalars(unread).all() == ["claim_confirmed"]


def test_old_notices_are_forgotten(app: Flask, lin: Any, fang: Any, qin: Any, wish: Any) -> None:
    for person in (lin, fang, qin):
        told(person, "wish_published", wish)
    by_person = {n.user_id: n for n in db.session.scalars(db.select(Notice))}
    by_person[lin.id].read_at = now() - READ_KEPT_FOR - timedelta(days=1)
    by_person[fang.id].at = now() - KEPT_FOR - timedelta(days=1)
    by_person[qin.id].read_at = now()
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["notices", "forget-old"])
    assert "2 条" in result.output
    assert only_notice().user_id == qin.id


def test_more_notices_cost_no_more_queries(
    browser: Any, lin: Any, qin: Any, wish: Any, queries: Any
) -> None:
    def asked() -> int:
        with queries() as sent:
            assert client.get("/notices").status_code == 200
        return len(sent)

    client = browser(lin)
    told(lin, "wish_published", wish)
    client.get("/notices")
    few = asked()
    home = db.session.get_one(factories.Household, wish.household_id)
    for number in range(30):
        other = factories.wish(home, lin, what=f"心愿{number}")
        told(lin, "wish_published", other)
    assert asked() == few
