"""The first account, and everybody who is invited after it."""

import re
from typing import Any

import pytest
from flask import Flask

from blueprints.accounts import queries
from blueprints.accounts.actions import set_up_code
from core.db import db
from core.settings import setting
from tests.conftest import PASSWORD

FIRST = {
    "company": "安和物业",
    "branch": "安和物业党支部",
    "name": "秦若川",
    "username": "qin",
    "password": "春天里的第一棵桂花树",
    "repeated": "春天里的第一棵桂花树",
}


def test_every_page_of_an_empty_instance_leads_to_the_set_up_page(browser: Any) -> None:
    client = browser()
    assert client.get("/", follow_redirects=True).request.path == "/setup"


def test_the_set_up_page_makes_the_company_and_the_secretary(app: Flask, browser: Any) -> None:
    client = browser()
    assert client.send("/setup", FIRST).location == "/"
    assert "秦若川" in client.get("/").text
    with app.test_request_context():
        assert setting("company_name") == "安和物业"
        assert queries.user_by_username("qin").roles == ["secretary", "admin"]


def test_the_set_up_page_works_once(browser: Any, qin: Any) -> None:
    client = browser()
    assert client.get("/setup").location == "/login"
    assert client.send("/setup", FIRST | {"username": "second"}).location == "/login"
    assert queries.user_by_username("second") is None


def test_setting_up_from_another_machine_needs_the_code(app: Flask, browser: Any) -> None:
    client = browser()
    far = {"environ_overrides": {"REMOTE_ADDR": "10.0.0.7"}}
    response = client.send("/setup", FIRST, **far)
    assert response.status_code == 422
    assert "启动码不对" in response.text
    assert client.send("/setup", FIRST | {"code": "启动码"}, **far).status_code == 422
    response = client.send("/setup", FIRST | {"code": set_up_code()}, **far)
    assert response.status_code == 303


def test_setting_up_through_a_proxy_needs_the_code(browser: Any) -> None:
    client, far = browser(), {"headers": {"X-Forwarded-For": "192.168.1.77"}}
    assert 'name="code"' in client.get("/setup", **far).text
    response = client.send("/setup", FIRST, **far)
    assert response.status_code == 422
    assert queries.user_by_username("qin") is None
    assert client.send("/setup", FIRST | {"code": set_up_code()}, **far).status_code == 303


def test_what_was_typed_stays_when_something_is_missing(browser: Any) -> None:
    response = browser().send("/setup", FIRST | {"company": "", "name": "秦若川"})
    assert response.status_code == 422
    assert 'value="秦若川"' in response.text
    assert "请填公司名称" in response.text
    assert "<title>错误" in response.text


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("短短九个字不算数啊", "10 到 200"),
        ("1234567890", "太常见"),
        ("passw0rd!!", "太常见"),
        ("啊啊啊啊啊啊啊啊啊啊啊", "太常见"),
        ("我爱安和物业我爱安和物业", "不要有公司"),
        ("qin-2026-qin-2026", "不要有公司"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(
    browser: Any, password: str, reason: str
) -> None:
    response = browser().send("/setup", FIRST | {"password": password, "repeated": password})
    assert response.status_code == 422
    assert reason in response.text


def invite(client: Any, **typed: Any) -> str:
    """Invite 贺知夏 and return the path of the one-time link."""
    fields = {"name": "贺知夏", "username": "he", "roles": "student"} | typed
    location = client.send("/accounts/new", fields).location
    page = client.get(location).text
    assert "<svg" in page
    return re.search(r'value="http://localhost(/invitations/[^"]+)"', page)[1]


def test_an_invited_student_sets_a_password_and_is_in(browser: Any, qin: Any) -> None:
    link = invite(browser(qin))
    phone = browser()
    assert "贺知夏" in phone.get(link).text
    new = "每周三下午去看祝婆婆"
    assert phone.send(link, {"password": new, "repeated": new}).location == "/"
    assert "贺知夏" in phone.get("/").text
    browser().log_in(queries.user_by_username("he"), new)


def test_an_invitation_works_once(browser: Any, qin: Any) -> None:
    link = invite(browser(qin))
    new = {"password": "每周三下午去看祝婆婆", "repeated": "每周三下午去看祝婆婆"}
    browser().send(link, new)
    assert browser().get(link).status_code == 404
    assert browser().send(link, new).status_code == 404


def test_an_invitation_ends_after_a_week(browser: Any, qin: Any, set_clock: Any) -> None:
    set_clock(2026, 9, 1, 9)
    link = invite(browser(qin))
    set_clock(2026, 9, 8, 8)
    assert browser().get(link).status_code == 200
    set_clock(2026, 9, 8, 10)
    assert browser().get(link).status_code == 404


def test_a_closed_accounts_link_stays_dead_when_it_is_opened_again(browser: Any, qin: Any) -> None:
    client = browser(qin)
    link = invite(client)
    person = f"/accounts/{queries.user_by_username('he').id}"
    client.send(f"{person}/closing")
    assert browser().get(link).status_code == 404
    client.send(f"{person}/reopening")
    assert browser().get(link).status_code == 404


def test_a_new_link_kills_the_old_one(browser: Any, qin: Any) -> None:
    client = browser(qin)
    link = invite(client)
    client.send(f"/accounts/{queries.user_by_username('he').id}/invitation")
    assert browser().get(link).status_code == 404


def test_the_link_is_shown_once_and_never_stored(browser: Any, qin: Any) -> None:
    client = browser(qin)
    secret = invite(client).rsplit("/", 1)[1]
    user = queries.user_by_username("he")
    assert secret not in client.get(f"/accounts/{user.id}").text
    rows = db.session.execute(db.text("SELECT token_hash FROM invitation")).scalars()
    assert secret not in rows.all()


def test_one_person_may_hold_several_roles(browser: Any, qin: Any) -> None:
    invite(browser(qin), roles=["student", "manager"])
    assert queries.user_by_username("he").roles == ["student", "manager"]


def test_nobody_changes_their_own_roles(browser: Any, admin: Any) -> None:
    client = browser(admin)
    fields = {"name": "管理员", "roles": ["admin", "manager"], "version": admin.version}
    assert client.send(f"/accounts/{admin.id}/edit", fields).status_code == 403
    assert admin.roles == ["admin"]


def test_a_stale_edit_shows_both_versions(browser: Any, qin: Any, lin: Any) -> None:
    one, two = browser(qin), browser(qin)
    old = str(lin.version)
    path, roles = f"/accounts/{lin.id}/edit", ["student"]
    assert one.send(path, {"name": "林一周", "roles": roles, "version": old}).status_code == 303
    response = two.send(path, {"name": "林一舟舟", "roles": roles, "version": old})
    assert response.status_code == 409
    assert "林一周" in response.text
    assert "林一舟舟" in response.text
    db.session.refresh(lin)
    assert f'name="version" value="{lin.version}"' in response.text


def test_a_taken_username_is_told_beside_the_field(browser: Any, qin: Any, lin: Any) -> None:
    fields = {"name": "林", "username": "lin", "roles": "student"}
    response = browser(qin).send("/accounts/new", fields)
    assert response.status_code == 422
    assert "已经有人用了" in response.text


def test_the_installer_can_add_an_account_on_the_command_line(app: Flask, browser: Any) -> None:
    command = ["user", "add", "he", "--name", "贺知夏", "--role", "student"]
    output = app.test_cli_runner().invoke(args=command).output
    link = re.search(r"/invitations/\S+", output)[0]
    assert "贺知夏" in browser().get(link).text


def test_preferences_are_kept(browser: Any, lin: Any) -> None:
    client = browser(lin)
    fields = {"language": "en", "text_size": "xl", "version": lin.version}
    client.send("/account/preferences", fields)
    page = client.get("/account").text
    assert '<html lang="en" data-text="xl">' in page
    assert PASSWORD not in page
