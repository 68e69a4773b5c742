"""How far a batch of papers is, its papers as one file, and the thread that issues them."""

import io
from dataclasses import dataclass
from threading import Lock, Thread

from flask import Flask, current_app, flash, g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.accounts.models import User
from blueprints.documents import batch_actions, blueprint
from blueprints.documents.actions import note_prints
from blueprints.documents.batches import DONE, FAILED, Batch
from blueprints.documents.contents import frozen_content
from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.paper_settings import manner_of
from blueprints.documents.pressroom import PaperRefused, apart
from core.access import SECRETARY, one_or_404, roles_required
from core.db import db
from core.errors import RuleBroken, comes_of_a_full_disk
from core.htmx import see_other, wants_fragment

# Each time somebody else's paper came in between, the batch is printed anew.
ATTEMPTS = 5
secretary_only = roles_required(SECRETARY)


@dataclass
class Progress:
    """How many papers are printed so far. Kept in memory: after a restart nothing runs."""

    thread: Thread
    done: int = 0


class NumbersKeepMoving(RuleBroken):
    def __str__(self) -> str:
        return _("别人正在不停地签发同一种文书，编号接不上。请过一会儿再试。")


_running: dict[int, Progress] = {}
_starting = Lock()


def visible_batch(batch_id: int) -> Batch:
    return one_or_404(db.select(Batch).where(Batch.id == batch_id))


@blueprint.get("/batches/<int:batch_id>")
@secretary_only
def batch(batch_id: int) -> ResponseReturnValue:
    """Show how far a batch is; when it is done, its papers."""
    found = visible_batch(batch_id)
    progress = _running.get(batch_id)
    name = "_batch_state" if wants_fragment() else "batch"
    is_listed = found.state == DONE and not wants_fragment()
    return render_template(
        f"documents/{name}.html",
        batch=found,
        running=progress,
        papers=batch_actions.papers_of(batch_id, "name") if is_listed else [],
        kinds=DOCUMENT_KINDS,
    )


@blueprint.post("/batches/<int:batch_id>/start")
@secretary_only
def start_batch(batch_id: int) -> ResponseReturnValue:
    """Go on with a batch that was interrupted or failed; nothing of it has been issued."""
    found = visible_batch(batch_id)
    found.require_open()
    found.state, found.problem = "begun", ""
    answer = see_other(url_for("documents.batch", batch_id=batch_id))
    db.session.commit()
    start(batch_id)
    return answer


@blueprint.get("/batches/<int:batch_id>.pdf")
@secretary_only
def batch_pdf(batch_id: int) -> ResponseReturnValue:
    """Hand out all papers of a batch as one PDF, in the order of names or teams."""
    found = visible_batch(batch_id)
    papers = batch_actions.papers_of(batch_id, request.args.get("order", "name"))
    if not papers:
        flash(_("这一批还没有签发。"), "warn")
        return see_other(url_for("documents.batch", batch_id=batch_id))
    contents = [frozen_content(paper.kind, paper.content) for paper in papers]
    ids, kind, by_id = [paper.id for paper in papers], found.kind, current_user.id
    manner = manner_of(kind)
    name = f"{papers[0].serial}-{len(papers)}.pdf"
    db.session.rollback()
    (pdf,) = apart(kind, [contents], manner)
    if request.method == "GET":
        note_prints(ids, by_id, "pdf")
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", download_name=name)


def start(batch_id: int) -> None:
    """Begin to issue a batch in a thread of its own, unless that runs already."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = Thread(target=run, args=(app, batch_id, current_user.id), daemon=True)
    with _starting:
        if batch_id not in _running:
            _running[batch_id] = Progress(thread)
            thread.start()


def run(app: Flask, batch_id: int, by_id: int) -> None:
    """Issue a batch; what goes wrong is written beside it, for the person who waits."""
    with app.test_request_context(method="POST"):
        try:
            g._login_user = db.session.get_one(User, by_id)
            issue_all(batch_id, by_id)
        except Exception as error:
            app.logger.exception("batch %s", batch_id)
            note_failure(batch_id, error)
        finally:
            _running.pop(batch_id, None)
            db.session.remove()


def issue_all(batch_id: int, by_id: int) -> None:
    """Print outside any transaction, then enter everything in one; anew when numbers moved."""
    for _attempt in range(ATTEMPTS):
        found = db.session.get_one(Batch, batch_id)
        papers = batch_actions.numbered(found, current_app.config["LINLI_DEMO"])
        kind, manner = found.kind, manner_of(found.kind)
        db.session.rollback()
        printed = list(
            batch_actions.print_all(kind, papers, manner, lambda n: note_done(batch_id, n))
        )
        try:
            found = db.session.get_one(Batch, batch_id)
            found.require_open()
            batch_actions.enter(found, printed, db.session.get_one(User, by_id))
            db.session.commit()
            return
        except batch_actions.NumbersMoved:
            db.session.rollback()
    raise NumbersKeepMoving


def note_done(batch_id: int, done: int) -> None:
    _running[batch_id].done = done


def note_failure(batch_id: int, error: Exception) -> None:
    db.session.rollback()
    found = db.session.get_one(Batch, batch_id)
    found.state, found.problem = FAILED, told(error, found)
    db.session.commit()


def told(error: Exception, found: Batch) -> str:
    """Say in plain words why nothing was issued, by name where one paper is the reason."""
    if isinstance(error, PaperRefused):
        name = batch_actions.name_of(found, found.people[error.number])
        if error.reason.startswith("TextTooLong"):
            return _("给%(name)s的这份太长，纸上放不下。", name=name)
        if error.reason.startswith("MissingCharacters"):
            return _("给%(name)s的这份里有字库没有的字，印不出来。", name=name)
        if error.reason.startswith("FontNotInstalled"):
            return error.reason.partition(": ")[2]
        return _("给%(name)s的这份印不出来。", name=name)
    if isinstance(error, RuleBroken):
        return str(error)
    if comes_of_a_full_disk(error):
        return _("磁盘满了，一份也没有签发，编号没有用掉。请告诉管理员腾出空间，再接着签发。")
    return _("没有签发成：%(reason)s", reason=str(error).splitlines()[0][:200])
