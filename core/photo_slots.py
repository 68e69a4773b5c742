"""Photos that follow their record: promised with it, then brought one by one, each at most once.

A phone sends the record first and names the pictures that will come, each by an id of its own and
the SHA-256 of its bytes. The record is complete when every slot has its picture.
"""

import hashlib
import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from flask import abort, g, request
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index, Select, String, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.datastructures import FileStorage

from core.clock import now
from core.db import UtcDateTime, db
from core.errors import RuleBroken
from core.photos import Photo, discard_photo, photo_folder, take_in
from core.submissions import Submission

FIELD = "photo_slot"
VALUE = re.compile(r"([0-9A-Za-z-]{16,64}) ([0-9a-f]{64})")

Home = Callable[[int, Photo], None]
H = TypeVar("H", bound=Home)
homes: dict[str, Home] = {}


class PhotoSlot(db.Model):
    """One picture that a record promised, and the record it belongs to."""

    __tablename__ = "photo_slot"
    __table_args__ = (Index("ix_photo_slot_record", "kind", "object_id"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    arrival: Mapped["PhotoArrival | None"] = relationship(lazy="joined", back_populates="slot")


class PhotoArrival(db.Model):
    """The picture of a slot has come: its key lets one in. A photo that was taken out again
    leaves its arrival, so that the phone does not bring it back.
    """

    __tablename__ = "photo_arrival"

    slot_id: Mapped[str] = mapped_column(ForeignKey("photo_slot.id"), primary_key=True)
    photo_id: Mapped[int | None] = mapped_column(
        ForeignKey("photo.id", ondelete="SET NULL"), unique=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    slot: Mapped[PhotoSlot] = relationship(lazy="raise", back_populates="arrival")
    photo: Mapped[Photo | None] = relationship(lazy="raise")


class PhotoDamaged(RuleBroken):
    """The bytes are not those that the phone announced."""

    status = 422

    def __str__(self) -> str:
        return _("这张照片和登记的不一样，没有收下。")


def home_of_photos(kind: str) -> Callable[[H], H]:
    """Let a function put a picture that came later into a room's record of this kind.

    It is given the record's id and the photo, and may refuse with a ``RuleBroken``.
    """

    def register(home: H) -> H:
        homes[kind] = home
        return home

    return register


def promised() -> list[tuple[str, str]]:
    """Return id and SHA-256 of each picture that the posted form says will follow."""
    found = [VALUE.fullmatch(value) for value in request.form.getlist(FIELD)]
    if not all(found):
        abort(400)
    return [(match[1], match[2]) for match in found if match]


def expect_photos(kind: str, object_id: int) -> None:
    """Keep a slot for each picture that the posted form says will follow."""
    db.session.flush()
    db.session.add_all(
        PhotoSlot(
            id=slot_id, sha256=digest, kind=kind, object_id=object_id, submission_id=g.submission.id
        )
        for slot_id, digest in promised()
    )
    db.session.flush()


def slot_of(user_id: int, slot_id: str) -> Select[tuple[PhotoSlot]]:
    """Return a slot of a record that this person sent."""
    own = PhotoSlot.submission_id == Submission.id, Submission.user_id == user_id
    return select(PhotoSlot).join(Submission, own[0]).where(PhotoSlot.id == slot_id, own[1])


def fill(slot: PhotoSlot, file: FileStorage, by_id: int) -> None:
    """Put the picture into its record. Raises PhotoRefused, PhotoDamaged, or the room's refusal."""
    if hashlib.sha256(file.stream.read()).hexdigest() != slot.sha256:
        raise PhotoDamaged
    file.stream.seek(0)
    photo = take_in(file, by_id)
    try:
        homes[slot.kind](slot.object_id, photo)
        slot.arrival = PhotoArrival(photo=photo, at=now())
        db.session.flush()
    except Exception:
        discard_photo(photo.name, photo_folder())
        raise


def close_slots(kind: str, object_ids: Collection[int]) -> None:
    """Let no picture in any more that these records were promised and that has not come yet."""
    waiting = select(PhotoSlot.id).where(
        PhotoSlot.kind == kind,
        PhotoSlot.object_id.in_(object_ids),
        ~exists().where(PhotoArrival.slot_id == PhotoSlot.id),
    )
    db.session.add_all(PhotoArrival(slot_id=slot) for slot in db.session.scalars(waiting).all())
    db.session.flush()


def photos_to_come(kind: str, object_id: int) -> tuple[int, int]:
    """Return how many pictures a record was promised to follow it, and how many are missing."""
    counted = (
        select(func.count(), func.count().filter(PhotoArrival.slot_id.is_(None)))
        .select_from(PhotoSlot)
        .outerjoin(PhotoArrival, PhotoArrival.slot_id == PhotoSlot.id)
        .where(PhotoSlot.kind == kind, PhotoSlot.object_id == object_id)
    )
    promised_count, missing = db.session.execute(counted).one()
    return promised_count, missing
