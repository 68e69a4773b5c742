"""What a phone's outbox is told by the server, and that each thing is taken in once."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, request
from PIL import Image
from sqlalchemy import event

from blueprints.accounts.models import LoginSession
from blueprints.households.models import Consent
from blueprints.visits.models import Visit, VisitPhoto
from blueprints.visits.pairings import Pairing
from core import pictures
from core.clock import now, today
from core.db import db
from core.photos import photo_folder
from core.submissions import new_submission_id
from tests import factories
from tests.conftest import Browser


@pytest.fixture
def home(lin: Any, qin: Any) -> Any:
    """祝婆婆's household, looked after by 林一舟."""
    household = factories.household()
    factories.pairing(lin, household)
    return household


class Phone:
    """林一舟's phone: sends as its outbox does."""

    def __init__(self, client: Browser, person: Any, home: Any) -> None:
        self.client, self.home, self.person = client, home, person.id
        self.headers = {"Outbox": str(person.id)}

    def visit(self, *photos: "Shot", **changes: Any) -> Any:
        fields = {
            "met": "yes",
            "kinds": ["chat"],
            "day": today().isoformat(),
            "minutes": "30",
            "photo_slot": [f"{photo.id} {photo.digest}" for photo in photos],
        }
        return self.client.send(
            f"/visits/new?household={self.home.id}", fields | changes, headers=self.headers
        )

    def bring(self, photo: "Shot", **headers: str) -> Any:
        file = (io.BytesIO(photo.data), "照片.jpg")
        return self.client.send(
            f"/outbox/photos/{photo.id}", {"photo": file}, headers=self.headers | headers
        )


class Shot:
    """One picture on the phone, with the id and the hash it goes by."""

    def __init__(self, color: str = "#a86") -> None:
        out = io.BytesIO()
        Image.new("RGB", (320, 240), color).save(out, "JPEG")
        self.data = out.getvalue()
        self.id, self.digest = new_submission_id(), hashlib.sha256(self.data).hexdigest()


@pytest.fixture
def phone(browser: Any, lin: Any, home: Any) -> Phone:
    return Phone(browser(lin), lin, home)


def count(model: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def files() -> int:
    return len(list(photo_folder().glob("*.jpg")))


def test_a_record_is_answered_with_its_number_and_time(phone: Phone) -> None:
    answer = phone.visit()
    visit = db.session.scalar(db.select(Visit))
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/visits/{visit.id}")
    assert answer.headers["Receipt-Number"] == str(visit.id)
    assert answer.headers["Receipt-Time"].startswith(now().isoformat()[:13])


def test_a_record_sent_again_gets_the_same_receipt(phone: Phone) -> None:
    key = new_submission_id()
    first, second = phone.visit(submission_id=key), phone.visit(submission_id=key)
    for name in ("Location", "Receipt-Number", "Receipt-Time"):
        assert first.headers[name] == second.headers[name]
    assert count(Visit) == 1


def test_a_refused_record_answers_with_its_form_and_makes_no_slot(phone: Phone) -> None:
    assert phone.visit(Shot(), met="").status_code == 422
    assert db.session.scalar(db.text("SELECT count(*) FROM photo_slot")) == 0


def test_an_expired_login_is_told_and_nothing_is_kept_elsewhere(phone: Phone, app: Flask) -> None:
    phone.client.token()
    db.session.execute(db.update(LoginSession).values(seen_at=now() - app.config["SESSION_IDLE"]))
    assert phone.visit().status_code == 401
    assert db.session.scalar(db.text("SELECT count(*) FROM kept_form")) == 0


def test_what_one_person_wrote_is_never_sent_as_another(
    browser: Any, fang: Any, lin: Any, home: Any
) -> None:
    phone = Phone(browser(fang), lin, home)
    assert phone.visit().status_code == 401
    assert count(Visit) == 0


def test_a_visit_is_complete_only_with_all_its_photos(phone: Phone) -> None:
    first, second = Shot(), Shot("#468")
    page = phone.visit(first, second).headers["Location"]
    assert "还有 2 张照片没有送到" in phone.client.get(page).text
    assert phone.bring(first).status_code == 201
    told = phone.client.get(page).text
    assert "还有 1 张照片没有送到" in told
    assert "完整" not in told
    assert phone.bring(second).status_code == 201
    assert "都送到了" in phone.client.get(page).text
    assert count(VisitPhoto) == 2


def test_a_photo_brought_again_is_answered_alike_and_kept_once(phone: Phone) -> None:
    shot = Shot()
    phone.visit(shot)
    answers = {phone.bring(shot).headers["Receipt-Time"] for _each in range(3)}
    assert len(answers) == 1
    assert (count(VisitPhoto), files()) == (1, 2)


def test_one_photo_brought_by_ten_at_once_is_kept_once(phone: Phone, app: Flask) -> None:
    shot = Shot()
    phone.visit(shot)
    token = phone.client.token()
    with phone.client.session_transaction() as session:
        cookie = dict(session)
    db.session.commit()

    def bring(_number: int) -> int:
        with app.app_context():
            client = Browser(app, app.response_class)
            with client.session_transaction() as session:
                session.update(cookie)
            file = (io.BytesIO(shot.data), "照片.jpg")
            fields = {"photo": file, "csrf_token": token}
            return client.post(
                f"/outbox/photos/{shot.id}", data=fields, headers=phone.headers
            ).status_code

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(bring, range(10))) == {201}
    assert (count(VisitPhoto), files()) == (1, 2)


def test_a_photo_before_its_record_finds_no_place(phone: Phone) -> None:
    assert phone.bring(Shot()).status_code == 404
    assert not photo_folder().exists() or files() == 0


def test_other_bytes_than_announced_are_refused(phone: Phone) -> None:
    shot = Shot()
    phone.visit(shot)
    shot.data = Shot("#123").data
    answer = phone.bring(shot)
    assert answer.status_code == 422
    assert "没有收下" in answer.text
    assert count(VisitPhoto) == 0


def test_a_photo_that_is_none_is_refused_and_the_visit_stays(phone: Phone) -> None:
    shot = Shot()
    shot.data = b"<html>"
    shot.digest = hashlib.sha256(shot.data).hexdigest()
    phone.visit(shot)
    assert phone.bring(shot).status_code == 422
    assert (count(Visit), count(VisitPhoto)) == (1, 0)


def test_a_promised_photo_arrives_although_its_writer_sees_the_visit_no_more(
    phone: Phone, home: Any
) -> None:
    promised, other = Shot(), Shot("#468")
    page = phone.visit(promised).headers["Location"]
    pairing = db.session.scalars(db.select(Pairing)).one()
    pairing.ended_on = today() - timedelta(days=1)
    db.session.commit()
    assert phone.client.get(page).status_code == 404
    other.id = promised.id
    assert phone.bring(other).status_code == 422
    assert phone.bring(promised).status_code == 201
    assert count(VisitPhoto) == 1
    assert phone.client.get(page).status_code == 404


def test_photos_refused_meanwhile_are_not_taken_in(phone: Phone, home: Any) -> None:
    shot = Shot()
    phone.visit(shot)
    head = factories.head(home)
    db.session.add(
        Consent(
            resident_id=head.id, kind="photo", answer="refused", form="spoken", given_on=today()
        )
    )
    db.session.commit()
    assert phone.bring(shot).status_code == 409
    assert (count(VisitPhoto), files()) == (0, 0)


def test_too_many_promised_photos_are_refused_with_the_form(phone: Phone) -> None:
    answer = phone.visit(*(Shot() for _each in range(11)))
    assert answer.status_code == 422
    assert "最多 10 张" in answer.text


def test_photos_are_decoded_before_the_write_lock_is_taken(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long happens while others may still write."""
    happened: list[str] = []
    decode = pictures._decoded
    monkeypatch.setattr(
        pictures, "_decoded", lambda *args: happened.append("decoded") or decode(*args)
    )
    shot = Shot()

    def note(_connection: Any) -> None:
        if request and request.method == "POST":
            happened.append("lock taken")

    event.listen(db.engine, "begin", note)
    phone.visit(photos=[(io.BytesIO(shot.data), "照片.jpg")])
    event.remove(db.engine, "begin", note)
    assert happened == ["decoded", "lock taken"]
    assert count(VisitPhoto) == 1
