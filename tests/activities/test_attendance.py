"""Who came: noted in minutes, sent to the ledger once; paid duty is noted and never counted."""

import io
from datetime import timedelta
from typing import Any

import pytest

from blueprints.activities.models import Activity, Attendance
from blueprints.activities.queries import MonthMinutes, minutes_of
from blueprints.teams.models import ServiceEntry, Team, Volunteer
from blueprints.teams.queries import minutes_total
from core.clock import now, today
from core.db import db
from core.photos import Photo, photo_folder
from tests import factories


def rows(activity: Activity, *people: tuple[Volunteer, str, bool]) -> dict[str, Any]:
    """The sign-in list as a browser sends it: (person, minutes or "", on duty)."""
    fields: dict[str, Any] = {"version": str(activity.version), "names": ""}
    for number, (person, minutes, on_duty) in enumerate(people):
        fields |= {f"rows-{number}-volunteer_id": person.id, f"rows-{number}-minutes": minutes}
        fields |= {f"rows-{number}-present": "y"} if minutes else {}
        fields |= {f"rows-{number}-on_duty": "y"} if on_duty else {}
    return fields


def note(client: Any, activity: Activity, *people: Any, **more: Any) -> Any:
    return client.send(f"/activities/{activity.id}/attendance", rows(activity, *people) | more)


def noted() -> list[tuple[str, int, bool]]:
    found = db.session.execute(
        db.select(Volunteer.name, Attendance.minutes, Attendance.on_duty)
        .join(Attendance, Attendance.volunteer_id == Volunteer.id)
        .order_by(Attendance.id)
    )
    return [tuple(row) for row in found]


@pytest.fixture
def shan(app: Any) -> Volunteer:
    return factories.volunteer("单守信", of=factories.team())


@pytest.fixture
def activity(shan: Volunteer, gu: Any) -> Activity:
    """An activity of 爱心服务队 with its one member, 单守信."""
    return factories.activity(team=db.session.query(Team).one(), by=gu)


def test_the_teams_members_are_ticked_with_the_planned_time(
    browser: Any, qin: Any, activity: Activity
) -> None:
    page = browser(qin).get(f"/activities/{activity.id}/attendance").text
    assert "单守信" in page and 'value="120"' in page
    assert 'name="rows-0-present" id="rows-0-present" value="y" checked' in page


def test_the_list_says_who_came_and_for_how_long(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer, lin: Any
) -> None:
    student = factories.volunteer("林一舟", user=lin)
    assert (
        note(browser(qin), activity, (shan, "90", False), (student, "120", True)).status_code == 303
    )
    assert noted() == [("单守信", 90, False), ("林一舟", 120, True)]


def test_who_did_not_come_is_not_noted(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    note(browser(qin), activity, (shan, "", False), names="翟贵生")
    assert noted() == [("翟贵生", 120, False)]


def test_people_nobody_knew_are_registered_and_known_ones_are_not(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.volunteer("翟贵生")
    note(browser(qin), activity, (shan, "60", False), names="翟贵生、欧阳秀\n单守信")
    assert [name for name, *_rest in noted()] == ["单守信", "翟贵生", "欧阳秀"]
    assert db.session.query(Volunteer).count() == 3


def test_of_two_with_one_name_the_right_one_is_ticked(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    dancer = factories.volunteer("翟贵生", of=factories.team("夕阳红舞蹈队", "arts"))
    factories.volunteer("翟贵生")
    asked = note(browser(qin), activity, (shan, "60", False), names="翟贵生")
    assert asked.status_code == 422
    assert "几位同名" in asked.text and "夕阳红舞蹈队" in asked.text
    assert noted() == []
    note(browser(qin), activity, (shan, "60", False), (dancer, "45", False))
    assert noted() == [("单守信", 60, False), ("翟贵生", 45, False)]


@pytest.mark.parametrize("minutes", ["0", "1441", "半天"])
def test_impossible_minutes_are_told_beside_the_person(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer, minutes: str
) -> None:
    answer = note(browser(qin), activity, (shan, minutes, False), names="翟贵生")
    assert answer.status_code == 422
    assert 'href="#rows-0-minutes"' in answer.text and "翟贵生" in answer.text


def test_nobody_is_noted_before_it_began(browser: Any, qin: Any, shan: Volunteer) -> None:
    tomorrow = factories.activity(starts_at=now() + timedelta(days=1))
    answer = note(browser(qin), tomorrow, (shan, "60", False))
    assert answer.status_code == 409 and "还没开始" in answer.text


def test_two_leaders_with_the_same_list_do_not_overwrite_each_other(
    browser: Any, qin: Any, gu: Any, activity: Activity, shan: Volunteer
) -> None:
    first, second = rows(activity, (shan, "60", False)), rows(activity, (shan, "30", False))
    path = f"/activities/{activity.id}/attendance"
    assert browser(qin).send(path, first).status_code == 303
    stale = browser(gu).send(path, second)
    assert stale.status_code == 409
    assert "1 小时" in stale.text and "30 分" in stale.text
    assert noted() == [("单守信", 60, False)]


def test_hours_are_sent_once_however_often_it_is_pressed(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.attendance(activity, shan, 90)
    client = browser(qin)
    path = f"/activities/{activity.id}/proposal"
    assert "送去了 1 条" in client.send(path, follow_redirects=True).text
    assert "没有新的时长要送" in client.send(path, follow_redirects=True).text
    entry = db.session.query(ServiceEntry).one()
    assert (entry.minutes, entry.what, entry.state) == (90, activity.title, "proposed")
    assert entry.served_on == activity.day
    assert db.session.query(Attendance).one().entry_id == entry.id
    assert f"/hours/{entry.id}" in client.get(f"/activities/{activity.id}").text


def test_paid_duty_is_noted_and_proposes_no_hours(
    browser: Any, qin: Any, activity: Activity, lin: Any
) -> None:
    student = factories.volunteer("林一舟", user=lin)
    factories.attendance(activity, student, 120, on_duty=True)
    client = browser(qin)
    client.send(f"/activities/{activity.id}/proposal")
    assert db.session.query(ServiceEntry).count() == 0
    page = client.get(f"/activities/{activity.id}").text
    assert "在岗是上班时间，只记到场，不算志愿时长" in page
    assert minutes_of(lin, today()) == MonthMinutes(confirmed=0, proposed=0, on_duty=120)


def test_a_late_comer_is_sent_later_and_the_first_stay_as_they_are(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.attendance(activity, shan, 90)
    client = browser(qin)
    client.send(f"/activities/{activity.id}/proposal")
    db.session.expire_all()
    page = client.get(f"/activities/{activity.id}/attendance").text
    assert "已送去确认的" in page and "rows-0" not in page
    note(client, activity, names="翟贵生")
    client.send(f"/activities/{activity.id}/proposal")
    assert sorted(entry.minutes for entry in db.session.query(ServiceEntry)) == [90, 120]


def test_what_went_to_the_ledger_cannot_be_changed_on_the_list(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.attendance(activity, shan, 90)
    client = browser(qin)
    client.send(f"/activities/{activity.id}/proposal")
    db.session.expire_all()
    assert note(client, activity, (shan, "600", False)).status_code == 303
    assert noted() == [("单守信", 90, False)]


def test_what_was_refused_is_mended_on_the_list_and_sent_again(
    browser: Any, qin: Any, gu: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.attendance(activity, shan, 240)
    leader = browser(gu)
    leader.send(f"/activities/{activity.id}/proposal")
    entry = db.session.query(ServiceEntry).one()
    refusal = {"decision": "reject", "reason": "中午休息了"}
    browser(qin).send(f"/hours/{entry.id}/confirmation", refusal)
    assert "被退回：中午休息了" in leader.get(f"/activities/{activity.id}/attendance").text
    db.session.refresh(activity)
    note(leader, activity, (shan, "180", False))
    assert (
        "送去了 1 条"
        in leader.send(f"/activities/{activity.id}/proposal", follow_redirects=True).text
    )
    lines = db.session.query(ServiceEntry).order_by(ServiceEntry.id).all()
    assert [(line.minutes, line.state) for line in lines] == [(240, "rejected"), (180, "proposed")]


def test_the_record_is_complete_when_nothing_waits_to_be_sent(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    client = browser(qin)
    note(client, activity, (shan, "90", False))
    db.session.refresh(activity)
    assert (activity.state, activity.recorded_on) == ("held", None)
    client.send(f"/activities/{activity.id}/proposal")
    db.session.refresh(activity)
    assert activity.recorded_on == today()


def test_a_list_of_nothing_but_paid_duty_is_complete_at_once(
    browser: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    note(browser(qin), activity, (shan, "90", True))
    db.session.refresh(activity)
    assert activity.recorded_on == today()


def test_from_the_plan_to_the_ledger_by_two_people(
    browser: Any, lin: Any, qin: Any, activity: Activity, shan: Volunteer
) -> None:
    factories.leader(lin, db.session.query(Team).one())
    leader = browser(lin)
    note(leader, activity, (shan, "75", False))
    leader.send(f"/activities/{activity.id}/proposal")
    entry = db.session.query(ServiceEntry).one()
    confirmation = f"/hours/{entry.id}/confirmation"
    assert leader.send(confirmation, {"decision": "confirm"}).status_code == 409
    assert browser(qin).send(confirmation, {"decision": "confirm"}).status_code == 303
    assert minutes_total(shan.id, kind="activity") == 75


def test_a_photo_is_kept_and_served_to_who_may_see_it(
    browser: Any, qin: Any, lin: Any, shen: Any, activity: Activity
) -> None:
    data = {"version": str(activity.version), "write_up": "来了很多人"}
    path = f"/activities/{activity.id}/record"
    answer = browser(qin).send(path, data | {"photos": factories.picture()})
    assert answer.status_code == 303
    photo = db.session.query(Photo).one()
    url = f"/activities/{activity.id}/photos/{photo.id}"
    assert "来了很多人" in browser(qin).get(answer.location).text
    seen = browser(lin).get(url)
    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert seen.headers["Cache-Control"] == "no-store"
    assert browser(lin).get(f"{url}?small=1").status_code == 200
    assert browser(shen).get(url).status_code == 404
    other = factories.activity("别的活动", by=qin)
    assert browser(qin).get(f"/activities/{other.id}/photos/{photo.id}").status_code == 404


def test_a_photo_is_taken_out_again_and_its_file_goes(
    browser: Any, qin: Any, activity: Activity
) -> None:
    path = f"/activities/{activity.id}/record"
    client = browser(qin)
    client.send(path, {"version": str(activity.version), "photos": factories.picture()})
    photo = db.session.query(Photo).one()
    db.session.refresh(activity)
    assert f"/photos/{photo.id}?small=1" in client.get(path).text
    client.send(path, {"version": str(activity.version), "drop_photos": photo.id})
    assert db.session.query(Photo).count() == 0
    assert not list(photo_folder().glob("*.jpg"))


def test_a_file_that_is_no_photo_is_refused_by_name_and_the_words_stay(
    browser: Any, qin: Any, activity: Activity
) -> None:
    files = [factories.picture(), (io.BytesIO(b"<!doctype html>"), "假的.jpg")]
    data = {"version": str(activity.version), "write_up": "来了很多人", "photos": files}
    answer = browser(qin).send(f"/activities/{activity.id}/record", data)
    assert answer.status_code == 422
    assert "假的.jpg" in answer.text and "来了很多人" in answer.text
    assert db.session.query(Photo).count() == 0
    assert not list(photo_folder().glob("*.jpg"))
