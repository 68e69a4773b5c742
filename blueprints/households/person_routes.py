"""What a person may ask for: everything on file, or to be forgotten; and what is kept too long."""

import io

from flask import Response, flash, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, retention
from blueprints.households.erasure import erase, is_alone
from blueprints.households.forms import EraseForm
from blueprints.households.models import Resident
from blueprints.households.person_file import person_archive
from blueprints.households.queries import person_in_full
from core.access import SECRETARY, one_or_404, roles_required
from core.audit import record
from core.db import db
from core.forms import Form
from core.htmx import see_other
from core.photos import discard_photo, photo_folder

secretary_only = roles_required(SECRETARY)


def person_or_404(resident_id: int) -> Resident:
    return one_or_404(person_in_full(current_user, resident_id))


@blueprint.post("/residents/<int:resident_id>/file")
@secretary_only
def person_file(resident_id: int) -> Response:
    """Hand out everything on file about somebody; that it was done is recorded."""
    resident = person_or_404(resident_id)
    data = person_archive(resident)
    record("export_person", resident)
    db.session.commit()
    name = _("%(name)s的登记内容", name=resident.name)
    return send_file(
        io.BytesIO(data),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{name}.zip",
    )


@blueprint.route("/residents/<int:resident_id>/erasure", methods=["GET", "POST"])
@secretary_only
def erase_person(resident_id: int) -> ResponseReturnValue:
    """Say what would be deleted and what stays; delete it once that is confirmed."""
    resident = person_or_404(resident_id)
    alone = is_alone(resident)
    form = EraseForm("" if alone else resident.household.remark)
    if resident.erased_on or not form.validate_on_submit():
        page = render_template("households/erasure.html", form=form, resident=resident, alone=alone)
        return page, 422 if form.errors else 200
    photos = erase(resident, current_user, remark=form.remark.data if form.remark else "")
    home = url_for("households.show", household_id=resident.household_id)
    answer = see_other(url_for("households.index") if alone else home)
    db.session.commit()
    for name in photos:
        discard_photo(name, photo_folder())
    flash(_("删掉了。去过哪几次、什么时候同意过，还查得到，只是不再知道是谁。"), "ok")
    return answer


@blueprint.route("/households/retention", methods=["GET", "POST"])
@secretary_only
def retention_page() -> ResponseReturnValue:
    """Show what is kept too long, and let it go once that is confirmed."""
    form = Form()
    if not form.validate_on_submit():
        return render_template("households/retention.html", form=form, due=retention.due())
    gone, photos = retention.let_go()
    answer = see_other(url_for("households.retention_page"))
    db.session.commit()
    for name in photos:
        discard_photo(name, photo_folder())
    flash(_("清掉了 %(households)s 户到期的文字和照片。", households=gone.households), "ok")
    return answer
