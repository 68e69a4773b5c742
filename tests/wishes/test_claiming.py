"""From the wall: claiming a wish, knowing the door, giving back, helping."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.wishes.actions import claim
from blueprints.wishes.claims import Claim
from blueprints.wishes.refusals import WishAlreadyClaimed
from core import clock
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from core.submissions import new_submission_id
from tests.wishes.journeys import whole

DOOR = "示2栋 1单元 301"


# ---- claiming ----


def test_one_tap_claims_a_wish_for_the_usual_time(browser: Any, fang: Any, wish: Any) -> None:
    found = wish("published")
    answer = browser(fang).send(f"/wishes/{found.id}/claim")
    assert answer.status_code == 303
    live = whole(found.id).claim
    assert (live.claimer_id, live.due_on) == (fang.id, today() + timedelta(days=14))


def test_the_claimer_may_promise_an_earlier_day(browser: Any, fang: Any, wish: Any) -> None:
    found, soon = wish("published"), today() + timedelta(days=3)
    browser(fang).send(f"/wishes/{found.id}/claim", {"until": soon.isoformat()})
    assert whole(found.id).claim.due_on == soon


@pytest.mark.parametrize("days", [-1, 15])
def test_a_day_outside_the_usual_time_is_refused(
    browser: Any, fang: Any, wish: Any, days: int
) -> None:
    found, day = wish("published"), today() + timedelta(days=days)
    answer = browser(fang).send(f"/wishes/{found.id}/claim", {"until": day.isoformat()})
    assert answer.status_code == 422
    assert day.isoformat() in answer.text
    assert whole(found.id).state == "published"


def test_who_comes_second_reads_so_and_sees_the_board(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found, other = wish("published"), wish("published", what="修收音机")
    assert browser(lin).send(f"/wishes/{found.id}/claim").status_code == 303
    answer = browser(fang).send(f"/wishes/{found.id}/claim")
    assert answer.status_code == 409
    assert "刚刚被别人认领了" in answer.text
    assert f"/wishes/{other.id}/claim" in answer.text
    assert whole(found.id).claim.claimer_id == lin.id


def test_a_double_tap_is_one_claim_and_no_refusal(browser: Any, fang: Any, wish: Any) -> None:
    found, once = wish("published"), {"submission_id": new_submission_id()}
    client = browser(fang)
    first = client.send(f"/wishes/{found.id}/claim", once)
    again = client.send(f"/wishes/{found.id}/claim", once)
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert len(whole(found.id).claims) == 1


def test_the_database_itself_lets_one_live_claim_through(app: Any, fang: Any, wish: Any) -> None:
    found = wish("published")
    db.session.add(Claim(wish_id=found.id, claimer_id=fang.id, due_on=today()))
    db.session.commit()
    stale = whole(found.id)
    assert stale.state == "published"
    with pytest.raises(WishAlreadyClaimed):
        claim(stale, fang, today())


def test_htmx_gets_the_board_and_what_there_is_to_say(browser: Any, fang: Any, wish: Any) -> None:
    found = wish("published")
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    client = browser(fang)
    answer = client.send(f"/wishes/{found.id}/claim?kind=thing", headers=htmx)
    assert answer.status_code == 200
    assert answer.text.count('id="board"') == 1
    assert '<hx-partial hx-target="#say"' in answer.text
    assert "认领好了" in answer.text
    assert "<html" not in answer.text
    late = client.send(f"/wishes/{found.id}/claim", headers=htmx)
    assert late.status_code == 409
    assert "刚刚被别人认领了" in late.text
    assert 'id="board"' in late.text


# ---- the door ----


def test_the_claimer_opens_the_door_and_that_is_recorded(
    browser: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    client, path = browser(fang), f"/wishes/{found.id}"
    assert DOOR not in client.get(path).text
    assert client.send(f"{path}/door").status_code == 303
    page = client.get(path).text
    assert DOOR in page
    assert "祝**" in page
    looks = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "reveal_room"))
    assert [(look.user_id, look.object_id) for look in looks] == [(fang.id, str(found.id))]


def test_the_door_closes_when_the_claim_ends(browser: Any, fang: Any, wish: Any) -> None:
    found = wish("claimed", claimer=fang)
    client, path = browser(fang), f"/wishes/{found.id}"
    client.send(f"{path}/door")
    client.send(f"{path}/release", {"reason": "这周没空"})
    assert DOOR not in client.get(path).text
    assert client.send(f"{path}/door").status_code == 403


def test_the_door_closes_by_itself_after_a_while(
    browser: Any, fang: Any, wish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = wish("claimed", claimer=fang)
    client, path = browser(fang), f"/wishes/{found.id}"
    client.send(f"{path}/door")
    monkeypatch.setattr(clock, "source", lambda: clock.system_clock() + timedelta(minutes=11))
    assert DOOR not in client.get(path).text


def test_the_claimer_reads_the_details_while_they_have_to_know(
    browser: Any, fang: Any, gu: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang, detail="要能夹在床头的")
    assert "要能夹在床头的" in browser(fang).get(f"/wishes/{found.id}").text
    assert "要能夹在床头的" not in browser(gu).get(f"/wishes/{found.id}").text


# ---- giving back ----


def test_giving_back_on_the_same_day_needs_no_reason(browser: Any, fang: Any, wish: Any) -> None:
    found = wish("claimed", claimer=fang)
    assert browser(fang).send(f"/wishes/{found.id}/release").status_code == 303
    assert whole(found.id).state == "published"


def test_giving_back_later_says_why_and_the_next_one_can_claim(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    whole(found.id).claim.claimed_at -= timedelta(days=2)
    db.session.commit()
    client, path = browser(fang), f"/wishes/{found.id}/release"
    assert client.send(path).status_code == 422
    assert client.send(path, {"reason": "要出差"}).status_code == 303
    back = whole(found.id)
    assert (back.state, back.claim, back.claims[0].end_kind) == ("published", None, "given_back")
    assert "退回过" in browser(lin).get("/wishes").text
    assert browser(lin).send(f"/wishes/{found.id}/claim").status_code == 303


def test_only_the_claimer_or_the_secretary_gives_a_wish_back(
    browser: Any, lin: Any, fang: Any, qin: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    assert browser(lin).send(f"/wishes/{found.id}/release").status_code == 403
    assert browser(qin).send(f"/wishes/{found.id}/release").status_code == 303


# ---- helping ----


def test_a_colleague_helps_sees_the_door_and_can_stop(
    browser: Any, fang: Any, gu: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang, detail="要能夹在床头的")
    client, path = browser(gu), f"/wishes/{found.id}"
    assert client.send(f"{path}/door").status_code == 403
    assert client.send(f"{path}/helpers").status_code == 303
    assert "方晓禾、顾长青" in client.get(path).text
    assert "要能夹在床头的" in client.get(path).text
    client.send(f"{path}/door")
    assert DOOR in client.get(path).text
    assert client.send(f"{path}/helpers/me/end").status_code == 303
    assert DOOR not in client.get(path).text
    assert whole(found.id).claim.everyone_ids == {fang.id}


def test_who_helps_does_not_answer_for_it(browser: Any, fang: Any, gu: Any, wish: Any) -> None:
    found = wish("claimed", claimer=fang)
    client, path = browser(gu), f"/wishes/{found.id}"
    client.send(f"{path}/helpers")
    for step in ("helpers", "fulfilment", "release"):
        assert client.send(f"{path}/{step}", {"note": "好了"}).status_code == 403


def test_who_helped_does_not_call_back(browser: Any, lin: Any, fang: Any, wish: Any) -> None:
    found = wish("claimed", claimer=fang)
    browser(lin).send(f"/wishes/{found.id}/helpers")
    browser(fang).send(f"/wishes/{found.id}/fulfilment", {"note": "一起送到了"})
    said = {"outcome": "done", "words": "好用"}
    assert browser(lin).send(f"/wishes/{found.id}/confirmation", said).status_code == 403
