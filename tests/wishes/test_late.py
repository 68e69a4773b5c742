"""A claim that runs out goes back on the wall, and the figures that count it."""

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import selectinload

from blueprints.households.actions import answer_consent
from blueprints.households.models import Resident
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import (
    claims_of,
    count_to_claim,
    fulfilled_in_month,
    may_hang,
    stands_in,
    stands_since,
    waiting_for_approval,
)
from blueprints.wishes.states import STATE_NAMES
from core.clock import today
from core.db import db
from core.notices import Notice
from tests.wishes.journeys import GRACE, column, told, whole

LAPSED = -timedelta(days=GRACE)
LATE = -timedelta(days=1)


def run(app: Flask, command: str) -> str:
    result = app.test_cli_runner().invoke(args=["wishes", command])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_nightly_command_releases_what_has_lapsed_and_nothing_else(
    app: Flask, fang: Any, wish: Any
) -> None:
    lapsed = wish("claimed", claimer=fang, until=today() + LAPSED)
    late = wish("claimed", claimer=fang, until=today() + LATE)
    done = wish("fulfilled", claimer=fang, until=today() + LAPSED)
    assert "1 个心愿" in run(app, "release-late")
    back = whole(lapsed.id)
    assert (back.state, back.claims[0].end_kind) == ("published", "late")
    assert whole(late.id).state == "claimed"
    assert whole(done.id).state == "fulfilled"


def test_a_second_night_changes_nothing(app: Flask, fang: Any, wish: Any) -> None:
    lapsed = wish("claimed", claimer=fang, until=today() + LAPSED)
    run(app, "release-late")
    once = whole(lapsed.id).version
    assert "0 个心愿" in run(app, "release-late")
    assert whole(lapsed.id).version == once
    assert told() == [("claim_lapsed", fang.id)]


def test_the_board_is_right_before_the_timer_has_come_by(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    lapsed = wish("claimed", claimer=fang, until=today() + LAPSED)
    client = browser(lin)
    page = client.get("/wishes").text
    assert "按摩仪" in column(page, "published")
    assert "退回过" in column(page, "published")
    assert "还没有人认领" in column(page, "claimed")
    assert count_to_claim() == 1
    assert claims_of(fang) == []
    assert client.send(f"/wishes/{lapsed.id}/claim").status_code == 303
    taken = whole(lapsed.id)
    assert (taken.claim.claimer_id, taken.claims[0].end_kind) == (lin.id, "late")
    assert ("claim_lapsed", fang.id) in told()


def test_a_claimed_wish_that_is_not_wanted_on_the_wall_never_lapses_onto_it(
    app: Flask, qin: Any, fang: Any, wish: Any, set_clock: Any
) -> None:
    claimed = wish("claimed", claimer=fang, until=today())
    resident = db.session.scalars(
        db.select(Resident).options(selectinload(Resident.consents))
    ).one()
    answer_consent(
        resident, kind="publish", answer="declined", form="spoken", given_on=today(), by=qin
    )
    db.session.commit()
    set_clock(today().year + 1, 1, 1, 10)
    run(app, "release-late")
    assert (count_to_claim(), whole(claimed.id).standing) == (0, "claimed")
    assert db.session.scalars(db.select(Wish).where(may_hang())).all() == []


def test_who_let_it_lapse_opens_the_door_no_more_but_is_still_heard(
    browser: Any, fang: Any, wish: Any
) -> None:
    lapsed = wish("claimed", claimer=fang, until=today() + LAPSED)
    client = browser(fang)
    assert client.send(f"/wishes/{lapsed.id}/door").status_code == 409
    assert client.send(f"/wishes/{lapsed.id}/fulfilment", {"note": "昨天送到了"}).status_code == 303
    assert whole(lapsed.id).state == "fulfilled"


def test_a_claim_is_reminded_of_once_before_it_is_due_and_once_when_it_is_late(
    app: Flask, fang: Any, lin: Any, wish: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 1, 10)
    found = whole(wish("claimed", claimer=fang, until=date(2026, 9, 10)).id)
    found.join(lin)
    db.session.commit()
    heard = []
    for day in range(6, 14):
        set_clock(2026, 9, day, 1)
        run(app, "remind")
        run(app, "remind")
        heard += [(day, kind) for kind, person in told() if person == fang.id]
        for notice in db.session.scalars(db.select(Notice)):
            notice.read()
        db.session.commit()
    assert heard == [(8, "claim_due_soon"), (11, "claim_late")]


def test_a_reminder_is_settled_by_saying_that_it_is_done(
    app: Flask, browser: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang, until=today() + timedelta(days=1))
    run(app, "remind")
    assert told() == [("claim_due_soon", fang.id)]
    browser(fang).send(f"/wishes/{found.id}/fulfilment", {"note": "送到了"})
    assert ("claim_due_soon", fang.id) not in told()


def test_what_one_promised_or_helps_with_is_listed_the_most_urgent_first(
    app: Flask, fang: Any, lin: Any, wish: Any
) -> None:
    soon = wish("claimed", claimer=fang, until=today())
    later = wish("claimed", claimer=fang, until=today() + timedelta(days=5))
    helped = whole(wish("claimed", claimer=lin, until=today() + timedelta(days=3)).id)
    helped.join(fang)
    db.session.commit()
    wish("fulfilled", claimer=fang)
    assert [claim.wish_id for claim in claims_of(fang)] == [soon.id, helped.id, later.id]


def test_what_waits_for_the_secretary_comes_oldest_first(app: Flask, wish: Any) -> None:
    new = wish("collected")
    old = wish("collected", since=today() - timedelta(days=3))
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
    undone.reopen(lin, "还没好", today(), GRACE)
    db.session.commit()
    assert fulfilled_in_month(2026, 10) == 1
    assert fulfilled_in_month(2026, 12) == 0


def test_the_database_and_the_object_agree_on_where_a_wish_stands(
    app: Flask, fang: Any, wish: Any
) -> None:
    for days in (-5, -GRACE, -1, 0, 5):
        wish("claimed", claimer=fang, until=today() + timedelta(days=days))
    for state in ("collected", "published", "fulfilled", "declined"):
        wish(state, claimer=fang)
    kept = whole(wish("claimed", claimer=fang, until=today() - timedelta(days=5)).id)
    kept.stay_with_its_claimer()
    db.session.commit()
    for state in STATE_NAMES:
        asked = db.select(Wish.id).where(stands_in(state))
        told_by_object = {w.id for w in db.session.scalars(db.select(Wish)) if w.standing == state}
        assert set(db.session.scalars(asked)) == told_by_object, state
    since = {id_: day for id_, day in db.session.execute(db.select(Wish.id, stands_since()))}
    assert since == {w.id: w.standing_since for w in db.session.scalars(db.select(Wish))}
