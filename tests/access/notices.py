"""Everybody has a page of what they were told, and nobody reads another's."""

from typing import Any

from blueprints.wishes.models import Wish
from core.db import db
from core.notices import Notice, tell
from tests.access.cases import Case, all_get


def build(w: Any) -> None:
    """Tell the student of the wish on the wall."""
    wish = db.session.get_one(Wish, w.wish_ids["published"])
    tell([w.student.id], "wish_published", wish)
    db.session.commit()
    w.told = db.session.scalars(db.select(Notice)).first()


def reading(w: Any) -> str:
    return f"/notices/{w.told.id}/reading"


CASES = [
    Case("notices.index", lambda w: "/notices", all_get(200)),
    Case("notices.read", reading, all_get(404, student=303), "POST"),
    Case("notices.read_everything", lambda w: "/notices/reading", all_get(303), "POST"),
]
