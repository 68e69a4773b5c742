"""The month's papers, printed in one go."""

import io
from datetime import date

from flask import flash, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.documents import blueprint
from blueprints.documents.actions import note_prints
from blueprints.documents.month_set import SET, set_of, sheets_of
from blueprints.documents.printing import pdf_of
from core.access import SECRETARY, roles_required
from core.clock import today
from core.dates import month_from
from core.day_words import format_month
from core.db import db
from core.htmx import see_other
from core.pdf import join_pdfs


@blueprint.get("/documents/month")
@roles_required(SECRETARY)
def month() -> ResponseReturnValue:
    """Show what a month has, to print it in one go."""
    return render_template("documents/month.html", found=set_of(asked_month()))


@blueprint.get("/documents/month.pdf")
@roles_required(SECRETARY)
def month_pdf() -> ResponseReturnValue:
    """Hand out the month's papers of the kinds asked for as one PDF, and log each as printed.

    Nothing is sent before the last of them is in the file.
    """
    asked, kinds = asked_month(), [kind for kind in request.args.getlist("kind") if kind in SET]
    sheets = sheets_of(asked, kinds)
    if not sheets:
        flash(_("没有选到要印的。"), "warn")
        return see_other(url_for("documents.month", month=f"{asked:%Y-%m}"))
    by_id = current_user.id
    db.session.rollback()
    pdf = join_pdfs(pdf_of(sheet) for sheet in sheets)
    if request.method == "GET":
        note_prints([sheet.paper_id for sheet in sheets], by_id, "pdf")
    name = _("%(month)s文书", month=format_month(asked, year=True))
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", download_name=f"{name}.pdf")


def asked_month() -> date:
    """Read the month of the address; this one where it says none."""
    return request.args.get("month", type=month_from) or today().replace(day=1)
