"""A claim that runs out goes back on the wall, and the figures that count it."""

from datetime import timedelta
from typing import Any

from flask import Flask

from blueprints.wishes.queries import (
    claims_of,
    fulfilled_in_month,
    late_claims,
    waiting_for_approval,
)
from core.clock import today
from core.db import db
from tests.wishes.journeys import whole

YESTERDAY = -timedelta(days=1)


def test_the_nightly_command_releases_what_is_late_and_nothing_else(
    app: Flask, fang: Any, wish: Any
) -> None:
    late = wish("claimed", claimer=fang, until=today() + YESTERDAY)
    due_today = wish("claimed", claimer=fang, until=today())
    done = wish("fulfilled", claimer=fang, until=today() + YESTERDAY)
    result = app.test_cli_runner().invoke(args=["wishes", "release-late"])
    assert result.exit_code == 0, result.output
    assert "1 个心愿" in result.output
    back = whole(late.id)
    assert (back.state, back.claims[0].end_kind) == ("published", "late")
    assert whole(due_today.id).state == "claimed"
    assert whole(done.id).state == "fulfilled"


def test_the_next_change_in_the_room_releases_what_is_late(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    late = wish("claimed", claimer=fang, until=today() + YESTERDAY)
    other = wish("published")
    browser(lin).send(f"/wishes/{other.id}/claim")
    back = whole(late.id)
    assert back.state == "published"
    assert "到期没办成，自动退回" in browser(lin).get(f"/wishes/{late.id}").text


def test_who_comes_a_day_late_can_still_say_that_it_is_done(
    browser: Any, fang: Any, wish: Any
) -> None:
    late = wish("claimed", claimer=fang, until=today() + YESTERDAY)
    browser(fang).send(f"/wishes/{late.id}/fulfilment", {"note": "昨天送到了"})
    assert whole(late.id).state == "fulfilled"


def test_what_one_promised_is_listed_the_most_urgent_first(
    app: Flask, fang: Any, lin: Any, wish: Any
) -> None:
    soon = wish("claimed", claimer=fang, until=today())
    later = wish("claimed", claimer=fang, until=today() + timedelta(days=5))
    wish("claimed", claimer=lin)
    wish("fulfilled", claimer=fang)
    assert [claim.wish_id for claim in claims_of(fang)] == [soon.id, later.id]
    assert [claim.wish_id for claim in late_claims(today() + timedelta(days=1))] == [soon.id]
    assert late_claims(today()) == []


def test_what_waits_for_the_secretary_comes_oldest_first(app: Flask, wish: Any) -> None:
    new = wish("collected")
    old = wish("collected", collected_on=today() - timedelta(days=3))
    wish("published")
    assert [found.id for found in waiting_for_approval()] == [old.id, new.id]


def test_a_month_counts_what_was_done_in_it_by_the_clock_in_shanghai(
    app: Flask, fang: Any, lin: Any, wish: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 30, 23, 50)
    wish("fulfilled", claimer=fang)
    set_clock(2026, 10, 1, 0, 10)
    wish("confirmed", claimer=fang)
    undone = whole(wish("fulfilled", claimer=fang).id)
    assert (fulfilled_in_month(2026, 9), fulfilled_in_month(2026, 10)) == (1, 2)
    undone.reopen(lin, "还没好", today())
    db.session.commit()
    assert fulfilled_in_month(2026, 10) == 1
    assert fulfilled_in_month(2026, 12) == 0
