"""Pages of leave: who is away, and who sees their households meanwhile."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.visits import blueprint
from blueprints.visits.absence_forms import AbsenceForm, DeputyForm, LeaveForm
from blueprints.visits.absences import Absence
from blueprints.visits.access import absences_visible_to, can_pair, can_take_leave
from blueprints.visits.leave import (
    NAMES,
    end_leave,
    find_deputy,
    grant_leave,
    leaves_listed,
    own_leaves,
    take_leave,
)
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
        said = arranged(absence)
        db.session.commit()
        flash(said, "ok")
        return answer
    return render_template("visits/new_absence.html", form=form), 422 if form.errors else 200


def arranged(absence: Absence) -> str:
    return _("安排好了。%(name)s到那天自动看得到，过后自动关上。", name=absence.deputy.name)


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
    said = _("好，这次请假结束了。")
    if absence.deputy:
        said = _("好，%(name)s不再看得到这些人家。", name=absence.deputy.name)
    end_leave(absence)
    answer = see_other(url_for("visits.absences" if can_pair(current_user) else "visits.own_leave"))
    db.session.commit()
    flash(said, "ok")
    return answer


@blueprint.route("/absences/own", methods=["GET", "POST"])
def own_leave() -> ResponseReturnValue:
    """Let a student say when they are away; it stands at once."""
    allow(can_take_leave(current_user))
    form = LeaveForm()
    if form.validate_on_submit() and taken(form):
        answer = see_other(url_for("visits.own_leave"))
        db.session.commit()
        flash(_("请好假了。书记会看到，请人代您去看。"), "ok")
        return answer
    leaves = own_leaves(current_user, today())
    page = render_template("visits/own_leave.html", form=form, leaves=leaves)
    return page, 422 if form.errors else 200


def taken(form: LeaveForm) -> bool:
    """Take leave, or let the form say which rule forbids it."""
    try:
        take_leave(current_user, form.first_on.data, form.last_on.data)
    except RuleBroken as refused:
        form.first_on.errors = [str(refused)]
        return False
    return True


@blueprint.route("/absences/<int:absence_id>/deputy", methods=["GET", "POST"])
def choose_deputy(absence_id: int) -> ResponseReturnValue:
    """Find somebody who stands in for a student that is away."""
    allow(can_pair(current_user))
    absence, form = loaded(absence_id), DeputyForm()
    form.offer_deputies(absence.student_id)
    if form.validate_on_submit() and found_deputy(absence, form):
        said = arranged(loaded(absence.id))
        answer = see_other(url_for("visits.absences"))
        db.session.commit()
        flash(said, "ok")
        return answer
    page = render_template("visits/choose_deputy.html", form=form, absence=absence)
    return page, 422 if form.errors else 200


def found_deputy(absence: Absence, form: DeputyForm) -> bool:
    """Let the chosen one stand in, or let the form say which rule forbids it."""
    try:
        find_deputy(absence, form.deputy.data, current_user)
    except RuleBroken as refused:
        form.deputy.errors = [str(refused)]
        return False
    return True
