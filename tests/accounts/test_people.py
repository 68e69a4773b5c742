"""The list of accounts, and who may change whose."""

import re
from typing import Any

from flask import Flask

from blueprints.accounts.models import Invitation, User
from core.db import db
from core.notices import Notice
from tests import factories


def shown(page: str) -> list[str]:
    return re.findall(r'class="go title" href="/accounts/\d+">([^<]+)<', page)


def test_many_accounts_stand_on_pages_and_are_found_by_name_or_account(
    browser: Any, qin: Any, queries: Any
) -> None:
    client = browser(qin)
    client.get("/accounts")
    with queries() as few:
        assert shown(client.get("/accounts").text) == ["秦若川"]
    for number in range(30):
        factories.user(f"s{number:02}", f"学生{number:02}", ["student"])
    with queries() as many:
        first = client.get("/accounts").text
    assert len(many) == len(few)
    assert len(shown(first)) == 20
    assert len(shown(client.get("/accounts?page=2").text)) == 11
    assert shown(client.get("/accounts?q=学生07").text) == ["学生07"]
    assert shown(client.get("/accounts?q=S29").text) == ["学生29"]
    assert "没有找到" in client.get("/accounts?q=王五").text


def told(user: Any) -> list[tuple[str, int]]:
    """What a person was told: kind and object."""
    mine = db.select(Notice).where(Notice.user_id == user.id).order_by(Notice.id)
    return [(notice.kind, notice.object_id) for notice in db.session.scalars(mine)]


def test_an_administrator_opens_no_secretarys_account(browser: Any, qin: Any, admin: Any) -> None:
    client = browser(admin)
    page = client.get(f"/accounts/{qin.id}").text
    assert "书记的账号只有书记能改" in page
    assert "给一个新链接" not in page
    assert f"/accounts/{qin.id}/edit" not in page
    for verb in ("invitation", "closing", "reopening"):
        assert client.send(f"/accounts/{qin.id}/{verb}").status_code == 403
    changed = {"name": "秦若川", "roles": "admin", "version": str(qin.version)}
    assert client.send(f"/accounts/{qin.id}/edit", changed).status_code == 403
    assert db.session.scalars(db.select(Invitation)).all() == []


def test_an_administrator_makes_nobody_a_secretary(browser: Any, lin: Any, admin: Any) -> None:
    client = browser(admin)
    for path in ("/accounts/new", f"/accounts/{lin.id}/edit"):
        assert 'value="secretary"' not in client.get(path).text
        fields = {"name": "林一舟", "username": "lin2", "roles": "secretary", "version": "1"}
        assert client.send(path, fields).status_code == 422
    db.session.refresh(lin)
    assert lin.roles == ["student"]
    assert db.session.scalar(db.select(User).where(User.username == "lin2")) is None


def test_a_secretary_makes_another_one(browser: Any, qin: Any, lin: Any) -> None:
    client = browser(qin)
    fields = {"name": "林一舟", "roles": ["student", "secretary"], "version": str(lin.version)}
    assert client.send(f"/accounts/{lin.id}/edit", fields).status_code == 303
    db.session.refresh(lin)
    assert lin.roles == ["student", "secretary"]
    assert client.send(f"/accounts/{lin.id}/invitation").status_code == 303


def test_a_link_made_for_a_student_does_not_open_a_secretarys_account(
    browser: Any, qin: Any, lin: Any, admin: Any
) -> None:
    client = browser(admin)
    page = client.get(client.send(f"/accounts/{lin.id}/invitation").location).text
    link = re.search(r'value="http://localhost(/invitations/[^"]+)"', page)[1]
    assert browser().get(link).status_code == 200
    fields = {"name": "林一舟", "roles": "secretary", "version": str(lin.version)}
    assert browser(qin).send(f"/accounts/{lin.id}/edit", fields).status_code == 303
    assert browser().get(link).status_code == 404


def test_an_administrators_doings_are_told_to_the_person_and_the_secretaries(
    browser: Any, qin: Any, lin: Any, admin: Any
) -> None:
    client = browser(admin)
    client.send(f"/accounts/{lin.id}/invitation")
    fields = {"name": "林一舟", "roles": "mentor", "version": str(lin.version)}
    client.send(f"/accounts/{lin.id}/edit", fields)
    client.send("/accounts/new", {"name": "方晓禾", "username": "fang", "roles": "student"})
    assert told(lin) == [("own_link", lin.id), ("own_roles", lin.id)]
    kinds = ["account_link", "account_roles", "account_made"]
    assert [kind for kind, _id in told(qin)] == kinds
    page = browser(qin).get("/notices").text
    assert "管理员给这个账号开了登录链接" in page
    assert "林一舟" in page
    page = browser(lin).get("/notices").text
    assert "不是您要的，请告诉书记" in page
    assert "您的账号" in page


def test_a_secretarys_daily_work_is_told_to_the_person_alone(
    browser: Any, qin: Any, lin: Any
) -> None:
    other = factories.user("wu", "吴书记", ["secretary"])
    client = browser(qin)
    client.send(f"/accounts/{lin.id}/invitation")
    client.send("/accounts/new", {"name": "方晓禾", "username": "fang", "roles": "student"})
    assert told(lin) == [("own_link", lin.id)]
    assert told(other) == []


def test_whoever_keeps_the_machine_lets_the_last_secretary_in_again(
    app: Flask, browser: Any, qin: Any
) -> None:
    db.session.commit()
    run = app.test_cli_runner().invoke
    assert run(args=["user", "invite", "nobody"]).exit_code == 1
    link = run(args=["user", "invite", "qin"]).output.splitlines()[-1]
    assert "秦若川" in browser().get(link).text


def test_ones_own_page_leads_to_what_is_no_tab_of_a_phone(browser: Any, lin: Any) -> None:
    page = browser(lin).get("/account").text.split("别的地方")[1]
    for path in ("/hours", "/activities", "/documents", "/absences/own", "/calendar"):
        assert f'href="{path}"' in page
