"""Signing in on site: a code that is good here and now, minutes reckoned, paid duty told apart."""

import re
from datetime import datetime
from typing import Any

import pytest

from blueprints.activities.codes import paper_code, screen_code
from blueprints.activities.models import Activity, Attendance
from blueprints.teams.models import ServiceEntry
from core.clock import SHANGHAI
from core.db import db
from tests import factories


@pytest.fixture
def activity(app: Any, gu: Any, set_clock: Any) -> Activity:
    """爱国卫生日, 21 September 2026 from nine to eleven; it is ten to nine."""
    set_clock(2026, 9, 21, 8, 50)
    return factories.activity(by=gu, starts_at=datetime(2026, 9, 21, 9, tzinfo=SHANGHAI))


def code_of(activity: Activity, paper: bool = False) -> str:
    made = paper_code(activity) if paper else screen_code(activity)
    db.session.rollback()
    return made


def scan(client: Any, activity: Activity, code: str) -> Any:
    return client.get(f"/activities/{activity.id}/arrival?code={code}")


def sign(client: Any, activity: Activity, step: str, code: str, duty: str = "n") -> Any:
    return client.send(f"/activities/{activity.id}/{step}", {"code": code, "duty": duty})


def noted() -> Attendance:
    db.session.rollback()
    return db.session.scalars(db.select(Attendance)).one()


def test_scanning_in_and_out_gives_the_minutes_between(
    browser: Any, lin: Any, activity: Activity, set_clock: Any
) -> None:
    client = browser(lin)
    code = code_of(activity)
    assert "是我自己的时间" in scan(client, activity, code).text
    assert sign(client, activity, "arrival", code).status_code == 303
    assert noted().is_open
    set_clock(2026, 9, 21, 10, 40)
    code = code_of(activity)
    assert "您 08:50 签到了" in scan(client, activity, code).text
    assert sign(client, activity, "departure", code).status_code == 303
    # What lies before the beginning does not count.
    assert noted().minutes == 100
    assert "记好了：1 小时 40 分" in scan(client, activity, code).text


def test_scanning_alone_changes_nothing(browser: Any, lin: Any, activity: Activity) -> None:
    scan(browser(lin), activity, code_of(activity))
    assert db.session.query(Attendance).count() == 0


def test_paid_duty_is_noted_and_never_sent(
    browser: Any, lin: Any, qin: Any, activity: Activity, set_clock: Any
) -> None:
    client = browser(lin)
    sign(client, activity, "arrival", code_of(activity), duty="y")
    set_clock(2026, 9, 21, 11, 0)
    sign(client, activity, "departure", code_of(activity))
    assert (noted().minutes, noted().on_duty) == (120, True)
    browser(qin).send(f"/activities/{activity.id}/proposal")
    assert db.session.query(ServiceEntry).count() == 0


def test_a_code_that_was_passed_on_is_soon_worthless(
    browser: Any, lin: Any, activity: Activity, set_clock: Any
) -> None:
    code = code_of(activity)
    set_clock(2026, 9, 21, 8, 54)
    assert scan(browser(lin), activity, code).status_code == 200
    set_clock(2026, 9, 21, 8, 56)
    late = scan(browser(lin), activity, code)
    assert late.status_code == 409 and "过期了" in late.text
    assert sign(browser(lin), activity, "arrival", code).status_code == 409
    assert db.session.query(Attendance).count() == 0


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ((2026, 9, 21, 7, 59), 409),
        ((2026, 9, 21, 8, 0), 200),
        ((2026, 9, 21, 12, 0), 200),
        ((2026, 9, 21, 12, 1), 409),
        ((2026, 9, 22, 9, 0), 409),
    ],
)
def test_a_printed_code_is_good_around_the_activity_only(
    browser: Any,
    lin: Any,
    activity: Activity,
    set_clock: Any,
    moment: tuple[int, ...],
    status: int,
) -> None:
    code = code_of(activity, paper=True)
    set_clock(*moment)
    assert scan(browser(lin), activity, code).status_code == status


def test_a_printed_code_that_leaked_is_made_worthless(
    browser: Any, lin: Any, gu: Any, activity: Activity
) -> None:
    code = code_of(activity, paper=True)
    assert browser(lin).send(f"/activities/{activity.id}/code").status_code == 403
    assert browser(gu).send(f"/activities/{activity.id}/code").status_code == 303
    assert scan(browser(lin), activity, code).status_code == 409


def test_a_code_belongs_to_one_activity(
    browser: Any, lin: Any, gu: Any, activity: Activity
) -> None:
    other = factories.activity("义剪", by=gu, starts_at=activity.starts_at)
    assert scan(browser(lin), other, code_of(activity)).status_code == 409
    assert scan(browser(lin), activity, "").status_code == 409
    assert scan(browser(lin), activity, "一二三").status_code == 409


def test_nobody_signs_in_or_out_twice(
    browser: Any, lin: Any, activity: Activity, set_clock: Any
) -> None:
    client, code = browser(lin), code_of(activity)
    assert sign(client, activity, "departure", code).status_code == 409
    sign(client, activity, "arrival", code)
    assert sign(client, activity, "arrival", code).status_code == 409
    set_clock(2026, 9, 21, 10, 0)
    code = code_of(activity)
    sign(client, activity, "departure", code)
    again = sign(client, activity, "departure", code)
    assert again.status_code == 409 and "已经记过了" in again.text
    assert noted().minutes == 60


def test_the_leaders_page_shows_a_code_and_the_address_behind_it(
    browser: Any, gu: Any, lin: Any, activity: Activity
) -> None:
    page = browser(gu).get(f"/activities/{activity.id}/code")
    assert "<svg" in page.text and "已签到 0 人" in page.text
    assert browser(lin).get(f"/activities/{activity.id}/code").status_code == 403


def test_without_a_login_the_code_leads_there_after_logging_in(
    browser: Any, lin: Any, activity: Activity
) -> None:
    code = code_of(activity)
    sent_away = scan(browser(), activity, code)
    assert sent_away.status_code == 303 and "login" in sent_away.location
    assert re.search(r"arrival", sent_away.location) and code in sent_away.location


def test_who_forgot_to_sign_out_is_noted_until_the_end(
    browser: Any, lin: Any, gu: Any, activity: Activity, set_clock: Any
) -> None:
    sign(browser(lin), activity, "arrival", code_of(activity))
    set_clock(2026, 9, 21, 15, 0)
    page = browser(gu).get(f"/activities/{activity.id}/attendance").text
    assert "08:50 扫码到的，没有签退" in page and 'value="120"' in page


def test_a_record_with_somebody_still_there_is_not_complete(
    browser: Any, lin: Any, gu: Any, activity: Activity, set_clock: Any
) -> None:
    sign(browser(lin), activity, "arrival", code_of(activity))
    set_clock(2026, 9, 21, 9, 30)
    client = browser(gu)
    client.send(f"/activities/{activity.id}/proposal")
    db.session.refresh(activity)
    assert activity.recorded_on is None


def test_a_list_opened_earlier_does_not_strike_off_who_signs_in_meanwhile(
    browser: Any, lin: Any, gu: Any, activity: Activity, set_clock: Any
) -> None:
    student = factories.volunteer("林一舟", user=lin)
    set_clock(2026, 9, 21, 9, 10)
    code = code_of(activity)
    sign(browser(lin), activity, "arrival", code)
    row = {"rows-0-volunteer_id": student.id, "rows-0-minutes": "", "version": activity.version}
    path = f"/activities/{activity.id}/attendance"
    assert browser(gu).send(path, row | {"rows-0-noted": ""}).status_code == 303
    assert noted().arrived_at is not None
    db.session.refresh(activity)
    row["version"] = activity.version
    assert browser(gu).send(path, row | {"rows-0-noted": "y"}).status_code == 303
    assert db.session.query(Attendance).count() == 0


def test_while_it_goes_on_the_page_says_so_and_how_to_sign_in(
    browser: Any, lin: Any, activity: Activity, set_clock: Any
) -> None:
    client, page = browser(lin), f"/activities/{activity.id}"
    set_clock(2026, 9, 21, 10, 0)
    running = client.get(page).text
    assert "正在办" in running and "扫一扫签到码" in running
    sign(client, activity, "arrival", code_of(activity))
    assert "扫一扫签到码" not in client.get(page).text
    set_clock(2026, 9, 21, 12, 0)
    assert "还没记全" in client.get(page).text
