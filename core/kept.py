"""What was typed into a form whose login had expired; it comes back after the login.

Only the person whose session expired gets it back, once, within a day; the next night's round
deletes it. Files are not kept: a browser has to be asked for them again.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import request
from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from core.clock import now
from core.db import UtcDateTime, db

KEPT_FOR = timedelta(days=1)
NEVER_KEPT = {"csrf_token", "submission_id", "password", "current", "repeated"}


class KeptForm(db.Model):
    """The fields of one form that could not be saved because nobody was logged in."""

    __tablename__ = "kept_form"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    path: Mapped[str] = mapped_column(Text)
    fields: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def keep_form(user_id: int, path: str) -> KeptForm:
    """Store the request's fields for this person; the caller commits."""
    forget_old()
    fields = [
        [name, value] for name, value in request.form.items(multi=True) if name not in NEVER_KEPT
    ]
    kept = KeptForm(token=secrets.token_urlsafe(24), user_id=user_id, path=path, fields=fields)
    db.session.add(kept)
    return kept


def forget_old() -> int:
    """Delete what nobody may get back any more; return how many forms. The caller commits."""
    old = delete(KeptForm).where(KeptForm.created_at < now() - KEPT_FOR)
    return db.session.execute(old).rowcount


def kept_form(token: str | None, user_id: int) -> KeptForm | None:
    """Return this person's kept form, unless it is too old."""
    return db.session.scalar(
        select(KeptForm).where(
            KeptForm.token == (token or ""),
            KeptForm.user_id == user_id,
            KeptForm.created_at >= now() - KEPT_FOR,
        )
    )


def restored_formdata(token: str | None) -> MultiDict[str, str] | None:
    """Return kept fields as form data for a form that is shown again."""
    if not token or not current_user.is_authenticated:
        return None
    kept = kept_form(token, current_user.id)
    return MultiDict((name, value) for name, value in kept.fields) if kept else None
