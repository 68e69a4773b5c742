"""From the claim to the thanks: doing, showing, asking the resident, withdrawing."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from blueprints.households.models import Consent
from blueprints.visits.pairings import Pairing
from core.clock import today
from core.db import db
from core.photos import photo_folder
from tests import factories
from tests.wishes.journeys import whole


def picture(colour: str = "teal") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (120, 90), colour).save(out, "JPEG")
    out.seek(0)
    return out


# ---- doing it, and asking the resident ----


def test_the_claimer_says_how_it_was_done_with_a_picture(
    browser: Any, lin: Any, fang: Any, gu: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    fields = {"note": "送到家里了", "cost": "120", "photo": (picture(), "按摩仪.jpg")}
    assert browser(fang).send(f"/wishes/{found.id}/fulfilment", fields).status_code == 303
    done = whole(found.id)
    assert (done.state, done.claim.cost_yuan, done.claim.proof_note) == (
        "fulfilled",
        120,
        "送到家里了",
    )
    for person, status in ((fang, 200), (lin, 200), (gu, 403)):
        shown = browser(person).get(f"/wishes/{found.id}/photo")
        assert shown.status_code == status
    small = browser(lin).get(f"/wishes/{found.id}/photo?size=small")
    assert (small.mimetype, small.headers["Cache-Control"]) == ("image/jpeg", "no-store")


def test_what_it_cost_stays_between_the_claimer_and_the_secretary(
    browser: Any, lin: Any, fang: Any, qin: Any, wish: Any
) -> None:
    found = wish("fulfilled", claimer=fang)
    told = {p.username: "88 元" in browser(p).get(f"/wishes/{found.id}").text
            for p in (lin, fang, qin)}  # fmt: skip
    assert told == {"lin": False, "fang": True, "qin": True}


def test_more_than_a_small_wish_costs_is_told_not_refused(
    browser: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    client = browser(fang)
    answer = client.send(
        f"/wishes/{found.id}/fulfilment", {"note": "买好了", "cost": "260"}, follow_redirects=True
    )
    assert "花费超过了 200 元" in answer.text
    assert whole(found.id).claim.cost_yuan == 260


def test_a_picture_that_is_none_is_refused_by_name_and_the_rest_is_kept(
    browser: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    fields = {"note": "送到家里了", "cost": "35", "photo": (io.BytesIO(b"<html>"), "办好了.jpg")}
    answer = browser(fang).send(f"/wishes/{found.id}/fulfilment", fields)
    assert answer.status_code == 422
    for kept in ("办好了.jpg", "送到家里了", 'value="35"'):
        assert kept in answer.text
    assert whole(found.id).state == "claimed"
    assert not photo_folder().exists() or not list(photo_folder().iterdir())


def send_picture(client: Any, wish: Any, **more: Any) -> Any:
    fields = {"note": "送到了", "photo": (picture(), "送到了.jpg")} | more
    return client.send(f"/wishes/{wish.id}/fulfilment", fields)


def answer(home: Any, question: str, said: str) -> None:
    """Let the resident answer a question of consent."""
    who = factories.head(home)
    factories.saved(Consent(resident_id=who.id, kind=question, answer=said))


def test_a_picture_of_the_resident_needs_their_consent(
    browser: Any, fang: Any, home: Any, wish: Any
) -> None:
    found, client = wish("claimed", claimer=fang), browser(fang)
    assert "照片里有住户" not in client.get(f"/wishes/{found.id}/fulfilment").text
    assert send_picture(client, found, photo_shows_resident="y").status_code == 422
    answer(home, "photo", "granted")
    assert "照片里有住户" in client.get(f"/wishes/{found.id}/fulfilment").text
    assert send_picture(client, found, photo_shows_resident="y").status_code == 303
    assert whole(found.id).claim.photo_shows_resident


@pytest.mark.parametrize(("shows_resident", "status"), [("", 200), ("y", 403)])
def test_a_picture_of_the_resident_goes_when_they_take_their_consent_back(
    browser: Any, lin: Any, fang: Any, home: Any, wish: Any, shows_resident: str, status: int
) -> None:
    answer(home, "photo", "granted")
    found = wish("claimed", claimer=fang)
    send_picture(browser(fang), found, photo_shows_resident=shows_resident)
    client = browser(lin)
    assert client.get(f"/wishes/{found.id}/photo").status_code == 200
    answer(home, "photo", "withdrawn")
    assert client.get(f"/wishes/{found.id}/photo").status_code == status
    assert ("不再显示" in client.get(f"/wishes/{found.id}").text) == (status == 403)


def test_what_an_earlier_claimer_spent_is_not_told_to_the_next(
    browser: Any, lin: Any, fang: Any, gu: Any, wish: Any
) -> None:
    found = whole(wish("fulfilled", claimer=fang).id)
    found.reopen(lin, "还没送来", today(), 3)
    found.release(fang, "没空")
    db.session.commit()
    client = browser(gu)
    client.send(f"/wishes/{found.id}/claim")
    assert "88 元" not in client.get(f"/wishes/{found.id}").text


def test_somebody_else_asks_the_resident_and_the_wish_is_done(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("fulfilled", claimer=fang)
    said = {"outcome": "done", "words": "好用得很"}
    assert browser(lin).send(f"/wishes/{found.id}/confirmation", said).status_code == 303
    done = whole(found.id)
    assert (done.state, done.claim.resident_words, done.claim.confirmed_by_id) == (
        "confirmed", "好用得很", lin.id,
    )  # fmt: skip


def test_who_did_it_does_not_ask_even_when_they_look_after_the_household(
    browser: Any, lin: Any, wish: Any
) -> None:
    found = wish("fulfilled", claimer=lin)
    client, said = browser(lin), {"outcome": "done", "words": "好用"}
    assert client.send(f"/wishes/{found.id}/confirmation", said).status_code == 403
    assert "等另一位同事问过住户" in client.get(f"/wishes/{found.id}").text


def test_a_resident_who_says_not_yet_sends_it_back_to_the_claimer(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("fulfilled", claimer=fang, until=today())
    said = {"outcome": "not_yet", "words": "还没送来"}
    browser(lin).send(f"/wishes/{found.id}/confirmation", said)
    back = whole(found.id)
    assert (back.state, back.claim.claimer_id) == ("claimed", fang.id)
    assert back.claim.due_on == today() + timedelta(days=14)


def test_the_secretary_thanks_and_the_wish_is_over(browser: Any, qin: Any, wish: Any) -> None:
    found = wish("confirmed")
    client, path = browser(qin), f"/wishes/{found.id}/thanks"
    assert client.send(path, {"words": "辛苦了"}).status_code == 303
    assert "辛苦了" in client.get(f"/wishes/{found.id}").text
    again = client.send(path)
    assert again.status_code == 409
    assert "已致谢" in again.text


# ---- withdrawing ----


@pytest.mark.parametrize("state", ["collected", "published", "claimed"])
def test_a_withdrawn_wish_is_off_the_wall_at_once(
    browser: Any, lin: Any, gu: Any, fang: Any, wish: Any, state: str
) -> None:
    found = wish(state, claimer=fang)
    client, path = browser(lin), f"/wishes/{found.id}/withdrawal"
    assert client.send(path).status_code == 422
    assert client.send(path, {"reason": "不同意公开了"}).status_code == 303
    assert whole(found.id).claim is None
    assert browser(gu).get(f"/wishes/{found.id}").status_code == 404
    assert "不同意公开了" in client.get(f"/wishes/{found.id}").text


def test_the_claimer_still_learns_that_a_wish_was_withdrawn(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    browser(lin).send(f"/wishes/{found.id}/withdrawal", {"reason": "住院了"})
    page = browser(fang).get(f"/wishes/{found.id}")
    assert page.status_code == 200
    assert "已撤回" in page.text
    assert "住院了" not in page.text


def test_access_ends_with_the_pairing(browser: Any, lin: Any, qin: Any, wish: Any) -> None:
    found = wish("published", what="按摩仪", detail="下午在家")
    client = browser(lin)
    assert "下午在家" in client.get(f"/wishes/{found.id}").text
    pairing = db.session.scalars(db.select(Pairing)).one()
    pairing.end("handover", qin, today())
    db.session.commit()
    assert "下午在家" not in client.get(f"/wishes/{found.id}").text
    assert client.send(f"/wishes/{found.id}/withdrawal", {"reason": "x"}).status_code == 403
