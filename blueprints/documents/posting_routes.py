"""Pages about the sheets on the walls."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.documents import blueprint, queries
from blueprints.documents.access import keeps_postings, postings_visible_to
from blueprints.documents.actions import hang
from blueprints.documents.exports import posting_columns, workbook
from blueprints.documents.models import Posting
from blueprints.documents.posting_forms import CallDownForm, PostingForm
from blueprints.documents.posting_queries import (
    DOWN,
    DUE,
    HANGING,
    AskedPostings,
    by_building,
    posting_register,
    unit_names,
    units_of,
)
from blueprints.documents.routes import refused_page, visible_paper
from core.access import MANAGER, SECRETARY, allow, one_or_404, roles_required
from core.audit import record_export
from core.clock import today
from core.db import db
from core.exports import filters
from core.htmx import see_other
from core.paging import one_page

office_only = roles_required(SECRETARY, MANAGER)


@blueprint.post("/documents/<int:document_id>/postings")
def new_posting(document_id: int) -> ResponseReturnValue:
    """Note where a notice hangs and when it comes down; at every unit's door in one go."""
    paper = visible_paper(document_id)
    allow(keeps_postings(current_user))
    form = PostingForm()
    form.offer(queries.building_choices(), unit_names())
    paper.require_postable()
    valid = form.validate_on_submit()
    units = form.units_among(units_of(form.building_id) if form.building_id else {})
    if not valid or not units:
        return refused_page(document_id, posting_form=form)
    place, days = form.place.data, (form.posted_on.data, form.down_on.data)
    for unit_id in units:
        hang(paper, current_user, place, form.building_id, *days, unit_id)
    answer = see_other(url_for("documents.show", document_id=paper.id))
    db.session.commit()
    flash(_("记下了，到日子会提醒撕下。"), "ok")
    return answer


@blueprint.get("/postings")
@office_only
def postings() -> ResponseReturnValue:
    """Show what hangs where, what must come down today, or what came down."""
    asked = asked_for()
    visible = posting_register(postings_visible_to(current_user), asked, today())
    page = one_page(visible)
    return render_template(
        "documents/postings.html",
        page=page,
        groups=by_building(page.items) if asked.show == DUE else [],
        asked=asked,
        due=queries.count_to_take_down(today()),
        buildings=queries.building_choices(),
    )


def asked_for() -> AskedPostings:
    """Read the filters of the address; what is not known shows what hangs."""
    show = request.args.get("show", "")
    return AskedPostings(
        show if show in (DUE, HANGING, DOWN) else HANGING, request.args.get("building", type=int)
    )


@blueprint.post("/postings/export")
@office_only
def posting_export() -> ResponseReturnValue:
    """Hand the posting register out as a workbook, as far as it is narrowed down."""
    asked = asked_for()
    visible = posting_register(postings_visible_to(current_user), asked, today())
    rows = list(db.session.scalars(visible))
    record_export("posting", len(rows), filters=filters())
    answer = workbook(_("张贴登记"), posting_columns(), rows)
    db.session.commit()
    return answer


def visible_posting(posting_id: int) -> Posting:
    return one_or_404(postings_visible_to(current_user).where(Posting.id == posting_id))


def back_to_list() -> ResponseReturnValue:
    """Lead back to the list on which the button stood."""
    asked = asked_for()
    return see_other(url_for("documents.postings", show=asked.show, building=asked.building))


@blueprint.post("/postings/<int:posting_id>/takedown")
def take_down(posting_id: int) -> ResponseReturnValue:
    """Note that a sheet is off the wall."""
    posting = visible_posting(posting_id)
    posting.take_down(current_user)
    answer = back_to_list()
    db.session.commit()
    undo = url_for("documents.put_back", posting_id=posting_id)
    flash({"text": _("撕下了，记好了。"), "undo": undo}, "ok")
    return answer


@blueprint.post("/postings/<int:posting_id>/still-hanging")
def put_back(posting_id: int) -> ResponseReturnValue:
    """Undo a slip of the thumb: the sheet still hangs."""
    visible_posting(posting_id).put_back()
    answer = see_other(url_for("documents.postings", show=DUE))
    db.session.commit()
    flash(_("改回来了，这一张还贴着。"), "ok")
    return answer


@blueprint.route("/postings/<int:posting_id>/recall", methods=["GET", "POST"])
def call_down(posting_id: int) -> ResponseReturnValue:
    """Put a sheet that must not hang any longer on the list of today, with the reason."""
    visible = posting_register(postings_visible_to(current_user), AskedPostings(), today())
    posting = one_or_404(visible.where(Posting.id == posting_id))
    form = CallDownForm()
    if not form.validate_on_submit():
        page = render_template("documents/recall.html", form=form, posting=posting)
        return page, 422 if form.errors else 200
    posting.call_down(form.reason.data)
    answer = see_other(url_for("documents.postings", show=DUE))
    db.session.commit()
    flash(_("排进马上要撕的了。"), "ok")
    return answer
