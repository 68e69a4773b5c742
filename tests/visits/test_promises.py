"""What was promised: with somebody who does it and a day, listed until it is done."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.visits.models import Visit
from blueprints.visits.promises import FollowUp
from core.clock import today
from core.db import db
from core.notices import Notice, count_unread
from tests import factories
from tests.visits.conftest import QueryCounter, days_ago, told


@pytest.fixture
def promise(browser: Any, lin: Any, home: Any, pairing: Any) -> FollowUp:
    """林一舟 promised 祝婆婆 glasses."""
    browser(lin).send(
        f"/visits/new?household={home.id}", told(follow_what="带老花镜", follow_due=days_ago(-2))
    )
    return db.session.scalar(db.select(FollowUp))


def fields(promise: FollowUp, **changes: Any) -> dict[str, Any]:
    kept = {
        "what": promise.what,
        "owner": str(promise.owner_id),
        "due_on": promise.due_on.isoformat() if promise.due_on else "",
        "version": str(promise.version),
    }
    return kept | changes


def test_a_promise_is_on_the_first_page_and_the_list_until_it_is_done(
    browser: Any, lin: Any, promise: FollowUp
) -> None:
    student = browser(lin)
    for page in ("/", "/follow-ups"):
        assert "带老花镜" in student.get(page).text
    assert student.send(f"/follow-ups/{promise.id}/completion").status_code == 303
    assert "带老花镜" not in student.get("/follow-ups").text
    assert "带老花镜" in student.get("/follow-ups?state=done").text
    db.session.refresh(promise)
    assert promise.done_by_id == lin.id
    student.send(f"/follow-ups/{promise.id}/reopening")
    assert "带老花镜" in student.get("/follow-ups").text


def test_another_may_do_it_on_another_day(
    browser: Any, lin: Any, qin: Any, promise: FollowUp
) -> None:
    student = browser(lin)
    assert "秦若川" in student.get(f"/follow-ups/{promise.id}/edit").text
    changed = fields(promise, owner=str(qin.id), due_on=days_ago(-9))
    assert student.send(f"/follow-ups/{promise.id}/edit", changed).status_code == 303
    assert "带老花镜" in browser(qin).get("/follow-ups").text
    assert "带老花镜" not in student.get("/follow-ups").text
    assert "带老花镜" in student.get("/follow-ups?state=all").text


def test_whoever_is_asked_hears_of_it_until_it_is_done(
    browser: Any, lin: Any, qin: Any, promise: FollowUp
) -> None:
    student, office = browser(lin), browser(qin)
    assert "带老花镜" not in student.get("/notices").text
    student.send(f"/follow-ups/{promise.id}/edit", fields(promise, owner=str(qin.id)))
    assert "林一舟请您办一件答应过的事" in office.get("/notices").text
    office.send(f"/follow-ups/{promise.id}/completion")
    assert count_unread(qin.id) == 0


def test_two_who_change_one_promise_see_both_versions(
    browser: Any, lin: Any, qin: Any, promise: FollowUp
) -> None:
    path, stale = f"/follow-ups/{promise.id}/edit", fields(promise, what="带放大镜")
    assert browser(qin).send(path, fields(promise, what="带老花镜两副")).status_code == 303
    answer = browser(lin).send(path, stale)
    assert answer.status_code == 409
    assert "带老花镜两副" in answer.text
    assert "带放大镜" in answer.text


def test_who_cannot_see_the_household_cannot_take_it_on(
    browser: Any, lin: Any, fang: Any, promise: FollowUp
) -> None:
    student = browser(lin)
    assert "方晓禾" not in student.get(f"/follow-ups/{promise.id}/edit").text
    changed = fields(promise, owner=str(fang.id))
    assert student.send(f"/follow-ups/{promise.id}/edit", changed).status_code == 422
    assert browser(fang).get(f"/follow-ups/{promise.id}/edit").status_code == 404
    assert "带老花镜" not in browser(fang).get("/follow-ups?state=all").text


def test_a_deputy_leaves_the_promise_to_the_student(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    factories.absence(lin, fang)
    browser(fang).send(f"/visits/new?household={home.id}", told(follow_what="带药盒"))
    assert db.session.scalar(db.select(FollowUp)).owner_id == lin.id


def test_the_form_lets_one_choose_who_does_it(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any
) -> None:
    student, path = browser(lin), f"/visits/new?household={home.id}"
    assert 'name="follow_owner"' in student.get(path).text
    student.send(path, told(follow_what="报水压", follow_owner=str(qin.id)))
    assert db.session.scalar(db.select(FollowUp)).owner_id == qin.id
    assert student.send(path, told(follow_what="报水压", follow_owner="9999")).status_code == 422


def test_another_promise_can_be_added_to_a_visit(browser: Any, lin: Any, promise: FollowUp) -> None:
    student, path = browser(lin), f"/visits/{promise.visit_id}/follow-ups"
    nothing = student.send(path)
    assert nothing.status_code == 422
    assert "写一句答应了什么事" in nothing.text
    assert student.send(path, {"what": "修台灯", "owner": str(lin.id)}).status_code == 303
    assert "修台灯" in student.get(f"/visits/{promise.visit_id}").text


def test_a_visit_that_was_struck_out_promised_nothing(
    browser: Any, lin: Any, promise: FollowUp
) -> None:
    student = browser(lin)
    student.send(f"/visits/{promise.visit_id}/void", {"reason": "记错了"})
    assert "带老花镜" not in student.get("/follow-ups").text


def test_a_late_promise_says_for_how_long(browser: Any, lin: Any, promise: FollowUp) -> None:
    promise.due_on = today() - timedelta(days=3)
    db.session.commit()
    assert "超期 3 天" in browser(lin).get("/follow-ups").text


def test_the_list_asks_no_more_for_more_promises(browser: Any, lin: Any, promise: FollowUp) -> None:
    student, counts = browser(lin), []
    visit = db.session.get_one(Visit, promise.visit_id)
    for number in range(2):
        for one in range(3 * number):
            factories.saved(FollowUp(visit_id=visit.id, what=f"第{one}件", owner_id=lin.id))
        student.get("/follow-ups")
        with QueryCounter() as asked:
            student.get("/follow-ups")
        counts.append(asked.count)
    assert counts[0] == counts[1]


def kinds_told() -> list[str]:
    return list(db.session.scalars(db.select(Notice.kind).order_by(Notice.id)))


def nightly(app: Any) -> str:
    return app.test_cli_runner().invoke(args=["visits", "remind"]).output


def test_the_owner_is_reminded_once_before_the_day_and_once_after(
    app: Any, browser: Any, lin: Any, promise: FollowUp, set_clock: Any
) -> None:
    due = promise.due_on
    for before, expected in (
        (2, []),
        (1, ["promise_due_soon"]),
        (0, ["promise_due_soon"]),
        (-1, ["promise_due_soon", "promise_late"]),
        (-5, ["promise_due_soon", "promise_late"]),
    ):
        day = due - timedelta(days=before)
        set_clock(day.year, day.month, day.day, 2)
        nightly(app)
        browser(lin).send("/notices/reading", {"newest": "99"})
        assert kinds_told() == expected, before
    assert "答应的事过了日子" in browser(lin).get("/notices").text


def test_what_is_done_or_was_struck_out_is_not_brought_up(
    app: Any, browser: Any, lin: Any, promise: FollowUp, set_clock: Any
) -> None:
    visit = db.session.get_one(Visit, promise.visit_id)
    visit.void(lin, "记错了")
    db.session.commit()
    day = promise.due_on
    set_clock(day.year, day.month, day.day, 2)
    assert "0 件" in nightly(app)


def test_doing_it_settles_the_reminder(
    app: Any, browser: Any, lin: Any, promise: FollowUp, set_clock: Any
) -> None:
    day = promise.due_on
    set_clock(day.year, day.month, day.day, 2)
    nightly(app)
    assert count_unread(lin.id) == 1
    browser(lin).send(f"/follow-ups/{promise.id}/completion", {"version": str(promise.version)})
    assert count_unread(lin.id) == 0
