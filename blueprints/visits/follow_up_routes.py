"""Pages of promises: the list, a new one, changing who does it and when, ticking off."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import joinedload

from blueprints.visits import blueprint, queries
from blueprints.visits.access import LOOKING_AFTER
from blueprints.visits.actions import promised
from blueprints.visits.follow_up_forms import FollowUpEditForm, FollowUpForm
from blueprints.visits.follow_ups import MINE, STATES, listed, possible_owners
from blueprints.visits.models import Visit
from blueprints.visits.promises import FollowUp
from core.access import one_or_404, roles_required
from core.db import db
from core.htmx import fragment, see_other
from core.notices import settle, tell
from core.paging import one_page


@blueprint.get("/follow-ups")
@roles_required(*LOOKING_AFTER)
def follow_ups() -> ResponseReturnValue:
    """List what was promised: own, everybody's, or what is done."""
    asked = request.args.get("state", MINE)
    state = asked if asked in STATES else MINE
    page = one_page(listed(current_user, state))
    return render_template("visits/follow_ups.html", page=page, state=state)


def loaded(follow_up_id: int) -> FollowUp:
    """Return a promise from a visible visit, with who made it and the visit."""
    found = queries.follow_up_of(current_user, follow_up_id)
    return one_or_404(found.options(joinedload(FollowUp.visit)))


@blueprint.route("/visits/<int:visit_id>/follow-ups", methods=["GET", "POST"])
def new_follow_up(visit_id: int) -> ResponseReturnValue:
    """Write down another promise of a visit."""
    visit: Visit = one_or_404(queries.visit_in_full(current_user, visit_id))
    visit.require_valid()
    form = FollowUpForm()
    form.offer(possible_owners(current_user, visit.household_id))
    if not form.is_submitted():
        form.owner.data = form.owner.choices[0].value
    if not form.validate_on_submit():
        return form_page(form, visit)
    follow_up = promised(form.promise, current_user)
    visit.follow_ups.append(follow_up)
    tell([follow_up.owner_id], "promise_given", follow_up, by=current_user)
    return saved(visit.id, _("记下了。"))


@blueprint.route("/follow-ups/<int:follow_up_id>/edit", methods=["GET", "POST"])
def edit_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """Change what was promised, who does it, or by when."""
    follow_up = loaded(follow_up_id)
    form = FollowUpEditForm(follow_up, possible_owners(current_user, follow_up.visit.household_id))
    if not form.validate_on_submit():
        return form_page(form, follow_up.visit)
    form.require_fresh(follow_up)
    before = follow_up.owner_id
    follow_up.revise(form.what.data, form.owner.data, form.due_on.data)
    if follow_up.owner_id != before:
        settle(follow_up)
        tell([follow_up.owner_id], "promise_given", follow_up, by=current_user)
    return saved(follow_up.visit_id, _("改好了。"))


def form_page(form: FollowUpForm | FollowUpEditForm, visit: Visit) -> ResponseReturnValue:
    page = render_template("visits/follow_up_form.html", form=form, visit=visit)
    return page, 422 if form.errors else 200


def saved(visit_id: int, said: str) -> ResponseReturnValue:
    answer = see_other(url_for("visits.show", visit_id=visit_id))
    db.session.commit()
    flash(said, "ok")
    return answer


@blueprint.post("/follow-ups/<int:follow_up_id>/completion")
def complete_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """Tick off what was promised."""
    follow_up = loaded(follow_up_id)
    follow_up.complete(current_user)
    settle(follow_up)
    return row_of(follow_up)


@blueprint.post("/follow-ups/<int:follow_up_id>/reopening")
def reopen_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """Take the tick back."""
    follow_up = loaded(follow_up_id)
    follow_up.reopen()
    return row_of(follow_up)


def row_of(follow_up: FollowUp) -> ResponseReturnValue:
    """Answer with the promise's own row, or lead to its visit."""
    answer = fragment(
        "visits/_follow_up.html",
        location=url_for("visits.show", visit_id=follow_up.visit_id),
        follow_up=follow_up,
    )
    db.session.commit()
    return answer
