"""The company's settings, the audit trail, and when the last backup was made."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.settings import blueprint, queries
from blueprints.settings.access import office_only
from blueprints.settings.actions import change_settings
from blueprints.settings.forms import AuditFilterForm, CompanyForm
from blueprints.settings.trail import lines
from blueprints.settings.words import KINDS
from core.audit import first_broken_entry
from core.db import db
from core.htmx import see_other
from core.paging import one_page

# What a page may recompute while somebody waits; the command checks the whole trail.
VERIFIED_ON_A_PAGE = 20_000


@blueprint.route("/settings", methods=["GET", "POST"])
@office_only
def company() -> ResponseReturnValue:
    """Show and change what a company may set for itself."""
    stored = queries.company_settings()
    form = CompanyForm(obj=stored)
    if not form.validate_on_submit():
        return render_template("settings/company.html", form=form), 422 if form.errors else 200
    form.require_fresh(stored)
    change_settings(form.values())
    answer = see_other(url_for("settings.company"))
    db.session.commit()
    flash(_("设置存好了。"), "ok")
    return answer


@blueprint.get("/settings/audit")
@office_only
def audit() -> ResponseReturnValue:
    """Show who changed or looked at what; on request check that nothing was tampered with."""
    people = queries.names_of_users()
    form = AuditFilterForm(formdata=request.args)
    form.person.choices = [(0, _("所有人")), *sorted(people.items(), key=lambda one: one[1])]
    form.kind.choices = [("", _("所有内容")), *KINDS.items()]
    if not form.validate():
        form = AuditFilterForm(formdata=None)
    page = one_page(queries.audit_entries(form.person.data, form.kind.data, form.day.data))
    return render_template(
        "settings/audit.html",
        form=form,
        page=page,
        lines=lines(current_user, page.items, people),
        verified=verified() if "verify" in request.args else None,
    )


def verified() -> dict[str, int | None]:
    """Return how much of the trail was checked, and the first entry that was tampered with."""
    checked = queries.entries_up_to(VERIFIED_ON_A_PAGE)
    return {"checked": checked, "broken": first_broken_entry(checked)}


@blueprint.get("/settings/backup")
@office_only
def backup() -> ResponseReturnValue:
    """Show the backups that lie on this machine, and how to make one."""
    return render_template(
        "settings/backup.html", backups=queries.backups(), folder=queries.backup_folder()
    )
