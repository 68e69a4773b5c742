"""Hours: proposed by one, confirmed by another, corrected by appending."""

import re
from datetime import timedelta
from typing import Any

import pytest

from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.teams.queries import minutes_total
from core.clock import today
from core.db import db
from tests import factories

CONFIRM = {"decision": "confirm"}


def decide(client: Any, entry: ServiceEntry, **data: str) -> Any:
    return client.send(f"/hours/{entry.id}/confirmation", data or CONFIRM)


def own_hours(**more: Any) -> dict[str, Any]:
    return {
        "what": "陪诊一次",
        "kind": "other",
        "served_on": today().isoformat(),
        "hours": "1",
        "minutes": "30",
        "own_time": "y",
    } | more


def test_a_student_notes_own_time_and_it_waits(browser: Any, lin: Any) -> None:
    answer = browser(lin).send("/hours/new", own_hours())
    assert answer.status_code == 303
    entry = db.session.query(ServiceEntry).one()
    assert (entry.minutes, entry.state) == (90, "proposed")
    assert db.session.query(Volunteer).one().user_id == lin.id
    assert minutes_total(entry.volunteer_id) == 0


def test_paid_duty_cannot_be_noted_and_the_form_says_why(browser: Any, lin: Any) -> None:
    answer = browser(lin).send("/hours/new", own_hours(own_time=""))
    assert answer.status_code == 422
    assert "上班值班不算志愿时长" in answer.text
    assert db.session.query(ServiceEntry).count() == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"hours": "24", "minutes": "1"}, "一天最多 24 小时"),
        ({"hours": "0", "minutes": "0"}, "多于 0 分钟"),
        ({"served_on": (today() + timedelta(days=1)).isoformat()}, "这一天还没到"),
    ],
)
def test_impossible_time_is_refused_and_what_was_typed_stays(
    browser: Any, lin: Any, fields: dict[str, str], told: str
) -> None:
    answer = browser(lin).send("/hours/new", own_hours(**fields))
    assert answer.status_code == 422
    assert told in answer.text and "陪诊一次" in answer.text


def test_the_same_form_sent_twice_is_one_line(browser: Any, lin: Any) -> None:
    client = browser(lin)
    fields = own_hours(submission_id="a" * 32)
    first, second = client.send("/hours/new", fields), client.send("/hours/new", fields)
    assert first.location == second.location
    assert db.session.query(ServiceEntry).count() == 1


def test_nobody_confirms_their_own_hours(browser: Any, qin: Any, gu: Any) -> None:
    own = factories.volunteer("秦若川", user=qin)
    entry = factories.service_entry(own, by=gu)
    answer = decide(browser(qin), entry)
    assert answer.status_code == 409
    assert "不能自己确认自己的" in answer.text
    assert minutes_total(own.id) == 0


def test_nobody_takes_their_name_off_their_hours_to_confirm_them(
    browser: Any, qin: Any, gu: Any
) -> None:
    own = factories.volunteer("顾长青", user=gu)
    factories.service_entry(own, by=qin)
    fields = {"name": "顾长青", "joined_on": today().isoformat(), "user_id": "0", "version": "1"}
    answer = browser(gu).send(f"/volunteers/{own.id}/edit", fields)
    assert answer.status_code == 409 and "自己的账号要请别人来改" in answer.text
    assert browser(qin).send(f"/volunteers/{own.id}/edit", fields).status_code == 303


def test_who_confirmed_somebodys_hours_does_not_become_that_person(
    browser: Any, qin: Any, gu: Any
) -> None:
    shan = factories.volunteer("单守信")
    factories.service_entry(shan, qin, 60, "confirmed", gu)
    fields = {"name": "单守信", "joined_on": today().isoformat(), "version": "1"}
    answer = browser(qin).send(f"/volunteers/{shan.id}/edit", fields | {"user_id": gu.id})
    assert answer.status_code == 409 and "不能连成同一个人" in answer.text


def test_nobody_confirms_what_they_proposed(browser: Any, qin: Any) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), by=qin)
    assert decide(browser(qin), entry).status_code == 409


def test_the_secretary_confirms_and_the_time_counts(browser: Any, qin: Any, lin: Any) -> None:
    shan = factories.volunteer("单守信")
    entry = factories.service_entry(shan, by=lin, minutes=75)
    assert decide(browser(qin), entry).status_code == 303
    assert minutes_total(shan.id) == 75
    assert "秦若川" in browser(qin).get(f"/hours/{entry.id}").text


def test_a_team_leader_confirms_the_teams_hours_and_no_others(
    browser: Any, lin: Any, qin: Any
) -> None:
    mine, other = factories.team(), factories.team("保洁服务队", "cleaning")
    factories.leader(lin, mine)
    shan = factories.volunteer("单守信", of=mine)
    entry = factories.service_entry(shan, by=qin, team=mine)
    foreign = factories.service_entry(shan, by=qin, team=other)
    client = browser(lin)
    assert decide(client, entry).status_code == 303
    assert decide(client, foreign).status_code == 404


def test_a_refusal_needs_a_reason_and_tells_it(browser: Any, qin: Any, lin: Any) -> None:
    shan = factories.volunteer("林一舟", user=lin)
    entry = factories.service_entry(shan, by=lin)
    assert decide(browser(qin), entry, decision="reject").status_code == 422
    assert decide(browser(qin), entry, decision="reject", reason="是上班时间").status_code == 303
    assert "是上班时间" in browser(lin).get(f"/hours/{entry.id}").text
    assert minutes_total(shan.id) == 0


def test_a_line_is_decided_once(browser: Any, qin: Any, gu: Any, lin: Any) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), by=lin)
    decide(browser(qin), entry)
    answer = decide(browser(gu), entry, decision="reject", reason="不对")
    assert answer.status_code == 409
    assert "已经有结果" in answer.text


def test_what_waits_is_confirmed_in_one_go(browser: Any, qin: Any, lin: Any) -> None:
    shan = factories.volunteer("单守信")
    entries = [factories.service_entry(shan, by=lin, minutes=60) for _number in range(3)]
    own = factories.service_entry(shan, by=qin)
    client = browser(qin)
    assert "3 条，3 小时" in client.get("/hours").text
    chosen = [entries[0].id, entries[1].id, own.id]
    answer = client.send("/hours/confirmations", {"entry": chosen}, follow_redirects=True)
    assert "确认了 2 条" in answer.text and "有 1 条已经有结果，或要别人来确认" in answer.text
    assert minutes_total(shan.id) == 120


def test_long_time_is_looked_at_by_itself(browser: Any, qin: Any, lin: Any) -> None:
    shan = factories.volunteer("单守信")
    short = factories.service_entry(shan, by=lin, minutes=60)
    long = factories.service_entry(shan, by=lin, minutes=241)
    client = browser(qin)
    for path in ("/hours", "/hours?waiting=1"):
        page = client.get(path).text
        assert re.findall(r'name="entry" value="(\d+)"', page) == [str(short.id)]
        assert page.count("较长，点开看") == 1
    both = {"entry": [short.id, long.id]}
    answer = client.send("/hours/confirmations", both, follow_redirects=True).text
    assert "确认了 1 条" in answer and "有 1 条较长，点开看过再确认" in answer
    assert minutes_total(shan.id) == 60
    decide(client, long)
    assert minutes_total(shan.id) == 301


def test_the_list_of_what_waits_is_where_it_is_confirmed(browser: Any, qin: Any, lin: Any) -> None:
    shan, chen = factories.volunteer("单守信"), factories.volunteer("陈娟")
    lines = {person.id: factories.service_entry(person, by=lin) for person in (shan, chen)}
    client = browser(qin)
    page = client.get("/hours?waiting=1").text
    ticks = re.findall(r'name="entry" value="(\d+)"', page)
    assert sorted(map(int, ticks)) == sorted(line.id for line in lines.values())
    assert "确认勾上的" in page and "进度" not in page
    of_one = client.get(f"/hours?waiting=1&volunteer={shan.id}").text
    assert re.findall(r'name="entry" value="(\d+)"', of_one) == [str(lines[shan.id].id)]
    client.send("/hours/confirmations", {"entry": ticks})
    assert "没有等您确认的" in client.get("/hours?waiting=1").text


def test_a_correction_waits_and_then_counts_on_the_same_day(
    browser: Any, qin: Any, gu: Any, lin: Any
) -> None:
    shan = factories.volunteer("单守信")
    entry = factories.service_entry(
        shan, lin, 120, "confirmed", gu, served_on=today() - timedelta(days=40)
    )
    fields = {"change": "less", "minutes": "30", "reason": "中途走了"}
    assert browser(qin).send(f"/hours/{entry.id}/correction", fields).status_code == 303
    assert minutes_total(shan.id) == 120
    correction = db.session.query(ServiceEntry).filter_by(corrects_id=entry.id).one()
    assert decide(browser(qin), correction).status_code == 409
    assert decide(browser(gu), correction).status_code == 303
    assert minutes_total(shan.id) == 90
    assert correction.served_on == entry.served_on
    page = browser(qin).get(f"/hours/{entry.id}").text
    assert "合计 1 小时 30 分" in page and "中途走了" in page


def test_a_correction_keeps_its_reason_when_it_is_refused(
    browser: Any, qin: Any, gu: Any, lin: Any
) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), lin, 120, "confirmed", gu)
    fields = {"change": "more", "minutes": "30", "reason": "少记了半小时"}
    browser(qin).send(f"/hours/{entry.id}/correction", fields)
    correction = db.session.query(ServiceEntry).filter_by(corrects_id=entry.id).one()
    decide(browser(gu), correction, decision="reject", reason="没有多做")
    assert (correction.reason, correction.refusal) == ("少记了半小时", "没有多做")


def test_corrections_never_take_back_more_than_there_is(
    browser: Any, qin: Any, gu: Any, lin: Any
) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), lin, 60, "confirmed", gu)
    client = browser(qin)
    fields = {"change": "less", "minutes": "40", "reason": "记多了"}
    assert client.send(f"/hours/{entry.id}/correction", fields).status_code == 303
    again = client.send(f"/hours/{entry.id}/correction", fields)
    assert again.status_code == 409
    assert "减得太多了" in again.text


def test_corrections_never_make_more_than_a_day(browser: Any, qin: Any, gu: Any, lin: Any) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), lin, 1400, "confirmed", gu)
    client = browser(qin)
    fields = {"change": "more", "minutes": "40", "reason": "记少了"}
    assert client.send(f"/hours/{entry.id}/correction", fields).status_code == 303
    again = client.send(f"/hours/{entry.id}/correction", fields)
    assert again.status_code == 409
    assert "一天最多 24 小时" in again.text


def test_a_waiting_line_is_not_corrected_but_decided(browser: Any, qin: Any, lin: Any) -> None:
    entry = factories.service_entry(factories.volunteer("单守信"), by=lin)
    fields = {"change": "less", "minutes": "10", "reason": "记多了"}
    assert browser(qin).send(f"/hours/{entry.id}/correction", fields).status_code == 409
