"""Photos that are kept: their rows, and the files under random names in one folder.

Decoding takes long, and a request that writes holds the database's only write lock from its first
look at it. So a view that is marked ``takes_photos`` finds its pictures decoded before that.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from sqlalchemy import ForeignKey, String, delete, select, union
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from core.access import endpoint_is
from core.clock import now
from core.db import UtcDateTime, db
from core.files import written_whole
from core.pictures import PhotoRefused, Picture, picture_from

View = TypeVar("View", bound=Callable[..., Any])

# More than any form takes: what is beyond is refused by the form's own count.
MOST_AT_ONCE = 12
# A file without a row may still be waiting for its commit.
ORPHANED_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class StoredPhoto:
    """One stored picture: its random name in the folder, pixels, bytes, and hex SHA-256."""

    name: str
    width: int
    height: int
    size: int
    sha256: str


class Photo(db.Model):
    """One stored picture. Rooms link to it and serve it through their own access check."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def takes_photos(view: View) -> View:
    """Mark a view whose uploaded pictures are decoded before it touches the database."""
    view.takes_photos = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Decode before the login is looked up: call this before ``access.init_app``."""
    app.before_request(decode_uploads)


def decode_uploads() -> None:
    """Decode what a photo form brings, for whoever holds a signed cookie of a login."""
    if request.method != "POST" or not request.endpoint or not endpoint_is("takes_photos"):
        return
    if "_user_id" not in session:
        return
    files = [file for _name, file in request.files.items(multi=True) if file.filename]
    g.pictures = {id(file): decoded(file) for file in files[:MOST_AT_ONCE]}


def decoded(file: FileStorage) -> Picture | PhotoRefused:
    """Return the picture, or why it is none; the file can be read again."""
    try:
        return picture_from(file.stream, file.filename or "")
    except PhotoRefused as refused:
        return refused
    finally:
        file.stream.seek(0)


def photo_folder() -> Path:
    """Return where this instance keeps its photos."""
    return Path(current_app.config["LINLI_INSTANCE"]) / "photos"


def take_in(file: FileStorage, by_id: int) -> Photo:
    """Store an uploaded picture on disk and return its row, not yet added to the session.

    The file is on disk before the row is committed, so a photo that the database names is
    never missing. Raises PhotoRefused.
    """
    picture = g.get("pictures", {}).get(id(file)) or decoded(file)
    if isinstance(picture, PhotoRefused):
        raise picture
    stored = store_picture(picture, photo_folder())
    return Photo(
        name=stored.name,
        width=stored.width,
        height=stored.height,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by_id=by_id,
    )


def store_picture(picture: Picture, folder: Path) -> StoredPhoto:
    """Keep a picture and its thumbnail, both durable on disk.

    An OSError (disk full) leaves nothing behind.
    """
    name = f"{secrets.token_hex(16)}.jpg"
    try:
        _write(folder / thumbnail_name(name), picture.thumbnail)
        _write(folder / name, picture.data)
    except OSError:
        discard_photo(name, folder)
        raise
    digest = hashlib.sha256(picture.data).hexdigest()
    return StoredPhoto(name, picture.width, picture.height, len(picture.data), digest)


def thumbnail_name(name: str) -> str:
    """The name under which a stored photo's thumbnail lies beside it."""
    return f"{Path(name).stem}.small.jpg"


def discard_photo(name: str, folder: Path) -> None:
    """Remove a stored photo and its thumbnail, for a request that failed after storing it."""
    for stored in (name, thumbnail_name(name)):
        (folder / stored).unlink(missing_ok=True)


def drop_unused(photo_ids: Collection[int]) -> list[str]:
    """Delete photos that no record shows any longer; return their names.

    Their files are to go after the commit: ``discard_photo``. A slot that a photo came for does not
    hold it.
    """
    if not photo_ids:
        return []
    shown_in = [
        select(key.parent).where(key.parent.in_(photo_ids))
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Photo.__table__ and key.ondelete != "SET NULL"
    ]
    used = set(db.session.scalars(union(*shown_in)))
    unused = Photo.id.in_(set(photo_ids) - used)
    names = list(db.session.scalars(select(Photo.name).where(unused)))
    db.session.execute(delete(Photo).where(unused))
    return names


def sweep(folder: Path, known: Iterable[str]) -> int:
    """Remove pictures that no row names, a day after they were written; return how many files.

    A crash between writing a picture and committing its row leaves one.
    """
    kept = {name for photo in known for name in (photo, thumbnail_name(photo))}
    too_young = (now() - ORPHANED_AFTER).timestamp()
    orphans = [
        path
        for path in folder.glob("*.jpg")
        if path.name not in kept and path.stat().st_mtime < too_young
    ]
    for path in orphans:
        path.unlink()
    return len(orphans)


def _write(path: Path, data: bytes) -> None:
    os.makedirs(path.parent, mode=0o700, exist_ok=True)
    with written_whole(path) as file:
        file.write(data)
