"""What comes every week is planned ahead; one day is changed or called off without the others."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.activities.models import Activity
from blueprints.activities.series import ActivitySeries, TooManyOccurrences
from core.clock import local
from core.db import db
from tests import factories

PLAN = {
    "title": "示5栋每周清扫",
    "kind": "cleaning",
    "day": "2026-09-05",
    "begins": "08:00",
    "ends": "09:00",
    "place": "示5栋楼道",
    "repeats": "week",
    "until": "2026-09-26",
}


@pytest.fixture
def weekly(browser: Any, qin: Any, set_clock: Any) -> Any:
    """The secretary's browser, with a clean-up on four Saturdays of September 2026."""
    set_clock(2026, 9, 1, 9, 0)
    client = browser(qin)
    assert client.send("/activities/new", PLAN).status_code == 303
    return client


def days() -> list[Activity]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Activity).order_by(Activity.series_day)))


def change(client: Any, activity: Activity, **fields: str) -> Any:
    day = local(activity.starts_at)
    kept = {
        "title": activity.title,
        "kind": activity.kind,
        "place": activity.place,
        "day": activity.day.isoformat(),
        "begins": day.strftime("%H:%M"),
        "ends": local(activity.ends_at).strftime("%H:%M"),
        "version": str(activity.version),
    }
    answer = client.send(f"/activities/{activity.id}/edit", kept | fields)
    assert answer.status_code == 303, answer.text


def test_every_saturday_is_planned_at_once(weekly: Any) -> None:
    assert [activity.day.day for activity in days()] == [5, 12, 19, 26]
    assert {activity.planned_minutes for activity in days()} == {60}
    assert "每周，排到9月26日" in weekly.get(f"/activities/{days()[0].id}").text


def test_one_day_is_changed_alone(weekly: Any) -> None:
    change(weekly, days()[1], day="2026-09-13", begins="15:00", ends="16:00", scope="one")
    assert [activity.day.day for activity in days()] == [5, 13, 19, 26]
    assert [local(activity.starts_at).hour for activity in days()] == [8, 15, 8, 8]


def test_a_change_from_one_day_on_leaves_what_was_changed_before(weekly: Any) -> None:
    change(weekly, days()[2], place="示6栋楼道", scope="one")
    change(weekly, days()[1], begins="07:30", title="示5栋清扫", scope="later")
    assert [local(activity.starts_at).strftime("%H:%M") for activity in days()] == [
        "08:00", "07:30", "07:30", "07:30",
    ]  # fmt: skip
    assert [activity.place for activity in days()][1:] == ["示5栋楼道", "示6栋楼道", "示5栋楼道"]
    assert [activity.title for activity in days()] == ["示5栋每周清扫"] + ["示5栋清扫"] * 3


def test_moving_the_day_moves_the_later_ones_as_far(weekly: Any) -> None:
    change(weekly, days()[1], day="2026-09-13", scope="later")
    assert [activity.day.day for activity in days()] == [5, 13, 20, 27]


def test_one_day_is_called_off_alone_or_with_those_after_it(weekly: Any) -> None:
    weekly.send(f"/activities/{days()[0].id}/cancellation", {"scope": "one"})
    assert [activity.state for activity in days()] == ["cancelled"] + ["planned"] * 3
    weekly.send(f"/activities/{days()[2].id}/cancellation", {"scope": "later"})
    assert [activity.state for activity in days()] == [
        "cancelled", "planned", "cancelled", "cancelled",
    ]  # fmt: skip


def test_a_held_day_stays_when_the_later_ones_are_called_off(
    weekly: Any, browser: Any, gu: Any, set_clock: Any
) -> None:
    last = days()[3]
    set_clock(2026, 9, 26, 10, 0)
    last.state = "held"
    factories.attendance(last, factories.volunteer("单守信"))
    browser(gu).send(f"/activities/{days()[2].id}/cancellation", {"scope": "later"})
    assert [activity.state for activity in days()][2:] == ["cancelled", "held"]


def test_a_series_is_made_longer_from_its_last_day(weekly: Any) -> None:
    path = f"/activities/{days()[3].id}/extension"
    answer = weekly.send(path, {"until": "2026-10-10"}, follow_redirects=True)
    assert "又排了 2 场" in answer.text
    assert [activity.day.isoformat() for activity in days()][4:] == ["2026-10-03", "2026-10-10"]
    again = weekly.send(path, {"until": "2026-10-10"})
    assert again.status_code == 422 and "已经排到那天以后了" in again.text
    endless = weekly.send(path, {"until": "2036-09-05"})
    assert endless.status_code == 422 and "最多排 53 场" in endless.text
    assert "现在排到10月10日" in endless.text
    assert len(days()) == 6


def test_a_series_needs_a_last_day_and_has_at_most_a_year_of_weeks(browser: Any, qin: Any) -> None:
    client = browser(qin)
    none = client.send("/activities/new", PLAN | {"until": ""})
    assert none.status_code == 422 and "请填排到哪天" in none.text
    early = client.send("/activities/new", PLAN | {"until": "2026-09-05"})
    assert early.status_code == 422 and "要比第一场晚" in early.text
    endless = client.send("/activities/new", PLAN | {"until": "2036-09-05"})
    assert endless.status_code == 422 and "最多排 53 场" in endless.text
    assert PLAN["title"] in endless.text
    assert days() == []


def test_the_list_shows_the_days_soon_to_come_and_the_next_one(
    browser: Any, qin: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 1, 9, 0)
    client = browser(qin)
    client.send("/activities/new", PLAN | {"until": "2026-12-26"})
    monthly = PLAN | {"title": "每月读报", "repeats": "month", "day": "2026-10-09"}
    client.send("/activities/new", monthly | {"until": "2026-12-26"})
    listed = client.get("/activities").text.split("<main")[1]
    assert listed.count("示5栋每周清扫") == 2
    assert listed.count("每月读报") == 1
    series = client.get(f"/activities?series={days()[0].series_id}").text.split("<main")[1]
    assert series.count('class="go title"') == 17


@given(
    first=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    every=st.sampled_from(["week", "fortnight", "month"]),
    span=st.integers(0, 360),
    more=st.integers(1, 360),
)
def test_the_days_of_a_series_are_regular_and_never_made_twice(
    first: date, every: str, span: int, more: int
) -> None:
    series = ActivitySeries(every=every, first_on=first, until=first + timedelta(days=span))
    made = [first, *series.days_after(first)]
    try:
        made += series.extend(first + timedelta(days=span + more))
    except TooManyOccurrences:
        return
    assert made == sorted(set(made)) and made[-1] <= series.until
    gaps = {(later - earlier).days for earlier, later in pairwise(made)}
    assert gaps <= {"week": {7}, "fortnight": {14}, "month": set(range(28, 32))}[every]
    assert every == "month" or len({day.weekday() for day in made}) == 1
