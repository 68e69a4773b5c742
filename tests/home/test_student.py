"""林一舟's first page: whom to see, which days come, what was promised, how many hours."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.clock import today
from core.db import db
from tests import factories
from tests.home.pages import section
from tests.wishes.journeys import wish_that_is


def paired(student: Any, gate: Any, number: str, name: str, due_in: int) -> Any:
    """A household paired with the student, whose visit is due in so many days."""
    home = factories.household(factories.room(gate, number=number), name=name)
    pairing = factories.pairing(student, home)
    pairing.due_on = today() + timedelta(days=due_in)
    db.session.commit()
    return home


def test_the_latest_visit_comes_first_with_a_button_that_knows_the_household(
    browser: Any, lin: Any, gate: Any
) -> None:
    paired(lin, gate, "302", "欧阳婆婆", due_in=0)
    late = paired(lin, gate, "301", "祝婆婆", due_in=-12)
    due = section(browser(lin).get("/").text, "h-due")
    assert "2 户" in due
    assert due.index("祝婆婆家") < due.index("欧阳婆婆家")
    assert f"/visits/new?household={late.id}" in due


def test_the_count_is_the_badge_and_the_list_of_the_pairings(
    browser: Any, lin: Any, gate: Any
) -> None:
    paired(lin, gate, "301", "祝婆婆", due_in=-12)
    paired(lin, gate, "302", "欧阳婆婆", due_in=0)
    paired(lin, gate, "303", "翟爹爹", due_in=3)
    page = browser(lin).get("/").text
    assert "2 户" in section(page, "h-due")
    assert '<span class="badge">2<' in page
    assert "翟爹爹家" in section(page, "h-soon")
    assert "全部 3 户" in page


def test_a_colleagues_households_are_not_on_it(
    browser: Any, lin: Any, fang: Any, gate: Any
) -> None:
    paired(lin, gate, "301", "祝婆婆", due_in=-12)
    paired(fang, gate, "302", "欧阳婆婆", due_in=-12)
    page = browser(fang).get("/").text
    assert "欧阳婆婆家" in page
    assert "祝婆婆" not in page


def test_a_pairing_that_ended_is_gone_from_it(browser: Any, lin: Any, qin: Any, gate: Any) -> None:
    home = factories.household(factories.room(gate), name="祝婆婆")
    factories.pairing(lin, home, started=today() - timedelta(days=90)).end("handover", qin, today())
    db.session.commit()
    assert "祝婆婆" not in browser(lin).get("/").text


def test_when_all_is_done_it_says_so(browser: Any, lin: Any, gate: Any) -> None:
    paired(lin, gate, "301", "祝婆婆", due_in=20)
    assert "都按时看过了。" in section(browser(lin).get("/").text, "h-due")


def test_before_the_first_pairing_it_leads_on(browser: Any, lin: Any) -> None:
    page = browser(lin).get("/").text
    assert "还没有结对的人家" in page
    assert "认认楼栋" in page


def test_a_birthday_that_comes_is_told_beside_the_visit_and_among_the_days(
    browser: Any, lin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2026, 11, 21, 9)
    home = paired(lin, gate, "301", "祝婆婆", due_in=-1)
    factories.resident(home, "祝长庚", birth_month=11, birth_day=25)
    page = browser(lin).get("/").text
    assert "11月25日过生日" in section(page, "h-due")
    assert "祝长庚生日" in section(page, "h-days")


def test_the_next_festival_is_among_the_days(
    browser: Any, lin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 20, 9)
    paired(lin, gate, "301", "祝婆婆", due_in=3)
    assert "中秋" in section(browser(lin).get("/").text, "h-days")


def test_a_wish_that_was_claimed_asks_whether_it_is_done(
    browser: Any, lin: Any, qin: Any, gate: Any
) -> None:
    home = paired(lin, gate, "301", "祝婆婆", due_in=3)
    wish = wish_that_is("claimed", home, qin, lin, until=today() - timedelta(days=2))
    claims = section(browser(lin).get("/").text, "h-wish")
    assert "按摩仪" in claims
    assert "超期" in claims
    assert f"/wishes/{wish.id}/fulfilment" in claims


def test_hours_are_told_confirmed_and_waiting(browser: Any, lin: Any, gu: Any) -> None:
    person = factories.volunteer("林一舟", user=lin)
    factories.service_entry(person, gu, minutes=90, state="confirmed", decided_by=lin)
    factories.service_entry(person, gu, minutes=30)
    hours = section(browser(lin).get("/").text, "h-hours")
    assert "已确认 1 小时 30 分" in hours
    assert "待确认 30 分" in hours


def test_a_page_of_many_households_asks_no_more_questions(
    browser: Any, lin: Any, gate: Any, queries: Any
) -> None:
    client = browser(lin)
    paired(lin, gate, "301", "祝婆婆", due_in=-1)
    with queries() as few:
        client.get("/")
    for number in range(310, 320):
        paired(lin, gate, str(number), "翟爹爹", due_in=-1)
    with queries() as many:
        client.get("/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(7, "早上好"), (12, "中午好"), (15, "下午好"), (20, "晚上好"), (2, "夜深了")],
)
def test_it_greets_by_the_clock_in_shanghai(
    browser: Any, lin: Any, set_clock: Any, hour: int, words: str
) -> None:
    set_clock(2026, 9, 21, hour)
    assert f"{words}，林一舟" in browser(lin).get("/").text


def test_today_is_told_in_both_calendars(browser: Any, lin: Any, set_clock: Any) -> None:
    set_clock(2026, 9, 21, 9)
    page = browser(lin).get("/").text
    assert "9月21日 周一" in page
    assert "农历八月十一" in page


def test_the_first_day_of_a_leap_month_is_told_as_such(
    browser: Any, lin: Any, set_clock: Any
) -> None:
    set_clock(2025, 7, 25, 9)
    assert date(2025, 7, 25) == today()
    assert "农历闰六月初一" in browser(lin).get("/").text


def test_a_birthday_kept_by_the_moon_is_told_in_its_own_words(
    browser: Any, lin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 20, 9)
    home = paired(lin, gate, "301", "祝婆婆", due_in=3)
    head = factories.head(home)
    head.birth_year, head.birth_month, head.birth_day, head.birth_is_lunar = 1948, 8, 14, True
    db.session.commit()
    days = section(browser(lin).get("/").text, "h-days")
    assert "农历八月十四" in days
    assert "1948" not in days


def test_a_late_wish_says_when_it_goes_back_to_the_wall(
    browser: Any, lin: Any, qin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 10, 9)
    home = paired(lin, gate, "301", "祝婆婆", due_in=3)
    wish = wish_that_is("claimed", home, qin, lin, date(2026, 9, 20), what="陪诊一次")
    set_clock(2026, 9, 21, 9)
    assert f"{wish.lapses_on.month}月{wish.lapses_on.day}日退回心愿墙" in browser(lin).get("/").text


def test_the_badge_is_read_out_as_what_it_counts(browser: Any, lin: Any, gate: Any) -> None:
    paired(lin, gate, "301", "祝婆婆", due_in=0)
    assert '<span class="badge">1<span class="vh"> 户该去看' in browser(lin).get("/").text
