"""What one has said yes to, an activity or a wish, stands on the first page and in the calendar."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import blueprints.teams.queries as teams
from blueprints.activities.days import own_soon
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.queries import in_full
from core.clock import SHANGHAI, now, today
from core.db import db
from tests import factories
from tests.home.pages import section
from tests.visits.conftest import QueryCounter
from tests.wishes.journeys import wish_that_is


@pytest.fixture
def party(app: Any, gu: Any) -> Activity:
    """中秋晚会 in two days at half past two."""
    begin = now().astimezone(SHANGHAI).replace(hour=14, minute=30, second=0)
    begin += timedelta(days=2)
    return factories.activity("中秋晚会", by=gu, starts_at=begin, place="架空层", capacity=1)


def feed(client: Any, stranger: Any) -> str:
    page = client.get(client.send("/calendar/link").location).text
    path = re.search(r'value="http://[^/]+(/calendar/[^"]+\.ics)"', page)[1]
    return stranger.get(path).text.replace("\r\n ", "")


def month_of(day: Any) -> str:
    return f"/calendar?month={day:%Y-%m}"


def test_an_activity_one_signed_up_for_is_on_the_first_page_the_calendar_and_the_feed(
    browser: Any, lin: Any, party: Activity
) -> None:
    student = browser(lin)
    assert "中秋晚会" not in student.get("/").text
    student.send(f"/activities/{party.id}/signup")
    days = section(student.get("/").text, "h-days")
    assert "中秋晚会" in days and "14:30" in days and f"/activities/{party.id}" in days
    assert "14:30 中秋晚会" in student.get(month_of(party.day)).text
    text = feed(student, browser())
    assert "SUMMARY:中秋晚会" in text
    assert f"DTSTART:{party.starts_at:%Y%m%d}T063000Z" in text


def test_who_only_waits_for_a_place_is_not_told_to_come(
    browser: Any, lin: Any, fang: Any, party: Activity
) -> None:
    first, second = browser(lin), browser(fang)
    for student in (first, second):
        student.send(f"/activities/{party.id}/signup")
    assert "中秋晚会" not in second.get("/").text
    assert "中秋晚会" not in second.get(month_of(party.day)).text
    assert "中秋晚会" not in feed(second, browser())
    own = db.session.scalars(db.select(Signup).order_by(Signup.id)).first()
    first.send(f"/signups/{own.id}/withdrawal")
    assert "中秋晚会" in second.get(month_of(party.day)).text
    assert "中秋晚会" not in first.get(month_of(party.day)).text


def test_what_was_called_off_or_is_over_is_gone_from_the_first_page(
    browser: Any, lin: Any, party: Activity, gu: Any
) -> None:
    student = browser(lin)
    student.send(f"/activities/{party.id}/signup")
    db.session.get_one(Activity, party.id).state = "cancelled"
    db.session.commit()
    assert "中秋晚会" not in student.get("/").text
    assert "中秋晚会" not in student.get(month_of(party.day)).text


def test_whoever_answers_for_an_activity_finds_it_on_the_own_days(
    browser: Any, lin: Any, party: Activity
) -> None:
    leader = factories.volunteer("林一舟", user=lin)
    db.session.get_one(Activity, party.id).leader_id = leader.id
    db.session.commit()
    assert "中秋晚会" in section(browser(lin).get("/").text, "h-days")


def test_a_claimed_wish_stands_on_its_day_and_the_feed_only_counts_it(
    browser: Any, lin: Any, qin: Any, app: Any
) -> None:
    home = factories.household(factories.room(factories.building(factories.estate())))
    due = today() + timedelta(days=4)
    wish = wish_that_is("claimed", home, qin, lin, due, what="老花镜一副")
    student = browser(lin)
    page = student.get(month_of(due)).text
    assert "心愿“老花镜一副”要办好" in page
    assert f"/wishes/{wish.id}" in page
    text = feed(student, browser())
    assert "SUMMARY:认领的心愿 1 个要办好" in text
    for secret in ("老花镜", "祝", "301", "示2栋"):
        assert secret not in text


def test_the_calendar_asks_no_more_for_more_activities_and_wishes(
    browser: Any, lin: Any, gu: Any, qin: Any
) -> None:
    home = factories.household(factories.room(factories.building(factories.estate())))
    student, counts = browser(lin), []
    for round_ in range(2):
        for number in range(1 + 3 * round_):
            later = now() + timedelta(hours=1 + number)
            one = factories.activity(f"义剪{number}", by=gu, starts_at=later)
            student.send(f"/activities/{one.id}/signup")
            wish_that_is("claimed", home, qin, lin, today(), what="放大镜")
        found = []
        for path in ("/calendar", "/"):
            student.get(path)
            with QueryCounter() as asked:
                student.get(path)
            found.append(asked.count)
        counts.append(found)
    assert counts[0] == counts[1]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    capacity=st.one_of(st.none(), st.integers(1, 3)),
    said=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8),
)
def test_a_place_is_the_same_in_the_list_and_on_the_day(
    app: Any, lin: Any, party: Activity, capacity: int | None, said: list[tuple[int, bool]]
) -> None:
    """Whoever signed up and withdrew before: the day holds the activity for those who come."""
    db.session.execute(db.delete(Signup))
    db.session.get_one(Activity, party.id).capacity = capacity
    own = volunteer_of(lin)
    people = [own, *(factories.volunteer(f"志愿者{n}").id for n in range(3))]
    for number, withdrawn in said:
        earlier = db.select(Signup).where(
            Signup.volunteer_id == people[number], Signup.withdrawn_at.is_(None)
        )
        if db.session.scalar(earlier) is None:
            gone = now() if withdrawn else None
            values = {"volunteer_id": people[number], "signed_up_by_id": lin.id}
            db.session.add(Signup(activity_id=party.id, withdrawn_at=gone, **values))
            db.session.flush()
    db.session.commit()
    whole = in_full(db.select(Activity).where(Activity.id == party.id))
    found = db.session.scalars(whole.execution_options(populate_existing=True)).unique().one()
    comes = own in {signup.volunteer_id for signup in found.coming}
    assert bool(own_soon(lin, today(), 14, 5)) == comes


def volunteer_of(user: Any) -> int:
    return (teams.volunteer_of(user) or factories.volunteer(user.name, user=user)).id
