"""Pages between a ledger's upload and its storing: its columns, the preview, what is faulty."""

import io
from functools import partial

from flask import Response, abort, flash, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.imports import blueprint, uploads
from blueprints.imports.actions import remember_columns, store
from blueprints.imports.faulty import faulty_workbook
from blueprints.imports.forms import (
    SHOWN_ROWS,
    ConfirmForm,
    answers_of,
    change_name,
    changes_of,
    columns_form,
    confirm_form,
    header_choices,
    said_of,
)
from blueprints.imports.ledger import LEDGERS, Job, Ledger
from blueprints.imports.plans import Plan, known_columns, plan_import
from blueprints.imports.reading import (
    all_fields,
    headers_of,
    labels_of,
    missing_fields,
)
from blueprints.imports.uploads import Upload
from core.access import allow
from core.db import db
from core.forms import Form
from core.htmx import see_other
from core.ledgers import Header, header_at
from core.sheets import Sheet, WorkbookError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_or_404(key: str) -> tuple[Upload, Ledger]:
    upload = uploads.kept(current_user.id, key) or abort(404)
    ledger = LEDGERS[upload.kind]
    allow(ledger.may_import(current_user))
    return upload, ledger


@blueprint.route("/imports/uploads/<key>", methods=["GET", "POST"])
def preview(key: str) -> ResponseReturnValue:
    """Show what the ledger would bring, and store it once that is confirmed."""
    upload, ledger = upload_or_404(key)
    if upload.used:
        abort(404)
    try:
        plan = plan_of(ledger, upload)
    except WorkbookError as error:
        flash(str(error), "late")
        answer = see_other(url_for("imports.columns", key=key))
        db.session.commit()
        return answer
    form = confirm_form(plan)
    if not form.validate_on_submit():
        return preview_page(key, form, upload, plan)
    if plan.errors and form.faulty.data == "none":
        return put_off(ledger, key)
    return read_in(key, form, upload, plan)


def plan_of(ledger: Ledger, upload: Upload) -> Plan:
    return plan_import(
        ledger, upload.sheets, name=upload.name, scope=upload.scope, said=upload.said
    )


def put_off(ledger: Ledger, key: str) -> ResponseReturnValue:
    """Store nothing, as asked; the upload stays for its faulty rows."""
    answer = see_other(url_for("imports.new", kind=ledger.key))
    db.session.commit()
    flash(_("一行都没有导入。改好有错的行再来。"), "info")
    return answer


def read_in(key: str, form: ConfirmForm, upload: Upload, plan: Plan) -> ResponseReturnValue:
    total = len(plan.new) + len(plan.changed)
    job = Job(
        by=current_user,
        answers=answers_of(form, plan.questions),
        changes=form.changes.data,
        row_changes=changes_of(form, plan),
        options=form.options(),
        tell=lambda done: uploads.tell(current_user.id, key, done, total),
    )
    done = store(plan, job, upload)
    kept = {"upload": key} if plan.errors else {}
    answer = see_other(url_for("imports.done", import_id=done.id, **kept))
    db.session.commit()
    finish(key, upload, plan)
    flash(
        _("导入了%(amount)s。", amount=plan.ledger.amount_of(done.counts["imported"])),
        "ok",
    )
    return answer


def finish(key: str, upload: Upload, plan: Plan) -> None:
    """Forget the upload; only where rows were faulty they stay at hand for a day."""
    if not plan.errors:
        uploads.drop(current_user.id, key)
        return
    upload.used = True
    uploads.note(current_user.id, key, upload)


def preview_page(key: str, form: ConfirmForm, upload: Upload, plan: Plan) -> ResponseReturnValue:
    page = render_template(
        "imports/preview.html",
        form=form,
        upload=upload,
        plan=plan,
        ledger=plan.ledger,
        key=key,
        shown_rows=SHOWN_ROWS,
        change_name=partial(change_name, plan),
        fields=all_fields(plan.ledger),
        scope=dict(plan.ledger.scopes(current_user)).get(upload.scope or 0),
        goes_to="、".join(sorted({plan.ledger.goes_to(row) for row in plan.new} - {""})),
        faulty_link=plan.ledger.faulty_link(plan.errors, upload.scope),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/imports/uploads/<key>/progress")
def progress(key: str) -> ResponseReturnValue:
    """Tell the waiting page how far the storing is."""
    done, total = uploads.progress(current_user.id, key)
    return render_template("imports/_progress.html", done=done, total=total)


@blueprint.get("/imports/uploads/<key>/faulty.xlsx")
def faulty(key: str) -> Response:
    """Hand out the faulty rows with their reasons, to be mended and read in again."""
    upload, ledger = upload_or_404(key)
    plan = plan_of(ledger, upload)
    data = faulty_workbook(ledger, plan.preview, upload.sheets)
    name = _("%(title)s有错的行", title=ledger.title)
    return send_file(
        io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx"
    )


@blueprint.route("/imports/uploads/<key>/columns", methods=["GET", "POST"])
def columns(key: str) -> ResponseReturnValue:
    """Say what each column holds, where it was not recognised or taken for something else."""
    upload, ledger = upload_or_404(key)
    sheet, header = sheet_to_correct(upload, ledger)
    form = columns_form(ledger, sheet, header)
    if not form.validate_on_submit():
        return columns_page(key, form, upload, ledger, sheet, header)
    said = said_of(form, header, header.first_row)
    upload.said[sheet.name] = said
    _sheet, corrected = next(
        (s, h)
        for s, h in headers_of(ledger, upload.sheets, {}, upload.said)
        if s.name == sheet.name
    )
    missing = missing_fields(ledger, corrected)
    if missing:
        form.form_errors.append(_("还缺这几列：%(columns)s。", columns=labels_of(ledger, missing)))
        return columns_page(key, form, upload, ledger, sheet, header)
    remember_columns(ledger, header, said)
    uploads.note(current_user.id, key, upload)
    answer = see_other(url_for("imports.preview", key=key))
    db.session.commit()
    return answer


def sheet_to_correct(upload: Upload, ledger: Ledger) -> tuple[Sheet, Header]:
    """Return the sheet asked for, with its header; the likeliest when none is named."""
    visible = [sheet for sheet in upload.sheets if not sheet.hidden and sheet.rows] or abort(404)
    found = headers_of(ledger, visible, known_columns(ledger.key), upload.said)
    by_name = {sheet.name: header for sheet, header in found}
    best = max(found, key=lambda pair: pair[1].recognised, default=(visible[0], None))[0]
    sheet = next((s for s in visible if s.name == request.args.get("sheet")), best)
    row = request.args.get("row", type=int)
    known = by_name.get(sheet.name)
    if row in {found.number for found in sheet.rows}:
        known = header_at(sheet, row, all_fields(ledger), known_columns(ledger.key))
    first = sheet.rows[0].number
    return sheet, known or header_at(sheet, first, all_fields(ledger), known_columns(ledger.key))


def columns_page(
    key: str, form: Form, upload: Upload, ledger: Ledger, sheet: Sheet, header: Header
) -> ResponseReturnValue:
    page = render_template(
        "imports/columns.html",
        form=form,
        upload=upload,
        ledger=ledger,
        key=key,
        sheet=sheet,
        header=header,
        header_rows=header_choices(sheet),
        needed=[labels_of(ledger, names) for names in ledger.required],
    )
    return page, 422 if form.errors else 200
