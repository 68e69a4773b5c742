"""Pages of the people in a household: their facts, their phones, their consents."""

from flask import flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.accounts.models import User
from blueprints.accounts.queries import people_with_role
from blueprints.households import blueprint
from blueprints.households.access import households_visible_to
from blueprints.households.actions import add_resident, answer_consent, change_resident
from blueprints.households.forms import ConsentForm, ResidentForm
from blueprints.households.models import Household, Resident
from blueprints.households.queries import in_full, resident_in_full
from core.access import MANAGER, SECRETARY, STUDENT, one_or_404
from core.audit import record
from core.clock import now
from core.db import db
from core.htmx import fragment, see_other

FACTS = ("name", "honorific", "relation", "is_child", "is_emergency_contact")


@blueprint.route("/households/<int:household_id>/residents/new", methods=["GET", "POST"])
def new_resident(household_id: int) -> ResponseReturnValue:
    """Add somebody to a household."""
    visible = households_visible_to(current_user).where(Household.id == household_id)
    household = one_or_404(in_full(visible))
    form = ResidentForm()
    if not form.validate_on_submit():
        return resident_page(form, household)
    return save(form, add_resident(household))


@blueprint.route("/residents/<int:resident_id>/edit", methods=["GET", "POST"])
def edit_resident(resident_id: int) -> ResponseReturnValue:
    """Change what is known of somebody."""
    resident = one_or_404(resident_in_full(current_user, resident_id))
    form = ResidentForm(obj=resident)
    if not form.validate_on_submit():
        return resident_page(form, resident.household, resident)
    form.require_fresh(resident)
    return save(form, resident)


def resident_page(
    form: ResidentForm, household: Household, resident: Resident | None = None
) -> ResponseReturnValue:
    page = render_template(
        "households/resident.html", form=form, household=household, resident=resident
    )
    return page, 422 if form.errors else 200


def save(form: ResidentForm, resident: Resident) -> ResponseReturnValue:
    change_resident(
        resident,
        birthday=form.parsed_birthday(),
        phones=form.parsed_phones(),
        tags=form.tags.data if form.tags else None,
        by=current_user,
        **{name: form[name].data for name in FACTS},
    )
    answer = see_other(url_for("households.show", household_id=resident.household_id))
    db.session.commit()
    flash(_("记下了。"), "ok")
    return answer


@blueprint.post("/residents/<int:resident_id>/phone")
def open_phone(resident_id: int) -> ResponseReturnValue:
    """Show the whole number for a while; who looked, when and at whom is recorded."""
    resident = one_or_404(resident_in_full(current_user, resident_id))
    record("reveal_phone", resident)
    answer = fragment(
        "households/_phones.html",
        location=url_for(
            "households.show",
            household_id=resident.household_id,
            _anchor=f"phone-{resident.id}",
        ),
        resident=resident,
        opened_at=now(),
    )
    db.session.commit()
    return answer


@blueprint.route("/residents/<int:resident_id>/consents/new", methods=["GET", "POST"])
def new_consent(resident_id: int) -> ResponseReturnValue:
    """Write down one answer to one question; the earlier answers stay."""
    resident = one_or_404(resident_in_full(current_user, resident_id))
    asking = people_with_role(STUDENT, SECRETARY, MANAGER)
    form = ConsentForm(resident, asking, current_user)
    if not form.validate_on_submit():
        page = render_template("households/consent.html", form=form, resident=resident)
        return make_response(page, 422 if form.errors else 200)
    answer_consent(
        resident,
        kind=form.kind.data,
        answer=form.answer.data,
        form=form.form.data,
        given_on=form.given_on.data,
        by=db.session.get_one(User, form.asked_by.data),
    )
    answer = see_other(url_for("households.show", household_id=resident.household_id))
    db.session.commit()
    flash(_("记下了。"), "ok")
    return answer
