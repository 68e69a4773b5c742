"""Who means to come is told when a place comes free, when the plan moves, and when it is off."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.activities.models import Activity
from core.clock import local, now
from core.db import db
from core.notices import Notice
from tests import factories


@pytest.fixture
def full(browser: Any, lin: Any, fang: Any, gu: Any) -> Activity:
    """中秋晚会 tomorrow with one place: 林一舟 has it, 方晓禾 waits."""
    activity = factories.activity(
        "中秋晚会", by=gu, starts_at=now() + timedelta(days=1), capacity=1
    )
    for person in (lin, fang):
        browser(person).send(f"/activities/{activity.id}/signup")
    return activity


def told(person: Any) -> list[str]:
    db.session.rollback()
    found = db.select(Notice.kind).where(Notice.user_id == person.id).order_by(Notice.id)
    return list(db.session.scalars(found))


def plan(activity: Activity, **fields: str) -> dict[str, str]:
    begin, end = local(activity.starts_at), local(activity.ends_at)
    return {
        "title": activity.title,
        "kind": activity.kind,
        "day": begin.date().isoformat(),
        "begins": begin.strftime("%H:%M"),
        "ends": end.strftime("%H:%M"),
        "capacity": "1",
        "version": str(activity.version),
    } | fields


@pytest.fixture(autouse=True)
def in_the_morning(set_clock: Any) -> None:
    set_clock(2026, 9, 21, 9, 0)


def test_who_waited_is_told_when_a_place_comes_free(
    browser: Any, lin: Any, fang: Any, full: Activity
) -> None:
    page = browser(lin).get(f"/activities/{full.id}").text
    own = page.split("/signups/")[1].split("/")[0]
    browser(lin).send(f"/signups/{own}/withdrawal")
    assert (told(fang), told(lin)) == (["activity_place_free"], [])
    assert "您补上了名额" in browser(fang).get("/notices").text


def test_more_places_are_told_to_who_gets_one(
    browser: Any, lin: Any, fang: Any, gu: Any, full: Activity
) -> None:
    browser(gu).send(f"/activities/{full.id}/edit", plan(full, capacity="2"))
    assert (told(fang), told(lin)) == (["activity_place_free"], [])


def test_a_moved_plan_is_told_and_a_new_title_is_not(
    browser: Any, lin: Any, gu: Any, full: Activity
) -> None:
    client = browser(gu)
    client.send(f"/activities/{full.id}/edit", plan(full, title="中秋联欢"))
    assert told(lin) == []
    db.session.refresh(full)
    client.send(f"/activities/{full.id}/edit", plan(full, place="示2栋前"))
    assert told(lin) == ["activity_moved"]


def test_what_is_called_off_is_told_but_not_to_who_did_it(
    browser: Any, lin: Any, fang: Any, gu: Any, full: Activity
) -> None:
    browser(gu).send(f"/activities/{full.id}/signup")
    browser(gu).send(f"/activities/{full.id}/cancellation")
    assert (told(lin), told(fang), told(gu)) == (["activity_cancelled"], ["activity_cancelled"], [])


def test_a_late_record_is_asked_for_once_and_not_after_it_is_complete(
    app: Any, browser: Any, lin: Any, gu: Any
) -> None:
    leader = factories.volunteer("林一舟", user=lin)
    held = factories.activity(by=gu, leader_id=leader.id, starts_at=now() - timedelta(days=40))
    for _night in range(2):
        app.test_cli_runner().invoke(args=["activities", "tell-late"])
    assert (told(lin), told(gu)) == (["activity_late"], [])
    client = browser(lin)
    client.send(
        f"/activities/{held.id}/attendance",
        {
            "version": "1",
            "rows-0-volunteer_id": str(leader.id),
            "rows-0-present": "y",
            "rows-0-minutes": "60",
            "rows-0-on_duty": "y",
        },
    )
    db.session.rollback()
    assert db.session.query(Notice).one().read_at is not None


def test_hours_that_were_decided_are_told_to_whose_they_are(
    browser: Any, lin: Any, qin: Any, gu: Any
) -> None:
    own = factories.volunteer("林一舟", user=lin)
    first, second = (factories.service_entry(own, by=gu) for _line in range(2))
    client = browser(qin)
    client.send(f"/hours/{first.id}/confirmation", {"decision": "confirm"})
    client.send(f"/hours/{second.id}/confirmation", {"decision": "reject", "reason": "上班"})
    assert (told(lin), told(gu)) == (["hours_confirmed", "hours_rejected"], ["hours_rejected"])
    assert "时长被秦若川退回了" in browser(lin).get("/notices").text
