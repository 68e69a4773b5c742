"""Pages of households: the list, one household, and its own facts."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, queries
from blueprints.households.access import (
    can_add_household,
    can_export_phones,
    can_import,
    households_visible_to,
)
from blueprints.households.actions import add_household, change_household
from blueprints.households.forms import HouseholdForm, NewHouseholdForm
from blueprints.households.models import (
    CARE_TAGS,
    CONSENT_ANSWERS,
    CONSENT_FORMS,
    CONSENT_KINDS,
    CONSENT_TOPICS,
    ROOM_STATES,
    Household,
)
from blueprints.households.place_choice import PlaceChoice, place_choice
from core.access import allow, one_or_404
from core.choices import offering
from core.day_words import format_date
from core.db import db
from core.htmx import see_other
from core.phones import masked_phone, spaced_phone

blueprint.add_app_template_filter(format_date, "day")
blueprint.add_app_template_filter(masked_phone, "masked_phone")
blueprint.add_app_template_filter(spaced_phone, "spaced_phone")


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer this room's words to its pages."""
    return {
        "room_states": ROOM_STATES,
        "care_tags": CARE_TAGS,
        "consent_kinds": CONSENT_KINDS,
        "consent_topics": CONSENT_TOPICS,
        "consent_answers": CONSENT_ANSWERS,
        "consent_forms": CONSENT_FORMS,
    }


@blueprint.get("/households")
def index() -> ResponseReturnValue:
    """List the households one may know of, filtered and searched."""
    number = max(request.args.get("page", 1, type=int), 1)
    places = asked_places()
    asked = asked_households(places)
    homes, more = queries.households_page(current_user, page=number, **asked)
    return render_template(
        "households/index.html",
        homes=homes,
        pages={
            "prev_url": page_url(number - 1) if number > 1 else None,
            "next_url": page_url(number + 1) if more else None,
        },
        places=places,
        may_add=can_add_household(current_user),
        may_import=can_import(current_user),
        may_export_phones=can_export_phones(current_user),
    )


def asked_places() -> PlaceChoice:
    """Read which estate and building the address asks for; leaving the estate leaves both."""
    asked = request.args
    building = None if asked.get("estate") == "" else asked.get("building", type=int)
    return place_choice(current_user, asked.get("estate", type=int), building)


def asked_households(places: PlaceChoice) -> queries.Asked:
    """Read what the address narrows the list down to."""
    asked = request.args
    return {
        "estate": places.estate,
        "building": places.building,
        "paired": asked.get("paired", ""),
        "words": asked.get("q", ""),
    }


def page_url(number: int) -> str:
    """Return the address of another page of the same list."""
    return url_for("households.index", **request.args.to_dict() | {"page": str(number)})


@blueprint.get("/households/<int:household_id>")
def show(household_id: int) -> ResponseReturnValue:
    """Show one household in full: who lives there, what they agreed to, what happened."""
    household = loaded(household_id)
    return render_template(
        "households/show.html",
        household=household,
        pairing=queries.current_pairings([household.id]).get(household.id),
        last_met_on=queries.last_met_days([household.id]).get(household.id),
        opened=queries.opened_phones(current_user, household.residents),
        may_merge=can_import(current_user),
    )


def loaded(household_id: int) -> Household:
    """Return a household this person sees in full, with everything its page shows."""
    visible = households_visible_to(current_user).where(Household.id == household_id)
    return one_or_404(queries.in_full(visible))


@blueprint.route("/households/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Write a household down at a room, with the person it is called after."""
    allow(can_add_household(current_user))
    form = NewHouseholdForm(data=request.args.to_dict())
    places = place_choice(current_user, request.args.get("estate", type=int), form.building.data)
    if places.estate is None and places.estates:
        page = render_template("households/new_where.html", places=places)
        return page, 422 if request.method == "POST" else 200
    form.building.choices = offering(places.buildings)
    if not form.validate_on_submit():
        page = render_template("households/new.html", form=form, places=places)
        return page, 422 if form.errors else 200
    household = add_household(
        building_id=form.building.data,
        unit=form.unit.data,
        room=form.room.data,
        name=form.name.data,
        honorific=form.honorific.data,
        people_count=form.people_count.data,
        remark=form.remark.data,
    )
    answer = see_other(url_for("households.show", household_id=household.id))
    db.session.commit()
    flash(_("记下了。"), "ok")
    return answer


@blueprint.route("/households/<int:household_id>/edit", methods=["GET", "POST"])
def edit(household_id: int) -> ResponseReturnValue:
    """Change what is known of the household as a whole."""
    household = loaded(household_id)
    form = HouseholdForm(obj=household)
    if not form.validate_on_submit():
        return (
            render_template("households/edit.html", form=form, household=household),
            422 if form.errors else 200,
        )
    form.require_fresh(household)
    change_household(
        household,
        people_count=form.people_count.data,
        remark=form.remark.data,
        moved_out_on=form.moved_out_on.data,
    )
    answer = see_other(url_for("households.show", household_id=household.id))
    db.session.commit()
    flash(_("改好了。"), "ok")
    return answer
