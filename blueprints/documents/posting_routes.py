"""Pages about the sheets on the walls."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.documents import blueprint, queries
from blueprints.documents.access import keeps_postings, postings_visible_to
from blueprints.documents.actions import hang
from blueprints.documents.forms import PostingForm
from blueprints.documents.models import Posting
from blueprints.documents.routes import refused_page, visible_paper
from core.access import MANAGER, SECRETARY, allow, one_or_404, roles_required
from core.db import db
from core.htmx import see_other
from core.paging import one_page


@blueprint.post("/documents/<int:document_id>/postings")
def new_posting(document_id: int) -> ResponseReturnValue:
    """Note where a notice hangs and when it comes down."""
    paper = visible_paper(document_id)
    allow(keeps_postings(current_user))
    form = PostingForm()
    form.offer(queries.building_choices())
    paper.require_postable()
    if not form.validate_on_submit():
        return refused_page(document_id, posting_form=form)
    hang(
        paper,
        current_user,
        form.place.data,
        form.building_id,
        form.posted_on.data,
        form.down_on.data,
    )
    answer = see_other(url_for("documents.show", document_id=paper.id))
    db.session.commit()
    flash(_("记下了，到日子会提醒撕下。"), "ok")
    return answer


@blueprint.get("/postings")
@roles_required(SECRETARY, MANAGER)
def postings() -> ResponseReturnValue:
    """Show what hangs; what must come down today stands first."""
    return render_template(
        "documents/postings.html",
        page=one_page(queries.hanging(postings_visible_to(current_user))),
    )


@blueprint.post("/postings/<int:posting_id>/takedown")
def take_down(posting_id: int) -> ResponseReturnValue:
    """Note that a sheet is off the wall."""
    posting = one_or_404(postings_visible_to(current_user).where(Posting.id == posting_id))
    posting.take_down(current_user)
    answer = see_other(url_for("documents.postings"))
    db.session.commit()
    flash(_("撕下了，记好了。"), "ok")
    return answer
