"""The list of hours: filtered, own lines first, the same cost with many."""

from datetime import date
from typing import Any

from blueprints.teams.queries import confirmed_minutes_by_month
from tests import factories

CONFIRM = {"decision": "confirm"}


def test_the_ledger_is_filtered_by_state_person_team_and_month(
    browser: Any, qin: Any, gu: Any, lin: Any
) -> None:
    team = factories.team()
    shan, zhai = factories.volunteer("单守信", of=team), factories.volunteer("翟贵生")
    factories.service_entry(shan, lin, 60, "confirmed", gu, team=team, what="甲")
    factories.service_entry(zhai, lin, 60, what="乙", served_on=date(2026, 3, 5))
    client = browser(qin)

    def shown(query: str) -> list[str]:
        page = client.get(f"/hours?{query}").text.split('id="h-all"')[1]
        return [what for what in "甲乙" if f"· {what}" in page]

    assert shown("") == ["甲", "乙"]
    assert shown("state=confirmed") == ["甲"]
    assert shown(f"volunteer={zhai.id}") == ["乙"]
    assert shown(f"team={team.id}") == ["甲"]
    assert shown("month=2026-03") == ["乙"]
    assert shown("month=nonsense") == ["甲", "乙"]


def test_the_ledger_costs_the_same_with_many_lines(
    browser: Any, qin: Any, lin: Any, queries: Any
) -> None:
    client = browser(qin)
    factories.service_entry(factories.volunteer("单守信"), by=lin)
    client.get("/hours")
    with queries() as few:
        client.get("/hours")
    for number in range(30):
        factories.service_entry(factories.volunteer(f"人{number}"), by=lin)
    with queries() as many:
        client.get("/hours")
    assert len(many) == len(few)


def test_months_without_hours_are_nought_across_the_new_year(app: Any, qin: Any, gu: Any) -> None:
    shan = factories.volunteer("单守信")
    for day, minutes in ((date(2025, 12, 31), 30), (date(2026, 2, 1), 60)):
        factories.service_entry(shan, qin, minutes, "confirmed", gu, served_on=day)
    assert confirmed_minutes_by_month(date(2026, 2, 15), months=4) == [0, 30, 0, 60]


def test_a_student_reads_the_own_lines_first_and_everybodys_one_tap_away(
    browser: Any, lin: Any, qin: Any
) -> None:
    team = factories.team()
    own = factories.volunteer("林一舟", user=lin, of=team)
    other = factories.volunteer("单守信", of=team)
    factories.service_entry(own, qin, what="陪聊两户", team=team)
    factories.service_entry(other, qin, what="义剪帮手", team=team)
    client = browser(lin)
    page = client.get("/hours").text
    assert "陪聊两户" in page and "义剪帮手" not in page
    assert 'href="/hours?volunteer=0"' in page
    everybody = client.get("/hours?volunteer=0").text
    assert "陪聊两户" in everybody
    assert 'name="volunteer" value="0"' in everybody
    office = browser(qin).get("/hours").text
    assert "陪聊两户" in office and "义剪帮手" in office


def test_the_page_of_one_persons_hours_shows_theirs_and_nobody_elses(
    browser: Any, qin: Any, lin: Any
) -> None:
    shan, luo = factories.volunteer("单守信"), factories.volunteer("罗长顺")
    factories.service_entry(shan, lin, what="修一楼扶手")
    factories.service_entry(luo, lin, what="示6栋清扫")
    page = browser(qin).get(f"/hours?volunteer={shan.id}").text
    assert "修一楼扶手" in page and "示6栋清扫" not in page
