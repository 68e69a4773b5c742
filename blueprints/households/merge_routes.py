"""Pages for records that stand twice: the likely ones, the comparison, the merging."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, doubles, queries
from blueprints.households.access import households_visible_to, residents_visible_to
from blueprints.households.forms import MergeForm, MergeResidentsForm
from blueprints.households.merging import Kept, SameRecord, merge_households, merge_residents
from blueprints.households.models import Household, Resident
from blueprints.households.place_choice import place_choice
from core.access import SECRETARY, one_or_404, roles_required
from core.choices import offering
from core.db import db
from core.errors import RuleBroken
from core.htmx import see_other

secretary_only = roles_required(SECRETARY)


@blueprint.get("/households/doubles")
@secretary_only
def doubles_page() -> ResponseReturnValue:
    """List one estate's households that are likely registered twice: one door and name, or one
    number.
    """
    number = max(request.args.get("page", 1, type=int), 1)
    places = place_choice(current_user, request.args.get("estate", type=int))
    estate = places.estate or next((found for found, _name in places.estates), None)
    pairs, more = doubles.likely(number, estate)
    return render_template(
        "households/doubles.html",
        pairs=pairs,
        estates=places.estates,
        estate=estate,
        pages={
            "prev_url": doubles_url(estate, number - 1) if number > 1 else None,
            "next_url": doubles_url(estate, number + 1) if more else None,
        },
    )


def doubles_url(estate: int | None, page: int) -> str:
    return url_for("households.doubles_page", estate=estate, page=page)


@blueprint.route("/households/<int:household_id>/merging", methods=["GET", "POST"])
@secretary_only
def merge(household_id: int) -> ResponseReturnValue:
    """Choose the other record of a household, compare both, and make them one."""
    kept = home_or_404(household_id)
    other_id = request.values.get("other", type=int)
    if other_id is None:
        words = request.args.get("q", "")
        found = doubles.others(current_user, kept, words)
        return render_template("households/merge_with.html", household=kept, found=found, q=words)
    gone = home_or_404(other_id)
    if gone.id == kept.id:
        raise SameRecord
    form = MergeForm(data={"people": "kept", "remark": "both"})
    if not form.validate_on_submit():
        return compare(form, kept, gone)
    facts = Kept(form.people_count(kept, gone), form.remark_of(kept, gone))
    try:
        merge_households(kept, gone, facts, current_user)
    except RuleBroken as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return compare(form, home_or_404(household_id), home_or_404(other_id))
    answer = see_other(url_for("households.show", household_id=household_id))
    db.session.commit()
    flash(_("合成了一户，两边的记录都在。"), "ok")
    return answer


def compare(form: MergeForm, kept: Household, gone: Household) -> ResponseReturnValue:
    page = render_template(
        "households/merge.html",
        form=form,
        kept=kept,
        gone=gone,
        met=queries.last_met_days([kept.id, gone.id]),
        pairings=queries.current_pairings([kept.id, gone.id]),
    )
    return page, 422 if form.errors else 200


def home_or_404(household_id: int) -> Household:
    visible = households_visible_to(current_user).where(Household.id == household_id)
    return one_or_404(queries.in_full(visible))


@blueprint.route("/residents/<int:resident_id>/merging", methods=["GET", "POST"])
@secretary_only
def merge_resident(resident_id: int) -> ResponseReturnValue:
    """Make two records of one person one, within a household."""
    kept = one_or_404(queries.resident_in_full(current_user, resident_id))
    housemates = residents_visible_to(current_user).where(
        Resident.household_id == kept.household_id,
        Resident.id != kept.id,
        Resident.erased_on.is_(None),
    )
    people = list(db.session.scalars(housemates.order_by(Resident.position)))
    form = MergeResidentsForm()
    form.other.choices = offering((str(person.id), person.called) for person in people)
    if not form.validate_on_submit():
        page = render_template("households/merge_resident.html", form=form, resident=kept)
        return page, 422 if form.errors else 200
    gone = next(person for person in people if str(person.id) == form.other.data)
    household_id = kept.household_id
    merge_residents(kept, gone, current_user)
    answer = see_other(url_for("households.show", household_id=household_id))
    db.session.commit()
    flash(_("合成了一个人，两边的记录都在。"), "ok")
    return answer
