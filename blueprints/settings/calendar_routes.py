"""The page of the official calendar, a year at a time."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.settings import blueprint, queries
from blueprints.settings.access import office_only
from blueprints.settings.actions import change_settings
from blueprints.settings.calendar_forms import CalendarForm
from core.clock import today
from core.db import db
from core.htmx import see_other
from core.settings import setting
from core.workdays import working_days_after


@blueprint.route("/settings/calendar", methods=["GET", "POST"])
@office_only
def calendar() -> ResponseReturnValue:
    """Show and change the days off of a year, this one unless ``year=`` says another."""
    this_year = today().year
    year = request.args.get("year", default=this_year, type=int)
    if not this_year - 1 <= year <= this_year + 1:
        abort(404)
    stored = queries.calendar_of(year)
    form = CalendarForm(obj=stored)
    form.year = year
    if not form.validate_on_submit():
        return page(form), 422 if form.errors else 200
    form.require_fresh(stored)
    change_settings(form.values(stored))
    answer = see_other(url_for("settings.calendar", year=year))
    db.session.commit()
    flash(_("%(year)s 年的放假安排存好了。", year=year), "ok")
    return answer


def page(form: CalendarForm) -> str:
    working_days = setting("activity_record_working_days")
    return render_template(
        "settings/calendar.html",
        form=form,
        working_days=working_days,
        due_on=working_days_after(today(), working_days),
    )
