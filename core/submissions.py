"""A form that is sent twice is saved once.

Every form carries a ``submission_id``. The first request that commits stores it with its
answer in the same transaction; the same id again gets the same answer, and the same id
with another body is refused. A UNIQUE constraint decides between two at once.
"""

import hashlib
import re
import uuid
from datetime import datetime

from flask import Flask, abort, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core.access import asks_for_preview, endpoint_is
from core.clock import now
from core.db import UtcDateTime, db
from core.htmx import answer_to

UNSIGNED_FIELDS = {"csrf_token", "submission_id"}
VALID_ID = re.compile(r"[0-9A-Za-z-]{16,64}")


class Submission(db.Model):
    """One form that was saved, and where its answer led."""

    __tablename__ = "submission"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(80))
    body_hash: Mapped[str] = mapped_column(String(64))
    location: Mapped[str | None] = mapped_column(String(400))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def new_submission_id() -> str:
    """Return an id for a form that is about to be shown."""
    return str(uuid.uuid4())


def init_app(app: Flask) -> None:
    """Check every POST that comes in."""
    app.before_request(replay_or_begin)
    app.register_error_handler(IntegrityError, replay_after_conflict)
    app.jinja_env.globals["new_submission_id"] = new_submission_id


def replay_or_begin() -> ResponseReturnValue | None:
    """Answer a repeated form from the first one's result, or remember a new one."""
    if request.method != "POST" or endpoint_is("repeatable") or asks_for_preview():
        return None
    submission_id = request.form.get("submission_id", "")
    if not VALID_ID.fullmatch(submission_id):
        abort(400)
    earlier = db.session.get(Submission, submission_id)
    if earlier:
        return replay(earlier)
    g.submission = Submission(
        id=submission_id,
        user_id=getattr(current_user, "id", None),
        endpoint=request.endpoint,
        body_hash=body_hash(),
        created_at=now(),
    )
    db.session.add(g.submission)
    return None


def replay(earlier: Submission) -> ResponseReturnValue:
    """Repeat the first answer; the same id with another body or sender is refused."""
    same = (earlier.user_id, earlier.endpoint, earlier.body_hash) == (
        getattr(current_user, "id", None),
        request.endpoint,
        body_hash(),
    )
    if not same:
        abort(422)
    return answer_to(earlier.location or "/", earlier.created_at)


def replay_after_conflict(error: IntegrityError) -> ResponseReturnValue:
    """Two equal forms ran at once and this one came second: answer as the first did."""
    db.session.rollback()
    earlier = db.session.scalar(
        select(Submission).where(Submission.id == request.form.get("submission_id", ""))
    )
    if earlier is None:
        raise error
    return replay(earlier)


def body_hash() -> str:
    """Return a digest of what was typed and of the files' content."""
    digest = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.form.lists()):
        if name not in UNSIGNED_FIELDS:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.files.lists()):
        for file in files:
            digest.update(repr((name, file.filename)).encode())
            digest.update(file.stream.read())
            file.stream.seek(0)
    return digest.hexdigest()
