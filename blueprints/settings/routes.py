"""The company's settings, the audit trail, and when the last backup was made."""

from collections.abc import Mapping

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select

from blueprints.settings import blueprint, queries
from blueprints.settings.access import office_only
from blueprints.settings.actions import change_settings
from blueprints.settings.forms import AuditFilterForm, CompanyForm
from blueprints.settings.trail import lines
from core.audit import AuditEntry, first_broken_entry
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
    form = audit_filter(people)
    page = one_page(entries_for(form))
    return render_template(
        "settings/audit.html",
        form=form,
        page=page,
        lines=lines(current_user, page.items, people),
        verified=verified() if "verify" in request.args else None,
    )


def audit_filter(people: Mapping[int, str]) -> AuditFilterForm:
    """Return what the address narrows the trail down to; what is wrong asks for everything."""
    form = AuditFilterForm(formdata=request.args)
    form.offer(people)
    if not form.validate():
        form = AuditFilterForm(formdata=None)
        form.offer(people)
    return form


def entries_for(form: AuditFilterForm) -> Select[tuple[AuditEntry]]:
    return queries.audit_entries(form.person.data, form.kind.data, form.day.data)


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
