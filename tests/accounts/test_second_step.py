"""The second step of a login: a code of the moment, which opens once and only with the password."""

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from blueprints.accounts.models import LoginSession, SecondStep
from core import clock
from core.audit import AuditEntry
from core.db import db
from tests.browsing import PHONE, faults
from tests.conftest import PASSWORD, Browser

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OWN = "/account/second-step"


def code(steps_later: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * steps_later))


@pytest.fixture(autouse=True)
def stopped_clock(set_clock: Any) -> None:
    """No code may run out between being read and being typed."""
    set_clock(2026, 11, 22, 10, 0, 5)


@pytest.fixture
def qin_with_phone(app: Flask, qin: Any) -> Any:
    db.session.add(SecondStep(user_id=qin.id, secret=SECRET))
    db.session.commit()
    return qin


def half_way(client: Browser, user: Any, query: str = "") -> Any:
    """Give the right password."""
    return client.send(f"/login{query}", {"username": user.username, "password": PASSWORD})


def give(client: Browser, typed: str, query: str = "") -> Any:
    return client.send(f"/login/code{query}", {"code": typed})


def test_setting_it_up_shows_the_secret_once_and_logs_other_devices_out(
    browser: Any, qin: Any
) -> None:
    client, other = browser(qin), browser(qin)
    shown = client.get(OWN).text
    secret = re.search(r'name="secret"[^>]*value="([A-Z2-7]{32})"', shown)[1]
    assert "<svg" in shown
    typed = {"secret": secret, "code": pyotp.TOTP(secret).at(clock.now())}
    assert client.send(OWN, typed).status_code == 303
    assert secret not in client.get(OWN).text
    assert "开着" in client.get("/account").text
    assert other.get("/account").location.startswith("/login")
    assert secret not in repr(db.session.execute(db.select(AuditEntry.__table__)).all())


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(browser: Any, qin: Any) -> None:
    answer = browser(qin).send(OWN, {"secret": SECRET, "code": "000000"})
    assert answer.status_code == 422
    assert SECRET in answer.text and "验证码不对" in answer.text
    assert db.session.get(SecondStep, qin.id) is None


def test_the_password_alone_opens_nothing(browser: Any, qin_with_phone: Any) -> None:
    client = browser()
    assert half_way(client, qin_with_phone).location == "/login/code"
    assert client.get("/").location.startswith("/login")
    assert db.session.scalar(db.select(db.func.count(LoginSession.id))) == 0


@pytest.mark.parametrize("typed", ["{}", " {} ", "full-width"])
def test_password_and_code_open_the_page_one_was_going_to(
    browser: Any, qin_with_phone: Any, typed: str
) -> None:
    client, digits = browser(), code()
    if typed == "full-width":
        typed, digits = "{}", "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    asked = half_way(client, qin_with_phone, "?next=/wishes")
    assert asked.location == "/login/code?next=/wishes"
    assert give(client, typed.format(digits), "?next=/wishes").location == "/wishes"
    assert client.get("/wishes").status_code == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (1, 303), (2, 422)])
def test_a_code_holds_for_its_half_minute_and_the_ones_beside_it(
    browser: Any, qin_with_phone: Any, steps: int, status: int
) -> None:
    client = browser()
    half_way(client, qin_with_phone)
    assert give(client, code(steps)).status_code == status


def test_a_code_opens_once(browser: Any, qin_with_phone: Any) -> None:
    first, second = browser(), browser()
    used = code()
    half_way(first, qin_with_phone)
    half_way(second, qin_with_phone)
    assert give(first, used).status_code == 303
    assert give(second, used).status_code == 422
    assert give(second, code(-1)).status_code == 422
    assert give(second, code(1)).status_code == 303


def test_a_code_without_the_password_is_asked_for_the_password(
    browser: Any, qin_with_phone: Any
) -> None:
    answer = give(browser(), code())
    assert answer.location == "/login"


def test_a_password_that_was_right_does_not_wait_for_ever(
    browser: Any, qin_with_phone: Any, set_clock: Any
) -> None:
    client = browser()
    half_way(client, qin_with_phone)
    set_clock(2026, 11, 22, 10, 11)
    assert give(client, code()).location == "/login"


def test_guessing_codes_has_to_wait_like_guessing_passwords(
    browser: Any, qin_with_phone: Any
) -> None:
    client = browser()
    half_way(client, qin_with_phone)
    answers = [give(client, "12345x").status_code for _guess in range(12)]
    assert answers[0] == 422 and answers[-1] == 429
    assert give(client, code()).status_code == 429


def test_turning_it_off_needs_the_phone(browser: Any, qin_with_phone: Any) -> None:
    client = browser()
    half_way(client, qin_with_phone)
    give(client, code(-1))
    assert client.send(f"{OWN}/removal", {"code": "000000"}).status_code == 422
    assert client.send(f"{OWN}/removal", {"code": code()}).status_code == 303
    db.session.expire_all()
    assert db.session.get(SecondStep, qin_with_phone.id) is None
    assert browser(qin_with_phone).get("/").status_code == 200


def test_a_new_link_lets_somebody_in_who_lost_the_phone(
    app: Flask, browser: Any, qin_with_phone: Any
) -> None:
    told = app.test_cli_runner().invoke(args=["user", "invite", "qin"]).output
    link = re.search(r"/invitations/\S+", told)[0]
    typed = "新的一句话当密码"
    fields = {"password": typed * 2, "repeated": typed * 2}
    assert browser().send(link, fields).status_code == 303
    db.session.expire_all()
    assert db.session.get(SecondStep, qin_with_phone.id) is None


def test_whoever_manages_accounts_sees_who_has_it(browser: Any, qin: Any, lin: Any) -> None:
    page = browser(qin).get(f"/accounts/{lin.id}").text
    assert "两步登录" in page and "没开" in page


@pytest.mark.browser
def test_the_page_that_asks_for_the_code_suits_everybody(
    address: str, chromium: Any, qin_with_phone: Any
) -> None:
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"{address}/login?next=/account")
    page.fill("[name=username]", "qin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code?next=/account")
    assert list(faults(page)) == []
    page.fill("[name=code]", "12345x")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errors")
    assert list(faults(page)) == []
    page.fill("[name=code]", code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
