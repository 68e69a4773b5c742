"""Activities: planned by who may, called off, overdue when the record is late."""

from datetime import datetime
from typing import Any

import pytest

from blueprints.activities.models import Activity
from blueprints.activities.queries import count_overdue
from core.clock import SHANGHAI
from core.db import db
from core.settings import change_setting
from tests import factories


def plan(**more: Any) -> dict[str, Any]:
    return {
        "title": "爱国卫生日",
        "kind": "cleaning",
        "day": "2026-09-18",
        "begins": "09:00",
        "ends": "11:00",
        "place": "示5栋楼下",
    } | more


def test_the_secretary_plans_an_activity(browser: Any, qin: Any) -> None:
    answer = browser(qin).send("/activities/new", plan())
    assert answer.status_code == 303
    page = browser(qin).get(answer.location).text
    assert "爱国卫生日" in page and "09:00–11:00" in page and "示5栋楼下" in page
    assert db.session.query(Activity).one().planned_minutes == 120


def test_an_end_before_the_beginning_is_refused(browser: Any, qin: Any) -> None:
    answer = browser(qin).send("/activities/new", plan(ends="08:00"))
    assert answer.status_code == 422
    assert "结束要晚于开始" in answer.text and "示5栋楼下" in answer.text


def test_a_leader_plans_for_the_own_team_only(browser: Any, lin: Any) -> None:
    mine, other = factories.team(), factories.team("保洁服务队", "cleaning")
    factories.leader(lin, mine)
    client = browser(lin)
    assert client.send("/activities/new", plan(team_id=mine.id)).status_code == 303
    assert client.send("/activities/new", plan(team_id=other.id)).status_code == 422
    none = client.send("/activities/new", plan())
    assert none.status_code == 422 and "请选您带的队伍" in none.text


def test_a_student_who_leads_nothing_plans_nothing(browser: Any, lin: Any) -> None:
    assert browser(lin).get("/activities/new").status_code == 403


def test_who_created_an_activity_keeps_it(browser: Any, lin: Any, fang: Any) -> None:
    activity = factories.activity(by=lin)
    assert browser(lin).get(f"/activities/{activity.id}/edit").status_code == 200
    assert browser(fang).get(f"/activities/{activity.id}/edit").status_code == 403


def test_who_answers_for_an_activity_keeps_it(browser: Any, lin: Any, qin: Any) -> None:
    leader = factories.volunteer("林一舟", user=lin)
    activity = factories.activity(by=qin, leader_id=leader.id)
    assert browser(lin).get(f"/activities/{activity.id}/attendance").status_code == 200


def test_a_stale_plan_is_told_and_nothing_is_overwritten(browser: Any, qin: Any) -> None:
    activity = factories.activity(by=qin)
    client = browser(qin)
    fields = plan(version="1")
    assert client.send(f"/activities/{activity.id}/edit", fields).status_code == 303
    stale = client.send(f"/activities/{activity.id}/edit", fields | {"begins": "10:00"})
    assert stale.status_code == 409
    assert "10:00" in stale.text and "09:00" in stale.text


def test_what_is_coming_and_what_is_over_are_told_apart(
    browser: Any, qin: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 21, 10, 0)
    for title, day in (("中秋晚会", 25), ("义剪", 12)):
        factories.activity(title, starts_at=datetime(2026, 9, day, 9, tzinfo=SHANGHAI))
    client = browser(qin)
    coming, over = client.get("/activities").text, client.get("/activities?when=past").text
    listed = coming.split("<main")[1]
    assert "中秋晚会" in listed and "义剪" not in listed
    assert "义剪" in over and "中秋晚会" not in over


def test_a_cancelled_activity_stays_in_the_list(browser: Any, qin: Any) -> None:
    activity = factories.activity(by=qin)
    assert browser(qin).send(f"/activities/{activity.id}/cancellation").status_code == 303
    assert "取消" in browser(qin).get("/activities?when=past").text
    assert "这一场取消了" in browser(qin).get(f"/activities/{activity.id}").text
    assert browser(qin).get(f"/activities/{activity.id}/attendance").status_code == 409


def test_an_activity_that_people_came_to_cannot_be_cancelled(browser: Any, qin: Any) -> None:
    activity = factories.activity(by=qin)
    factories.attendance(activity, factories.volunteer("单守信"))
    answer = browser(qin).send(f"/activities/{activity.id}/cancellation")
    assert answer.status_code == 409 and "已经记了到场" in answer.text


@pytest.mark.parametrize(
    ("day", "holidays", "late"),
    [(2, [], False), (3, [], True), (5, ["2026-09-25"], False), (6, ["2026-09-25"], True)],
)
def test_a_record_is_overdue_after_ten_working_days(
    browser: Any, qin: Any, set_clock: Any, day: int, holidays: list[str], late: bool
) -> None:
    # Held on Friday, 18 September: ten working days later is Friday, 2 October.
    activity = factories.activity(starts_at=datetime(2026, 9, 18, 9, tzinfo=SHANGHAI))
    change_setting("holidays", holidays)
    change_setting("workdays", [])
    db.session.commit()
    set_clock(2026, 10, day, 9, 0)
    client = browser(qin)
    assert ("记录超期了" in client.get(f"/activities/{activity.id}").text) is late
    assert ('id="h-overdue"' in client.get("/activities").text) is late
    assert count_overdue(qin) == int(late)


def test_the_list_costs_the_same_with_many(browser: Any, qin: Any, queries: Any) -> None:
    client = browser(qin)
    factories.activity(team=factories.team())
    client.get("/activities?when=past")
    with queries() as few:
        client.get("/activities?when=past")
    for number in range(20):
        factories.activity(f"活动{number}", team=factories.team(f"第{number}队"))
    with queries() as many:
        client.get("/activities?when=past")
    assert len(many) == len(few)
