"""Pages around an import: choose a file, see what came of it, take it back."""

import hashlib

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.imports import blueprint, uploads
from blueprints.imports.actions import undo
from blueprints.imports.forms import UploadForm, upload_form
from blueprints.imports.ledger import LEDGERS, Ledger
from blueprints.imports.models import LedgerImport
from blueprints.imports.plans import known_columns
from blueprints.imports.queries import imports_visible_to, latest_imports
from blueprints.imports.reading import complete_sheets, headers_of
from blueprints.imports.uploads import Upload
from core.access import allow, one_or_404
from core.db import db
from core.excel import read_workbook
from core.htmx import see_other
from core.sheets import WorkbookError


@blueprint.app_template_global()
def import_url(kind: str) -> str | None:
    """Return where ledgers of a kind are read in; None for whoever may not."""
    if not LEDGERS[kind].may_import(current_user):
        return None
    return url_for("imports.new", kind=kind)


@blueprint.route("/<kind>/import", methods=["GET", "POST"])
def new(kind: str) -> ResponseReturnValue:
    """Choose a ledger; its cells are kept for the preview."""
    ledger = ledger_or_404(kind)
    scopes = ledger.scopes(current_user)
    form = upload_form(ledger, scopes, request.args.get("estate", type=int))
    if not form.validate_on_submit():
        return upload_page(ledger, form)
    file, scope = form.file.data, form.scope.data if form.scope else None
    data = file.read()
    try:
        sheets = read_workbook(data, file.filename)
    except WorkbookError as error:
        form.file.errors = [str(error)]
        return upload_page(ledger, form)
    digest = hashlib.sha256(data).hexdigest()
    upload = Upload(kind, file.filename, digest, sheets, scope)
    key = uploads.keep(current_user.id, upload)
    answer = see_other(url_for(first_page(ledger, upload), key=key))
    db.session.commit()
    return answer


def ledger_or_404(kind: str) -> Ledger:
    ledger = LEDGERS.get(kind) or abort(404)
    allow(ledger.may_import(current_user))
    return ledger


def first_page(ledger: Ledger, upload: Upload) -> str:
    """Return where to go: the preview, or the columns when they were not recognised."""
    headers = headers_of(ledger, upload.sheets, known_columns(ledger.key), {})
    try:
        complete_sheets(ledger, headers, upload.name)
    except WorkbookError:
        return "imports.columns"
    return "imports.preview"


def upload_page(ledger: Ledger, form: UploadForm) -> ResponseReturnValue:
    page = render_template(
        "imports/new.html",
        ledger=ledger,
        form=form,
        missing=ledger.missing_first(),
        imports=latest_imports(current_user, ledger.key),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/imports/<int:import_id>")
def done(import_id: int) -> ResponseReturnValue:
    """Show what an import brought."""
    found = one_import(import_id)
    ledger = LEDGERS[found.kind]
    key = request.args.get("upload", "")
    return render_template(
        "imports/done.html",
        done=found,
        ledger=ledger,
        next_page=ledger.next_page(found.estate_id),
        key=key if uploads.kept(current_user.id, key) else None,
    )


def one_import(import_id: int) -> LedgerImport:
    return one_or_404(imports_visible_to(current_user).where(LedgerImport.id == import_id))


@blueprint.post("/imports/<int:import_id>/undoing")
def undo_import(import_id: int) -> ResponseReturnValue:
    """Take a whole import out again, as long as nobody has worked with it."""
    undo(one_import(import_id))
    answer = see_other(url_for("imports.done", import_id=import_id))
    db.session.commit()
    flash(_("这批都撤回了。"), "ok")
    return answer
