"""A form that is sent twice is saved once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from blueprints.accounts.models import User
from core.db import db
from core.submissions import new_submission_id
from tests.conftest import Browser

PERSON = {"name": "贺知夏", "username": "he", "roles": "student"}


def people_called_he() -> int:
    return db.session.scalar(db.select(db.func.count()).where(User.username == "he"))


def test_the_same_form_twice_makes_one_record_and_gets_one_answer(browser: Any, qin: Any) -> None:
    client = browser(qin)
    form = PERSON | {"submission_id": new_submission_id()}
    first, second = client.send("/accounts/new", form), client.send("/accounts/new", form)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert people_called_he() == 1


def test_twenty_at_once_make_one_record_and_get_equal_answers(
    app: Flask, browser: Any, qin: Any
) -> None:
    token_holder = browser(qin)
    form = PERSON | {"submission_id": new_submission_id(), "csrf_token": token_holder.token()}
    with token_holder.session_transaction() as session:
        cookie = dict(session)
    db.session.commit()

    def send(_number: int) -> tuple[int, str | None]:
        with app.app_context():
            client = Browser(app, app.response_class)
            with client.session_transaction() as session:
                session.update(cookie)
            response = client.post("/accounts/new", data=form)
            return response.status_code, response.location

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(20)))
    assert len(answers) == 1
    assert answers.pop()[0] == 303
    assert people_called_he() == 1


def test_the_same_id_with_another_body_is_refused(browser: Any, qin: Any) -> None:
    client = browser(qin)
    form = PERSON | {"submission_id": new_submission_id()}
    client.send("/accounts/new", form)
    assert client.send("/accounts/new", form | {"name": "贺夏"}).status_code == 422


def test_someone_elses_id_is_refused(browser: Any, qin: Any, admin: Any) -> None:
    form = PERSON | {"submission_id": new_submission_id()}
    browser(qin).send("/accounts/new", form)
    assert browser(admin).send("/accounts/new", form).status_code == 422


def test_a_form_without_an_id_is_refused(browser: Any, qin: Any) -> None:
    response = browser(qin).send("/accounts/new", PERSON | {"submission_id": ""})
    assert response.status_code == 400
    assert people_called_he() == 0


def test_a_refused_form_may_be_mended_and_sent_under_its_id(browser: Any, qin: Any) -> None:
    client = browser(qin)
    form = PERSON | {"submission_id": new_submission_id()}
    assert client.send("/accounts/new", form | {"name": ""}).status_code == 422
    assert client.send("/accounts/new", form).status_code == 303
