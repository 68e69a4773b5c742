"""Pages of the register: what was drafted, issued and made void."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.documents import blueprint, queries
from blueprints.documents.access import (
    can_decide,
    can_draft,
    can_edit,
    documents_visible_to,
    keeps_postings,
    reads_register,
)
from blueprints.documents.actions import begin_replacement, discard, issue
from blueprints.documents.contents import printed_removal
from blueprints.documents.exceptions import exception_for
from blueprints.documents.forms import ReplaceForm, VoidForm
from blueprints.documents.kinds import DOCUMENT_KINDS, KINDS
from blueprints.documents.models import DOCUMENT_STATES, Document
from blueprints.documents.posting_forms import PostingForm
from blueprints.documents.posting_queries import unit_names
from blueprints.documents.readiness import PaperNotReady, Problem, problems_of
from core.access import allow, one_or_404
from core.dates import year_from
from core.db import db
from core.forms import Form
from core.htmx import see_other
from core.paging import one_page
from core.settings import setting


@blueprint.get("/documents")
def index() -> ResponseReturnValue:
    """Show the register as far as one may read it, drafts on top."""
    asked = asked_for()
    return render_template(
        "documents/index.html",
        page=one_page(queries.register(current_user, asked)),
        asked=asked,
        years=queries.register_years(current_user),
        kinds=DOCUMENT_KINDS,
        states=DOCUMENT_STATES,
        new_kinds=[kind for kind in KINDS.values() if can_draft(current_user, kind.code)],
        whole=reads_register(current_user),
        may_batch=can_decide(current_user),
        may_edit=lambda paper: can_edit(current_user, paper),
    )


def asked_for() -> queries.Asked:
    """Read the filters of the address; what is not known asks for everything."""
    kind, state = request.args.get("kind", ""), request.args.get("state", "")
    return queries.Asked(
        kind if kind in DOCUMENT_KINDS else "",
        state if state in DOCUMENT_STATES else "",
        request.args.get("year", type=year_from),
        request.args.get("q", "").strip()[:60],
    )


def visible_paper(document_id: int) -> Document:
    """Load a paper through what one may see; a form that writes holds it until its commit."""
    papers = documents_visible_to(current_user).where(Document.id == document_id)
    if request.method == "POST":
        papers = papers.with_for_update(of=Document)
    return one_or_404(papers)


@blueprint.get("/documents/<int:document_id>")
def show(document_id: int) -> ResponseReturnValue:
    """Show one paper: what it looks like, where it stands, what can be done."""
    visible = documents_visible_to(current_user).where(Document.id == document_id)
    paper = one_or_404(queries.in_full(visible))
    return paper_page(paper, problems_of(paper) if paper.is_draft else [])


def paper_page(
    paper: Document,
    problems: list[Problem],
    void_form: VoidForm | None = None,
    replace_form: ReplaceForm | None = None,
    posting_form: PostingForm | None = None,
    exception_form: Form | None = None,
) -> str:
    """Render the page of a paper that was loaded in full."""
    decides = can_decide(current_user)
    may_hang = keeps_postings(current_user) and paper.of_kind.is_public and paper.is_issued
    return render_template(
        "documents/show.html",
        paper=paper,
        problems=problems,
        kinds=DOCUMENT_KINDS,
        may_edit=can_edit(current_user, paper),
        may_decide=decides,
        may_issue=decides and paper.is_draft,
        void_form=(void_form or VoidForm(formdata=None)) if decides and paper.is_issued else None,
        replace_form=(replace_form or ReplaceForm(formdata=None))
        if decides and paper.is_issued and not paper.replaced_by
        else None,
        posting_form=(posting_form or new_posting_form(paper)) if may_hang else None,
        exception=exception_for(paper.id),
        exception_form=exception_form,
        may_except=bool(problems)
        and can_edit(current_user, paper)
        and all(problem.excusable for problem in problems),
        shows_postings=keeps_postings(current_user) and paper.of_kind.is_public,
        form=void_form or replace_form or posting_form or exception_form,
    )


def new_posting_form(paper: Document) -> PostingForm:
    """Return a form whose day to come down is the one printed on the sheet."""
    form = PostingForm(formdata=None)
    form.offer(queries.building_choices(), unit_names())
    form.down_on.data = printed_removal(paper)
    return form


def refused_page(document_id: int, **context: object) -> ResponseReturnValue:
    """Show the paper again with what was wrong; nothing of the attempt is kept."""
    db.session.rollback()
    visible = documents_visible_to(current_user).where(Document.id == document_id)
    paper = one_or_404(queries.in_full(visible))
    return paper_page(paper, **({"problems": []} | context)), 422


@blueprint.post("/documents/<int:document_id>/issue")
def issue_paper(document_id: int) -> ResponseReturnValue:
    """Give a draft its number; or tell what must be changed first."""
    paper = visible_paper(document_id)
    allow(can_decide(current_user))
    try:
        issue(paper, current_user, verify_root())
    except PaperNotReady as error:
        return refused_page(document_id, problems=error.problems)
    answer = see_other(url_for("documents.show", document_id=paper.id))
    serial = paper.serial
    db.session.commit()
    flash(_("签发了，编号是%(serial)s。", serial=serial), "ok")
    return answer


def verify_root() -> str:
    """Return the address, as outsiders reach it, under which check codes are looked up.

    It is frozen into the paper with the code: what was printed stays printed. Should the site
    move, the code itself can still be typed at the new place.
    """
    root = setting("public_address") or request.url_root
    return f"{root.rstrip('/')}/verify"


@blueprint.post("/documents/<int:document_id>/void")
def void(document_id: int) -> ResponseReturnValue:
    """Make an issued paper worthless; number and reason stay in the register."""
    paper = visible_paper(document_id)
    allow(can_decide(current_user))
    form = VoidForm()
    if not form.validate_on_submit():
        return refused_page(document_id, void_form=form)
    paper.void(current_user, form.reason.data)
    answer = see_other(url_for("documents.show", document_id=paper.id))
    db.session.commit()
    flash(_("作废了，编号留在登记簿里。"), "ok")
    return answer


@blueprint.post("/documents/<int:document_id>/replacement")
def replace(document_id: int) -> ResponseReturnValue:
    """Write a corrected paper with the same words; issuing it makes this one void."""
    paper = visible_paper(document_id)
    allow(can_decide(current_user))
    form = ReplaceForm()
    if not form.validate_on_submit():
        return refused_page(document_id, replace_form=form)
    draft = begin_replacement(paper, current_user, form.reason.data)
    answer = see_other(url_for("documents.edit", document_id=draft.id))
    db.session.commit()
    return answer


@blueprint.post("/documents/<int:document_id>/discard")
def throw_away(document_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    paper = visible_paper(document_id)
    allow(can_draft(current_user, paper.kind))
    discard(paper)
    answer = see_other(url_for("documents.index"))
    db.session.commit()
    flash(_("草稿丢掉了。"), "ok")
    return answer
