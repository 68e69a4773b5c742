"""Two people at the same moment: the database decides, and tells the second one so."""

import re
import threading
from collections import Counter
from typing import Any

from flask import Flask

from blueprints.wishes.actions import collect
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from core.db import db
from core.submissions import new_submission_id
from tests import factories

ROUNDS = 30


def at_once(*calls: Any) -> list[Any]:
    """Run these at the same moment, each in a thread of its own; return what they gave."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Any) -> None:
        start.wait()
        answers[place] = call()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def ready_to_claim(client: Any) -> Any:
    """Return a call that claims a wish as this person, with nothing left to look up before."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/wishes").text)[1]

    def claim(wish_id: int) -> int:
        fields = {"csrf_token": token, "submission_id": new_submission_id()}
        with client.application.app_context():
            return client.post(f"/wishes/{wish_id}/claim", data=fields).status_code

    return claim


def test_of_two_who_claim_at_once_exactly_one_wins(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    wishes = [wish("published").id for _round in range(ROUNDS)]
    first, second = (ready_to_claim(browser(person)) for person in (lin, fang))
    db.session.remove()
    for wish_id in wishes:
        answers = at_once(lambda w=wish_id: first(w), lambda w=wish_id: second(w))
        assert sorted(answers) == [303, 409]
    live = db.session.scalars(db.select(Claim.wish_id).where(Claim.ended_at.is_(None)))
    assert Counter(live) == dict.fromkeys(wishes, 1)


def test_wishes_collected_at_once_get_different_numbers(app: Flask, lin: Any, home: Any) -> None:
    home_id, lin_id = home.id, lin.id
    db.session.remove()

    def write_down() -> None:
        with app.app_context():
            household = db.session.get_one(factories.Household, home_id)
            collect(household, db.session.get_one(factories.User, lin_id), "按摩仪")
            db.session.commit()

    for _round in range(5):
        at_once(write_down, write_down, write_down)
    numbers = db.session.scalars(db.select(Wish.number).order_by(Wish.number))
    assert list(numbers) == list(range(1, 16))
