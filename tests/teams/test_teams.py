"""Teams: who is in them, since when, and who leads."""

from datetime import date, timedelta
from typing import Any

from blueprints.teams.models import Membership, Team, Volunteer
from core.clock import now, today
from core.db import db
from tests import factories


def members(team: Team) -> list[str]:
    return list(
        db.session.scalars(
            db.select(Volunteer.name)
            .join(Membership, Membership.volunteer_id == Volunteer.id)
            .where(Membership.team_id == team.id, Membership.left_on.is_(None))
            .order_by(Volunteer.name)
        )
    )


def add(client: Any, team: Team, name: str, **fields: Any) -> Any:
    data = {"name": name, "joined_on": today().isoformat()} | fields
    return client.send(f"/teams/{team.id}/members", data)


def test_the_secretary_founds_a_team(browser: Any, qin: Any) -> None:
    answer = browser(qin).send("/teams/new", {"name": "爱心服务队", "kind": "care"})
    assert answer.status_code == 303
    assert "爱心服务队" in browser(qin).get("/teams").text


def test_two_teams_cannot_have_one_name(browser: Any, qin: Any) -> None:
    factories.team("爱心服务队")
    answer = browser(qin).send("/teams/new", {"name": "爱心服务队", "kind": "care"})
    assert answer.status_code == 422
    assert "已经有一支队伍叫这个名字" in answer.text


def test_two_people_who_edit_a_team_do_not_overwrite_each_other(browser: Any, qin: Any) -> None:
    team = factories.team()
    fields = {"name": "爱心服务队", "kind": "care", "version": "1"}
    first, second = browser(qin), browser(qin)
    assert first.send(f"/teams/{team.id}/edit", fields | {"purpose": "陪老人"}).status_code == 303
    answer = second.send(f"/teams/{team.id}/edit", fields | {"purpose": "修电器"})
    assert answer.status_code == 409
    assert "陪老人" in answer.text and "修电器" in answer.text


def test_a_new_name_is_registered_and_joins(browser: Any, qin: Any) -> None:
    team = factories.team()
    assert add(browser(qin), team, "单守信").status_code == 303
    assert members(team) == ["单守信"]


def test_a_known_name_joins_without_being_registered_twice(browser: Any, qin: Any) -> None:
    team = factories.team()
    factories.volunteer("单守信")
    add(browser(qin), team, "单守信")
    assert db.session.query(Volunteer).count() == 1


def test_of_two_with_one_name_the_form_asks_which(browser: Any, qin: Any) -> None:
    team, dancers = factories.team(), factories.team("夕阳红舞蹈队", "arts")
    factories.volunteer("单守信")
    dancer = factories.volunteer("单守信", of=dancers)
    asked = add(browser(qin), team, "单守信")
    assert asked.status_code == 422
    assert "夕阳红舞蹈队" in asked.text
    assert add(browser(qin), team, "单守信", which=str(dancer.id)).status_code == 303
    assert "夕阳红舞蹈队" in browser(qin).get(f"/volunteers/{dancer.id}").text
    assert members(team) == ["单守信"]


def test_somebody_in_the_team_cannot_join_again(browser: Any, qin: Any) -> None:
    team = factories.team()
    factories.volunteer("单守信", of=team)
    answer = add(browser(qin), team, "单守信")
    assert answer.status_code == 409
    assert "已经在队里" in answer.text
    assert members(team) == ["单守信"]


def test_who_left_may_come_back_for_a_new_term(browser: Any, qin: Any) -> None:
    team = factories.team()
    factories.volunteer("单守信", of=team)
    term = db.session.query(Membership).one()
    client = browser(qin)
    client.send(f"/memberships/{term.id}/end", {"left_on": today().isoformat()})
    assert members(team) == []
    assert "以前的任期（1）" in client.get(f"/teams/{team.id}").text
    add(client, team, "单守信")
    assert db.session.query(Membership).count() == 2


def test_a_term_cannot_end_before_it_began(browser: Any, qin: Any) -> None:
    team = factories.team()
    factories.volunteer("单守信", of=team)
    term = db.session.query(Membership).one()
    answer = browser(qin).send(f"/memberships/{term.id}/end", {"left_on": "2020-01-01"})
    assert answer.status_code == 409
    assert members(team) == ["单守信"]


def test_a_leader_keeps_the_members_but_appoints_no_leaders(browser: Any, lin: Any) -> None:
    team = factories.team()
    factories.leader(lin, team)
    add(browser(lin), team, "单守信", is_leader="y")
    assert members(team) == ["单守信", "林一舟"]
    term = db.session.query(Membership).order_by(Membership.id.desc()).first()
    assert not term.is_leader
    refused = browser(lin).send(f"/memberships/{term.id}/leadership", {"leader": "y"})
    assert refused.status_code == 403


def test_a_leader_whose_term_ended_keeps_nothing(browser: Any, lin: Any) -> None:
    team = factories.team()
    factories.leader(lin, team)
    db.session.query(Membership).one().end(today())
    db.session.commit()
    assert add(browser(lin), team, "单守信").status_code == 403


def test_the_list_tells_how_many_are_in_each_team_and_who_leads(
    browser: Any, lin: Any, fang: Any
) -> None:
    team = factories.team()
    factories.leader(lin, team)
    factories.volunteer("单守信", of=team)
    page = browser(fang).get("/teams").text
    assert "2 人" in page and "队长 林一舟" in page


def test_the_list_of_teams_costs_the_same_with_many(browser: Any, qin: Any, queries: Any) -> None:
    client = browser(qin)
    factories.volunteer("单守信", of=factories.team("一队"))
    client.get("/teams")
    with queries() as few:
        client.get("/teams")
    for number in range(12):
        factories.volunteer(f"队员{number}", of=factories.team(f"第{number}队"))
    with queries() as many:
        client.get("/teams")
    assert len(many) == len(few)


def test_a_mentor_reads_residents_only_masked(browser: Any, shen: Any, lin: Any) -> None:
    team = factories.team()
    factories.leader(lin, team)
    factories.volunteer("单守信", of=team)
    page = browser(shen).get(f"/teams/{team.id}").text
    assert "单守信" not in page and "单**" in page
    assert "林一舟" in page


def test_the_team_shows_this_years_confirmed_hours(browser: Any, qin: Any, gu: Any) -> None:
    team = factories.team()
    shan = factories.volunteer("单守信", of=team)
    year = today().year
    for minutes, day in ((90, date(year, 1, 1)), (60, date(year - 1, 12, 31))):
        factories.service_entry(shan, qin, minutes, "confirmed", gu, team=team, served_on=day)
    factories.service_entry(shan, qin, 240, team=team)
    page = browser(qin).get(f"/teams/{team.id}").text
    assert "1 小时 30 分" in page and "4 小时" not in page


def test_the_teams_page_shows_the_next_activities_and_the_latest(browser: Any, qin: Any) -> None:
    team = factories.team()
    for days in (-30, -20, -10, -1, 3, 10, 17, 24):
        factories.activity(f"清扫{days}", team=team, starts_at=now() + timedelta(days=days))
    page = browser(qin).get(f"/teams/{team.id}").text
    shown = [days for days in (24, 17, 10, 3, -1, -10, -20, -30) if f">清扫{days}<" in page]
    assert shown == [17, 10, 3, -1, -10, -20]
