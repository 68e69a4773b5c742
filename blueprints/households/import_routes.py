"""Pages of reading a ledger in: choose, look at what would happen, confirm, undo."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, estate_queries, uploads
from blueprints.households.import_forms import UploadForm, confirm_form, picks_of
from blueprints.households.ledger_import import store, undo
from blueprints.households.ledger_plan import Plan, plan_import
from blueprints.households.models import Estate, LedgerImport
from blueprints.households.uploads import Upload
from core.access import SECRETARY, one_or_404, roles_required
from core.db import db
from core.htmx import see_other
from core.sheets import WorkbookError

secretary_only = roles_required(SECRETARY)


@blueprint.route("/households/import", methods=["GET", "POST"])
@secretary_only
def new_import() -> ResponseReturnValue:
    """Choose a ledger; it is read at once, and kept for the preview."""
    form = UploadForm(data={"estate": request.args.get("estate", type=int)})
    form.estate.choices = estate_queries.estate_choices(current_user)
    if not form.validate_on_submit():
        return upload_page(form)
    file, estate = form.file.data, db.session.get_one(Estate, form.estate.data)
    upload = Upload(file.filename, estate.id, file.read())
    try:
        plan_import(upload.data, name=upload.name, estate=estate.name)
    except WorkbookError as error:
        form.file.errors = [str(error)]
        return upload_page(form)
    key = uploads.keep(current_user.id, upload)
    answer = see_other(url_for("households.import_preview", key=key))
    db.session.commit()
    return answer


def upload_page(form: UploadForm) -> ResponseReturnValue:
    page = render_template(
        "households/import.html", form=form, imports=estate_queries.latest_imports()
    )
    return page, 422 if form.errors else 200


@blueprint.route("/households/import/<key>", methods=["GET", "POST"])
@secretary_only
def import_preview(key: str) -> ResponseReturnValue:
    """Show what the ledger would bring, and store it once that is confirmed."""
    upload = uploads.kept(current_user.id, key) or abort(404)
    estate = db.session.get_one(Estate, upload.estate_id)
    plan = plan_import(upload.data, name=upload.name, estate=estate.name)
    choices = plan.open_choices
    form = confirm_form(choices)
    if not form.validate_on_submit():
        return preview_page(form, upload, estate, plan)
    done = store(
        plan,
        picks_of(form, choices),
        estate_id=estate.id,
        file_name=upload.name,
        data=upload.data,
        by=current_user,
        consented_on=form.consent_day,
    )
    answer = see_other(url_for("households.import_done", import_id=done.id))
    db.session.commit()
    uploads.drop(current_user.id, key)
    flash(_("导入了 %(count)s 户。", count=done.counts["imported"]), "ok")
    return answer


def preview_page(form: object, upload: Upload, estate: Estate, plan: Plan) -> ResponseReturnValue:
    page = render_template(
        "households/import_preview.html", form=form, upload=upload, estate=estate, plan=plan
    )
    return page, 422 if form.errors else 200


@blueprint.get("/households/imports/<int:import_id>")
@secretary_only
def import_done(import_id: int) -> ResponseReturnValue:
    """Show what an import brought."""
    return render_template("households/import_done.html", done=one_import(import_id))


def one_import(import_id: int) -> LedgerImport:
    return one_or_404(estate_queries.imports().where(LedgerImport.id == import_id))


@blueprint.post("/households/imports/<int:import_id>/undoing")
@secretary_only
def undo_import(import_id: int) -> ResponseReturnValue:
    """Take a whole import out again, as long as nobody has worked with it."""
    undo(one_import(import_id))
    answer = see_other(url_for("households.import_done", import_id=import_id))
    db.session.commit()
    flash(_("这批住户都撤回了。"), "ok")
    return answer
