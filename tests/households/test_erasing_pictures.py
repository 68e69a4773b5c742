"""Pictures of who is forgotten go with their files; those that another record shows stay."""

import io
import zipfile
from typing import Any

import pytest

from blueprints.activities.models import ActivityPhoto
from blueprints.documents.models import Document
from blueprints.households.models import Household
from blueprints.visits.models import Visit, VisitPhoto
from blueprints.wishes.claims import Claim, WishStep
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.photo_slots import PhotoArrival, PhotoSlot
from core.photos import Photo, photo_folder
from core.submissions import Submission, new_submission_id
from tests import factories
from tests.documents.drafts import certificate_draft, notice_draft
from tests.households.test_erasing_everything import erase


@pytest.fixture
def home(qin: Any) -> Household:
    return factories.household(name="祝秀英")


def visited(home: Household, by: Any, *photos: Photo) -> Visit:
    visit = factories.saved(
        Visit(
            household_id=home.id, visitor_id=by.id, visited_on=today(), met=True, note="精神不错",
            photo_rows=[VisitPhoto(photo_id=photo.id) for photo in photos],
        )
    )  # fmt: skip
    return visit


def fulfilled(home: Household, by: Any, photo: Photo, **fields: Any) -> Wish:
    wish = factories.wish(home, by, state="fulfilled", **fields)
    factories.saved(
        Claim(
            wish_id=wish.id, claimer_id=by.id, due_on=today(), photo_id=photo.id,
            proof_note="送上门了", resident_words="腰松快多了",
        )
    )  # fmt: skip
    factories.saved(
        WishStep(wish_id=wish.id, from_state="claimed", to_state="fulfilled", reason="腰疼")
    )
    return wish


def files() -> set[str]:
    return {path.name for path in photo_folder().glob("*.jpg")}


def test_the_pictures_of_visits_and_wishes_go_with_their_files(
    browser: Any, qin: Any, home: Household
) -> None:
    photos = [factories.photo(qin) for _number in range(3)]
    visited(home, qin, *photos[:2])
    fulfilled(home, qin, photos[2])
    assert len(files()) == 6
    erase(browser(qin), factories.head(home))
    db.session.expire_all()
    assert db.session.scalars(db.select(Photo)).all() == []
    assert files() == set()


def test_a_picture_that_another_record_shows_stays_with_its_file(
    browser: Any, qin: Any, home: Household
) -> None:
    shared, own = factories.photo(qin), factories.photo(qin)
    visited(home, qin, shared, own)
    activity = factories.activity()
    factories.saved(ActivityPhoto(activity_id=activity.id, photo_id=shared.id))
    name = shared.name
    erase(browser(qin), factories.head(home))
    db.session.expire_all()
    assert db.session.scalars(db.select(Photo.name)).all() == [name]
    assert db.session.scalars(db.select(VisitPhoto)).all() == []
    assert len(files()) == 2
    assert name in files()


def test_when_the_erasure_fails_no_picture_is_lost(
    browser: Any, qin: Any, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited(home, qin, factories.photo(qin))

    def broken(*_args: object) -> None:
        raise RuntimeError("no more disk")

    monkeypatch.setattr("blueprints.households.erasure.reindex", broken)
    client, head = browser(qin), factories.head(home)
    with pytest.raises(RuntimeError):
        erase(client, head)
    db.session.rollback()
    assert len(db.session.scalars(db.select(VisitPhoto)).all()) == 1
    assert len(files()) == 2


def test_of_a_home_with_others_only_the_own_wishes_are_forgotten(
    browser: Any, qin: Any, home: Household
) -> None:
    head, other = factories.head(home), factories.resident(home, "祝小妹")
    visited(home, qin, factories.photo(qin))
    own = fulfilled(home, qin, factories.photo(qin), resident_id=head.id)
    theirs = fulfilled(home, qin, factories.photo(qin), what="小台灯", resident_id=other.id)
    erase(browser(qin), head)
    db.session.expire_all()
    told = {claim.wish_id: claim for claim in db.session.scalars(db.select(Claim))}
    assert (told[own.id].proof_note, told[own.id].resident_words) == ("", "")
    assert told[own.id].photo_id is None
    assert told[theirs.id].resident_words == "腰松快多了"
    assert told[theirs.id].photo_id is not None
    assert db.session.scalars(db.select(Visit.note)).one() == "精神不错"
    assert len(files()) == 4


def test_a_picture_still_on_a_phone_is_let_in_no_more(
    browser: Any, qin: Any, home: Household
) -> None:
    visit = visited(home, qin)
    sent = factories.saved(
        Submission(id=new_submission_id(), endpoint="visits.new", body_hash="0", user_id=qin.id)
    )
    slot = factories.saved(
        PhotoSlot(
            id=new_submission_id(), submission_id=sent.id, kind="visit", object_id=visit.id,
            sha256="0" * 64,
        )
    )  # fmt: skip
    slot_id, client = slot.id, browser(qin)
    erase(client, factories.head(home))
    picture, name = factories.picture()
    answer = client.send(f"/outbox/photos/{slot_id}", {"photo": (picture, name)})
    assert answer.status_code == 201, "the phone need not try again"
    db.session.expire_all()
    assert db.session.get_one(PhotoArrival, slot_id).photo_id is None
    assert db.session.scalars(db.select(Photo)).all() == []


def test_drafts_that_name_them_go_and_those_of_a_namesake_stay(
    browser: Any, qin: Any, home: Household
) -> None:
    fulfilled(home, qin, factories.photo(qin))
    label = db.session.scalars(db.select(Wish)).one().label
    namesake = factories.volunteer("祝秀英")
    kept = [certificate_draft(qin, volunteer=namesake).id, notice_draft(qin).id]
    certificate_draft(qin, name="祝秀英")
    notice_draft(qin, matter="有事找祝 秀英。")
    notice_draft(qin, matter="有事请打10000000001。")
    notice_draft(qin, matter=f"心愿{label}已经办好。")
    erase(browser(qin), factories.head(home))
    db.session.expire_all()
    assert db.session.scalars(db.select(Document.id).order_by(Document.id)).all() == kept


def test_the_file_holds_their_pictures(browser: Any, qin: Any, home: Household) -> None:
    visited(home, qin, factories.photo(qin))
    fulfilled(home, qin, factories.photo(qin))
    answer = browser(qin).send(f"/residents/{factories.head(home).id}/file")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    pictures = [name for name in archive.namelist() if name.startswith("照片/")]
    assert pictures == ["照片/1 微心愿 按摩仪.jpg", f"照片/2 走访 {today()}.jpg"]
    assert all(archive.read(name)[:2] == b"\xff\xd8" for name in pictures)
