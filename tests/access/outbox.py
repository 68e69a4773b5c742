"""Who may ask for a token, and who may bring a photo: whoever sent its record."""

from typing import Any

from core.db import db
from core.photo_slots import PhotoSlot
from core.submissions import Submission, new_submission_id
from tests.access.cases import Case, all_get

everybody = all_get(200, nobody=200)
CASES = [
    Case("outbox.index", lambda w: "/outbox", everybody),
    Case("outbox.blank_visit", lambda w: "/offline/visit", everybody),
    Case("outbox.blank_wish", lambda w: "/offline/wish", everybody),
    Case("outbox.worker", lambda w: "/sw.js", everybody),
    Case("outbox.manifest", lambda w: "/manifest.webmanifest", everybody),
    Case(
        "outbox.due",
        lambda w: "/outbox/due",
        all_get(200, secretary=403, manager=403, mentor=403, admin=403),
    ),
    Case("outbox.token", lambda w: "/outbox/token", all_get(204)),
    Case(
        "outbox.take_photo",
        lambda w: f"/outbox/photos/{w.photo_slot_id}",
        all_get(404, student=400),
        "POST",
    ),
]


def build(world: Any) -> None:
    """Add a visit that promised a photo."""

    sent = Submission(
        id=new_submission_id(), user_id=world.student.id, endpoint="visits.new", body_hash=""
    )
    db.session.add(sent)
    db.session.flush()
    world.photo_slot_id = new_submission_id()
    db.session.add(
        PhotoSlot(
            id=world.photo_slot_id,
            submission_id=sent.id,
            kind="visit",
            object_id=world.visit.id,
            sha256="0" * 64,
        )
    )
    db.session.commit()
