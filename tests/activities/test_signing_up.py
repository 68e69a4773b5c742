"""Signing up: places go in the order people asked; who withdraws makes room for the next."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.queries import in_full
from blueprints.teams.models import Volunteer
from core.clock import local, now
from core.db import db
from tests import factories


@pytest.fixture
def activity(app: Any, gu: Any) -> Activity:
    """中秋晚会 tomorrow, for as many as like to come."""
    return factories.activity("中秋晚会", by=gu, starts_at=now() + timedelta(days=1))


def whole(activity: Activity) -> Activity:
    statement = in_full(db.select(Activity).where(Activity.id == activity.id))
    return db.session.scalars(statement.execution_options(populate_existing=True)).unique().one()


def coming(activity: Activity) -> list[str]:
    return [signup.volunteer.name for signup in whole(activity).coming]


def waiting(activity: Activity) -> list[str]:
    return [signup.volunteer.name for signup in whole(activity).waiting]


def test_a_student_signs_up_and_is_on_the_list(browser: Any, lin: Any, activity: Activity) -> None:
    client = browser(lin)
    answer = client.send(f"/activities/{activity.id}/signup", follow_redirects=True)
    assert "报好名了" in answer.text and "林一舟" in answer.text.split("谁报名了")[1]
    assert coming(activity) == ["林一舟"]
    listed = client.get("/activities").text
    assert "报名 1 人" in listed and "我报名了" in listed


def test_only_ones_own_signing_up_is_marked_in_the_list(
    browser: Any, lin: Any, fang: Any, activity: Activity
) -> None:
    browser(lin).send(f"/activities/{activity.id}/signup")
    listed = browser(fang).get("/activities").text
    assert "报名 1 人" in listed and "我报名了" not in listed


def test_signing_up_twice_is_told_and_counts_once(
    browser: Any, lin: Any, activity: Activity
) -> None:
    client = browser(lin)
    client.send(f"/activities/{activity.id}/signup")
    again = client.send(f"/activities/{activity.id}/signup")
    assert again.status_code == 409 and "已经报过名了" in again.text
    assert coming(activity) == ["林一舟"]


def test_who_comes_after_the_last_place_waits_and_moves_up(
    browser: Any, lin: Any, fang: Any, qin: Any, activity: Activity
) -> None:
    activity.capacity = 1
    db.session.commit()
    for person in (lin, fang, qin):
        last = browser(person).send(f"/activities/{activity.id}/signup", follow_redirects=True)
    assert "排在候补第 2 位" in last.text
    assert (coming(activity), waiting(activity)) == (["林一舟"], ["方晓禾", "秦若川"])
    own = whole(activity).signup_of(lin.id)
    assert browser(lin).send(f"/signups/{own.id}/withdrawal").status_code == 303
    assert (coming(activity), waiting(activity)) == (["方晓禾"], ["秦若川"])


def test_who_withdrew_and_asks_again_goes_to_the_end(
    browser: Any, lin: Any, fang: Any, activity: Activity
) -> None:
    for person in (lin, fang):
        browser(person).send(f"/activities/{activity.id}/signup")
    browser(lin).send(f"/signups/{whole(activity).signup_of(lin.id).id}/withdrawal")
    browser(lin).send(f"/activities/{activity.id}/signup")
    assert coming(activity) == ["方晓禾", "林一舟"]


def test_nobody_withdraws_somebody_else(
    browser: Any, lin: Any, fang: Any, activity: Activity
) -> None:
    browser(lin).send(f"/activities/{activity.id}/signup")
    own = whole(activity).signup_of(lin.id)
    assert browser(fang).send(f"/signups/{own.id}/withdrawal").status_code == 403
    assert coming(activity) == ["林一舟"]


def test_the_leader_signs_up_a_neighbour_who_has_no_account(
    browser: Any, lin: Any, fang: Any, activity: Activity
) -> None:
    activity.leader_id = factories.volunteer("林一舟", user=lin).id
    db.session.commit()
    factories.volunteer("单守信")
    path = f"/activities/{activity.id}/signups"
    assert browser(lin).send(path, {"name": "单守信"}).status_code == 303
    assert browser(lin).send(path, {"name": "欧阳秀"}).status_code == 303
    assert coming(activity) == ["单守信", "欧阳秀"]
    assert db.session.query(Volunteer).filter_by(name="单守信").count() == 1
    assert browser(fang).send(path, {"name": "单守信"}).status_code == 403


def test_of_two_with_one_name_the_form_asks_which(
    browser: Any, qin: Any, activity: Activity
) -> None:
    factories.volunteer("翟贵生")
    dancer = factories.volunteer("翟贵生", of=factories.team("夕阳红舞蹈队", "arts"))
    path = f"/activities/{activity.id}/signups"
    asked = browser(qin).send(path, {"name": "翟贵生"})
    assert asked.status_code == 422 and "夕阳红舞蹈队" in asked.text
    browser(qin).send(path, {"name": "翟贵生", "which": str(dancer.id)})
    assert [signup.volunteer_id for signup in whole(activity).coming] == [dancer.id]


def test_what_has_begun_or_is_cancelled_takes_nobody(browser: Any, lin: Any, qin: Any) -> None:
    begun = factories.activity()
    assert browser(lin).send(f"/activities/{begun.id}/signup").status_code == 409
    coming_one = factories.activity(by=qin, starts_at=now() + timedelta(days=1))
    browser(qin).send(f"/activities/{coming_one.id}/cancellation")
    answer = browser(lin).send(f"/activities/{coming_one.id}/signup")
    assert answer.status_code == 409 and "不能再报名" in answer.text
    assert "我要参加" not in browser(lin).get(f"/activities/{coming_one.id}").text


def test_on_the_day_the_list_ticks_who_signed_up(
    browser: Any, lin: Any, qin: Any, activity: Activity, set_clock: Any
) -> None:
    team = factories.team()
    activity.team_id = team.id
    factories.volunteer("单守信", of=team)
    db.session.commit()
    browser(lin).send(f"/activities/{activity.id}/signup")
    begin = local(whole(activity).starts_at) + timedelta(minutes=5)
    set_clock(begin.year, begin.month, begin.day, begin.hour, begin.minute)
    page = browser(qin).get(f"/activities/{activity.id}/attendance").text
    ticked = {
        name
        for row in page.split('class="decide"')[1:]
        for name in ("林一舟", "单守信")
        if name in row and "checked" in row.split("-minutes")[0]
    }
    assert ticked == {"林一舟"}


def test_the_page_costs_the_same_with_many(
    browser: Any, qin: Any, activity: Activity, queries: Any
) -> None:
    client = browser(qin)
    path = f"/activities/{activity.id}"
    client.send(f"{path}/signups", {"name": "单守信"})
    client.get(path)
    with queries() as few:
        client.get(path)
    for number in range(20):
        person = factories.volunteer(f"人{number}")
        factories.saved(
            Signup(activity_id=activity.id, volunteer_id=person.id, signed_up_by_id=qin.id)
        )
    with queries() as many:
        client.get(path)
    assert len(many) == len(few)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    capacity=st.none() | st.integers(1, 4),
    events=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=25),
)
def test_no_order_of_events_gives_a_place_out_of_turn(
    capacity: int | None, events: list[tuple[bool, int]]
) -> None:
    activity = Activity(capacity=capacity, state="planned", starts_at=now() + timedelta(days=1))
    queue: list[int] = []
    for joins, person in events:
        current = {signup.volunteer_id: signup for signup in activity.signed_up}
        if joins and person not in current:
            activity.signups.append(Signup(volunteer_id=person))
            queue.append(person)
        elif not joins and person in current:
            current[person].withdraw()
            queue.remove(person)
    places = queue if capacity is None else queue[:capacity]
    assert [signup.volunteer_id for signup in activity.coming] == places
    assert [signup.volunteer_id for signup in activity.waiting] == queue[len(places) :]
