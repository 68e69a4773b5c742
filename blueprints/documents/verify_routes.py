"""Whether a paper is real: asked by anybody, without an account."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import ValidationError

from blueprints.documents import blueprint, guessing, queries
from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.models import Document
from blueprints.documents.verifying import NotAPdf, changed_from, issued_as
from core.access import public, repeatable
from core.db import db
from core.forms import Form
from core.htmx import redirect_to
from core.names import mask_name

LONGEST_CODE = 12
# A month's report with all its photos weighs less than half of this.
LARGEST_FILE_MB = 4


class FileForm(Form):
    file = FileField(
        _l("PDF 文件"),
        [FileRequired(_l("请选一个 PDF 文件。"))],
        render_kw={"accept": "application/pdf,.pdf"},
        description=_l("只比对，不保存。"),
    )

    def validate_file(self, field: FileField) -> None:
        stream = field.data.stream
        size = stream.seek(0, 2)
        stream.seek(0)
        if size > LARGEST_FILE_MB * 1_000_000:
            raise ValidationError(_("文件超过 %(n)s MB，不像是签发的文书。", n=LARGEST_FILE_MB))


@blueprint.get("/verify")
@public
def verify_form() -> ResponseReturnValue:
    """Ask for the check code of a paper."""
    code = "".join(request.args.get("code", "").split())[:LONGEST_CODE]
    if code:
        return redirect_to(url_for("documents.verify", code=code.upper()))
    return render_template("documents/verify.html", form=FileForm())


# QR codes write the address in capitals, which keeps them small.
@blueprint.get("/VERIFY/<code>")
@blueprint.get("/verify/<code>")
@public
def verify(code: str) -> ResponseReturnValue:
    """Tell number, kind, date, masked name, and whether the paper is valid; nothing else."""
    address = request.remote_addr or ""
    if guessing.must_wait(address):
        abort(429)
    paper = queries.paper_with_code(code.upper())
    if paper is None:
        guessing.note_miss(address)
        page = {"unknown": code[:LONGEST_CODE], "form": FileForm()}
        return render_template("documents/verify.html", **page), 404
    return verified_page(paper)


@blueprint.post("/verify")
@public
@repeatable
def verify_file() -> ResponseReturnValue:
    """Tell whether a PDF is the very one that was issued; the file is not kept."""
    address = request.remote_addr or ""
    if guessing.must_wait(address):
        abort(429)
    form = FileForm()
    if not form.validate_on_submit():
        return render_template("documents/verify.html", form=form), 422
    pdf = form.file.data.read()
    if same := issued_as(pdf):
        return verified_page(same.paper, same=True)
    # The look at the register took the only write lock; the miss counts before the work it causes.
    db.session.rollback()
    guessing.note_miss(address)
    try:
        paper = changed_from(pdf).paper
    except NotAPdf as error:
        form.file.errors = [str(error)]
        return render_template("documents/verify.html", form=form), 422
    if paper is None:
        return render_template("documents/verify.html", form=FileForm(formdata=None), stranger=True)
    return verified_page(paper, same=False)


def verified_page(paper: Document, same: bool | None = None) -> str:
    """Show what the register says of a paper; of a file also whether it is the one issued."""
    return render_template(
        "documents/verified.html",
        paper=paper,
        kind=DOCUMENT_KINDS[paper.kind],
        name=mask_name(paper.recipient),
        same=same,
    )
