"""A visit once written: read, corrected, struck out; its photos."""

import io
from typing import Any

import pytest
from PIL import Image

from blueprints.households.models import Consent
from blueprints.teams.models import ServiceEntry
from blueprints.visits.models import Visit
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from core.photos import Photo, photo_folder
from tests import factories
from tests.visits.conftest import days_ago, told


def picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(data, "JPEG")
    data.seek(0)
    return data


@pytest.fixture
def visit(browser: Any, lin: Any, home: Any, pairing: Any) -> Visit:
    """林一舟 met somebody there three days ago."""
    browser(lin).send(f"/visits/new?household={home.id}", told(day=days_ago(3), note="精神不错"))
    return db.session.scalar(db.select(Visit))


def changed(visit: Visit, **changes: Any) -> dict[str, Any]:
    return told(day=days_ago(3), version=str(visit.version)) | changes


def test_a_correction_is_saved_and_reckoned(
    browser: Any, lin: Any, pairing: Any, visit: Visit
) -> None:
    student = browser(lin)
    page = student.get(f"/visits/{visit.id}/edit").text
    assert "精神不错</textarea>" in page
    assert f'value="{days_ago(3)}"' in page
    answer = student.send(f"/visits/{visit.id}/edit", changed(visit, day=days_ago(1), note="好"))
    assert answer.status_code == 303
    db.session.refresh(pairing)
    assert pairing.last_met_on.isoformat() == days_ago(1)
    db.session.refresh(visit)
    assert visit.note == "好"
    assert visit.revised_at is not None


def test_what_stood_there_before_is_shown_with_who_changed_it(
    browser: Any, lin: Any, qin: Any, visit: Visit
) -> None:
    student = browser(lin)
    assert "改过" not in student.get(f"/visits/{visit.id}").text
    student.send(f"/visits/{visit.id}/edit", changed(visit, note="腿好些了"))
    db.session.refresh(visit)
    browser(qin).send(
        f"/visits/{visit.id}/edit", changed(visit, note="腿好些了", kinds=["chat", "repair"])
    )
    page = student.get(f"/visits/{visit.id}").text
    assert "改过 2 次" in page
    assert "<s>精神不错</s> → 腿好些了" in page
    assert page.index("秦若川 ·") < page.index("林一舟 ·", page.index("改过 2 次"))
    trail = db.session.scalars(db.select(AuditEntry).where(AuditEntry.object_type == "visit"))
    assert all("精神不错" not in f"{entry.before}{entry.after}" for entry in trail)


def test_saving_without_a_change_is_no_correction(browser: Any, lin: Any, visit: Visit) -> None:
    student = browser(lin)
    student.send(f"/visits/{visit.id}/edit", changed(visit, note="精神不错"))
    assert "改过" not in student.get(f"/visits/{visit.id}").text


def test_a_visit_that_turns_out_to_be_in_vain_makes_the_next_one_due_again(
    browser: Any, lin: Any, pairing: Any, visit: Visit
) -> None:
    fields = changed(visit, met="no", not_met_reason="away")
    browser(lin).send(f"/visits/{visit.id}/edit", fields)
    db.session.refresh(pairing)
    assert pairing.last_met_on is None
    assert pairing.days_late(today()) == 9


def test_a_correction_that_lacks_something_keeps_what_was_typed(
    browser: Any, lin: Any, visit: Visit
) -> None:
    answer = browser(lin).send(f"/visits/{visit.id}/edit", changed(visit, kinds=[], note="新的话"))
    assert answer.status_code == 422
    assert "新的话</textarea>" in answer.text
    assert "选一样做了什么" in answer.text


def test_two_who_correct_one_visit_see_both_versions(
    browser: Any, lin: Any, qin: Any, visit: Visit
) -> None:
    path, first = f"/visits/{visit.id}/edit", changed(visit, kinds=["chat", "repair"])
    second = changed(visit, note="他写的", minutes="60")
    assert browser(qin).send(path, first).status_code == 303
    late = browser(lin).send(path, second)
    assert late.status_code == 409
    for words in ("他写的", "精神不错", "1 小时", "30 分", "搭手修理"):
        assert words in late.text
    db.session.refresh(visit)
    assert visit.note == "精神不错"


def test_the_trail_tells_what_was_changed_but_not_the_note(
    browser: Any, lin: Any, visit: Visit
) -> None:
    fields = changed(visit, kinds=["escort"], note="秘密的话")
    browser(lin).send(f"/visits/{visit.id}/edit", fields)
    entries = db.session.scalars(db.select(AuditEntry).where(AuditEntry.object_type == "visit"))
    told_in_trail = [entry.after for entry in entries]
    assert any((after.get("after") or {}).get("kinds") == ["escort"] for after in told_in_trail)
    assert "秘密的话" not in str(told_in_trail)


def test_the_ledger_keeps_what_was_proposed(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    factories.volunteer("林一舟", user=lin)
    student = browser(lin)
    student.send(f"/visits/new?household={home.id}", told(day=days_ago(3)))
    visit = db.session.scalar(db.select(Visit))
    answer = student.send(f"/visits/{visit.id}/edit", changed(visit, minutes="60"))
    assert "报过的服务时长不会跟着变" in student.get(answer.location).text
    assert [entry.minutes for entry in db.session.scalars(db.select(ServiceEntry))] == [30]


def test_a_colleague_reads_the_households_history_but_does_not_change_it(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any, visit: Visit
) -> None:
    browser(qin).send(f"/pairings/{pairing.id}/end", {"reason": "handover"})
    factories.pairing(fang, home)
    successor = browser(fang)
    assert "精神不错" in successor.get(f"/households/{home.id}").text
    assert "精神不错" in successor.get("/visits").text
    assert successor.get(f"/visits/{visit.id}").status_code == 200
    assert successor.get(f"/visits/{visit.id}/edit").status_code == 403
    assert successor.send(f"/visits/{visit.id}/void", {"reason": "x"}).status_code == 403
    assert browser(lin).get(f"/visits/{visit.id}").status_code == 404
    assert browser(qin).get(f"/visits/{visit.id}/edit").status_code == 200


def test_a_void_visit_stays_readable_and_counts_no_longer(
    browser: Any, lin: Any, pairing: Any, visit: Visit
) -> None:
    student, path = browser(lin), f"/visits/{visit.id}/void"
    wordless = student.send(path)
    assert wordless.status_code == 422
    assert "写一句为什么作废" in wordless.text
    assert student.send(path, {"reason": "记错了人家"}).status_code == 303
    db.session.refresh(pairing)
    assert pairing.last_met_on is None
    assert pairing.last_tried_on is None
    page = student.get(f"/visits/{visit.id}").text
    assert "作废" in page
    assert "记错了人家" in page
    assert "精神不错" in page


def test_a_visit_is_voided_once_and_then_left_alone(browser: Any, lin: Any, visit: Visit) -> None:
    student = browser(lin)
    student.send(f"/visits/{visit.id}/void", {"reason": "记错了"})
    assert student.send(f"/visits/{visit.id}/void", {"reason": "又"}).status_code == 409
    assert student.get(f"/visits/{visit.id}/edit").status_code == 409
    assert student.send(f"/visits/{visit.id}/edit", changed(visit)).status_code == 409


def test_photos_are_kept_and_served_to_who_sees_the_visit(
    browser: Any, lin: Any, fang: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    fields = told(photos=[(picture(), "door.jpg"), (picture(), "radio.jpg")])
    page = student.get(student.send(f"/visits/new?household={home.id}", fields).location).text
    first, second = db.session.scalars(db.select(Photo).order_by(Photo.id))
    visit = db.session.scalar(db.select(Visit))
    assert f"/visits/{visit.id}/photos/{second.id}?size=small" in page
    url = f"/visits/{visit.id}/photos/{first.id}"
    whole, small = student.get(url), student.get(f"{url}?size=small")
    assert (whole.mimetype, small.mimetype) == ("image/jpeg", "image/jpeg")
    assert len(small.data) < len(whole.data)
    assert whole.headers["Cache-Control"] == "private, no-store"
    assert browser(fang).get(url).status_code == 404


def test_a_photo_is_served_only_with_its_own_visit(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student, path = browser(lin), f"/visits/new?household={home.id}"
    student.send(path, told(photos=[(picture(), "door.jpg")]))
    student.send(path, told())
    with_photo, without = db.session.scalars(db.select(Visit).order_by(Visit.id))
    photo = db.session.scalar(db.select(Photo))
    assert student.get(f"/visits/{with_photo.id}/photos/{photo.id}").status_code == 200
    assert student.get(f"/visits/{without.id}/photos/{photo.id}").status_code == 404


def test_a_refused_photo_is_named_and_the_rest_of_the_form_kept(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    photos = [(picture(), "door.jpg"), (io.BytesIO(b"<html>"), "page.jpg")]
    fields = told(note="精神不错", photos=photos)
    answer = browser(lin).send(f"/visits/new?household={home.id}", fields)
    assert answer.status_code == 422
    assert "page.jpg：不是照片" in answer.text
    assert "精神不错</textarea>" in answer.text
    assert db.session.scalar(db.select(db.func.count(Visit.id))) == 0
    assert list(photo_folder().glob("*")) == []


def test_a_visit_has_at_most_ten_photos(browser: Any, lin: Any, home: Any, pairing: Any) -> None:
    photos = [(picture(), f"{number}.jpg") for number in range(11)]
    answer = browser(lin).send(f"/visits/new?household={home.id}", told(photos=photos))
    assert answer.status_code == 422
    assert "最多 10 张" in answer.text


def test_a_household_that_wants_no_photos_is_not_photographed(
    browser: Any, lin: Any, home: Any, pairing: Any, head: Any
) -> None:
    student, path = browser(lin), f"/visits/new?household={home.id}"
    assert "先问一句能不能拍" in student.get(path).text
    factories.saved(Consent(resident_id=head.id, kind="photo", answer="granted"))
    assert "祝婆婆同意拍照" in student.get(path).text
    factories.saved(Consent(resident_id=head.id, kind="photo", answer="withdrawn"))
    assert "不愿意拍照" in student.get(path).text
    student.send(path, told(photos=[(picture(), "door.jpg")]))
    assert db.session.scalar(db.select(db.func.count(Visit.id))) == 1
    assert db.session.scalar(db.select(db.func.count(Photo.id))) == 0


def test_a_photo_can_be_added_later(browser: Any, lin: Any, visit: Visit) -> None:
    fields = changed(visit, photos=[(picture(), "door.jpg")])
    assert browser(lin).send(f"/visits/{visit.id}/edit", fields).status_code == 303
    assert db.session.scalar(db.select(db.func.count(Photo.id))) == 1


def test_a_photo_that_should_not_be_there_is_gone_for_good(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    photos = [(picture(), "door.jpg"), (picture(), "radio.jpg")]
    url = student.send(f"/visits/new?household={home.id}", told(photos=photos)).location
    first, second = db.session.scalars(db.select(Photo).order_by(Photo.id))
    first_id, kept_name = first.id, second.name
    assert f"{url}/photos/{first_id}?size=small" in student.get(f"{url}/edit").text
    fields = told(version="1", drop_photos=[str(first_id)])
    assert student.send(f"{url}/edit", fields).status_code == 303
    assert student.get(f"{url}/photos/{first_id}").status_code == 404
    assert [photo.name for photo in db.session.scalars(db.select(Photo))] == [kept_name]
    stem = kept_name.removesuffix(".jpg")
    left = {path.name for path in photo_folder().iterdir()}
    assert left == {kept_name, f"{stem}.small.jpg"}
    actions = list(db.session.scalars(db.select(AuditEntry.action)))
    assert "drop_photo" in actions


def test_a_dropped_photo_makes_room_for_another(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    ten = [(picture(), f"{number}.jpg") for number in range(10)]
    url = student.send(f"/visits/new?household={home.id}", told(photos=ten)).location
    photo_id = str(db.session.scalar(db.select(db.func.min(Photo.id))))
    fields = told(version="1", photos=[(picture(), "new.jpg")])
    assert student.send(f"{url}/edit", fields).status_code == 422
    again = told(version="1", photos=[(picture(), "new.jpg")], drop_photos=[photo_id])
    assert student.send(f"{url}/edit", again).status_code == 303
    assert db.session.scalar(db.select(db.func.count(Photo.id))) == 10
