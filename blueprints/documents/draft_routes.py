"""Pages on which papers are written."""

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.documents import blueprint
from blueprints.documents.access import can_draft
from blueprints.documents.actions import save_draft
from blueprints.documents.all_forms import FORMS
from blueprints.documents.fillers import fill_in
from blueprints.documents.kinds import CERTIFICATE, KINDS
from blueprints.documents.models import Document
from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.previews import preview_of_form
from blueprints.documents.routes import visible_paper
from core.access import allow, asks_for_preview, previews
from core.db import db
from core.htmx import see_other, wants_fragment


@blueprint.get("/documents/new")
def new_paper() -> ResponseReturnValue:
    """Show every kind of paper that one may write."""
    kinds = [kind for kind in KINDS.values() if can_draft(current_user, kind.code)]
    allow(bool(kinds))
    return render_template("documents/kinds.html", kinds=kinds)


@blueprint.route("/documents/new/<kind>", methods=["GET", "POST"])
@previews
def new(kind: str) -> ResponseReturnValue:
    """Write a new paper."""
    if kind not in FORMS:
        abort(404)
    allow(can_draft(current_user, kind))
    return write(FORMS[kind]())


@blueprint.route("/documents/<int:document_id>/edit", methods=["GET", "POST"])
@previews
def edit(document_id: int) -> ResponseReturnValue:
    """Go on writing a draft. An issued paper is not edited: DocumentNotDraft."""
    paper = visible_paper(document_id)
    allow(can_draft(current_user, paper.kind))
    paper.require_draft()
    return write(FORMS[paper.kind](paper=paper), paper)


def write(form: PaperForm, paper: Document | None = None) -> ResponseReturnValue:
    """Show a paper's form, or save what was typed as a draft."""
    if not paper and not form.is_submitted():
        fill_in(form)
    valid = form.validate_on_submit()
    if asks_for_preview() or not valid:
        return form_page(form, paper=paper, kind=KINDS[form.kind])
    if paper:
        form.require_fresh(form.words_of(paper))
    saved = save_draft(form.draft(), current_user, into=paper)
    answer = see_other(url_for("documents.show", document_id=saved.id))
    db.session.commit()
    return answer


def form_page(
    form: PaperForm, paper: Document | None = None, **context: Any
) -> ResponseReturnValue:
    """Show the form with what the paper will look like; or the part that a fragment wants."""
    if asks_for_reason(form):
        return render_template("documents/_reason.html", form=form)
    errors = {} if asks_for_preview() else dict(form.errors)
    preview = preview_of_form(form, paper)
    form.tell(errors)
    if asks_for_preview() and wants_fragment():
        return render_template("documents/_sample.html", preview=preview)
    page = render_template(
        f"documents/{form.template}.html",
        form=form,
        paper=paper,
        preview=preview,
        people=form.people(),
        **context,
    )
    return page, 422 if errors else 200


def asks_for_reason(form: PaperForm) -> bool:
    """Answer whether somebody was just picked, and only the usual reason is wanted."""
    return wants_fragment() and not form.is_submitted() and form.kind == CERTIFICATE
