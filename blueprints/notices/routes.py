"""The page behind the bell: what happened that concerns the reader, and that they have read it."""

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.notices import blueprint
from core.access import one_or_404
from core.db import db
from core.htmx import fragment, see_other
from core.notices import Notice, Told, count_unread, in_words, notices_of, read_all
from core.paging import one_page


@blueprint.app_template_global()
def unread_notices() -> int:
    """Return what the bell counts; a page asks several times, the database once."""
    if "unread_notices" not in g:
        g.unread_notices = count_unread(current_user.id)
    return g.unread_notices


@blueprint.get("/notices")
def index() -> ResponseReturnValue:
    """List what the reader was told, the latest first. Looking does not mark it as read."""
    page = one_page(notices_of(current_user.id))
    told = in_words(current_user, page.items)
    return render_template("notices/index.html", page=page, told=told)


@blueprint.post("/notices/<int:notice_id>/reading")
def read(notice_id: int) -> ResponseReturnValue:
    """Mark one notice as read, and go to what it is about unless the reader stays."""
    notice = one_or_404(notices_of(current_user.id).where(Notice.id == notice_id))
    notice.read()
    told = in_words(current_user, [notice])[0]
    answer = see_other(told.subject.url) if goes_on(told) else row_read(told)
    db.session.commit()
    return answer


def goes_on(told: Told) -> bool:
    """Answer whether the reader wants to see what it is about, and may."""
    return told.subject is not None and "stay" not in request.form


def row_read(told: Told) -> ResponseReturnValue:
    """Answer with the row as it looks now, and how many are left."""
    return fragment(
        "notices/_row_and_unread.html",
        location=url_for("notices.index"),
        told=told,
        newest=request.form.get("newest", told.notice.id, type=int),
    )


@blueprint.post("/notices/reading")
def read_everything() -> ResponseReturnValue:
    """Mark all that was on the page as read; what has come since stays unread."""
    read_all(current_user.id, request.form.get("newest", 0, type=int))
    answer = see_other(url_for("notices.index"))
    db.session.commit()
    return answer
