"""Logging in and out: sessions, throttling, and what an expired login gives back."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from blueprints.accounts import queries, routes
from blueprints.accounts.models import LoginSession
from core import clock
from core.db import db
from core.kept import KeptForm
from tests import factories
from tests.conftest import PASSWORD, Browser


def forget_everything(app: Flask) -> None:
    """Let all sessions run out, as after a long night."""
    db.session.execute(db.update(LoginSession).values(seen_at=clock.now() - timedelta(days=1)))
    db.session.commit()


def test_a_student_logs_in_and_out(browser: Any, lin: Any) -> None:
    client = browser(lin)
    assert "林一舟" in client.get("/").text
    client.send("/logout")
    assert client.get("/").location.startswith("/login")


def test_a_wrong_password_says_no_more_than_that(browser: Any, lin: Any) -> None:
    client = browser()
    for username in ("lin", "nobody"):
        response = client.send("/login", {"username": username, "password": "not this one"})
        assert response.status_code == 422
        assert "账号或密码不对" in response.text


def test_logging_in_leads_to_the_page_that_was_asked_for(browser: Any, lin: Any) -> None:
    client = browser()
    assert client.get("/account").location == "/login?next=/account"
    response = client.send("/login?next=/account", {"username": "lin", "password": PASSWORD})
    assert response.location == "/account"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "////evil.example", "https://evil.example", "/\\evil.example", "/nowhere"],
)
def test_logging_in_never_leads_to_another_site(browser: Any, lin: Any, elsewhere: str) -> None:
    response = browser().send(f"/login?next={elsewhere}", {"username": "lin", "password": PASSWORD})
    assert response.location == "/"


def test_each_login_has_a_new_token_and_keeps_nothing_of_the_old_cookie(
    browser: Any, lin: Any
) -> None:
    client = browser()
    with client.session_transaction() as session:
        session["planted"] = "by a stranger"
    client.log_in(lin)
    with client.session_transaction() as session:
        first = session["_user_id"]
        assert "planted" not in session
    client.send("/logout")
    client.log_in(lin)
    with client.session_transaction() as session:
        assert session["_user_id"] != first


def test_a_copied_cookie_is_dead_after_logout(browser: Any, lin: Any) -> None:
    client, thief = browser(lin), browser()
    with client.session_transaction() as session:
        copied = dict(session)
    client.send("/logout")
    with thief.session_transaction() as session:
        session.update(copied)
    assert thief.get("/").status_code == 303


def test_a_session_ends_when_it_lies_idle_and_at_its_absolute_limit(
    app: Flask, browser: Any, lin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle, always_used = browser(lin), browser(lin)
    start = clock.now()
    step = app.config["SESSION_IDLE"] - timedelta(minutes=1)
    moment = start
    while moment - start < app.config["SESSION_ABSOLUTE"] - step:
        moment += step
        monkeypatch.setattr(clock, "source", lambda moment=moment: moment)
        assert always_used.get("/").status_code == 200
    assert idle.get("/").status_code == 303
    monkeypatch.setattr(
        clock, "source", lambda: start + app.config["SESSION_ABSOLUTE"] + timedelta(seconds=1)
    )
    assert always_used.get("/").status_code == 303


def test_changing_the_password_logs_the_other_devices_out(browser: Any, lin: Any) -> None:
    phone, laptop = browser(lin), browser(lin)
    new = "雨天别忘了收衣服呀"
    response = phone.send(
        "/account/password", {"current": PASSWORD, "password": new, "repeated": new}
    )
    assert response.status_code == 422, "nine characters are too few"
    new += "2026"
    phone.send("/account/password", {"current": PASSWORD, "password": new, "repeated": new})
    assert phone.get("/account").status_code == 200
    assert laptop.get("/account").status_code == 303
    browser().log_in(lin, new)


def test_one_device_can_be_logged_out_from_another(browser: Any, lin: Any) -> None:
    phone, laptop = browser(lin), browser(lin)
    lost = db.session.scalars(db.select(LoginSession).order_by(LoginSession.id)).first()
    laptop.send(f"/account/devices/{lost.id}/revocation")
    assert phone.get("/account").status_code == 303
    assert laptop.get("/account").status_code == 200


def test_nobody_can_log_out_someone_elses_device(browser: Any, lin: Any, fang: Any) -> None:
    phone = browser(lin)
    session_of_lin = db.session.scalars(db.select(LoginSession)).first()
    other = browser(fang)
    assert other.send(f"/account/devices/{session_of_lin.id}/revocation").status_code == 404
    assert phone.get("/account").status_code == 200


def test_guessing_is_slowed_down_for_the_guesser_alone(browser: Any, lin: Any) -> None:
    own_phone = browser(lin)
    own_phone.send("/logout")
    stranger = browser()
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "10.0.0.9"}}
    answers = [
        stranger.send(
            "/login", {"username": "lin", "password": f"guess number {n}"}, **elsewhere
        ).status_code
        for n in range(10)
    ]
    assert answers == [422] * 8 + [429] * 2
    right = {"username": "lin", "password": PASSWORD}
    assert stranger.send("/login", right, **elsewhere).status_code == 429
    assert own_phone.send("/login", right).status_code == 303


def test_many_strangers_guessing_do_not_lock_the_owner_out(browser: Any, lin: Any) -> None:
    own_phone = browser(lin)
    own_phone.send("/logout")
    guess = {"username": "lin", "password": "a guess of somebody"}
    for n in range(100):
        browser().send("/login", guess, environ_overrides={"REMOTE_ADDR": f"10.0.1.{n}"})
    right = {"username": "lin", "password": PASSWORD}
    new_device = browser().send("/login", right, environ_overrides={"REMOTE_ADDR": "10.0.2.1"})
    assert new_device.status_code == 429
    assert own_phone.send("/login", right).status_code == 303


def test_behind_a_plain_proxy_a_stranger_does_not_lock_everybody_out(tmp_path: Path) -> None:
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path), "LINLI_PROXY": True})
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
        lin = factories.user("lin", "林一舟", ["student"])
        guess = {"username": "lin", "password": "a guess of somebody"}
        for _n in range(9):
            app.test_client().send("/login", guess, headers={"X-Forwarded-For": "192.168.1.66"})
        right = {"username": "lin", "password": PASSWORD}
        desk = app.test_client().send("/login", right, headers={"X-Forwarded-For": "192.168.1.5"})
        assert desk.status_code == 303
        assert queries.devices(lin)[0].address == "192.168.1.5"
        db.session.remove()
        db.engine.dispose()


def test_an_expired_login_brings_the_typed_form_back(app: Flask, browser: Any, qin: Any) -> None:
    client = browser(qin)
    forget_everything(app)
    typed = {"name": "贺知夏", "username": "he", "roles": "student"}
    response = client.send("/accounts/new", typed)
    assert response.status_code == 303
    response = client.send(response.location, {"username": "qin", "password": PASSWORD})
    assert response.location.startswith("/accounts/new?restore=")
    page = client.get(response.location).text
    assert 'value="贺知夏"' in page
    assert 'value="he"' in page


def test_an_edit_that_comes_back_after_an_expired_login_is_still_known_as_stale(
    app: Flask, browser: Any, qin: Any, lin: Any
) -> None:
    client = browser(qin)
    forget_everything(app)
    old = str(lin.version)
    typed = {"name": "林一舟舟", "roles": "student", "version": old}
    login = client.send(f"/accounts/{lin.id}/edit", typed).location
    lin.name = "林一周"
    db.session.commit()
    back = client.send(login, {"username": "qin", "password": PASSWORD}).location
    assert f'name="version" value="{old}"' in client.get(back).text
    assert client.send(f"/accounts/{lin.id}/edit", typed).status_code == 409


def test_an_expired_login_during_htmx_leads_to_the_login_page_and_keeps_the_form(
    app: Flask, browser: Any, qin: Any
) -> None:
    client = browser(qin)
    forget_everything(app)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    response = client.send("/accounts/new", {"name": "贺知夏"}, headers=headers)
    assert response.status_code == 200
    assert "贺知夏" not in response.text
    login = response.headers["HX-Redirect"]
    response = client.send(login, {"username": "qin", "password": PASSWORD})
    assert 'value="贺知夏"' in client.get(response.location).text


def test_a_kept_form_is_never_shown_to_another_person(
    app: Flask, browser: Any, qin: Any, admin: Any
) -> None:
    client = browser(qin)
    forget_everything(app)
    login = client.send("/accounts/new", {"name": "贺知夏"}).location
    response = client.send(login, {"username": "admin", "password": PASSWORD})
    assert "restore" not in response.location
    kept = db.session.scalars(db.select(KeptForm)).one()
    assert "贺知夏" not in client.get(f"/accounts/new?restore={kept.token}").text


def test_passwords_are_never_kept(app: Flask, browser: Any, lin: Any) -> None:
    client = browser(lin)
    forget_everything(app)
    client.send("/account/password", {"current": PASSWORD, "password": "x", "repeated": "x"})
    kept = db.session.scalars(db.select(KeptForm)).one()
    assert kept.fields == []


def test_a_closed_account_is_out_at_once_and_cannot_come_back(
    browser: Any, lin: Any, qin: Any
) -> None:
    phone = browser(lin)
    browser(qin).send(f"/accounts/{lin.id}/closing")
    assert phone.get("/account").status_code == 303
    response = browser().send("/login", {"username": "lin", "password": PASSWORD})
    assert response.status_code == 422


def test_a_form_without_the_token_is_refused(app: Flask, browser: Any, qin: Any) -> None:
    client = browser(qin)
    response = client.post("/accounts/new", data={"name": "x", "submission_id": "a" * 36})
    assert response.status_code == 400
    assert "放得太久" in response.text


def test_nobody_waits_to_write_while_a_password_is_checked(
    app: Flask, browser: Any, lin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write_meanwhile() -> None:
        with app.app_context():
            written.append(factories.estate().name)

    def check(_known: str, _password: str) -> bool:
        thread = threading.Thread(target=write_meanwhile)
        thread.start()
        thread.join(timeout=3)
        assert written, "the login held the write lock"
        return True

    monkeypatch.setattr(routes, "is_password", check)
    browser(lin)
    assert written == ["桥机嘉园"]
