"""Letting through what the scan of a public paper stopped: proposed by one, agreed by another."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField
from wtforms.validators import Length

from blueprints.documents import blueprint
from blueprints.documents.access import can_draft
from blueprints.documents.exceptions import PublicException, exception_for
from blueprints.documents.readiness import problems_of
from blueprints.documents.routes import refused_page, visible_paper
from core.access import allow
from core.db import db
from core.errors import RuleBroken
from core.forms import Form, required
from core.htmx import see_other


class NothingToExcept(RuleBroken):
    def __str__(self) -> str:
        return _("这份草稿没有可以放行的话。电话和证件号不能放行，只能改掉。")


class ExceptionForm(Form):
    reason = StringField(
        _l("为什么可以公开"),
        [required(_l("请写为什么可以公开。")), Length(max=200)],
        description=_l("比如：301是门面房，不是住户。会一直留在这份文书上。"),
    )


@blueprint.post("/documents/<int:document_id>/exception")
def ask_exception(document_id: int) -> ResponseReturnValue:
    """Say why the marked words may hang in public; another person has to agree."""
    paper = visible_paper(document_id)
    allow(can_draft(current_user, paper.kind))
    paper.require_draft()
    form, problems = ExceptionForm(), problems_of(paper)
    if not problems or not all(problem.excusable for problem in problems):
        raise NothingToExcept
    if not form.validate_on_submit():
        return refused_page(document_id, problems=problems, exception_form=form)
    asked = exception_for(paper.id) or PublicException(document_id=paper.id)
    asked.ask(current_user, form.reason.data, paper.content)
    db.session.add(asked)
    answer = see_other(url_for("documents.show", document_id=paper.id))
    db.session.commit()
    flash(_("记下了，请另一位同事来看这份草稿。"), "ok")
    return answer


@blueprint.post("/documents/<int:document_id>/exception/agreement")
def grant_exception(document_id: int) -> ResponseReturnValue:
    """Agree to what somebody else proposed, for exactly these words."""
    paper = visible_paper(document_id)
    allow(can_draft(current_user, paper.kind))
    paper.require_draft()
    asked = exception_for(paper.id)
    if asked is None:
        raise NothingToExcept
    asked.grant(current_user, paper.content)
    answer = see_other(url_for("documents.show", document_id=paper.id))
    db.session.commit()
    flash(_("同意了，这份可以签发。两个人的名字和理由都留着。"), "ok")
    return answer
