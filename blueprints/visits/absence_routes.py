"""Pages of leave: who is away, and who sees their households meanwhile."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.visits import blueprint
from blueprints.visits.absence_forms import AbsenceForm
from blueprints.visits.absences import Absence
from blueprints.visits.access import absences_visible_to, can_pair
from blueprints.visits.leave import NAMES, grant_leave, leaves_listed
from core.access import allow, one_or_404
from core.clock import today
from core.db import db
from core.errors import RuleBroken
from core.htmx import see_other
from core.paging import one_page


@blueprint.get("/absences")
def absences() -> ResponseReturnValue:
    """List leaves, the latest first."""
    allow(can_pair(current_user))
    return render_template("visits/absences.html", page=one_page(leaves_listed(current_user)))


@blueprint.route("/absences/new", methods=["GET", "POST"])
def new_absence() -> ResponseReturnValue:
    """Let a deputy look after a student's households for some days."""
    allow(can_pair(current_user))
    form = AbsenceForm(data={"student": request.args.get("student", type=int)})
    form.offer()
    if form.validate_on_submit() and (absence := granted(form)):
        answer = see_other(url_for("visits.absences"))
        said = _("安排好了。%(name)s到那天自动看得到，过后自动关上。", name=absence.deputy.name)
        db.session.commit()
        flash(said, "ok")
        return answer
    return render_template("visits/new_absence.html", form=form), 422 if form.errors else 200


def granted(form: AbsenceForm) -> Absence | None:
    """Return the leave, or None when a rule forbids it; then the form says which."""
    try:
        absence = grant_leave(
            form.student.data, form.deputy.data, form.first_on.data, form.last_on.data, current_user
        )
    except RuleBroken as refused:
        form.deputy.errors = [str(refused)]
        return None
    return loaded(absence.id)


def loaded(absence_id: int) -> Absence:
    """Return a leave this person may see, with both names."""
    found = absences_visible_to(current_user).where(Absence.id == absence_id)
    return one_or_404(found.options(*NAMES))


@blueprint.post("/absences/<int:absence_id>/return")
def end_absence(absence_id: int) -> ResponseReturnValue:
    """The student is back, or does not go: the deputy's access is over at once."""
    absence = loaded(absence_id)
    absence.end_early(today())
    said = _("好，%(name)s不再看得到这些人家。", name=absence.deputy.name)
    answer = see_other(url_for("visits.absences"))
    db.session.commit()
    flash(said, "ok")
    return answer
