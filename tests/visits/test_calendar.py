"""The calendar with names for whoever logs in, and the feed without any for the rest."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.visits.calendar_links import CalendarLink
from blueprints.visits.feed import escaped, folded
from core.clock import now, today
from core.db import db
from tests import factories
from tests.visits.conftest import QueryCounter, days_ago, told


def address(client: Any) -> str:
    """Ask for a private link and return its path, as the page shows it once."""
    page = client.get(client.send("/calendar/link").location).text
    return re.search(r'value="http://[^/]+(/calendar/[^"]+\.ics)"', page)[1]


@pytest.fixture
def autumn(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any, head: Any, set_clock: Any
) -> Any:
    """林一舟 on September 20, 2026: a visit due, a birthday, a promise, 中秋 ahead."""
    set_clock(2026, 9, 20, 9)
    pairing.started_on, pairing.due_on = date(2026, 9, 1), date(2026, 9, 22)
    head.birth_month, head.birth_day, head.birth_is_lunar = 8, 14, True
    db.session.commit()
    student = browser(lin)
    student.send(
        f"/visits/new?household={home.id}",
        told(day="2026-09-19", follow_what="带老花镜", follow_due="2026-09-28"),
    )
    return student


def test_the_month_tells_what_falls_on_which_day(autumn: Any, home: Any) -> None:
    page = autumn.get("/calendar?month=2026-09").text
    day = {
        number: page.split(f'datetime="2026-09-{number}"')[1].split('<li class="day')[0]
        for number in (19, 24, 25, 28)
    }
    assert "走访了 1 次" in day[19]
    assert "祝婆婆生日" in day[24]
    assert "中秋" in day[25]
    assert "带老花镜" in day[28]
    later = autumn.get("/calendar?month=2026-10").text
    assert "祝婆婆家" in later.split('datetime="2026-10-10"')[1].split('<li class="day')[0]


def test_a_late_visit_stands_on_today(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    page = browser(lin).get("/calendar").text
    assert (
        "祝婆婆家，超期 9 天" in page.split('aria-current="date"')[1].split("</li>\n      <li")[0]
    )


def test_the_secretary_reads_how_much_falls_due(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 20, 9)
    pairing.due_on = date(2026, 9, 22)
    db.session.commit()
    page = browser(qin).get("/calendar?month=2026-09").text
    assert "1 户到日子" in page.split('datetime="2026-09-22"')[1].split('<li class="day')[0]
    assert "祝婆婆" not in page


def test_a_month_that_makes_no_sense_is_this_one(browser: Any, lin: Any) -> None:
    for month in ("2026-13", "nonsense", "9999-01", "1200-01"):
        assert f"{today().month}月" in browser(lin).get(f"/calendar?month={month}").text


def test_the_feed_counts_and_names_nobody(browser: Any, autumn: Any, home: Any) -> None:
    answer = browser().get(address(autumn))
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    text = answer.text.replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    for known in (
        "DTSTART;VALUE=DATE:20261010\r\nDTEND;VALUE=DATE:20261011\r\nSUMMARY:走访 1 户",
        "DTSTART;VALUE=DATE:20260924\r\nDTEND;VALUE=DATE:20260925\r\nSUMMARY:1 位住户过生日",
        "SUMMARY:答应的事 1 件",
        "SUMMARY:中秋",
    ):
        assert known in text
    for secret in ("祝", "婆婆", "示2栋", "301", "桥机", "老花镜"):
        assert secret not in text
    events = text.split("BEGIN:VEVENT")[1:]
    uids = re.findall(r"UID:(\S+)", text)
    assert len(uids) == len(set(uids)) == len(events)
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


def test_the_link_is_shown_once_and_only_its_hash_is_kept(browser: Any, autumn: Any) -> None:
    path = address(autumn)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in autumn.get("/calendar").text
    (link,) = db.session.scalars(db.select(CalendarLink))
    assert secret not in (link.token_hash, str(link.id))
    assert len(link.token_hash) == 64


def test_a_link_that_was_revoked_or_replaced_is_dead(browser: Any, autumn: Any) -> None:
    stranger = browser()
    first = address(autumn)
    second = address(autumn)
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    autumn.send("/calendar/link/revocation")
    assert stranger.get(second).status_code == 404
    assert stranger.get("/calendar/nonsense.ics").status_code == 404


def test_the_link_dies_with_the_account(browser: Any, autumn: Any, lin: Any) -> None:
    path = address(autumn)
    person = db.session.get_one(type(lin), lin.id)
    person.closed_at = now()
    db.session.commit()
    assert browser().get(path).status_code == 404


def test_the_feed_stays_closed_when_a_closed_account_is_opened_again(
    browser: Any, autumn: Any, qin: Any, lin: Any
) -> None:
    path, stranger, office = address(autumn), browser(), browser(qin)
    assert stranger.get(path).status_code == 200
    for verb in ("closing", "reopening"):
        assert office.send(f"/accounts/{lin.id}/{verb}").status_code == 303
        assert stranger.get(path).status_code == 404


def test_the_feed_forgets_a_household_with_the_pairing(
    browser: Any, autumn: Any, qin: Any, pairing: Any
) -> None:
    path = address(autumn)
    assert "走访" in browser().get(path).text.replace("X-WR-CALNAME:邻里走访", "")
    browser(qin).send(f"/pairings/{pairing.id}/end", {"reason": "moved", "successor": "0"})
    assert "走访" not in browser().get(path).text.replace("X-WR-CALNAME:邻里走访", "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folding_breaks_no_character_and_loses_none(text: str) -> None:
    lines = folded(text).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text


def test_signs_that_mean_something_are_escaped() -> None:
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"


def test_a_month_asks_no_more_for_more_households(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student, counts = browser(lin), []
    gate = factories.building(factories.estate("侨亚小区"), "示5栋")
    for number in range(2):
        for one in range(4 * number):
            other = factories.household(factories.room(gate, number=str(101 + one)))
            factories.pairing(lin, other, started=today() - timedelta(days=one))
        student.get("/calendar")
        with QueryCounter() as asked:
            student.get("/calendar")
        counts.append(asked.count)
    assert counts[0] == counts[1]


def test_a_day_leads_to_its_visits(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    student = browser(lin)
    for ago in (1, 2):
        student.send(f"/visits/new?household={home.id}", told(day=days_ago(ago)))
    page = student.get(f"/visits?day={days_ago(1)}").text
    assert page.count('<a class="go title"') == 1
