"""Papers as files."""

import io
from collections.abc import Callable

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.documents import blueprint
from blueprints.documents.actions import note_print
from blueprints.documents.kinds import CLAIM_CARDS, DOCUMENT_KINDS
from blueprints.documents.printing import Sheet, pdf_of, png_of, preview_of, sheet_of, slips_of
from blueprints.documents.routes import visible_paper
from core.db import db

PDF, PNG = "application/pdf", "image/png"


@blueprint.get("/documents/<int:document_id>.pdf")
def pdf(document_id: int) -> ResponseReturnValue:
    """Hand out the paper to print."""
    return handed_out(document_id, "pdf", pdf_of, PDF, ".pdf")


@blueprint.get("/documents/<int:document_id>.png")
def png(document_id: int) -> ResponseReturnValue:
    """Hand out the paper as a picture, to send in a chat."""
    return handed_out(document_id, "png", png_of, PNG, ".png")


@blueprint.get("/documents/<int:document_id>/picture")
def picture(document_id: int) -> ResponseReturnValue:
    """Show the picture on a page, to be held and kept on a phone; the picture's own is logged."""
    paper = visible_paper(document_id)
    return render_template("documents/picture.html", paper=paper, kinds=DOCUMENT_KINDS)


@blueprint.get("/documents/<int:document_id>/slips.pdf")
def slips(document_id: int) -> ResponseReturnValue:
    """Hand out the slips that belong to claim cards and never hang."""
    if visible_paper(document_id).kind != CLAIM_CARDS:
        abort(404)
    return handed_out(document_id, "slip", slips_of, PDF, "-登记条.pdf")


def handed_out(
    document_id: int,
    file_format: str,
    made_by: Callable[[Sheet], bytes],
    mimetype: str,
    ending: str,
) -> ResponseReturnValue:
    """Make the file outside any transaction, log an issued paper's, and send it."""
    paper = visible_paper(document_id)
    sheet, logged, by_id = sheet_of(paper), not paper.is_draft, current_user.id
    db.session.rollback()
    file = made_by(sheet)
    if logged and request.method == "GET":
        note_print(document_id, by_id, file_format)
    return send_file(io.BytesIO(file), mimetype=mimetype, download_name=f"{sheet.name}{ending}")


@blueprint.get("/documents/<int:document_id>/preview.png")
def preview(document_id: int) -> ResponseReturnValue:
    """Show on a page what the paper looks like: small, not for printing, so not logged."""
    sheet = sheet_of(visible_paper(document_id))
    db.session.rollback()
    return send_file(io.BytesIO(preview_of(sheet)), mimetype=PNG)
